"""Words and pieces: what the network reads.

A word is a run of letters, digits and combining marks, or any other single
character that is not white space. Its pieces are those of BERT's uncased
vocabulary: lower case, accents dropped, longest match first. The service does
the same in src/analysis/tagger/{words,pieces}.rs, and a fixture written from
here holds the two together.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# What stood before a word.
NOTHING, SPACE, LINE, PARAGRAPH = range(4)

# The letter case of a word.
SHAPES = 10
(NO_LETTERS, LOWER, TITLE, UPPER, ONE_UPPER, LOWER_INNER, TITLE_INNER, ALL_DIGITS, MIXED_DIGITS,
 MARK) = range(SHAPES)

# Where a word stands to double quotation marks of its paragraph.
OUTSIDE, OPENING, INSIDE, CLOSING = range(4)


@dataclass(slots=True)
class Word:
    start: int
    end: int
    space: int
    shape: int
    quote: int


def is_word_character(c):
    return unicodedata.category(c)[0] in "LNM"


def is_number(c):
    return unicodedata.category(c)[0] == "N"


def shape_of(text):
    """One of the ten shapes."""
    if not is_word_character(text[0]):
        return MARK
    if any(map(is_number, text)):
        return ALL_DIGITS if all(map(is_number, text)) else MIXED_DIGITS
    upper = [c.isupper() for c in text]
    lower = [c.islower() for c in text]
    if not any(upper):
        return LOWER if any(lower) else NO_LETTERS
    if not any(lower):
        return ONE_UPPER if len(text) == 1 else UPPER
    if any(upper[1:]):
        return TITLE_INNER if upper[0] else LOWER_INNER
    return TITLE


def words(text):
    """The words of a text in order."""
    found = []
    at, size = 0, len(text)
    breaks, space = 2, True
    inside = False
    while at < size:
        c = text[at]
        if c.isspace():
            space = True
            breaks += c == "\n"
            at += 1
            continue
        end = at + 1
        if is_word_character(c):
            while end < size and is_word_character(text[end]):
                end += 1
        before = PARAGRAPH if breaks > 1 else LINE if breaks else SPACE if space else NOTHING
        if breaks:
            inside = False
        if c == "\u201c" or (c == '"' and not inside):
            quote, inside = OPENING, True
        elif c == "\u201d" or c == '"':
            quote, inside = CLOSING, False
        else:
            quote = INSIDE if inside else OUTSIDE
        found.append(Word(at, end, before, shape_of(text[at:end]), quote))
        breaks, space = 0, False
        at = end
    return found


class Vocabulary:
    """Word pieces, one a line; continuing pieces start with "##"."""

    def __init__(self, pieces):
        self.pieces = list(pieces)
        self.ids = {piece: index for index, piece in enumerate(self.pieces)}
        self.unknown = self.ids["[UNK]"]
        self.start = self.ids["[CLS]"]
        self.end = self.ids["[SEP]"]
        self.of = lru_cache(200_000)(self._of)

    def __len__(self):
        return len(self.pieces)

    @staticmethod
    def normalized(word):
        lower = unicodedata.normalize("NFD", word.lower())
        return "".join(c for c in lower if unicodedata.category(c) != "Mn")

    def _of(self, word):
        """The pieces of a word; [UNK] for one that has none."""
        plain = self.normalized(word)
        if not plain or len(plain) > 100:
            return (self.unknown,)
        found, at = [], 0
        while at < len(plain):
            prefix = "##" if at else ""
            for end in range(len(plain), at, -1):
                piece = self.ids.get(prefix + plain[at:end])
                if piece is not None:
                    found.append(piece)
                    at = end
                    break
            else:
                return (self.unknown,)
        return tuple(found)
