"""The page languages.md and its picture: tables of what was measured.

Must not measure or score: it rounds, compares and lays out.
"""

from tables import table

NAMES = {"verbatim": "Verbatim", "lingua": "lingua 1.8", "whichlang": "whichlang 0.1",
         "whatlang": "whatlang 0.18"}
COLOURS = {"verbatim": "#2e7d50", "lingua": "#3567a8", "whichlang": "#b0762a",
           "whatlang": "#8a8a8a"}
LINGUA = {"lingua-single-words": "words", "lingua-word-pairs": "pairs of words",
          "lingua-sentences": "sentences"}
OTHERS = {"ntrex": "NTREX, news sentences", "tatoeba": "Tatoeba, short sentences"}
SPEEDS = {"words": "single words", "short": "texts under 100 bytes",
          "sentences": "sentences", "articles": "news articles in English"}

HOW = """\
# Languages: Verbatim beside other detectors

Measured on {date} on one of two shared cores of an x86-64 virtual machine, all detectors
in one process, in turns. This page is written by the command that measures it again:

```console
$ python3 docs/accuracy/peers/languages.py ../shared/data
```

lingua's files are a fifth of its own test set, and **development files** here: choices in
Verbatim were made looking at them, and its temperatures (one number for each length of
text) were fitted on them, which favours it. Its weights were trained on n-gram tables of
lingua's packages, on word lists, and on four fifths of NTREX and Tatoeba; the fifth left
out is what is measured here ([model card](../../models/languages/MODEL_CARD.md)).

## Accuracy

In percent, the mean over languages. *All* is over every language of the file, one that a
detector does not know counting as wrong; *known* over those that it knows.

"""


def mean(figures):
    figures = list(figures)
    return 100 * sum(figures) / len(figures) if figures else None


def accuracy(measured, file, name, known_only):
    known = set(measured["languages"][name])
    counts = measured["accuracy"][file][name]
    return mean(right / rows for tag, (rows, right) in counts.items()
                if not known_only or tag in known)


def both(measured, file, name):
    every, known = (accuracy(measured, file, name, only) for only in (False, True))
    return f"{every:.1f} / {known:.1f}" if f"{every:.1f}" != f"{known:.1f}" else f"{every:.1f}"


def accuracies(measured):
    lines = [[label, *(both(measured, file, name) for name in NAMES)]
             for file, label in {**LINGUA, **OTHERS}.items()]
    over = [f"{mean(accuracy(measured, f, n, False) / 100 for f in LINGUA):.1f}" for n in NAMES]
    lines.insert(len(LINGUA), ["**mean of the three**", *over])
    lines.append(["languages known", *(str(len(measured["languages"][n])) for n in NAMES)])
    return table("all / known", NAMES.values(), lines)


def speed(measured, kind, name):
    figures = measured["speed"][kind][name]
    return (figures["bytes"] / figures["seconds"] / 1e6, figures["texts"] / figures["seconds"])


def speeds(measured):
    lines = []
    for kind, label in SPEEDS.items():
        cells = []
        for name in NAMES:
            megabytes, texts = speed(measured, kind, name)
            cells.append(f"{megabytes:.3g} MB/s, {texts:,.0f}/s")
        lines.append([label, *cells])
    return table("", NAMES.values(), lines)


def calibrations(measured):
    lines = []
    for file, label in LINGUA.items():
        figures = measured["calibration"][file]
        share = 100 * figures["reliable_rows"] / figures["rows"]
        lines.append([label, f"{figures['calibration_error']:.3f}", f"{share:.0f} %",
                      f"{100 * figures['reliable_accuracy']:.2f} %"])
    return table("", ["calibration error", "called reliable", "right among them"], lines)


def by_language(measured):
    lines = []
    counts = {file: measured["accuracy"][file] for file in LINGUA}
    for tag in sorted(counts["lingua-sentences"]["verbatim"]):
        cells = []
        for file in LINGUA:
            for name in ("verbatim", "lingua"):
                rows, right = counts[file][name][tag]
                cells.append(f"{100 * right / rows:.0f}")
        lines.append([tag, *(f"{a} / {b}" for a, b in zip(cells[::2], cells[1::2]))])
    return table("Verbatim / lingua", LINGUA.values(), lines)


def worst(measured):
    counts = measured["accuracy"]["ntrex"]["verbatim"]
    known = set(measured["languages"]["verbatim"])
    figures = sorted((100 * right / rows, tag) for tag, (rows, right) in counts.items()
                     if tag in known)
    shown = ", ".join(f"{tag} {figure:.1f}" for figure, tag in figures if figure < 98)
    return f"Languages of NTREX below 98 %: {shown}.\n\n"


def page(measured):
    return (HOW.format(date=measured["date"]) + accuracies(measured) + worst(measured)
            + "![Accuracy over speed](languages.svg)\n\n"
            + "## Speed\n\nOne thread. Of a text longer than 4 KiB Verbatim reads 4 KiB, the "
            + "others all.\nThe fastest of five turns; of one for lingua, on a tenth of the "
            + "texts.\n\n" + speeds(measured)
            + "## Whether confidence means what it says\n\nVerbatim alone: the expected "
            + "calibration error over ten bins, and the answers that it\ncalls `reliable` "
            + "(confidence of 0.99 or more).\n\n" + calibrations(measured)
            + "## By language\n\nPercent right of lingua's files.\n\n" + by_language(measured))


def picture(measured):
    """Accuracy (mean of lingua's files, known languages) over speed on short texts."""
    import math
    width, height, left, bottom = 560, 340, 60, 50
    low, high, least, most = 60, 95, 2.5, 6.5
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
           'font-family="sans-serif" font-size="12">',
           '<rect width="100%" height="100%" fill="white"/>']
    def at(texts, percent):
        x = left + (math.log10(texts) - least) / (most - least) * (width - left - 30)
        return x, height - bottom - (percent - low) / (high - low) * (height - bottom - 20)
    for percent in range(low, high + 1, 5):
        _, y = at(10 ** least, percent)
        out.append(f'<line x1="{left}" x2="{width - 30}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>'
                   f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{percent} %</text>')
    for power in range(3, 7):
        x, y = at(10 ** power, low)
        out.append(f'<text x="{x:.0f}" y="{y + 18:.0f}" text-anchor="middle">{10 ** power:,}'
                   '</text>')
    out.append(f'<text x="{(left + width) / 2:.0f}" y="{height - 10}" text-anchor="middle">'
               'short texts a second, one thread</text>')
    for name, label in NAMES.items():
        percent = mean(accuracy(measured, f, name, True) / 100 for f in LINGUA)
        x, y = at(speed(measured, "short", name)[1], percent)
        count = len(measured["languages"][name])
        anchor = "start" if x < width / 2 else "end"
        shift = 12 if anchor == "start" else -12
        out.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="7" fill="{COLOURS[name]}"/>'
                   f'<text x="{x + shift:.0f}" y="{y + 4:.0f}" text-anchor="{anchor}">'
                   f'{label}, {count} languages</text>')
    return "\n".join([*out, "</svg>"]) + "\n"
