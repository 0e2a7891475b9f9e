"""Containers of the image under the strictest settings: health, every call, a clean end,
memory."""

import asyncio
import json
import os
import shutil
import subprocess
import time

import grpc
import pytest
from docker_engine import HARDENED, Container, docker
from verbatim_client import Client, Retry, pb
from verbatim_client.v1.text_analysis_pb2_grpc import TextAnalysisServiceStub
from verbatim_server import ROOT, free_ports

SERVICE = "verbatim.v1.TextAnalysisService"
TEXT = "“We will manage this,” Angela Merkel said in Berlin on Monday.\n\n" * 5
DRAIN_TIMEOUT = 30


@pytest.fixture(scope="module")
def container(image):
    with Container(image, *HARDENED) as container:
        container.wait_until_healthy()
        yield container


def grpcurl(*arguments):
    return subprocess.run(
        ["grpcurl", "-plaintext", *arguments],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout


def test_every_call_answers_from_outside(container):
    listed = grpcurl(container.address, "list", SERVICE)
    methods = {line.rsplit(".", 1)[1] for line in listed.split()}
    document = {"document": {"id": "a", "text": TEXT}}
    answered = {
        "DetectLanguage": "languageCode",
        "SplitSentences": "sentences",
        "TagEntities": "entities",
        "AttributeQuotes": "quotes",
        "Analyze": "quotes",
        "AnalyzeStream": "response",
        "GetServiceInfo": "version",
    }
    assert methods == set(answered)
    for method, field in answered.items():
        request = {} if method == "GetServiceInfo" else document
        answer = grpcurl(
            "-d", json.dumps(request), container.address, f"{SERVICE}/{method}"
        )
        assert json.loads(answer)[field], method
    health = grpcurl(container.address, "grpc.health.v1.Health/Check")
    assert json.loads(health) == {"status": "SERVING"}


def test_what_it_says_of_its_parts_is_so(container):
    with Client(container.address) as client:
        assert client.service_info().limits.worker_threads == 1, "--cpus 1 is what it has"


class Load:
    """Calls without a retry of any kind, eight at a time; a call that finds nobody waits
    until somebody is there. A call that fails ends the load with its error."""

    def __init__(self, address):
        self.answers = 0
        self.stopped = False
        self.task = asyncio.create_task(self.run(address))

    async def run(self, address):
        options = [("grpc.enable_retries", 0), ("grpc.max_reconnect_backoff_ms", 500)]
        request = pb.AnalyzeRequest(document=pb.Document(text=TEXT))
        async with grpc.aio.insecure_channel(address, options) as channel:
            stub = TextAnalysisServiceStub(channel)

            async def worker():
                while not self.stopped:
                    answer = await stub.Analyze(request, wait_for_ready=True, timeout=120)
                    assert answer.quotes
                    self.answers += 1

            async with asyncio.TaskGroup() as group:
                for _ in range(8):
                    group.create_task(worker())

    async def until(self, answers):
        """Returns when there are so many, however slow the machine is today."""
        while self.answers < answers and not self.task.done():
            await asyncio.sleep(0.05)


def test_a_stop_under_load_loses_no_call(image):
    async def run(container):
        load = Load(container.address)
        await load.until(40)
        began = time.monotonic()
        await asyncio.to_thread(docker, "stop", "-t", str(DRAIN_TIMEOUT + 10), container.id)
        took, state = time.monotonic() - began, container.state()
        # Whoever had not been taken by then is taken now.
        docker("start", container.id)
        await load.until(load.answers + 40)
        load.stopped = True
        await load.task
        return load.answers, took, state

    # Refused for load is not lost; but here no call is to fail for whatever reason.
    patient = ["-e", "VERBATIM_MAX_QUEUE_WAIT=60"]
    with Container(image, *HARDENED, *patient) as container:
        container.wait_until_healthy()
        answers, took, state = asyncio.run(run(container))
    print(f"{answers} calls, none lost; the stop took {took:.1f} s")
    assert (state["ExitCode"], state["OOMKilled"]) == (0, False)
    assert took < DRAIN_TIMEOUT
    assert answers >= 80


def test_a_gibibyte_of_memory_is_never_reached(image):
    """Texts of the largest size among ordinary ones, more at once than are worked on."""
    largest = (TEXT * 1000)[: 1 << 18]

    async def run(address):
        async with grpc.aio.insecure_channel(
            address, [("grpc.max_receive_message_length", -1)]
        ) as channel:
            stub = TextAnalysisServiceStub(channel)
            outcomes = {}
            start = time.monotonic()

            def goes_on():
                # Long enough to be a load on a slow machine, too.
                lasts = time.monotonic() - start
                return lasts < 20 or outcomes.get("OK", 0) < 20 and lasts < 240

            async def worker(number):
                while goes_on():
                    text = largest if number % 16 == 0 else TEXT
                    request = pb.AnalyzeRequest(document=pb.Document(text=text))
                    try:
                        await stub.Analyze(request, timeout=60)
                        outcome = "OK"
                    except grpc.aio.AioRpcError as error:
                        outcome = error.code().name
                        await asyncio.sleep(0.05)
                    outcomes[outcome] = outcomes.get(outcome, 0) + 1

            async with asyncio.TaskGroup() as group:
                for number in range(64):
                    group.create_task(worker(number))
            return outcomes

    with Container(image, *HARDENED[:5],
                   "--memory", "1g", "--memory-swap", "1g", "--cpus", "1") as container:
        container.wait_until_healthy()
        outcomes = asyncio.run(run(container.address))
        state = container.state()
        peak = container.peak_memory()
    print(f"{outcomes}, peak {peak >> 20} MiB")
    assert state["Running"] and not state["OOMKilled"]
    # Refused for load, or not done in time: what the limits are for, and no matter here.
    assert set(outcomes) <= {"OK", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"}
    assert outcomes["OK"] >= 20
    assert peak < 1 << 30


def compose():
    """The command that reads compose.yaml, new or old."""
    new = subprocess.run(["docker", "compose", "version"], capture_output=True)
    if new.returncode == 0:
        return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None


def test_compose_serves(image):
    command = compose()
    if not command:
        pytest.skip("no Compose here")
    (port,) = free_ports(1)
    settings = {**os.environ, "VERBATIM_IMAGE": image, "VERBATIM_PORT": str(port)}
    command += ["-f", ROOT / "docker" / "compose.yaml", "-p", "verbatim-test"]

    def run(*arguments):
        subprocess.run([*command, *arguments], env=settings, check=True, timeout=120)

    run("config", "-q")
    try:
        # The other two are images of others, which no registry gives here.
        run("up", "-d", "--no-build", "--no-deps", "verbatim")
        with Client(f"127.0.0.1:{port}", retry=Retry(attempts=20)) as client:
            assert client.analyze(TEXT).quotes
    finally:
        run("down", "--timeout", "40")
