"""F1 of sentence ends by file, and rule cases split right.

The rule is that of the product's `src/evaluate/sentences.rs`, and `rust/src/score.rs`
has it too: an end is the position after the last character that is not white space,
the last end of a text is not counted, counts are pooled in a file; a case is right
when its sentences are, white space aside. Offsets are code points.
"""

# White_Space of Unicode, as in Rust; str.isspace() takes four control characters more.
WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B)))
NO_WHITE = str.maketrans("", "", WHITE)


def inner_ends(text, ends):
    """The ends with text before and after them, without the white space before them."""
    last = len(text.rstrip(WHITE))
    trimmed = {len(text[:end].rstrip(WHITE)) for end in ends}
    return {end for end in trimmed if 0 < end < last}


def pieces(text, ends):
    """The sentences between these ends."""
    edges = [0, *sorted(ends), len(text)]
    return [text[start:end].strip(WHITE) for start, end in zip(edges, edges[1:])]


def letters(text):
    return text.translate(NO_WHITE)


class Scores:
    """What one splitter is worth."""

    def __init__(self):
        self.files = {}
        self.golden = {}
        self.failed = 0

    def add(self, row, split):
        """`split` gives the ends of a text; an error of its is a text without ends."""
        text = row["text"]
        try:
            predicted = inner_ends(text, split(text))
        except Exception:
            self.failed += 1
            predicted = set()
        if "sentence_ends" in row:
            self.add_ends(row["file"], inner_ends(text, row["sentence_ends"]), predicted)
        else:
            self.add_case(row, pieces(text, predicted))

    def add_ends(self, file, gold, predicted):
        sums = self.files.setdefault(file, {"tp": 0, "fp": 0, "fn": 0})
        sums["tp"] += len(gold & predicted)
        sums["fp"] += len(predicted - gold)
        sums["fn"] += len(gold - predicted)
        both = 2 * sums["tp"] + sums["fp"] + sums["fn"]
        sums["f1"] = 2 * sums["tp"] / both if both else 0.0

    def add_case(self, row, given):
        cases = self.golden.setdefault(row["file"], {"cases": 0, "right": 0, "missed": []})
        cases["cases"] += 1
        if list(map(letters, given)) == list(map(letters, row["sents"])):
            cases["right"] += 1
        else:
            cases["missed"].append({"line": row["line"], "given": given})
