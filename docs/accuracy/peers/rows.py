"""What is measured: the rows of the development files, the golden rules, the articles.

Reads the data folder. Must not measure: each program gets the same files from here.
"""

import json

# A case is golden where its source says so: pySBD by the name of its set, Pragmatic
# Segmenter by a mark. They share most cases, so the latter only where the former has
# no file.
GOLDEN = {
    "pysbd-english": "en", "pysbd-amharic": "am", "pragmatic-arabic": "ar",
    "pysbd-armenian": "hy", "pysbd-bulgarian": "bg", "pysbd-burmese": "my",
    "pysbd-chinese": "zh", "pysbd-danish": "da", "pysbd-dutch": "nl", "pysbd-french": "fr",
    "pysbd-deutsch": "de", "pysbd-greek": "el", "pysbd-hindi": "hi", "pysbd-italian": "it",
    "pysbd-japanese": "ja", "pysbd-kazakh": "kk", "pysbd-marathi": "mr",
    "pysbd-persian": "fa", "pysbd-polish": "pl", "pysbd-russian": "ru",
    "pysbd-slovak": "sk", "pysbd-spanish": "es", "pysbd-urdu": "ur",
}


def read(path):
    """The rows of a file, each with its line number from 1."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line]


def treebanks(data):
    """The rows of the development files with their sentence ends."""
    files = sorted((data / "sentences").glob("ud-*.dev.jsonl"))
    if not files:
        raise SystemExit(f"no development files in {data}/sentences")
    return [
        {"file": file.name.removesuffix(".dev.jsonl"), "line": line,
         "language": row["language"], "text": row["text"],
         "sentence_ends": row["sentence_ends"]}
        for file in files for line, row in read(file)
    ]


def golden(data):
    """The golden cases with their sentences."""
    return [
        {"file": file, "line": line, "language": language, "text": row["text"],
         "sents": row["sents"]}
        for file, language in GOLDEN.items()
        for line, row in read(data / "sentences/golden" / f"{file}.jsonl")
        if row.get("golden") or row.get("set", "").startswith("GOLDEN_")
    ]


def articles(data, size):
    """The first news articles, of `size` bytes together or a little more."""
    chosen = []
    for _, row in read(data / "raw/news-0.jsonl"):
        if size <= 0:
            break
        chosen.append({"text": row["text"]})
        size -= len(row["text"].encode())
    return chosen


def write(path, rows):
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
    return path
