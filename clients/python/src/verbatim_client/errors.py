"""What a call that failed says, in Python's terms."""

from dataclasses import dataclass, field

import grpc
from google.rpc import error_details_pb2, status_pb2

DETAILS = "grpc-status-details-bin"


@dataclass
class VerbatimError(Exception):
    """A call that failed, after all tries.

    `reason` is for programs: TEXT_TOO_LONG, OVERLOADED, UNAUTHENTICATED ... It is empty
    where no Verbatim server answered.
    """

    code: grpc.StatusCode
    message: str
    reason: str = ""
    # What the reason speaks of: {"limit": "1048576", "actual": "1048577"}.
    metadata: dict[str, str] = field(default_factory=dict)
    # Fields of the request that are wrong, and what is wrong with them.
    fields: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.reason or self.code.name}: {self.message}"


def from_rpc_error(error: grpc.RpcError) -> VerbatimError:
    """Works for errors of grpc and of grpc.aio."""
    made = VerbatimError(error.code(), error.details() or "")
    trailers = dict(error.trailing_metadata() or ())
    if DETAILS not in trailers:
        return made
    status = status_pb2.Status.FromString(trailers[DETAILS])
    info, bad_request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for detail in status.details:
        if detail.Unpack(info):
            made.reason, made.metadata = info.reason, dict(info.metadata)
        elif detail.Unpack(bad_request):
            made.fields = {bad.field: bad.description for bad in bad_request.field_violations}
    return made
