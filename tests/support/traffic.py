"""Steady traffic on a service, and what became of each call. Knows no servers."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import grpc
from verbatim_client import VerbatimError

TEXT = "“We will manage this,” Angela Merkel said in Berlin on Monday."


class Traffic:
    """`workers` calls at a time, each made by `call`; `answers` and `failures` are of all
    so far. A failure ends nothing."""

    def __init__(self, call: Callable[[], Awaitable[object]], workers: int = 6):
        self.answers = 0
        self.failures: Counter[str] = Counter()
        self.stopped = False
        self.call = call
        self.task = asyncio.gather(*(self.work() for _ in range(workers)))

    async def work(self) -> None:
        while not self.stopped:
            try:
                await self.call()
                self.answers += 1
            except (grpc.aio.AioRpcError, VerbatimError) as error:
                said = error.details() if hasattr(error, "details") else error.message
                self.failures[f"{error.code() if callable(error.code) else error.code}: {said}"] += 1
                await asyncio.sleep(0.01)

    async def more(self, answers: int, timeout: float = 60) -> None:
        """Waits for so many further answers, however slow the machine is today."""
        wanted, end = self.answers + answers, time.monotonic() + timeout
        while self.answers < wanted:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.answers} of {wanted} answers; {self.failures}")
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        self.stopped = True
        await self.task
