"""Measures Verbatim and textacy side by side on quotations; writes ../quotes.md.

    python3 docs/accuracy/peers/quotes.py DATA [--date YYYY-MM-DD]

DATA is the folder of the corpora. Needs Rust, Python 3.11 and the registries of both;
builds and installs into target/ alone.
"""

import subprocess
import sys

import compare
import english
import quotes_page

TEXTACY = ["textacy==0.13.0"]
PARTS = ["source", "cue", "content", "relation"]


def verbatim(texts, language="en"):
    """Of each text a list of (source, cue, content, name), pieces in code points; without
    quotes within another's quotation marks, which the files do not annotate."""
    return [
        [([english.piece(q["speaker"]["mention"])] if "speaker" in q else [],
          [english.piece(q["cue"])] if "cue" in q else [],
          [english.piece(span) for span in q["content"]],
          q.get("speaker", {}).get("name", ""))
         for q in answer["quotes"] if "within_quote_index" not in q]
        for answer in english.analyze(texts, "quotes", language)
    ]


def pieces(text, spans):
    """Without the white space at their ends, as a set."""
    found = set()
    for start, end in spans:
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            found.add((start, end))
    return frozenset(found)


def sets(text, attributions, kinds=None):
    """Pieces of source, cue and content, and whole relations."""
    chosen = [a for a in attributions if kinds is None or a[4] in kinds]
    parts = [set().union(*(pieces(text, a[part]) for a in chosen)) for part in range(3)]
    relations = {(pieces(text, a[0]), pieces(text, a[2])) for a in chosen}
    return [*parts, {relation for relation in relations if relation[0] and relation[1]}]


def scored(gold_rows, predicted):
    """[right, found, gold] of each part; names right and all; direct pieces found and all;
    rows that ended with an exception."""
    counts = {part: [0, 0, 0] for part in PARTS}
    names, direct, failed = [0, 0], [0, 0], 0
    for row, found in zip(gold_rows, predicted, strict=True):
        text = row["text"]
        if isinstance(found, str):
            found, failed = [], failed + 1
        gold = [(a.get("source", []), a.get("cue", []), a.get("content", []),
                 " ".join((a.get("name") or "").split()), a.get("kind"))
                for a in row["attributions"]]
        gold_sets, found_sets = sets(text, gold), sets(text, found)
        for part, g, f in zip(PARTS, gold_sets, found_sets, strict=True):
            counts[part] = [a + b for a, b in zip(counts[part], (len(g & f), len(f), len(g)))]
        said = sets(text, gold, {"direct"})[2]
        direct = [direct[0] + len(said & found_sets[2]), direct[1] + len(said)]
        speakers = {}
        for source, _, _, name in found:
            speakers.setdefault(pieces(text, source), set()).add(" ".join(name.split()))
        for source, name in {(pieces(text, a[0]), a[3]) for a in gold if a[3] and a[0]}:
            names = [names[0] + (name in speakers.get(source, ())), names[1] + 1]
    return {"parts": counts, "names": names, "direct": direct, "failed": failed,
            "rows": len(gold_rows)}


def with_text(data, name):
    """The path of the annotations of that name with their texts."""
    made = subprocess.run(
        [sys.executable, compare.ROOT / "tests/data/quotes/with_text.py", data, name],
        stdout=subprocess.PIPE, check=True)
    path = compare.TARGET / f"peers/{name}.jsonl"
    path.write_bytes(made.stdout)
    return path


def other_languages(data):
    """The scores of Verbatim in each language of the annotated translations."""
    by_language = {}
    for row in english.rows(with_text(data, "ntrex")):
        by_language.setdefault(row["language"], []).append(row)
    return {language: scored(rows, verbatim([row["text"] for row in rows], language))
            for language, rows in by_language.items()}


def main():
    args = english.arguments(__doc__)
    english.build()
    textacy = english.python("textacy_quotes.py", TEXTACY)
    world = with_text(args.data, "worldwide")
    scores = {}
    for name, path in [("PolNeAR, dev", args.data / "quotes/polnear.dev.jsonl"),
                       ("thirty articles of world news", world)]:
        compare.step(name)
        gold = english.rows(path)
        scores[name] = {"verbatim": scored(gold, verbatim([row["text"] for row in gold])),
                        "textacy": scored(gold, compare.output(textacy, "tag", path))}
    compare.step("other languages")
    others = other_languages(args.data)
    compare.step("speed")
    speeds = english.speed(args.data, textacy, "quotes")
    share = english.times_as_long(args.data, "quotes", "entities")
    speeds["verbatim"] = speeds["quotes"]
    page = quotes_page.page(args.date, scores, others, speeds, share)
    (compare.HERE.parent / "quotes.md").write_text(page, encoding="utf-8")
    compare.step("wrote docs/accuracy/quotes.md")


if __name__ == "__main__":
    main()
