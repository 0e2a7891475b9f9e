"""A corpus through Spark and through Ray, with an instance killed half way.

What comes out is, byte for byte, what one process of `verbatim analyze` makes of the
same documents, and a second run of the job changes nothing. Heavy: not part of .ci/run.
"""

import json
import os
import shutil
import subprocess
import sys
import time

import corpus
import pyarrow.dataset
import pytest
from verbatim_server import ROOT, Server, free_ports, program

CLIENT = ROOT / "clients" / "python" / "src"
DOCUMENTS = int(os.environ.get("VERBATIM_SCALE_DOCUMENTS", "1200"))


def spark(folder, servers):
    archive = shutil.make_archive(folder / "verbatim_client", "zip", CLIENT, "verbatim_client")
    submit = shutil.which("spark-submit", path=os.path.dirname(sys.executable))
    return [
        submit, "--master", "local-cluster[2,1,1024]", "--py-files", archive,
        "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1",
        "--conf", "spark.driver.bindAddress=127.0.0.1",
        ROOT / "examples" / "spark" / "analyze_corpus.py", "--tasks", "4",
        "--servers", servers, folder / "articles", folder / "analyses",
    ]


def ray(folder, servers):
    return [
        sys.executable, ROOT / "examples" / "ray" / "analyze_corpus.py",
        "--servers", servers, folder / "articles", folder / "analyses",
    ]


def run(command):
    """A job, as a process that has its say at the end."""
    environment = {
        **os.environ, "PYTHONPATH": str(CLIENT),
        "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable,
    }
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def expected(articles):
    """Lines and errors of one process over the same documents, by id."""
    done = subprocess.run(
        [program(), "analyze", "--input", "jsonl", "--offsets", "utf32", articles],
        capture_output=True,
    )
    # 1: some documents are at fault, as they should be.
    assert done.returncode == 1, done.stderr
    lines, errors = {}, {}
    for line in done.stdout.decode().splitlines():
        read = json.loads(line)
        if "error" in read:
            errors[read["documentId"]] = read["error"]["reason"]
        else:
            lines[read["documentId"]] = line
    return lines, errors


def rows(folder):
    return pyarrow.dataset.dataset(folder, partitioning="hive").to_table().to_pylist()


def analyses(server):
    return server.metric("verbatim_text_bytes_count")


@pytest.mark.parametrize("engine", [spark, ray])
def test_what_comes_out_is_what_one_process_makes(engine, tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    corpus.write(articles / "articles.jsonl", DOCUMENTS)
    lines, errors = expected(articles / "articles.jsonl")
    assert len(lines) + len(errors) == DOCUMENTS and errors

    ports = free_ports(2)
    with Server(admin=f"127.0.0.1:{ports[0]}") as one, Server(
        admin=f"127.0.0.1:{ports[1]}"
    ) as other:
        command = engine(tmp_path, f"{one.address},{other.address}")
        began = time.monotonic()
        job = run(command)
        # Whichever has work, in the middle of it.
        while not (busy := [one for one in (one, other) if analyses(one) > DOCUMENTS / 6]):
            assert job.poll() is None, job.stdout.read()[-3000:]
            time.sleep(0.05)
        dead, other = (one, other) if busy[0] is one else (other, one)
        dead.kill()
        assert job.poll() is None, "the job was over before the instance was"
        said, _ = job.communicate(timeout=900)
        assert job.returncode == 0, said[-3000:]
        print(f"{engine.__name__}: {DOCUMENTS} documents in {time.monotonic() - began:.0f} s, "
              f"{analyses(other):.0f} analyses by the one that lived")

        found = sorted(rows(tmp_path / "analyses"), key=lambda row: row["id"])
        whole = "".join(row["analysis"] + "\n" for row in found if row["analysis"]).encode()
        assert whole == "".join(lines[key] + "\n" for key in sorted(lines)).encode()
        assert {row["id"]: row["error"] for row in found if row["error"]} == errors
        assert len(found) == DOCUMENTS
        dates = {path.name for path in (tmp_path / "analyses").glob("date=*")}
        assert dates == {"date=2026-11-01", "date=2026-11-02", "date=2026-11-03"}

        before = analyses(other)
        again = run(command)
        said, _ = again.communicate(timeout=900)
        assert again.returncode == 0, said[-3000:]
        assert analyses(other) == before, "documents were analysed twice"
        assert len(rows(tmp_path / "analyses")) == DOCUMENTS
