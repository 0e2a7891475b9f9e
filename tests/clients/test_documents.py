"""The grpcurl calls that the documents show, run again and compared.

VERBATIM_UPDATE=1 writes the answers of today into the documents.
"""

import os
import re
import subprocess

import pytest

from conftest import ROOT, serve

DOCUMENTS = ["README.md", "docs/grpcurl.md"]
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
# A command may go on in the next lines after a backslash.
COMMAND = re.compile(r"\$ ((?:[^\n]*\\\n)*[^\n]*)\n")


@pytest.fixture(scope="module")
def address():
    # What GetServiceInfo tells must not depend on the machine.
    yield from serve("--worker-threads", "2")


def answer(command, address):
    """What the command prints, as a terminal shows it."""
    command = command.replace("127.0.0.1:50051", address)
    result = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
    )
    return result.stdout


def run_again(block, address):
    """The block with the answers of today; commands shown without one stay so."""
    parts = COMMAND.split(block)
    # What stands before the first command is nothing.
    today = parts[0]
    for command, shown in zip(parts[1::2], parts[2::2], strict=True):
        today += f"$ {command}\n"
        if "grpcurl" not in command:
            today += shown
            continue
        printed = answer(command, address)
        assert printed.strip(), command
        if shown.strip():
            today += printed.rstrip("\n") + "\n"
        else:
            assert "ERROR" not in printed, printed
            today += shown
    return today


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_call_answers_as_the_document_says(document, address):
    path = ROOT / document
    text = path.read_text()
    today = BLOCK.sub(lambda match: f"```console\n{run_again(match[1], address)}```", text)
    if os.environ.get("VERBATIM_UPDATE"):
        path.write_text(today)
    assert today == path.read_text()
