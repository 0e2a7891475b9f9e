"""What happens when servers go away. Both clients, real processes."""

import socket
import threading
import time

import grpc
import pytest
from test_client import make  # noqa: F401: a fixture
from verbatim_client import Document, Retry, VerbatimError
from verbatim_server import Server, free_ports


def test_only_unavailable_is_tried_again(make, server):
    with make(server.address, retry=Retry(first_pause=5, longest_pause=5)) as client:
        began = time.monotonic()
        with pytest.raises(VerbatimError):
            client.analyze("")
        assert time.monotonic() - began < 2


def frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return len(payload).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + payload


def proxy_whose_servers_die(listener: socket.socket, calls: list[int]) -> None:
    """Ends each call after half an answer and without a status, as HAProxy does when the
    server is killed between its answer and its trailers."""
    # :status 200 from HPACK's table; content-type, by its number there, in plain letters.
    headers = b"\x88\x0f\x10\x10application/grpc"
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as received:
            connection.sendall(frame(4, 0, 0, b""))
            received.read(24)
            while head := received.read(9):
                stream = int.from_bytes(head[5:])
                received.read(int.from_bytes(head[:3]))
                if head[3] == 4 and not head[4] & 1:
                    connection.sendall(frame(4, 1, 0, b""))
                if head[3] == 0 and head[4] & 1:
                    calls.append(stream)
                    connection.sendall(
                        frame(1, 4, stream, headers) + frame(0, 1, stream, b"\0\0\0\0\x09half")
                    )


def test_an_answer_without_a_status_is_asked_for_again(make):
    calls: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=proxy_whose_servers_die, args=(listener, calls), daemon=True).start()
        port = listener.getsockname()[1]
        with make(f"127.0.0.1:{port}", retry=Retry(attempts=3, first_pause=0.05)) as client:
            with pytest.raises(VerbatimError) as raised:
                client.analyze("One.")
            assert raised.value.code == grpc.StatusCode.UNKNOWN
            assert len(calls) == 3
            with pytest.raises(VerbatimError):
                list(client.analyze_many(["One."]))
            assert len(calls) == 6
        listener.shutdown(socket.SHUT_RDWR)


def test_a_server_that_is_not_there_is_asked_so_often_and_no_more(make):
    (port,) = free_ports(1)
    with make(f"127.0.0.1:{port}", retry=Retry(attempts=3, first_pause=0.05)) as client:
        for run in (lambda: client.analyze("One."), lambda: list(client.analyze_many(["One."]))):
            began = time.monotonic()
            with pytest.raises(VerbatimError) as raised:
                run()
            assert raised.value.code == grpc.StatusCode.UNAVAILABLE
            assert time.monotonic() - began < 5


def test_a_timeout_holds_for_all_tries_together(make):
    (port,) = free_ports(1)
    with make(f"127.0.0.1:{port}", timeout=0.5, retry=Retry(attempts=99)) as client:
        began = time.monotonic()
        with pytest.raises(VerbatimError):
            client.analyze("One.")
        assert time.monotonic() - began < 2


def test_calls_go_on_when_one_of_two_servers_is_killed(make, two_servers):
    one, other = two_servers
    with make([one.address, other.address]) as client:
        for number in range(60):
            if number == 20:
                one.kill()
            assert client.analyze("One.").sentences


def test_a_run_goes_on_when_its_server_is_killed(make, two_servers):
    one, other = two_servers
    documents = [Document(id=str(number), text="One. Two.") for number in range(400)]
    seen = []
    # Calls take turns: with short ones both servers have one soon.
    with make([one.address, other.address]) as client:
        for answer in client.analyze_many(documents, in_flight=8, per_call=50):
            seen.append(answer.document_id)
            assert len(answer.response.sentences) == 2
            if len(seen) == 130:
                one.kill()
            if len(seen) == 260:
                one.start()
                other.kill()
    assert seen == [document.id for document in documents]


def test_a_run_outlives_its_only_server(make):
    with Server() as server, make(server.address, retry=Retry(attempts=20)) as client:
        seen = []
        for answer in client.analyze_many([Document(id=str(n), text="One.") for n in range(60)]):
            seen.append(answer.document_id)
            if len(seen) == 30:
                server.kill()
                server.start()
        assert seen == [str(number) for number in range(60)]
