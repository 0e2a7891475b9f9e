"""Which documents of a long run are under way. Knows no network and waits for nothing."""

from collections import deque

import grpc

from .errors import VerbatimError
from .v1 import text_analysis_pb2 as pb


class Window:
    """The documents that were sent and not answered, over one AnalyzeStream call after
    another."""

    def __init__(self, in_flight: int, per_call: int) -> None:
        if in_flight < 1 or per_call < 1:
            raise ValueError("in_flight and per_call are at least 1")
        self._in_flight = in_flight
        self._per_call = per_call
        self._waiting: deque[pb.AnalyzeRequest] = deque()
        # Of the call that is open.
        self._sent = 0
        # Whether the source has no more.
        self.exhausted = False

    def begin(self) -> list[pb.AnalyzeRequest]:
        """A new call begins. Gives what a call before it left unanswered."""
        self._sent = len(self._waiting)
        return list(self._waiting)

    def has_room(self) -> bool:
        """Whether the call that is open takes another document now."""
        return len(self._waiting) < self._in_flight and not self.is_full()

    def is_full(self) -> bool:
        """Whether the call that is open takes no document any more."""
        return self.exhausted or self._sent >= self._per_call

    def add(self, request: pb.AnalyzeRequest) -> None:
        self._waiting.append(request)
        self._sent += 1

    def is_empty(self) -> bool:
        return not self._waiting

    def answered(self, answer: pb.AnalyzeStreamResponse) -> None:
        """Answers come in the order of the requests."""
        if not self._waiting or self._waiting[0].document.id != answer.document_id:
            raise VerbatimError(
                grpc.StatusCode.INTERNAL, f"an answer to {answer.document_id!r} out of turn"
            )
        self._waiting.popleft()

    def ended(self) -> None:
        """The call has ended well."""
        if self._waiting:
            raise VerbatimError(grpc.StatusCode.INTERNAL, "the stream ended too early")
