"""A corpus through Verbatim on Spark: JSON Lines in, Parquet by date out.

    spark-submit --py-files verbatim_client.zip analyze_corpus.py \\
        --servers dns:///verbatim:50051 articles/ analyses/

Input: {"id", "text", "language_code", "date"} a line, as `verbatim analyze --input jsonl`
takes it. Output: a row for each document: id, and the analysis as proto3 JSON, or the
reason why there is none. Only the driver of the job: calls are the client's, which sends
again what a server that went away left unanswered.

The id is the key. Documents that are in the output already are left out, so that a job
that is run again after a failure repeats nothing.
"""

import argparse
import time
from collections.abc import Iterator

import pandas
from pyspark.sql import DataFrame, SparkSession, functions
from pyspark.sql.types import StringType, StructField, StructType

DOCUMENT = StructType([
    StructField("id", StringType(), False),
    StructField("text", StringType(), False),
    StructField("language_code", StringType()),
    StructField("date", StringType()),
])

ANALYSIS = StructType([
    StructField("id", StringType(), False),
    StructField("date", StringType()),
    # What `verbatim analyze --input jsonl --offsets utf32` prints; none with an error.
    StructField("analysis", StringType()),
    # The reason of the error: "TEXT_TOO_LONG"; none where there is an analysis.
    StructField("error", StringType()),
])


def analyze(
    batches: Iterator[pandas.DataFrame], servers: list[str], in_flight: int
) -> Iterator[pandas.DataFrame]:
    """One task of Spark: one channel, bounded calls, answers in the order of documents."""
    # Here and not above: this runs on the executors.
    from verbatim_client import Client, Document, Retry, to_json

    # An instance that is replaced is back within a minute or two.
    retry = Retry(attempts=40, longest_pause=5.0)
    with Client(servers if len(servers) > 1 else servers[0], retry=retry) as client:
        for batch in batches:
            documents = (
                Document(id=row.id, text=row.text or "", language_code=row.language_code or "")
                for row in batch.itertuples()
            )
            answers = client.analyze_many(
                documents, in_flight=in_flight, per_call=200, call_timeout=300
            )
            rows = [
                (answer.document_id, date, *(
                    (None, answer.error.reason) if answer.HasField("error") else
                    (to_json(answer.response), None)
                ))
                for answer, date in zip(answers, batch["date"], strict=True)
            ]
            yield pandas.DataFrame(rows, columns=ANALYSIS.names)


def done_already(spark: SparkSession, output: str) -> DataFrame | None:
    """The ids in the output; none where there is no output yet."""
    path = spark._jvm.org.apache.hadoop.fs.Path(output)
    files = path.getFileSystem(spark._jsc.hadoopConfiguration())
    return spark.read.parquet(output).select("id") if files.exists(path) else None


def main() -> None:
    parser = argparse.ArgumentParser(description="Analyses a corpus with Verbatim.")
    parser.add_argument("input", help="JSON Lines")
    parser.add_argument("output", help="folder for Parquet; what it holds is not done again")
    parser.add_argument("--servers", default="127.0.0.1:50051",
                        help="dns:///NAME:PORT, or IP:PORT with commas between")
    parser.add_argument("--in-flight", type=int, default=8,
                        help="documents of one task that are on their way at a time")
    parser.add_argument("--tasks", type=int, help="how many tasks share the work")
    arguments = parser.parse_args()

    spark = SparkSession.builder.appName("verbatim").getOrCreate()
    # A row is some kilobytes: small batches, so that few of them wait in memory.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
    documents = spark.read.schema(DOCUMENT).json(arguments.input).dropDuplicates(["id"])
    if (done := done_already(spark, arguments.output)) is not None:
        documents = documents.join(done, "id", "left_anti")
    if arguments.tasks:
        documents = documents.repartition(arguments.tasks, "id")
    servers = arguments.servers.split(",")
    began = time.monotonic()
    analyses = documents.mapInPandas(
        lambda batches: analyze(batches, servers, arguments.in_flight), ANALYSIS
    )
    analyses.withColumn("date", functions.coalesce("date", functions.lit("unknown"))).write.mode(
        "append"
    ).partitionBy("date").parquet(arguments.output)
    print(f"done in {time.monotonic() - began:.1f} s")
    spark.stop()


if __name__ == "__main__":
    main()
