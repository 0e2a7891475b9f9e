"""What one, two and three instances do a second on this machine, by AnalyzeStream.

    python3 tests/scale/throughput.py articles.jsonl

Every instance may use all cores, as on a machine of its own, so that more of them on one
machine show what they cost each other, not what they bring. Prints, for each number of
instances, documents and megabytes a second by the clock, and by CPU time, which other
work on the machine disturbs less.
"""

import argparse
import asyncio
import json
import os
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "clients" / "python" / "src")]

from verbatim_client import AsyncClient, Document  # noqa: E402
from verbatim_server import Server, free_ports  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(process: int) -> float:
    """User and system time of a process so far."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def run(addresses: list[str], documents: list[Document], streams: int) -> int:
    """All documents over so many streams at once; gives the bytes of the answers."""

    async def stream(client: AsyncClient, part: list[Document]) -> int:
        size = 0
        async for answer in client.analyze_many(part, in_flight=8, per_call=200):
            assert answer.HasField("response"), answer.error
            size += answer.ByteSize()
        return size

    async with AsyncClient(addresses) as client:
        parts = [documents[number::streams] for number in range(streams)]
        return sum(await asyncio.gather(*(stream(client, part) for part in parts)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures throughput.")
    parser.add_argument("articles", type=pathlib.Path, help='JSON Lines with "text"')
    parser.add_argument("--count", type=int, default=1000, help="documents of each run")
    parser.add_argument("--instances", type=int, nargs="+", default=[1, 2, 3])
    arguments = parser.parse_args()
    with arguments.articles.open() as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(arguments.count))]
    documents = [
        Document(id=str(number), text=text, language_code="en")
        for number, text in enumerate(texts)
    ]
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} documents of {size / len(texts):.0f} bytes in the mean, "
          f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    print("instances  documents/s  MB/s  documents/s of a core  client ms  answer bytes  MiB")
    for instances in arguments.instances:
        servers = [Server(admin=f"127.0.0.1:{port}") for port in free_ports(instances)]
        # The first call of all reads tables in.
        asyncio.run(run([server.address for server in servers], documents[:20], instances))
        before = sum(cpu_seconds(server.process.pid) for server in servers)
        ours = time.process_time()
        began = time.monotonic()
        answers = asyncio.run(
            run([server.address for server in servers], documents, 2 * instances)
        )
        took = time.monotonic() - began
        ours = (time.process_time() - ours) * 1000 / len(texts)
        cpu = sum(cpu_seconds(server.process.pid) for server in servers) - before
        memory = max(server.metric("verbatim_resident_memory_bytes") for server in servers)
        print(f"{instances:9}  {len(texts) / took:11.1f}  {size / took / 1e6:4.2f}  "
              f"{len(texts) / cpu:21.1f}  {ours:9.2f}  {answers / len(texts):12.0f}  "
              f"{memory / 2**20:3.0f}",
              flush=True)
        for server in servers:
            server.stop()


if __name__ == "__main__":
    main()
