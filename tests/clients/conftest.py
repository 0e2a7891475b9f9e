"""A running server for clients that are not ours.

The program is the one that cargo built, or VERBATIM_BINARY.
"""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# An article whose analysis is plain. The astral character and the accent make the
# three offset encodings differ.
TEXT = (
    "😀 Café owner Angela Merkel met reporters in Berlin on Monday.\n\n"
    "“We will manage this,” Merkel said. She added that Germany needs help."
)


def serve(*flags):
    """Runs a server as long as somebody holds its address."""
    program = os.environ.get("VERBATIM_BINARY", ROOT / "target" / "debug" / "verbatim")
    process = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1:0", "--log", "warn", *flags],
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process.stdout.readline().removeprefix("listening on ").strip()
    process.terminate()
    assert process.wait(timeout=30) == 0


@pytest.fixture(scope="session")
def server():
    """The address of a server with a limit that tests can reach."""
    yield from serve("--max-text-bytes", "10000")
