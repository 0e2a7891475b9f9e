"""The page quotes.md: tables of what was measured. Must not measure or score."""

from tables import table

NAMES = {"verbatim": "Verbatim", "textacy": "textacy"}

HOW = """\
# Quotations: Verbatim beside textacy

Measured on {date} on two shared cores of an x86-64 virtual machine, all in one run.
This page is written by the command that measures it again:

```console
$ python3 docs/accuracy/peers/quotes.py ../shared/data
```

The files are **development files**: choices in Verbatim were made looking at them, which
favours it, and its network was trained on PolNeAR's training part. textacy (0.13, on
spaCy's en_core_web_sm) finds direct quotations only, so that most of what is annotated is
not its business; *direct* has those alone. The thirty articles are Worldwide's
(`tests/data/quotes`, annotated by hand for this project).

- source, cue, content: F1 over pieces, exact edges, in percent
- relation: a source with its whole content, F1
- direct: of the pieces in the annotation's direct quotations, how many were found with
  exactly its edges
- names: of the sources whose full name is known, how many got exactly it
- failed: texts that the program ended on with an exception
"""

PUBLISHED = """\
## Published for PolNeAR's test part

Exact F1 of source, cue and content; not the same part as above, and the networks are
BERT-base, five times this one's size.

| | source | cue | content |
|---|---|---|---|
| BERT-base with a decoder for the task (CofeNet, Wang et al. 2023) | 83.2 | 75.3 | 72.9 |
| BERT-base with a CRF (there) | 82.2 | 74.9 | 71.0 |
| BERT-base (there) | 81.1 | 74.0 | 68.9 |
| BiLSTM-CRF (there) | 69.6 | 66.7 | 59.0 |
| CRF (there) | 50.6 | 53.4 | 28.6 |
| CoreNLP (there) | 13.9 | – | 17.5 |
| rules (there) | 10.7 | 22.8 | 5.6 |
"""


OTHERS = """\

## Other languages

In German, Spanish, French, Italian, Dutch, Portuguese and Russian word lists and rules find
quotations beside a reporting verb and what is said after "that", with who speaks. Four news texts
in each (NTREX-128, translated from English; `tests/data/quotes/ntrex.jsonl`) were annotated by
hand for this project: development files too, which the rules were mended on. Columns as above.
"""

ELSEWHERE = """\
Confidence in these languages is rounded from 134 found statements that were read one by one
earlier: 107 were right. In every other language only what stands in quotation marks and
reads like speech is found, without speakers.
"""


def percent(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "–"


def f1(counts):
    right, found, gold = counts
    return percent(2 * right, found + gold)


def cells(of):
    """What is measured of one program on one file."""
    parts = [f1(counts) for counts in of["parts"].values()]
    return [*parts, percent(*of["direct"]), percent(*of["names"])]


COLUMNS = ["source", "cue", "content", "relation", "direct", "names"]


def page(date, scores, others, speeds, share):
    out = HOW.format(date=date) + "\n"
    for name, by_program in scores.items():
        out += f"## {name[0].upper()}{name[1:]}\n\n"
        lines = [[NAMES[program], *cells(of), f"{of['failed']} of {of['rows']}"]
                 for program, of in by_program.items()]
        out += table("", [*COLUMNS, "failed"], lines)
    out += PUBLISHED + "\n## Words a second\n\nOne thread, news articles one at a time, words "
    out += "between white space; textacy with the parse that it needs.\n\n"
    out += table("", ["words/s"],
                 [[label, f"{round(speeds[program], -2):,.0f}"] for program, label in NAMES.items()])
    out += ("Entities and quotations together take Verbatim "
            f"{share:.2f} times as long as entities alone.\n" + OTHERS)
    out += "\n" + table("", COLUMNS, [[code, *cells(of)] for code, of in others.items()])
    return out + ELSEWHERE
