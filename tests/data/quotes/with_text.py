"""Gives the annotations beside this script their texts, for `verbatim evaluate quotes`.

    python3 tests/data/quotes/with_text.py DATA | verbatim evaluate quotes -
    python3 tests/data/quotes/with_text.py DATA ntrex | verbatim evaluate quotes -

DATA is the folder of the corpora: the English articles need entities/worldwide.dev.jsonl
there, those in seven other languages (ntrex) languages/ntrex.jsonl.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def rows(path):
    if not path.exists():
        sys.exit(f"{path} is not there")
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def worldwide(data):
    """Each article with its text, which its id names."""
    corpus = data / "entities/worldwide.dev.jsonl"
    texts = {row["id"]: row["text"] for row in rows(corpus)}
    for row in rows(HERE / "worldwide-dev.jsonl"):
        if row["id"] not in texts:
            sys.exit(f"{corpus} has no article {row['id']}")
        yield row | {"language": "en", "text": texts[row["id"]]}


def ntrex(data):
    """The id names the translation and its rows from the first to before the last,
    each a paragraph."""
    corpus, texts = data / "languages/ntrex.jsonl", {}
    for row in rows(corpus):
        texts.setdefault(row["variety"], []).append(row["text"])
    for row in rows(HERE / "ntrex.jsonl"):
        _, variety, first, end = row["id"].split("-")
        if len(texts.get(variety, ())) < int(end):
            sys.exit(f"{corpus} has no rows {row['id']}")
        yield row | {"text": "\n".join(texts[variety][int(first) : int(end)])}


def main():
    sets = {"worldwide": worldwide, "ntrex": ntrex}
    name = sys.argv[2] if len(sys.argv) == 3 else "worldwide"
    if len(sys.argv) not in (2, 3) or name not in sets:
        sys.exit(__doc__)
    for row in sets[name](pathlib.Path(sys.argv[1])):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
