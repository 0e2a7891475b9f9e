"""The client that blocks. `aio` is its twin; what they share is in the other files."""

import queue
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
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


class Client:
    """Calls of a Verbatim service. May be used by many threads at once.

    `addresses` is "HOST:PORT", a list of "IP:PORT", "dns:///NAME:PORT" for all the
    addresses of a name, or "unix:PATH"; calls take turns between them. `timeout` is
    seconds for a call with all its tries. With `credentials` the connection is TLS;
    `token` is the bearer token of a server that wants one.
    """

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
            self._channel = grpc.insecure_channel(target, options_of(target))
        else:
            self._channel = grpc.secure_channel(target, credentials, options_of(target))
        self._stub = TextAnalysisServiceStub(self._channel)
        self._timeout = timeout
        self._retry = retry
        self._metadata = metadata_of(token)

    def close(self) -> None:
        self._channel.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def detect_language(
        self,
        text: str | pb.Document,
        *,
        max_results: int = 3,
        candidate_languages: Iterable[str] = (),
    ) -> pb.DetectLanguageResponse:
        request = requests.detect_language(text, max_results, candidate_languages)
        return self._call(self._stub.DetectLanguage, request)

    def split_sentences(self, text: str | pb.Document) -> pb.SplitSentencesResponse:
        return self._call(self._stub.SplitSentences, requests.split_sentences(text))

    def tag_entities(self, text: str | pb.Document) -> pb.TagEntitiesResponse:
        return self._call(self._stub.TagEntities, requests.tag_entities(text))

    def attribute_quotes(self, text: str | pb.Document) -> pb.AttributeQuotesResponse:
        return self._call(self._stub.AttributeQuotes, requests.attribute_quotes(text))

    def analyze(
        self, text: str | pb.Document, *, features: Iterable[pb.Feature] = ()
    ) -> pb.AnalyzeResponse:
        """All parts of the analysis, or the `features` asked for."""
        return self._call(self._stub.Analyze, requests.analyze(text, features))

    def service_info(self) -> pb.GetServiceInfoResponse:
        return self._call(self._stub.GetServiceInfo, pb.GetServiceInfoRequest())

    def _call(self, method: Callable[..., Answer], request: object) -> Answer:
        deadline = time.monotonic() + self._timeout
        pauses = self._retry.pauses()
        while True:
            left = max(deadline - time.monotonic(), 0)
            try:
                return method(request, timeout=left, metadata=self._metadata)
            except grpc.RpcError as error:
                pause = next(pauses, None) if is_lost(error) else None
                if pause is None or time.monotonic() + pause >= deadline:
                    raise from_rpc_error(error) from error
                time.sleep(pause)

    def analyze_many(
        self,
        documents: Iterable[str | pb.Document],
        *,
        features: Iterable[pb.Feature] = (),
        in_flight: int = 16,
        per_call: int = 1000,
        call_timeout: float = 600.0,
    ) -> Iterator[pb.AnalyzeStreamResponse]:
        """One answer for each document, in their order; `answer.error` is set where a
        document was at fault, and the run goes on.

        At most `in_flight` documents are on their way at once, and that many are taken
        from `documents` before the first answer. An AnalyzeStream call carries
        `per_call` of them within `call_timeout` seconds; the next call may go to
        another server. Where a server goes away, what it left unanswered is sent again.
        """
        wanted = list(features)
        source = iter(documents)
        window = Window(in_flight, per_call)
        pauses = self._retry.pauses()
        while True:
            # The one thing that grpc's own thread takes from; None ends the call.
            outbox: queue.SimpleQueue[pb.AnalyzeRequest | None] = queue.SimpleQueue()
            for request in window.begin():
                outbox.put(request)
            fill(window, source, wanted, outbox)
            if window.is_empty():
                return
            call = self._stub.AnalyzeStream(
                iter(outbox.get, None), timeout=call_timeout, metadata=self._metadata
            )
            try:
                for answer in call:
                    window.answered(answer)
                    pauses = self._retry.pauses()
                    yield answer
                    fill(window, source, wanted, outbox)
                window.ended()
            except grpc.RpcError as error:
                pause = next(pauses, None) if is_lost(error) else None
                if pause is None:
                    raise from_rpc_error(error) from error
                time.sleep(pause)
            finally:
                outbox.put(None)
                call.cancel()


def fill(
    window: Window,
    source: Iterator[str | pb.Document],
    features: list[pb.Feature],
    outbox: "queue.SimpleQueue[pb.AnalyzeRequest | None]",
) -> None:
    """Takes from the source what there is room for."""
    while window.has_room():
        document = next(source, None)
        if document is None:
            window.exhausted = True
            break
        request = requests.analyze(document, features)
        window.add(request)
        outbox.put(request)
    if window.is_full():
        # Twice does no harm: the call takes the first.
        outbox.put(None)
