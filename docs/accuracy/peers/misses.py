"""The golden cases that Verbatim does not get right, each with its reason.

The reasons are kept by hand in golden-misses.txt: file, line of the case, reason, with
tabs between. A miss without a reason and a reason without a miss are both errors, so
that the list is true whenever the page is written.
"""

import pathlib

REASONS = pathlib.Path(__file__).with_name("golden-misses.txt")


def reasons():
    """(file, line) → reason."""
    found = {}
    for number, line in enumerate(REASONS.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 3 or not parts[1].isdecimal() or not parts[2].strip():
            raise SystemExit(f"{REASONS.name}:{number}: not FILE<TAB>LINE<TAB>REASON")
        key = parts[0].removesuffix(".jsonl"), int(parts[1])
        if key in found:
            raise SystemExit(f"{REASONS.name}:{number}: a second reason for this case")
        found[key] = parts[2].strip()
    return found


def explain(rows, scores, allow_unexplained):
    """Each miss as (row, sentences given, reason), in the order of the rows.

    `scores` are Verbatim's. Ends the program where reasons and misses do not fit;
    `allow_unexplained` lets misses pass that have none (`None`).
    """
    given = {
        (file, missed["line"]): missed["given"]
        for file, cases in scores["golden"].items() for missed in cases["missed"]
    }
    why = reasons()
    wrong = {key: "no such miss, yet it has a reason" for key in why.keys() - given.keys()}
    if not allow_unexplained:
        wrong |= dict.fromkeys(given.keys() - why.keys(), "a miss without a reason")
    if wrong:
        lines = [f"{file}.jsonl\t{line}\t{what}" for (file, line), what in sorted(wrong.items())]
        raise SystemExit("\n".join([f"{REASONS.name} and the misses differ:", *lines]))
    keys = [((row["file"], row["line"]), row) for row in rows]
    return [(row, given[key], why.get(key)) for key, row in keys if key in given]
