"""What entities.py and quotes.py share: English rows, Verbatim's answers, the articles
that speed is measured on. Scores nothing.
"""

import argparse
import datetime
import json
import pathlib
import statistics
import subprocess
import time

import compare

VERBATIM = compare.ROOT / "target/release/verbatim"
FILE = compare.TARGET / "peers/articles.jsonl"
# Whole articles, for speed: this many, in this many turns.
ARTICLES, TURNS = 60, 3
# How often two features are timed beside each other.
PAIRS = 9


def arguments(doc):
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--date", default=datetime.date.today().isoformat())
    return parser.parse_args()


def build():
    compare.step("building Verbatim")
    subprocess.run(["cargo", "build", "--release"], cwd=compare.ROOT, check=True)


def python(script, *packages):
    """The command that runs a script beside the peers, with further packages: each the
    arguments of one pip install."""
    command = compare.install_python()
    pip = pathlib.Path(command[0]).parent / "pip"
    for package in packages:
        subprocess.run([pip, "install", "--quiet", "--disable-pip-version-check", *package],
                       check=True)
    return [command[0], "-W", "ignore", compare.HERE / "python" / script]


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def analyze(texts, feature, language="en"):
    """What `verbatim analyze` says of texts, on one thread."""
    documents = ({"text": text, "language_code": language} for text in texts)
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    command = [VERBATIM, "analyze", "--input", "jsonl", "--format", "json", "--offsets", "utf32",
               "--features", feature]
    result = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def piece(span):
    return span["startOffset"], span["endOffset"]


def articles(data):
    return [row["text"] for row in rows(data / "raw/news-0.jsonl")[:ARTICLES]]


def seconds(texts, feature):
    """How long Verbatim reads the texts, without its start."""
    started = time.perf_counter()
    analyze(texts[:1], feature)
    start_up = time.perf_counter() - started
    started = time.perf_counter()
    analyze(texts, feature)
    return time.perf_counter() - started - start_up


def times_as_long(data, feature, other):
    """How many times as long Verbatim takes for `feature` as for `other`: the median of
    pairs, each run one right after the other, since the machine's speed drifts."""
    texts = articles(data)
    return statistics.median(
        seconds(texts, feature) / seconds(texts, other) for _ in range(PAIRS))


def speed(data, peer, *features):
    """Words a second on one thread, best of all turns, the programs in turn: of Verbatim
    by feature, and of what `peer` prints as seconds by name."""
    texts = articles(data)
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    FILE.write_text(lines, encoding="utf-8")
    words = sum(len(text.split()) for text in texts)
    best = {}
    for _ in range(TURNS):
        took = {feature: seconds(texts, feature) for feature in features}
        took |= compare.output(peer, "speed", FILE)
        for name, passed in took.items():
            best[name] = max(best.get(name, 0), words / passed)
    return best
