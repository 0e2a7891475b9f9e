"""Gives the annotations beside this script their texts, for `verbatim evaluate quotes`.

    python3 tests/data/quotes/with_text.py DATA | verbatim evaluate quotes -

DATA is the folder of the corpora that holds entities/worldwide.dev.jsonl.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    corpus = pathlib.Path(sys.argv[1]) / "entities/worldwide.dev.jsonl"
    if not corpus.exists():
        sys.exit(f"{corpus} is not there")
    rows = (json.loads(line) for line in corpus.open(encoding="utf-8"))
    texts = {row["id"]: row["text"] for row in rows}
    for line in (HERE / "worldwide-dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["id"] not in texts:
            sys.exit(f"{corpus} has no article {row['id']}")
        row["language"], row["text"] = "en", texts[row["id"]]
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
