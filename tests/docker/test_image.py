"""What is in the image, and what is not."""

import io
import json
import platform
import shutil
import struct
import subprocess
import tarfile

import pytest
from docker_engine import docker
from verbatim_server import ROOT

MEGABYTE = 10**6


@pytest.fixture(scope="module")
def settings(image):
    return json.loads(docker("image", "inspect", image))[0]


@pytest.fixture(scope="module")
def files(image):
    """The contents by path, without what Docker itself lays into every container."""
    container = docker("create", image)
    try:
        exported = subprocess.run(["docker", "export", container], capture_output=True, check=True)
    finally:
        docker("rm", container)
    with tarfile.open(fileobj=io.BytesIO(exported.stdout)) as archive:
        found = {
            member.name: archive.extractfile(member).read()
            for member in archive if member.isfile()
        }
    mounted = {".dockerenv", "dev/console", "etc/hostname", "etc/hosts", "etc/resolv.conf"}
    return {path: content for path, content in found.items() if path not in mounted}


def test_it_is_small(settings):
    assert settings["Size"] <= 60 * MEGABYTE


def test_nobody_runs_it_and_it_checks_itself(settings):
    settings = settings["Config"]
    assert settings["User"] == "65532:65532"
    assert settings["Entrypoint"] == ["/verbatim"]
    assert settings["Healthcheck"]["Test"] == ["CMD", "/verbatim", "healthcheck"]
    assert "50051/tcp" in settings["ExposedPorts"]
    labels = settings["Labels"]
    assert labels["org.opencontainers.image.title"] == "verbatim"
    assert labels["org.opencontainers.image.licenses"] == "MIT OR Apache-2.0"
    assert labels["org.opencontainers.image.version"]


def test_there_is_one_program_and_no_shell(files):
    others = {path for path in files if not path.startswith("licenses/")}
    assert others == {
        "verbatim", "sbom.cdx.json", "etc/passwd", "etc/ssl/certs/ca-certificates.crt"
    }
    assert b"BEGIN CERTIFICATE" in files["etc/ssl/certs/ca-certificates.crt"]


def test_the_program_is_static(files):
    program = files["verbatim"]
    assert program[:4] == b"\x7fELF"
    (start,), (size, count) = struct.unpack_from("<Q", program, 32), struct.unpack_from(
        "<HH", program, 54
    )
    kinds = [struct.unpack_from("<I", program, start + size * i)[0] for i in range(count)]
    # 3: the segment that names the loader of shared libraries.
    assert 3 not in kinds


@pytest.mark.parametrize("cpu, works", [("Nehalem", True), ("core2duo", False)])
def test_the_oldest_cpu_is_one_of_level_2(cpu, works, files, tmp_path):
    """Nehalem has just that: SSE4.2 and POPCNT, no AVX. What is faster is found when the
    program runs; and a CPU below shows that the emulator is strict."""
    if platform.machine() != "x86_64" or not shutil.which("qemu-x86_64"):
        pytest.skip("no qemu-x86_64 here: Debian's package qemu-user has it")
    program = tmp_path / "verbatim"
    program.write_bytes(files["verbatim"])
    program.chmod(0o755)
    told = subprocess.run(
        ["qemu-x86_64", "-cpu", cpu, program, "analyze", "--input", "jsonl"],
        input=b'{"id": "a", "text": "\xe2\x80\x9cWe will manage,\xe2\x80\x9d Angela Merkel said."}',
        capture_output=True, timeout=300,
    )
    assert (told.returncode == 0) == works
    if works:
        assert json.loads(told.stdout)["quotes"][0]["speaker"]["name"] == "Angela Merkel"


def test_the_list_of_parts_is_what_cargo_lock_says(files):
    parts = json.loads(files["sbom.cdx.json"])
    assert (parts["bomFormat"], parts["specVersion"]) == ("CycloneDX", "1.5")
    tree = subprocess.run(
        ["cargo", "tree", "--locked", "--package", "verbatim", "--features", "otlp",
         "--edges", "normal", "--target", "x86_64-unknown-linux-gnu", "--prefix", "none",
         "--format", "{p}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    wanted = {tuple(line.split()[:2]) for line in tree.stdout.splitlines()}
    found = {(part["name"], f"v{part['version']}") for part in parts["components"]}
    ours = parts["metadata"]["component"]
    assert found | {(ours["name"], f"v{ours['version']}")} == wanted
    for part in parts["components"]:
        assert part["licenses"][0]["expression"]
        assert len(part["hashes"][0]["content"]) == 64


def test_the_texts_of_licences_are_there(files):
    index = files["licenses/INDEX"].decode()
    for part in json.loads(files["sbom.cdx.json"])["components"]:
        assert f"{part['name']} {part['version']} (" in index
    named = {line.rsplit(" ", 1)[1] for line in index.splitlines() if line.endswith(".txt")}
    assert named and all(f"licenses/{name}" in files for name in named)
    assert {"licenses/LICENSE-MIT", "licenses/LICENSE-APACHE", "licenses/glibc"} <= set(files)
