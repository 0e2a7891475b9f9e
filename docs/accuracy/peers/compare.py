"""Measures Verbatim and other sentence splitters side by side; writes ../sentences.md.

    python3 docs/accuracy/peers/compare.py DATA [--date YYYY-MM-DD]
        [--allow-unexplained] [--page-only]

DATA is a folder in the format that ../sentences.md describes. Needs Rust, Python 3.11
and the registries of both. Builds and installs into target/ alone; what was measured
stays in target/peers/measured.json, and --page-only writes the page from it again.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import venv

import misses
import page
import rows

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TARGET = ROOT / "target"
MEASURED = TARGET / "peers/measured.json"

# Bytes of articles for programs in Rust and, being slower, in Python.
RUST_BYTES = 1_000_000
PYTHON_BYTES = 200_000
# How often speed is measured in all, in turn; and how often within each for Rust.
REPEATS = 5
RUST_ROUNDS = 5

# Libraries under some peers would take more threads.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def step(message):
    print(message, file=sys.stderr, flush=True)


def build_rust():
    step("building the peers in Rust")
    manifest = HERE / "rust/Cargo.toml"
    subprocess.run(
        ["cargo", "build", "--release", "--manifest-path", manifest, "--target-dir", TARGET],
        check=True)
    return [TARGET / "release/peers"]


def install_python():
    """An environment with the pinned requirements, made anew when they change."""
    folder = TARGET / "peers/venv"
    wanted = (HERE / "python/requirements.txt").read_text(encoding="utf-8")
    stamp = folder / "installed.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        step("installing the peers in Python")
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check",
             "-r", HERE / "python/requirements.txt"], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return [folder / "bin/python", "-W", "ignore", HERE / "python/measure.py"]


def output(command, *args):
    """The JSON that a program prints."""
    result = subprocess.run(
        [*command, *map(str, args)], stdout=subprocess.PIPE, check=True,
        env={**os.environ, **ONE_THREAD})
    return json.loads(result.stdout)


def measure(data, date, allow_unexplained):
    rust, python = build_rust(), install_python()
    cases = rows.golden(data)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        texts = rows.write(folder / "rows.jsonl", rows.treebanks(data) + cases)
        many = rows.write(folder / "many.jsonl", rows.articles(data, RUST_BYTES))
        few = rows.write(folder / "few.jsonl", rows.articles(data, PYTHON_BYTES))
        step("accuracy, Rust")
        peers = output(rust, "score", texts)["peers"]
        # Better now than after the slow part.
        misses.explain(cases, peers["verbatim"], allow_unexplained)
        step("accuracy, Python (some minutes)")
        peers |= output(python, "score", texts)["peers"]
        speeds = []
        for turn in range(REPEATS):
            step(f"speed, {turn + 1} of {REPEATS}")
            speeds.append({"rust": output(rust, "speed", many, RUST_ROUNDS),
                           "python": output(python, "speed", few, 1)})
    return {"date": date, "peers": peers, "speeds": speeds}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--date", default=datetime.date.today().isoformat())
    parser.add_argument("--allow-unexplained", action="store_true",
                        help="write the page though some misses have no reason")
    parser.add_argument("--page-only", action="store_true",
                        help="measure nothing, write the page again")
    args = parser.parse_args()
    if args.page_only:
        measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    else:
        measured = measure(args.data, args.date, args.allow_unexplained)
        MEASURED.write_text(json.dumps(measured), encoding="utf-8")
    cases = rows.golden(args.data)
    missed = misses.explain(cases, measured["peers"]["verbatim"], args.allow_unexplained)
    (HERE.parent / "sentences.md").write_text(page.page(measured, missed), encoding="utf-8")
    step("wrote docs/accuracy/sentences.md")


if __name__ == "__main__":
    main()
