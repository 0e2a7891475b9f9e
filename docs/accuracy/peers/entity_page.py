"""The page entities.md and its picture: tables of what was measured.

Must not measure or score: it rounds, compares and lays out.
"""

from entity_errors import NOTHING, SCORED
from tables import table

NAMES = {"verbatim": "Verbatim", "spacy-sm": "spaCy sm", "spacy-md": "spaCy md"}

HOW = """\
# Entities: Verbatim beside spaCy

Measured on {date} on two shared cores of an x86-64 virtual machine, all in one run.
This page is written by the command that measures it again:

```console
$ python3 docs/accuracy/peers/entities.py ../shared/data
```

The files are **development files**: choices in Verbatim were made looking at them, which
favours it, and it was trained on the training parts of the same corpora, spaCy on
OntoNotes. None is a test set. spaCy's types are mapped to ours, and a leading article and
a trailing possessive taken off its spans, as the annotations have them.
"""

RULE = """\
## F1, exact span and type

In percent, pooled over a file. Types that a file does not annotate are not scored in it.
"""

ERRORS = """\
## What goes wrong

worldwide.dev, {total} errors in all. Rows of the picture are what the annotation says of
a span, columns what Verbatim says of the same span; a span with other edges is found
where there is nothing, and missed.

![Which types are taken for which](entities.svg)

| error | times | most often |
|---|---|---|
"""


CANDIDATES = """\
## Which tagger ships

Candidates that learn the same: Worldwide's and PolNeAR's training parts once, annotations alone,
no other corpus and no teacher; measured by `python3 training/tagger/candidates.py DATA`, which
writes candidates.json. F1 in percent; words a second of one thread, of the networks in PyTorch's
f32, decoding included. What ships is MiniLM after four rounds of training with more data
([its card](../../models/tagger/MODEL_CARD.md)), with a kernel of its own in eight bits; the whole
server with it takes 57 to 63 MiB ([load.md](../load.md)).

"""

CURVE = """\
How much the text gives, MiniLM in one pass over a share of both corpora; what ships has seen
more text, more often:

"""

COLUMNS = {"entities": ("worldwide.dev", "all"), "source": ("polnear.dev", "source"),
           "cue": ("polnear.dev", "cue"), "content": ("polnear.dev", "content")}


def megabytes(of):
    """In eight bits, as it would ship."""
    return f"{of.get('bytes', of.get('parameters', 0)) / 1e6:.0f}"


def candidates(measured, shipped):
    """The table of candidates and the learning curve."""
    whole = {name: of for name, of in measured.items() if "of the text" not in name}
    lines = [[name, *(cell(of[file].get(kind)) for file, kind in COLUMNS.values()),
              f"{of['words_per_second']:,}", megabytes(of)]
             for name, of in sorted(whole.items(), key=lambda row: row[1]["worldwide.dev"]["all"])]
    lines.append(["**what ships**", *shipped])
    out = CANDIDATES + table("", [*COLUMNS, "words/s", "MB"], lines)
    shares = [(name.split(", ")[1].split(" ")[0], of) for name, of in measured.items()
              if "of the text" in name]
    shares.append(("100%", measured["MiniLM"]))
    lines = [[share, *(cell(of[file].get(kind)) for file, kind in COLUMNS.values())]
             for share, of in shares]
    return out + CURVE + table("share", COLUMNS, lines)


def cell(figure):
    return "–" if figure is None else f"{figure:.1f}"


def page(date, scores, speeds, errors, chosen):
    out = HOW.format(date=date) + "\n" + RULE + "\n"
    for name, by_program in scores.items():
        kinds = list(by_program["verbatim"])
        lines = [[kind, *(cell(by_program[p].get(kind)) for p in NAMES)] for kind in kinds]
        out += table(name, NAMES.values(), lines)
    out += "## Words a second\n\nOne thread, news articles one at a time, words between "
    out += "white space. Verbatim gives sentences,\nentities, and the tags of quotations; "
    out += "spaCy its NER component alone.\n\n"
    out += table("", ["words/s"], [[NAMES[p], f"{round(speeds[p], -2):,.0f}"] for p in NAMES])
    out += chosen
    out += ERRORS.format(total=errors["total"])
    for kind, count, examples in errors["kinds"]:
        shown = "; ".join(example.replace("|", "\\|")[:60] for example in examples)
        out += f"| {kind} | {count} | {shown} |\n"
    return out


def picture(errors):
    """The confusion of types as a map of squares, the darker the more."""
    names, size, left, top = [*SCORED, NOTHING], 44, 110, 90
    confusion = errors["confusion"]
    side = size * len(names)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + side + 10}" '
           f'height="{top + side + 10}" font-family="sans-serif" font-size="12">',
           '<rect width="100%" height="100%" fill="white"/>']
    for row, gold in enumerate(names):
        y = top + row * size
        out.append(f'<text x="{left - 8}" y="{y + size / 2 + 4}" text-anchor="end">{gold}</text>')
        x = left + row * size + size / 2
        out.append(f'<text transform="translate({x + 4} {top - 8}) rotate(-60)">{gold}</text>')
        total = sum(confusion[gold, found] for found in names) or 1
        for column, found in enumerate(names):
            count = confusion[gold, found]
            share = count / total
            x = left + column * size
            colour = "46,125,80" if gold == found else "200,60,40"
            out.append(f'<rect x="{x}" y="{y}" width="{size - 2}" height="{size - 2}" '
                       f'fill="rgba({colour},{min(1, 0.04 + share ** 0.5):.2f})"/>')
            if count:
                out.append(f'<text x="{x + size / 2 - 1}" y="{y + size / 2 + 4}" '
                           f'text-anchor="middle">{count}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"
