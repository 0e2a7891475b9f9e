"""Measures Verbatim and other language detectors side by side; writes ../languages.md
and its picture.

    python3 docs/accuracy/peers/languages.py DATA [--date YYYY-MM-DD] [--page-only]

DATA is the folder of the corpora. Needs Rust, Python 3.11 and the registry of Rust;
builds into target/ alone. What was measured stays in target/peers/languages.json, and
--page-only writes the page from it again.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import tempfile

import compare
import languages_page
import rows

ROOT = compare.ROOT
MEASURED = ROOT / "target/peers/languages.json"
FILES = ["lingua-single-words", "lingua-word-pairs", "lingua-sentences"]


def build():
    """The program that runs all detectors, and Verbatim's own."""
    compare.step("building the detectors")
    manifest = ROOT / "benches/peers/Cargo.toml"
    target = ROOT / "target/peers"
    subprocess.run(["cargo", "build", "--release", "--manifest-path", manifest,
                    "--target-dir", target], check=True)
    subprocess.run(["cargo", "build", "--release", "--manifest-path", ROOT / "Cargo.toml"],
                   check=True)
    return target / "release/language-peers", ROOT / "target/release/verbatim"


def calibration(verbatim, data):
    """What `verbatim evaluate languages` says of confidences, by file."""
    files = [data / "languages" / f"{name}.jsonl" for name in FILES]
    result = subprocess.run([verbatim, "evaluate", "languages", "--format", "json", *files],
                            stdout=subprocess.PIPE, check=True)
    report = json.loads(result.stdout)
    group = next(g for g in report["groups"] if g["name"] == "by file")
    keys = ["rows", "calibration_error", "reliable_rows", "reliable_accuracy"]
    return {name: {key: line[key] for key in keys}
            for name, line in zip(FILES, group["lines"])}


def measure(data, date):
    peers, verbatim = build()
    with tempfile.TemporaryDirectory() as folder:
        articles = rows.write(pathlib.Path(folder) / "articles.jsonl",
                              rows.articles(data, compare.RUST_BYTES))
        compare.step("accuracy and speed (a few minutes)")
        measured = compare.output([peers], data, articles)
    return measured | {"date": date, "calibration": calibration(verbatim, data)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--date", default=datetime.date.today().isoformat())
    parser.add_argument("--page-only", action="store_true",
                        help="measure nothing, write the page again")
    args = parser.parse_args()
    if args.page_only:
        measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    else:
        measured = measure(args.data, args.date)
        MEASURED.write_text(json.dumps(measured), encoding="utf-8")
    folder = ROOT / "docs/accuracy"
    (folder / "languages.md").write_text(languages_page.page(measured), encoding="utf-8")
    (folder / "languages.svg").write_text(languages_page.picture(measured), encoding="utf-8")
    compare.step("wrote docs/accuracy/languages.md and its picture")


if __name__ == "__main__":
    main()
