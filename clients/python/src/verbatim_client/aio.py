"""The client for asyncio. `client` is its twin; what they share is in the other files."""

import asyncio
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from types import TracebackType
from typing import TypeVar

import grpc

from . import requests
from .channel import metadata_of, options_of, target_of
from .errors import from_rpc_error
from .retry import Retry, is_lost
from .v1 import text_analysis_pb2 as pb
from .v1.text_analysis_pb2_grpc import TextAnalysisServiceStub
from .window import Window

Answer = TypeVar("Answer")
Documents = Iterable[str | pb.Document] | AsyncIterable[str | pb.Document]


class AsyncClient:
    """Calls of a Verbatim service; see `Client` for what the arguments mean."""

    def __init__(
        self,
        addresses: str | Sequence[str] = "127.0.0.1:50051",
        *,
        timeout: float = 30.0,
        retry: Retry = Retry(),
        token: str | None = None,
        credentials: grpc.ChannelCredentials | None = None,
    ) -> None:
        target = target_of(addresses)
        if credentials is None:
            self._channel = grpc.aio.insecure_channel(target, options_of(target))
        else:
            self._channel = grpc.aio.secure_channel(target, credentials, options_of(target))
        self._stub = TextAnalysisServiceStub(self._channel)
        self._timeout = timeout
        self._retry = retry
        self._metadata = metadata_of(token)

    async def close(self) -> None:
        await self._channel.close()

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def detect_language(
        self,
        text: str | pb.Document,
        *,
        max_results: int = 3,
        candidate_languages: Iterable[str] = (),
    ) -> pb.DetectLanguageResponse:
        request = requests.detect_language(text, max_results, candidate_languages)
        return await self._call(self._stub.DetectLanguage, request)

    async def split_sentences(self, text: str | pb.Document) -> pb.SplitSentencesResponse:
        return await self._call(self._stub.SplitSentences, requests.split_sentences(text))

    async def tag_entities(self, text: str | pb.Document) -> pb.TagEntitiesResponse:
        return await self._call(self._stub.TagEntities, requests.tag_entities(text))

    async def attribute_quotes(self, text: str | pb.Document) -> pb.AttributeQuotesResponse:
        return await self._call(self._stub.AttributeQuotes, requests.attribute_quotes(text))

    async def analyze(
        self, text: str | pb.Document, *, features: Iterable[pb.Feature] = ()
    ) -> pb.AnalyzeResponse:
        """All parts of the analysis, or the `features` asked for."""
        return await self._call(self._stub.Analyze, requests.analyze(text, features))

    async def service_info(self) -> pb.GetServiceInfoResponse:
        return await self._call(self._stub.GetServiceInfo, pb.GetServiceInfoRequest())

    async def _call(self, method: Callable[..., Awaitable[Answer]], request: object) -> Answer:
        deadline = time.monotonic() + self._timeout
        pauses = self._retry.pauses()
        while True:
            left = max(deadline - time.monotonic(), 0)
            try:
                return await method(request, timeout=left, metadata=self._metadata)
            except grpc.RpcError as error:
                pause = next(pauses, None) if is_lost(error) else None
                if pause is None or time.monotonic() + pause >= deadline:
                    raise from_rpc_error(error) from error
                await asyncio.sleep(pause)

    async def analyze_many(
        self,
        documents: Documents,
        *,
        features: Iterable[pb.Feature] = (),
        in_flight: int = 16,
        per_call: int = 1000,
        call_timeout: float = 600.0,
    ) -> AsyncIterator[pb.AnalyzeStreamResponse]:
        """As `Client.analyze_many`; `documents` may be asynchronous too."""
        wanted = list(features)
        source = asynchronous(documents)
        window = Window(in_flight, per_call)
        pauses = self._retry.pauses()
        while True:
            outbox: asyncio.Queue[pb.AnalyzeRequest | None] = asyncio.Queue()
            for request in window.begin():
                outbox.put_nowait(request)
            await fill(window, source, wanted, outbox)
            if window.is_empty():
                return
            call = self._stub.AnalyzeStream(
                drain(outbox), timeout=call_timeout, metadata=self._metadata
            )
            try:
                async for answer in call:
                    window.answered(answer)
                    pauses = self._retry.pauses()
                    yield answer
                    await fill(window, source, wanted, outbox)
                window.ended()
            except grpc.RpcError as error:
                pause = next(pauses, None) if is_lost(error) else None
                if pause is None:
                    raise from_rpc_error(error) from error
                await asyncio.sleep(pause)
            finally:
                outbox.put_nowait(None)
                call.cancel()


async def asynchronous(documents: Documents) -> AsyncIterator[str | pb.Document]:
    if isinstance(documents, AsyncIterable):
        async for document in documents:
            yield document
    else:
        for document in documents:
            yield document


async def drain(
    outbox: "asyncio.Queue[pb.AnalyzeRequest | None]",
) -> AsyncIterator[pb.AnalyzeRequest]:
    while (request := await outbox.get()) is not None:
        yield request


async def fill(
    window: Window,
    source: AsyncIterator[str | pb.Document],
    features: list[pb.Feature],
    outbox: "asyncio.Queue[pb.AnalyzeRequest | None]",
) -> None:
    """Takes from the source what there is room for."""
    while window.has_room():
        document = await anext(source, None)
        if document is None:
            window.exhausted = True
            break
        request = requests.analyze(document, features)
        window.add(request)
        outbox.put_nowait(request)
    if window.is_full():
        # Twice does no harm: the call takes the first.
        outbox.put_nowait(None)
