"""A corpus through Verbatim on Ray Data: JSON Lines in, Parquet by date out.

    python3 analyze_corpus.py --servers dns:///verbatim:50051 articles/ analyses/

The same input, output and promises as examples/spark: calls are the client's, which
sends again what a server that went away left unanswered, and the id is the key.
"""

import argparse
import json
import pathlib

import pyarrow
import ray


class Analyze:
    """One worker of Ray: one channel for all its batches."""

    def __init__(self, servers: list[str], in_flight: int):
        from verbatim_client import Client, Retry

        retry = Retry(attempts=40, longest_pause=5.0)
        self.client = Client(servers if len(servers) > 1 else servers[0], retry=retry)
        self.in_flight = in_flight

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        from verbatim_client import Document, to_json

        rows = batch.to_pylist()
        documents = (
            Document(id=row["id"], text=row["text"], language_code=row["language_code"])
            for row in rows
        )
        answers = self.client.analyze_many(
            documents, in_flight=self.in_flight, call_timeout=300
        )
        analyses, errors = [], []
        for answer in answers:
            failed = answer.HasField("error")
            analyses.append(None if failed else to_json(answer.response))
            errors.append(answer.error.reason if failed else None)
        return pyarrow.table({
            "id": pyarrow.array([row["id"] for row in rows], pyarrow.string()),
            "date": pyarrow.array(
                [row["date"] or "unknown" for row in rows], pyarrow.string()
            ),
            "analysis": pyarrow.array(analyses, pyarrow.string()),
            "error": pyarrow.array(errors, pyarrow.string()),
        })


def document(row: dict[str, str]) -> dict[str, str]:
    read = json.loads(row["text"])
    return {key: read.get(key) or "" for key in ("id", "text", "language_code", "date")}


def done_already(output: str) -> set[str]:
    """The ids in the output. For more than some millions of them, join as Spark does."""
    if not any(pathlib.Path(output).rglob("*.parquet")):
        return set()
    return {row["id"] for row in ray.data.read_parquet(output, columns=["id"]).iter_rows()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Analyses a corpus with Verbatim.")
    parser.add_argument("input", help="JSON Lines")
    parser.add_argument("output", help="folder for Parquet; what it holds is not done again")
    parser.add_argument("--servers", default="127.0.0.1:50051",
                        help="dns:///NAME:PORT, or IP:PORT with commas between")
    parser.add_argument("--in-flight", type=int, default=8,
                        help="documents of one worker that are on their way at a time")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()

    # Not read_json, which makes of dates what is no string.
    documents = ray.data.read_text(arguments.input).map(document)
    if done := done_already(arguments.output):
        known = ray.put(done)
        documents = documents.filter(lambda row: row["id"] not in ray.get(known))
    documents.map_batches(
        Analyze,
        fn_constructor_args=(arguments.servers.split(","), arguments.in_flight),
        batch_format="pyarrow",
        # An AnalyzeStream call each: the next goes to another instance.
        batch_size=100,
        concurrency=arguments.workers,
        # They wait for the service and need next to nothing themselves.
        num_cpus=0.25,
    ).write_parquet(arguments.output, partition_cols=["date"], mode="append")


if __name__ == "__main__":
    main()
