"""JSON that is the same, byte for byte, as the program prints."""

import json
import subprocess

import pytest
from conftest import TEXT
from verbatim_client import Client, Document, to_json
from verbatim_server import program

TEXTS = [TEXT, "Officials said so on 3 May.", "Je ne sais pas.\n\n\u0000\ufeff“Tab\t.” \\ \x7f", "…"]


@pytest.mark.parametrize("text", TEXTS)
def test_an_analysis_is_the_line_that_the_program_prints(text, server):
    printed = subprocess.run(
        [program(), "analyze", "--input", "jsonl", "--offsets", "utf32"],
        input=json.dumps({"id": "a", "text": text}).encode(), capture_output=True, check=True,
    )
    with Client(server.address) as client:
        (answer,) = client.analyze_many([Document(id="a", text=text)])
    assert to_json(answer.response).encode() + b"\n" == printed.stdout

