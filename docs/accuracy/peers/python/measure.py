"""Measures splitters in Python; `compare.py` runs it in its own environment.

    measure.py score ROWS
    measure.py speed ARTICLES ROUNDS

Each prints one JSON object, of the same form as the program in `rust/` prints. Must
not choose what is measured: the files come from `compare.py`.
"""

import json
import pathlib
import sys
import time

from scoring import Scores
from splitters import ALL, splitter


def score(rows):
    """A file in a language that a peer does not have is missing from its results."""
    peers = {}
    for kind in ALL:
        scores = Scores()
        for row in rows:
            peer = splitter(kind, row["language"])
            if peer is not None:
                scores.add(row, peer.ends)
        peers[kind.name] = vars(scores)
        print(f"  {kind.name}", file=sys.stderr)
    return {"peers": peers}


def speed(articles, rounds):
    """Seconds for the same articles, round by round through all peers. The first
    round warms up."""
    texts = [article["text"] for article in articles]
    peers = {kind.name: {"sentences": 0, "seconds": []} for kind in ALL}
    for round in range(rounds + 1):
        for kind in ALL:
            peer = splitter(kind, "en")
            # A few articles are enough to warm up.
            some = texts if round else texts[:5]
            start = time.perf_counter()
            sentences = sum(map(peer.count, some))
            seconds = time.perf_counter() - start
            if round:
                peers[kind.name]["sentences"] = sentences
                peers[kind.name]["seconds"].append(seconds)
    size = sum(len(text.encode()) for text in texts)
    return {"bytes": size, "articles": len(texts), "peers": peers}


def read(path):
    lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["score", rows]:
            result = score(read(rows))
        case ["speed", articles, rounds]:
            result = speed(read(articles), int(rounds))
        case _:
            sys.exit("usage: measure.py score ROWS | measure.py speed ARTICLES ROUNDS")
    print(json.dumps(result))
