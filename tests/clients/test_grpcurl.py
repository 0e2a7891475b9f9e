"""Every RPC through the real grpcurl, as a person would call it."""

import json
import subprocess

import pytest

from conftest import TEXT

SERVICE = "verbatim.v1.TextAnalysisService"


def grpcurl(server, *arguments, data=None):
    command = ["grpcurl", "-plaintext"]
    if data is not None:
        command += ["-d", "@"]
    command += [server, *arguments]
    text = None if data is None else "\n".join(json.dumps(message) for message in data)
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)


def call(server, method, *messages):
    result = grpcurl(server, f"{SERVICE}/{method}", data=messages)
    assert result.returncode == 0, result.stderr
    decoder, answers, rest = json.JSONDecoder(), [], result.stdout.strip()
    while rest:
        answer, end = decoder.raw_decode(rest)
        answers.append(answer)
        rest = rest[end:].strip()
    return answers


REQUEST = {"document": {"id": "doc-1", "text": TEXT, "languageCode": "en"}}


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("DetectLanguage", "languages"),
        ("SplitSentences", "sentences"),
        ("TagEntities", "mentions"),
        ("AttributeQuotes", "quotes"),
        ("Analyze", "quotes"),
    ],
)
def test_a_document(server, method, part):
    [answer] = call(server, method, REQUEST)
    assert answer["documentId"] == "doc-1"
    assert answer[part]


def test_who_said_what(server):
    [answer] = call(server, "AttributeQuotes", REQUEST)
    said = [(quote["speaker"]["name"], quote["content"][0]["text"]) for quote in answer["quotes"]]
    assert said == [
        ("Angela Merkel", "“We will manage this,”"),
        ("Angela Merkel", "that Germany needs help"),
    ]


def test_a_stream(server):
    answers = call(server, "AnalyzeStream", REQUEST, {}, REQUEST)
    assert [sorted(answer) for answer in answers] == [
        ["documentId", "response"],
        ["error"],
        ["documentId", "response"],
    ]
    assert answers[1]["error"]["reason"] == "MISSING_DOCUMENT"


def test_service_info(server):
    [answer] = call(server, "GetServiceInfo", {})
    assert answer["limits"]["maxTextBytes"] == "10000"


def test_errors_are_printed_with_their_details(server):
    result = grpcurl(server, f"{SERVICE}/Analyze", data=[{"document": {"text": ""}}])
    assert result.returncode != 0
    for word in ["InvalidArgument", "EMPTY_TEXT", "document.text"]:
        assert word in result.stderr


def test_list_describe_and_health(server):
    assert SERVICE in grpcurl(server, "list").stdout
    described = grpcurl(server, "describe", SERVICE).stdout
    assert "rpc AttributeQuotes" in described
    assert "SERVING" in grpcurl(server, "grpc.health.v1.Health/Check").stdout
