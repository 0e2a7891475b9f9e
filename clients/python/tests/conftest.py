"""A real server, and a text whose analysis is plain."""

import pytest
from verbatim_server import Server

# The first character lies outside the basic plane, so that bytes, UTF-16 units and
# code points all differ.
TEXT = (
    "😀 Café owner Angela Merkel met reporters in Berlin on Monday.\n\n"
    "“We will manage this,” Merkel said. She added that Germany needs help."
)


@pytest.fixture(scope="session")
def server():
    with Server("--max-text-bytes", "10000") as server:
        yield server
        assert server.stop() == 0


@pytest.fixture
def two_servers():
    with Server() as one, Server() as other:
        yield one, other
