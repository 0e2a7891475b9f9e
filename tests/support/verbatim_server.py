"""A Verbatim server as a process of its own, for tests in Python.

The program is VERBATIM_BINARY, or what cargo has built.
"""

import os
import pathlib
import signal
import subprocess
import threading
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]


def program() -> str:
    named = os.environ.get("VERBATIM_BINARY")
    if named:
        return named
    built = [ROOT / "target" / profile / "verbatim" for profile in ("release", "debug")]
    built = [path for path in built if path.is_file()]
    if not built:
        raise RuntimeError("no program: build it, or name it in VERBATIM_BINARY")
    # What was built last is what is worked on.
    return str(max(built, key=lambda path: path.stat().st_mtime))


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on; for who must know them beforehand."""
    import socket

    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class Server:
    """One instance. It can be stopped, killed and started again at the same address."""

    def __init__(self, *flags: str, listen: str = "127.0.0.1:0", admin: str | None = None):
        self.listen = listen
        self.admin = admin
        self.flags = [*flags, "--log", "warn"]
        if admin:
            self.flags += ["--admin-listen", admin]
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [program(), "serve", "--listen", self.listen, *self.flags],
            stdout=subprocess.PIPE, text=True,
        )
        said = self.process.stdout.readline()
        if not said.startswith("listening on "):
            raise RuntimeError(f"the server does not start: {said!r}")
        self.address = said.removeprefix("listening on ").strip()
        # So that a pipe that nobody reads never fills.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        # The same again where port 0 was asked for.
        self.listen = self.address

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, timeout: float = 60) -> int:
        if self.process.poll() is None:
            self.terminate()
        return self.process.wait(timeout)

    def get(self, path: str) -> str:
        """What the admin port answers."""
        with urllib.request.urlopen(f"http://{self.admin}{path}", timeout=5) as answer:
            return answer.read().decode()

    def metric(self, name: str, **labels: str) -> float:
        """The sum of a metric's samples that have these labels."""
        wanted = [f'{key}="{value}"' for key, value in labels.items()]
        return sum(
            float(line.rsplit(" ", 1)[1])
            for line in self.get("/metrics").splitlines()
            if line.split("{")[0].split(" ")[0] == name and all(pair in line for pair in wanted)
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
