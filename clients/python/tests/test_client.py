"""Every method of both clients against a real server, and errors in Python's terms."""

import asyncio

import grpc
import pytest
from conftest import TEXT
from verbatim_client import AsyncClient, Client, Document, VerbatimError, pb
from verbatim_server import Server


class Blocking:
    """The asyncio client behind the face of the other, so that one test is for both."""

    def __init__(self, *arguments, **settings):
        self.loop = asyncio.new_event_loop()

        async def make():
            return AsyncClient(*arguments, **settings)

        self.client = self.loop.run_until_complete(make())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.loop.run_until_complete(self.client.close())
        self.loop.close()

    def __getattr__(self, name):
        method = getattr(self.client, name)
        return lambda *given, **named: self.loop.run_until_complete(method(*given, **named))

    def analyze_many(self, *given, **named):
        answers = self.client.analyze_many(*given, **named)
        while True:
            try:
                yield self.loop.run_until_complete(anext(answers))
            except StopAsyncIteration:
                return


@pytest.fixture(params=[Client, Blocking])
def make(request):
    return request.param


@pytest.fixture
def client(make, server):
    with make(server.address) as client:
        yield client


def assert_exact(*spans):
    for span in spans:
        assert TEXT[span.start_offset : span.end_offset] == span.text != ""


def test_detect_language(client):
    answer = client.detect_language(TEXT, max_results=2, candidate_languages=["en", "de"])
    assert (answer.language_code, answer.script) == ("en", "Latn")
    assert {score.language_code for score in answer.languages} <= {"en", "de"}


def test_sentences_slice_the_text(client):
    answer = client.split_sentences(TEXT)
    assert [sentence.paragraph_index for sentence in answer.sentences] == [0, 1, 1]
    assert_exact(*(sentence.span for sentence in answer.sentences))


def test_entities_slice_the_text(client):
    answer = client.tag_entities(Document(id="1", text=TEXT, language_code="en"))
    assert answer.document_id == "1"
    assert "Angela Merkel" in [entity.name for entity in answer.entities]
    assert_exact(*(mention.span for mention in answer.mentions))


def test_quotes_slice_the_text(client):
    answer = client.attribute_quotes(TEXT)
    assert [quote.speaker.name for quote in answer.quotes] == ["Angela Merkel"] * 2
    for quote in answer.quotes:
        assert_exact(quote.span, quote.cue, quote.speaker.mention, *quote.content)


def test_analyze(client):
    answer = client.analyze(TEXT)
    assert answer.languages and answer.sentences and answer.entities and answer.quotes
    answer = client.analyze(TEXT, features=[pb.FEATURE_SENTENCES])
    assert answer.sentences and not answer.quotes
    assert answer.offset_encoding == pb.OFFSET_ENCODING_UTF32


def test_service_info(client):
    assert client.service_info().limits.max_text_bytes == 10_000


def test_an_error_has_its_reason_and_fields(client):
    with pytest.raises(VerbatimError) as raised:
        client.analyze("a" * 10_001)
    error = raised.value
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "TEXT_TOO_LONG")
    assert error.metadata == {"limit": "10000", "actual": "10001"}
    assert list(error.fields) == ["document.text"]
    assert str(error).startswith("TEXT_TOO_LONG: ")


def test_many_documents_come_back_in_order_and_a_bad_one_stops_nothing(client):
    texts = [TEXT if number % 5 else "" for number in range(50)]
    documents = [Document(id=str(number), text=text) for number, text in enumerate(texts)]
    answers = list(client.analyze_many(documents, in_flight=4, per_call=7))
    assert [answer.document_id for answer in answers] == [str(number) for number in range(50)]
    for text, answer in zip(texts, answers, strict=True):
        if text:
            assert_exact(*(sentence.span for sentence in answer.response.sentences))
        else:
            assert answer.error.reason == "EMPTY_TEXT"


def test_no_document_is_read_before_there_is_room(client):
    read = 0

    def documents():
        nonlocal read
        for _ in range(40):
            read += 1
            yield "One."

    for number, _ in enumerate(client.analyze_many(documents(), in_flight=3), start=1):
        assert read <= number + 3
    assert number == read == 40


def test_no_documents_make_no_call(make):
    # Nobody listens there.
    with make("127.0.0.1:1") as client:
        assert list(client.analyze_many([])) == []


def test_a_run_that_is_given_up_leaves_the_client_usable(client):
    answers = client.analyze_many(["One."] * 1000, in_flight=2)
    assert next(answers).response.sentences
    if hasattr(answers, "close"):
        answers.close()
    assert client.analyze("Two.").sentences


def test_documents_may_be_asynchronous(server):
    async def documents():
        for number in range(9):
            await asyncio.sleep(0)
            yield Document(id=str(number), text="One.")

    async def run():
        async with AsyncClient(server.address) as client:
            return [answer.document_id async for answer in client.analyze_many(documents())]

    assert asyncio.run(run()) == [str(number) for number in range(9)]


def test_a_token_goes_with_every_call(make, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text("alice abcdefghijklmnopqrstuvwxyz123456\n")
    with Server("--tokens", str(tokens)) as server:
        with make(server.address, token="abcdefghijklmnopqrstuvwxyz123456") as client:
            assert client.analyze("One.").sentences
            assert [answer.WhichOneof("result") for answer in client.analyze_many(["One."])] == [
                "response"
            ]
        with make(server.address, token="another-token-of-nobody-at-all-00") as client:
            with pytest.raises(VerbatimError) as raised:
                client.analyze("One.")
            assert raised.value.code == grpc.StatusCode.UNAUTHENTICATED


def test_a_unix_socket_works(make, tmp_path):
    with Server(listen=f"unix:{tmp_path}/socket") as server:
        with make(server.address) as client:
            assert client.analyze("One.").sentences
