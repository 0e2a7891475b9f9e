"""When a call is made again. Only decides; the clients wait and call."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import grpc


@dataclass(frozen=True)
class Retry:
    """How often a call is made that no server took.

    Only a call without the server's own status is tried again: nobody was there, or
    whoever was went away. Every call may be made twice, since the service keeps nothing.
    OVERLOADED is not tried again, for that would be more of the load that it speaks of.
    """

    # Calls in all; 1 for no second try.
    attempts: int = 6
    # Seconds before the second call, at most. It doubles with each.
    first_pause: float = 0.1
    longest_pause: float = 3.0

    def pauses(self) -> Iterator[float]:
        """Seconds to wait before each further call, some less than the bound by chance
        so that clients which failed together do not come back together."""
        for attempt in range(self.attempts - 1):
            bound = min(self.first_pause * 2**attempt, self.longest_pause)
            yield random.uniform(bound / 2, bound)


def is_lost(error: grpc.RpcError) -> bool:
    """Whether the call ended without a word of the server.

    Mostly that is UNAVAILABLE. Where a server dies between the first and the last byte
    of its answer, a proxy may end the stream as if that were all of it; gRPC says
    UNKNOWN then, which the service itself never does.
    """
    return error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.UNKNOWN)
