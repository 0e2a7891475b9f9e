"""Fits the two numbers that make a probability of the network a confidence: how often
such a mention, or such a quotation, is right.

    python3 training/tagger/calibrate.py entities DATA/entities/worldwide.dev.jsonl
    python3 training/tagger/calibrate.py quotes DATA/quotes/polnear.dev.jsonl

Reads what target/release/verbatim says, so the curve there (SLOPE, OFFSET in
src/analysis/entities/learned.rs and src/analysis/quotes/assemble.rs) is taken back
first: give its numbers with --slope and --offset. Logistic regression on the log-odds.
"""

import argparse
import json
import math
import subprocess
from pathlib import Path

TYPES = {"ENTITY_TYPE_NORP": "NORP"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("part", choices=["entities", "quotes"])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--program", default="target/release/verbatim")
    parser.add_argument("--slope", type=float, default=1.0)
    parser.add_argument("--offset", type=float, default=0.0)
    options = parser.parse_args()
    points = []
    for file in options.files:
        rows = [json.loads(line) for line in file.open(encoding="utf-8")]
        for row, said in zip(rows, analyses(options, rows), strict=True):
            points += globals()[options.part](row, said)
    logits = [(math.log(p / (1 - p)) - options.offset) / options.slope for p, _ in points]
    slope, offset = fit(logits, [right for _, right in points])
    before = error([p for p, _ in points], points)
    after = error([1 / (1 + math.exp(-slope * x - offset)) for x in logits], points)
    print(f"{len(points)} points; slope {slope:.3f} offset {offset:.3f}; "
          f"calibration error {100 * before:.1f} -> {100 * after:.1f}")


def analyses(options, rows):
    lines = "".join(json.dumps({"text": r["text"], "language_code": "en"}) + "\n" for r in rows)
    command = [options.program, "analyze", "--input", "jsonl", "--format", "json",
               "--offsets", "utf32", "--features", options.part]
    result = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    for line in result.stdout.decode().splitlines():
        answer = json.loads(line)
        yield answer.get("analysis", answer)


def inside(p):
    return min(max(p, 0.004), 0.996)


def span(piece):
    return piece.get("startOffset", 0), piece["endOffset"]


def entities(row, said):
    gold = {(e["start"], e["end"], e["type"]) for e in row["entities"]}
    for mention in said.get("mentions", ()):
        kind = mention["type"]
        name = TYPES.get(kind, kind.removeprefix("ENTITY_TYPE_").capitalize())
        if name not in ("Percent", "Email", "Url"):
            yield inside(mention["confidence"]), (*span(mention["span"]), name) in gold


def quotes(row, said):
    gold = {
        (frozenset(map(tuple, a["source"])), frozenset(map(tuple, a["content"])))
        for a in row["attributions"]
    }
    for quote in said.get("quotes", ()):
        source = [span(quote["speaker"]["mention"])] if "speaker" in quote else []
        content = [span(piece) for piece in quote["content"]]
        yield inside(quote["confidence"]), (frozenset(source), frozenset(content)) in gold


def fit(xs, ys, steps=50):
    """Newton's method, in steps that stay near what is known."""
    slope, offset = 1.0, 0.0
    for _ in range(steps):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for x, y in zip(xs, ys):
            p = 1 / (1 + math.exp(-slope * x - offset))
            w = p * (1 - p)
            g0, g1 = g0 + (y - p) * x, g1 + (y - p)
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        det = h00 * h11 - h01 * h01
        slope += min(max((h11 * g0 - h01 * g1) / det, -0.2), 0.2)
        offset += min(max((h00 * g1 - h01 * g0) / det, -0.2), 0.2)
    return slope, offset


def error(confidences, points):
    """Expected calibration error in ten bins of equal width."""
    bins = [[0, 0.0, 0] for _ in range(10)]
    for confidence, (_, right) in zip(confidences, points):
        found = bins[min(9, int(10 * confidence))]
        found[0] += 1
        found[1] += confidence
        found[2] += right
    return sum(abs(total - right) for _, total, right in bins) / max(1, len(points))


if __name__ == "__main__":
    main()
