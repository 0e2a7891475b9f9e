"""How a client reaches servers: addresses, balance, and what goes with each call."""

import json
from collections.abc import Sequence

# Turns between all addresses that are there, so that one that goes is not missed.
SERVICE_CONFIG = json.dumps({"loadBalancingConfig": [{"round_robin": {}}]})


def target_of(addresses: str | Sequence[str]) -> str:
    """The name that gRPC knows several addresses by."""
    if isinstance(addresses, str):
        return addresses
    if not addresses:
        raise ValueError("no address")
    if any(":///" in address or address.startswith("unix:") for address in addresses):
        raise ValueError("a list is of HOST:PORT, where HOST is an IP address")
    scheme = "ipv6" if addresses[0].startswith("[") else "ipv4"
    return f"{scheme}:{','.join(addresses)}"


def options_of(target: str) -> list[tuple[str, str | int]]:
    options: list[tuple[str, str | int]] = [
        ("grpc.service_config", SERVICE_CONFIG),
        # An answer repeats what it speaks of, and may be larger than the usual 4 MiB.
        ("grpc.max_receive_message_length", -1),
        # A server that comes back is noticed soon.
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 2000),
    ]
    if target.startswith(("unix:", "ipv4:", "ipv6:")):
        # What gRPC makes of such a target is no name that HTTP/2 allows.
        options.append(("grpc.default_authority", "localhost"))
    return options


def metadata_of(token: str | None) -> list[tuple[str, str]]:
    return [] if token is None else [("authorization", f"Bearer {token}")]
