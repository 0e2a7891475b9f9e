"""Three instances, and HAProxy before them."""

import pathlib
import shutil
import socket
import string
import subprocess
import time

import pytest
from verbatim_server import Server, free_ports

# A second between the word to go and the end of taking calls is more than HAProxy and
# gRPC need to notice. Waiting is no failure here, however slow the machine is today.
FLAGS = ["--drain-delay", "1", "--max-queue-wait", "60", "--max-connection-age", "3"]


@pytest.fixture
def instances():
    ports = free_ports(6)
    servers = []
    try:
        for grpc, admin in zip(ports[:3], ports[3:], strict=True):
            servers.append(
                Server(*FLAGS, listen=f"127.0.0.1:{grpc}", admin=f"127.0.0.1:{admin}")
            )
        yield servers
    finally:
        for server in servers:
            server.__exit__()


class Proxy:
    """Addresses of a running HAProxy."""

    def __init__(self, calls: str, connections: str):
        self.calls = calls
        self.connections = connections


@pytest.fixture
def proxy(instances, tmp_path):
    program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
    if not program:
        pytest.skip("no haproxy here: Debian's package haproxy has it")
    frontends = free_ports(2)
    ports = {"FRONTEND": frontends[0], "FRONTEND_TCP": frontends[1]}
    for number, server in enumerate(instances, start=1):
        ports[f"GRPC{number}"] = server.address.rsplit(":", 1)[1]
        ports[f"ADMIN{number}"] = server.admin.rsplit(":", 1)[1]
    settings = pathlib.Path(__file__).with_name("haproxy.cfg").read_text()
    file = tmp_path / "haproxy.cfg"
    file.write_text(string.Template(settings).substitute(ports))
    process = subprocess.Popen([program, "-f", file, "-db"])
    try:
        addresses = [f"127.0.0.1:{port}" for port in frontends]
        for address in addresses:
            wait_until_open(address)
        # Its first look at the instances.
        time.sleep(1)
        yield Proxy(*addresses)
    finally:
        process.kill()
        process.wait()


def wait_until_open(address: str) -> None:
    host, port = address.rsplit(":", 1)
    for _ in range(200):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(address)
