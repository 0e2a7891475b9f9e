"""Writes uax29.txt: the cases of Unicode's SentenceBreakTest.txt that hold for prose.

    python3 uax29.py SentenceBreakTest.txt > uax29.txt

The input is part of the Unicode Character Database (ucd/auxiliary). Must not change
what a case expects: it is taken as it stands, or left out for a reason named below.
"""

import re
import sys
import unicodedata

HEADING = """\
# Cases of Unicode's default sentence breaks (UAX #29), from {version}
# © Unicode, Inc.; used under the Unicode License V3. Written by uax29.py, not by
# hand. Here are the cases where the default rules agree with how prose is written.
# Left out are those that test nothing but the default rules:
#   - the table of every pair of character classes, which is no text;
#   - controls and format characters between all letters, and a combining mark on a
#     space or line end: they test that such characters change no answer;
#   - sentences of white space alone, which are none here.
# Left out too is "etc.|\u5b83": default rules know no abbreviations.
"""

LINE_ENDS = "\r\n"
TERMINALS = ".?!\u3002"
ABBREVIATION_BEFORE_HAN = "etc.\u5b83"
DIAERESIS = "\u0308"


def read(line):
    """The text of a line's pieces, or nothing for a line without a case."""
    parts = line.split("#")[0].split()
    pieces = [""]
    for part in parts[1:-1]:
        if part == "÷":
            pieces.append("")
        elif part != "×":
            pieces[-1] += chr(int(part, 16))
    return pieces


def is_prose(pieces):
    text = "".join(pieces)
    hidden = any(unicodedata.category(c) in ("Cc", "Cf") and c not in LINE_ENDS for c in text)
    return (
        len(text) > 2  # A pair of classes has no more, but for a diaeresis.
        and any(c in TERMINALS for c in text)
        and not hidden
        and DIAERESIS not in text
        and all(piece.strip() for piece in pieces)
        and text != ABBREVIATION_BEFORE_HAN
    )


def escape(piece):
    piece = re.sub(r"[\\|]", lambda found: "\\" + found[0], piece).replace("\n", "\\n")
    return re.sub(r"[^\S ]", lambda found: f"\\u{{{ord(found[0]):x}}}", piece)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.read().splitlines()
    version = lines[0].lstrip("# ").removesuffix(".txt")
    print(HEADING.format(version=version))
    for line in lines:
        pieces = read(line)
        if is_prose(pieces):
            language = "zh" if re.search("[\u4e00-\u9fff]", "".join(pieces)) else "en"
            marked = "|".join(map(escape, pieces))
            # Spaces at a line's end are easily lost.
            kept = marked.rstrip(" ")
            print(language, kept + "\\u{20}" * (len(marked) - len(kept)), sep="\t")


main()
