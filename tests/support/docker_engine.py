"""Containers of the image as tests run them, through Docker's own command.

Knows no assertion. Where containers have no network of their own (an engine without a
bridge), they use the machine's, and only their loopback address.
"""

import json
import pathlib
import subprocess
import time

from verbatim_server import ROOT, free_ports

# What an orchestrator that trusts nobody would ask for.
HARDENED = [
    "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
    "--memory", "512m", "--memory-swap", "512m", "--cpus", "1",
]


def docker(*arguments: str, timeout: float = 120) -> str:
    done = subprocess.run(
        ["docker", *arguments], capture_output=True, text=True, timeout=timeout
    )
    if done.returncode != 0:
        raise RuntimeError(f"docker {' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout.strip()


def answers() -> bool:
    try:
        docker("info", timeout=20)
    except (OSError, RuntimeError, subprocess.TimeoutExpired):
        return False
    return True


def builder() -> str:
    """The tag of an image with Rust, made here where it is not there yet."""
    version = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True)
    tag = f"verbatim-test-builder:{version.stdout.split()[1]}"
    if not docker("image", "ls", "-q", tag):
        script = ROOT / "tests" / "docker" / "base-image.sh"
        subprocess.run(["bash", script, tag], check=True, timeout=1200)
    return tag


def build(tag: str) -> None:
    """The image as docker/Dockerfile says. Says what the build printed where it fails."""
    log = pathlib.Path(ROOT, "target", "docker-build.log")
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as out:
        done = subprocess.run(
            ["docker", "build", "--network", "host", "--build-arg", f"BUILDER={builder()}",
             "--build-arg", "VERSION=0.0.0-test", "-f", "docker/Dockerfile", "-t", tag, "."],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, timeout=3600,
        )
    if done.returncode != 0:
        raise RuntimeError(f"docker build: {log.read_text()[-3000:]}")


class Container:
    """A container of the image that is removed at the end."""

    def __init__(self, image: str, *flags: str):
        port, admin = free_ports(2)
        self.address, self.admin = f"127.0.0.1:{port}", f"127.0.0.1:{admin}"
        if docker("network", "ls", "-q", "--filter", "name=bridge"):
            network = ["-p", f"{self.address}:50051", "-p", f"{self.admin}:9464",
                       "-e", "VERBATIM_INSECURE=true"]
        else:
            network = ["--network", "host", "-e", f"VERBATIM_LISTEN={self.address}",
                       "-e", f"VERBATIM_ADMIN_LISTEN={self.admin}"]
        self.id = docker("run", "-d", *flags, *network, image)

    def state(self) -> dict:
        return json.loads(docker("inspect", "-f", "{{json .State}}", self.id))

    def wait_until_healthy(self, timeout: float = 60) -> None:
        end = time.monotonic() + timeout
        while (state := self.state())["Health"]["Status"] != "healthy":
            if not state["Running"] or time.monotonic() > end:
                raise RuntimeError(f"not healthy: {state} {docker('logs', self.id)}")
            time.sleep(0.2)

    def peak_memory(self) -> int:
        """Bytes, as the kernel counted them for the container's limit."""
        folders = [f"/sys/fs/cgroup/memory/docker/{self.id}/memory.max_usage_in_bytes",
                   f"/sys/fs/cgroup/system.slice/docker-{self.id}.scope/memory.peak",
                   f"/sys/fs/cgroup/docker/{self.id}/memory.peak"]
        for path in map(pathlib.Path, folders):
            if path.is_file():
                return int(path.read_text())
        raise RuntimeError(f"the kernel tells no peak of memory: {folders}")

    def __enter__(self) -> "Container":
        return self

    def __exit__(self, *_: object) -> None:
        docker("rm", "-f", self.id)
