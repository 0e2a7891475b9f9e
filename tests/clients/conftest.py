"""A running server for clients that are not ours.

The program is the one that cargo built, or VERBATIM_PROGRAM.
"""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# An article whose analysis is plain. The astral character and the combining
# accent make the three offset encodings differ.
TEXT = (
    "😀 Café owner Angela Merkel met reporters in Berlin on Monday.\n\n"
    "“We will manage this,” Merkel said. She added that Germany needs help."
)


@pytest.fixture(scope="session")
def server():
    """The address of a server that runs as long as the tests do."""
    program = os.environ.get("VERBATIM_PROGRAM", ROOT / "target" / "debug" / "verbatim")
    process = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1:0", "--max-text-bytes", "10000"],
        stdout=subprocess.PIPE,
        text=True,
    )
    address = process.stdout.readline().removeprefix("listening on ").strip()
    yield address
    process.terminate()
    assert process.wait(timeout=30) == 0
