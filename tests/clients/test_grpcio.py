"""Every RPC through Google's own Python client, with stubs made from the contract."""

import importlib
import sys

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from grpc_status import rpc_status
from grpc_tools import protoc

from conftest import ROOT, TEXT


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """The messages and the stub that protoc makes."""
    out = tmp_path_factory.mktemp("generated")
    arguments = [
        "protoc", f"-I{ROOT / 'proto'}", f"--python_out={out}", f"--grpc_python_out={out}",
        "verbatim/v1/text_analysis.proto",
    ]
    assert protoc.main(arguments) == 0
    sys.path.insert(0, str(out))
    return (
        importlib.import_module("verbatim.v1.text_analysis_pb2"),
        importlib.import_module("verbatim.v1.text_analysis_pb2_grpc"),
    )


@pytest.fixture
def pb(generated):
    return generated[0]


@pytest.fixture
def stub(server, generated):
    with grpc.insecure_channel(server) as channel:
        yield generated[1].TextAnalysisServiceStub(channel)


@pytest.fixture
def request_fields(pb):
    """Offsets in code points: what Python's own strings count."""
    return {
        "document": pb.Document(id="doc-1", text=TEXT, language_code="en"),
        "offset_encoding": pb.OFFSET_ENCODING_UTF32,
    }


def assert_exact(span):
    assert TEXT[span.start_offset : span.end_offset] == span.text != ""


def test_detect_language(stub, pb, request_fields):
    answer = stub.DetectLanguage(pb.DetectLanguageRequest(**request_fields, max_results=2))
    assert answer.document_id == "doc-1"
    assert (answer.language_code, answer.script) == ("en", "Latn")
    assert 1 <= len(answer.languages) <= 2


def test_split_sentences(stub, pb, request_fields):
    answer = stub.SplitSentences(pb.SplitSentencesRequest(**request_fields))
    assert [sentence.paragraph_index for sentence in answer.sentences] == [0, 1, 1]
    for sentence in answer.sentences:
        assert_exact(sentence.span)


def test_tag_entities(stub, pb, request_fields):
    answer = stub.TagEntities(pb.TagEntitiesRequest(**request_fields))
    merkel = next(entity for entity in answer.entities if entity.name == "Angela Merkel")
    assert merkel.type == pb.ENTITY_TYPE_PERSON
    texts = [answer.mentions[index].span.text for index in merkel.mention_indexes]
    assert texts == ["Angela Merkel", "Merkel"]
    for mention in answer.mentions:
        assert_exact(mention.span)


def test_attribute_quotes(stub, pb, request_fields):
    answer = stub.AttributeQuotes(pb.AttributeQuotesRequest(**request_fields))
    said = [(quote.kind, quote.content[0].text, quote.speaker.name) for quote in answer.quotes]
    assert said == [
        (pb.QUOTE_KIND_DIRECT, "“We will manage this,”", "Angela Merkel"),
        (pb.QUOTE_KIND_INDIRECT, "that Germany needs help", "Angela Merkel"),
    ]
    for quote in answer.quotes:
        for span in [quote.span, quote.cue, *quote.content, *quote.quotations]:
            assert_exact(span)
        assert quote.speaker.HasField("entity_index")


def test_analyze(stub, pb, request_fields):
    answer = stub.Analyze(pb.AnalyzeRequest(**request_fields))
    assert answer.languages and answer.sentences and answer.mentions and answer.quotes
    answer = stub.Analyze(pb.AnalyzeRequest(**request_fields, features=[pb.FEATURE_QUOTES]))
    assert answer.quotes and not answer.sentences


def test_analyze_stream(stub, pb, request_fields):
    good = pb.AnalyzeRequest(**request_fields)
    bad = pb.AnalyzeRequest(document=pb.Document(id="bad"))
    answers = list(stub.AnalyzeStream(iter([good, bad, good])))
    assert [answer.document_id for answer in answers] == ["doc-1", "bad", "doc-1"]
    assert [answer.WhichOneof("result") for answer in answers] == ["response", "error", "response"]
    assert answers[1].error.reason == "EMPTY_TEXT"


def test_get_service_info(stub, pb):
    answer = stub.GetServiceInfo(pb.GetServiceInfoRequest())
    assert answer.limits.max_text_bytes == 10_000
    assert len(answer.capabilities) == 4


def test_an_error_carries_its_details(stub, pb):
    document = pb.Document(text="a" * 10_001)
    with pytest.raises(grpc.RpcError) as raised:
        stub.Analyze(pb.AnalyzeRequest(document=document))
    assert raised.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    info, bad_request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    details = rpc_status.from_call(raised.value).details
    assert details[0].Unpack(info) and details[1].Unpack(bad_request)
    assert (info.domain, info.reason) == ("verbatim", "TEXT_TOO_LONG")
    assert dict(info.metadata) == {"limit": "10000", "actual": "10001"}
    assert bad_request.field_violations[0].field == "document.text"


def test_health_and_reflection(server):
    with grpc.insecure_channel(server) as channel:
        health = health_pb2_grpc.HealthStub(channel)
        answer = health.Check(health_pb2.HealthCheckRequest())
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
        services = ProtoReflectionDescriptorDatabase(channel).get_services()
        assert "verbatim.v1.TextAnalysisService" in services
