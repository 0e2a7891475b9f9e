"""Instances that go in good order, die, and come back, under steady load.

Behind HAProxy, and with clients that take turns themselves: when an instance is told to
stop, not one call fails; when it is killed, only calls that were on it may, and none of
a client that tries again; when it is back, it gets its share.
"""

import asyncio
import contextlib

import grpc
import pytest
from traffic import TEXT, Traffic
from verbatim_client import AsyncClient, pb
from verbatim_client.channel import options_of, target_of
from verbatim_client.v1.text_analysis_pb2_grpc import TextAnalysisServiceStub

WORKERS = 6
# Of a third that would be even.
FAIR = 0.15


@contextlib.asynccontextmanager
async def once(addresses):
    """A call that is made once: gRPC's round robin, with no retry of ours."""
    target = target_of(addresses)
    # Else channels of one process share their connections.
    options = [*options_of(target), ("grpc.use_local_subchannel_pool", 1)]
    async with grpc.aio.insecure_channel(target, options) as channel:
        stub = TextAnalysisServiceStub(channel)
        request = pb.AnalyzeRequest(document=pb.Document(text=TEXT))
        yield lambda: stub.Analyze(request, timeout=60)


@contextlib.asynccontextmanager
async def again(addresses):
    """A call of the client that tries again."""
    async with AsyncClient(addresses, timeout=60) as client:
        yield lambda: client.analyze(TEXT)


@pytest.fixture(params=["haproxy", "round robin"])
def addresses(request, instances):
    """What clients call: HAProxy, or each instance."""
    if request.param == "haproxy":
        return request.getfixturevalue("proxy").calls
    return [instance.address for instance in instances]


def taken(instances):
    """Analyze calls that each instance has answered since it started."""
    return [
        instance.metric("verbatim_requests_total", method="Analyze", code="OK")
        for instance in instances
    ]


async def assert_even(traffic, instances):
    """Each instance gets its share of the next calls."""
    before = taken(instances)
    await traffic.more(150)
    new = [after - was for was, after in zip(before, taken(instances), strict=True)]
    assert min(new) >= FAIR * sum(new), new


@pytest.mark.parametrize("client", [once, again])
def test_an_instance_that_is_told_to_stop_loses_no_call(client, addresses, instances):
    async def run():
        async with client(addresses) as call:
            traffic = Traffic(call, WORKERS)
            await traffic.more(50)
            assert await asyncio.to_thread(instances[0].stop) == 0
            await traffic.more(50)
            instances[0].start()
            await asyncio.sleep(2.5)
            await assert_even(traffic, instances)
            await traffic.stop()
            return traffic

    traffic = asyncio.run(run())
    print(f"{traffic.answers} answers")
    assert not traffic.failures


@pytest.mark.parametrize("client", [once, again])
def test_an_instance_that_is_killed_loses_what_was_on_it(client, addresses, instances):
    async def run():
        async with client(addresses) as call:
            traffic = Traffic(call, WORKERS)
            await traffic.more(50)
            instances[1].kill()
            await traffic.more(100)
            instances[1].start()
            await asyncio.sleep(2.5)
            await assert_even(traffic, instances)
            await traffic.stop()
            return traffic

    traffic = asyncio.run(run())
    print(f"{traffic.answers} answers, failures: {dict(traffic.failures)}")
    # Nobody has more than one call open, and nobody meets the dead one twice.
    assert traffic.failures.total() <= (WORKERS if client is once else 0), traffic.failures


def test_connections_that_grow_old_find_an_instance_that_came_back(proxy, instances):
    """Where whole connections are spread, a new instance gets none of those that are
    there, unless they end. They end without loss."""

    async def run():
        async with contextlib.AsyncExitStack() as stack:
            calls = [
                await stack.enter_async_context(once(proxy.connections)) for _ in range(WORKERS)
            ]
            traffics = [Traffic(call, 1) for call in calls]
            await asyncio.gather(*(traffic.more(10) for traffic in traffics))
            assert await asyncio.to_thread(instances[2].stop) == 0
            instances[2].start()
            # Older than any connection may be: all are new by then, on whatever machine.
            await asyncio.sleep(4.5)
            before = taken(instances)
            await asyncio.gather(*(traffic.more(30) for traffic in traffics))
            new = [after - was for was, after in zip(before, taken(instances), strict=True)]
            for traffic in traffics:
                await traffic.stop()
            return new, [traffic.failures for traffic in traffics]

    new, failures = asyncio.run(run())
    print(f"calls of each instance: {new}")
    assert not any(failures), failures
    assert min(new) >= FAIR * sum(new), new
