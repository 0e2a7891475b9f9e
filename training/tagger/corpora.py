"""Corpora as segments: stretches of text that the network reads at once.

A segment never holds more than `size` pieces, its start and end marks counted.
A document that is longer is cut at the last line break, sentence end or, for
want of both, word that fits. Short rows (single sentences) stay segments of
their own or are joined with their neighbours, as in running text.
"""

import itertools
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import labels
from words import LINE, SPACE, words

UNKNOWN = -1  # no label
# How many annotated articles of a hundred are seen sentence by sentence.
APART = 0.2


class LabelSets:
    """Numbers the sets of entity tags that some corpus allows at a word."""

    def __init__(self):
        self.rows, self.index = [], {}

    def of(self, allowed):
        key = tuple(sorted(allowed))
        if key not in self.index:
            self.index[key] = len(self.rows)
            row = np.zeros(labels.tags("entity"), bool)
            row[list(key)] = True
            self.rows.append(row)
        return self.index[key]

    def table(self):
        return np.array(self.rows, bool).reshape(-1, labels.tags("entity"))


@dataclass
class Document:
    words: list
    entity: list  # label set of each word, or UNKNOWN
    source: list  # tag of each word, or UNKNOWN
    cue: list
    content: list
    links: list  # (first word of the cue, of its sources, of its contents)
    corpus: str = ""


@dataclass
class Segment:
    """One row for each piece, the start and end marks included."""

    piece: np.ndarray
    features: np.ndarray  # [pieces, 3]: shape, space, quote
    first: np.ndarray  # whether it is the first piece of a word
    tags: np.ndarray  # [pieces, 4]: label set, source, cue, content; UNKNOWN where none
    links: list = field(default_factory=list)
    corpus: str = ""
    at: int = 0  # of its first word among all words

    def __len__(self):
        return len(self.piece)


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def entity_document(row, corpus, sets):
    found = words(row["text"])
    scheme = labels.scheme(corpus)
    kinds = {name: index for index, name in enumerate(labels.TYPES)}
    hidden = [labels.tag(kinds[t], part) for t in scheme["outside"] for part in range(4)]
    outside = sets.of([0, *hidden])
    entity = [outside] * len(found)
    for span in row["entities"]:
        touched = labels.word_range(found, span["start"], span["end"])
        if touched is None:
            continue
        may_be = scheme["label"].get(span["type"], [span["type"]])
        for tags in zip(*(labels.span_tags(*touched, kinds[t]) for t in may_be)):
            entity[tags[0][0]] = sets.of([tag for _, tag in tags])
    none = [UNKNOWN] * len(found)
    return Document(found, entity, none, none, none, [], corpus)


def quote_document(row, corpus):
    found = words(row["text"])
    tags = {name: [0] * len(found) for name in ("source", "cue", "content")}
    links = []
    for attribution in row["attributions"]:
        firsts = {}
        for name, sequence in tags.items():
            firsts[name] = []
            for start, end in attribution[name]:
                touched = labels.word_range(found, start, end)
                if touched:
                    firsts[name].append(touched[0])
                    for word, tag in labels.span_tags(*touched, 0):
                        sequence[word] = tag
        for cue in firsts["cue"]:
            links.append((cue, firsts["source"], firsts["content"]))
    return Document(found, [UNKNOWN] * len(found), **tags, links=links, corpus=corpus)


def raw_document(row, corpus="raw"):
    found = words(row["text"])
    none = [UNKNOWN] * len(found)
    return Document(found, none, none, none, none, [], corpus)


def join(documents):
    """One document of several, each on a line of its own."""
    joined = Document([], [], [], [], [], [], documents[0].corpus)
    for document in documents:
        base = len(joined.words)
        if document.words and base:
            document.words[0].space = LINE
        joined.words += document.words
        for name in ("entity", "source", "cue", "content"):
            getattr(joined, name).extend(getattr(document, name))
        joined.links += [
            (cue + base, [s + base for s in sources], [c + base for c in contents])
            for cue, sources, contents in document.links
        ]
    return joined


def cuts(document, text_ends, sizes, room, offset):
    """Where to cut a document, as word indexes; the first segment holds at most
    `offset` pieces, the others at most `room`."""
    starts, at, limit = [0], 0, offset
    while True:
        used, end = 0, at
        while end < len(sizes) and used + sizes[end] <= limit:
            used += sizes[end]
            end += 1
        if end == len(sizes):
            return starts
        best = max(at + 1, end)
        for word in range(end, at + (end - at) // 2, -1):
            if text_ends[word]:
                best = word
                break
        starts.append(best)
        at, limit = best, room


def segments(document, vocabulary, text, size, offset=None, apart=False):
    """A document's segments; `offset` moves the first cut, to see a text cut
    differently each time. With `apart`, each sentence is a segment of its own, so
    that short texts are known too."""
    found = document.words
    if not found:
        return []
    pieces = [vocabulary.of(text[word.start : word.end]) for word in found]
    room = size - 2
    if apart:
        starts = sentence_starts(document, text)
        sizes = [sum(map(len, pieces[a:b])) for a, b in zip(starts, [*starts[1:], len(found)])]
        if max(sizes) > room:
            return segments(document, vocabulary, text, size, offset)
    else:
        # Words before which a segment may well start.
        ends = [
            word.space > SPACE or (before is not None and text[before.start] in ".!?\u201d\"")
            for before, word in zip([None, *found], found)
        ]
        starts = cuts(document, ends, [len(p) for p in pieces], room, offset or room)
    made = []
    for start, end in zip(starts, [*starts[1:], len(found)]):
        made.append(_segment(document, pieces, start, end, vocabulary))
    return made


def sentence_starts(document, text):
    """Words that start a sentence, as far as marks and capitals tell, and where no
    annotated content goes on."""
    starts, found = [0], document.words
    marks = [text[word.start] for word in found]
    for at in range(1, len(found)):
        last = at - 1
        while last > starts[-1] and marks[last] in "\"\u201d\u2019')":
            last -= 1
        ended = found[at].space > SPACE or (
            marks[last] in ".!?" and found[at].space == SPACE and not marks[at].islower()
        )
        goes_on = document.content[at] in (labels.tag(0, labels.INSIDE), labels.tag(0, labels.END))
        if ended and not goes_on:
            starts.append(at)
    return starts


def _segment(document, pieces, start, end, vocabulary):
    piece, features, first, tags, at = [vocabulary.start], [(0, 0, 0)], [False], [(-1,) * 4], {}
    for index in range(start, end):
        word = document.words[index]
        at[index] = len(piece)
        for position, part in enumerate(pieces[index]):
            piece.append(part)
            features.append((word.shape, 0 if position else word.space, word.quote))
            first.append(position == 0)
            tags.append(
                (-1,) * 4
                if position
                else (document.entity[index], document.source[index], document.cue[index],
                      document.content[index])
            )
    piece.append(vocabulary.end)
    features.append((0, 0, 0))
    first.append(False)
    tags.append((-1,) * 4)
    links = [
        (at[cue], [at[s] for s in sources if s in at], [at[c] for c in contents if c in at])
        for cue, sources, contents in document.links
        if cue in at
    ]
    return Segment(
        np.array(piece, np.int32), np.array(features, np.int8), np.array(first, bool),
        np.array(tags, np.int32), links, document.corpus,
    )


class Corpus:
    """A file's rows, parsed once; segments are cut anew for each epoch."""

    def __init__(self, path, sets, vocabulary, size, limit=None):
        path = Path(path)
        self.name, self.vocabulary, self.size = path.name.split(".jsonl")[0], vocabulary, size
        self.raw = self.name.startswith("news-")
        self.parsed = []
        for row in itertools.islice(rows(path), limit):
            if "entities" in row:
                document = entity_document(row, self.name, sets)
            elif "attributions" in row:
                document = quote_document(row, self.name)
            else:
                document = raw_document(row)
            self.parsed.append((row["text"], document))
        self.short = self.name.split(".")[0] not in ("worldwide", "polnear") and not self.raw

    def segments(self, rng=None):
        """All segments, cut at places that `rng` moves."""
        made, at = [], 0
        while at < len(self.parsed):
            text, document = self.parsed[at]
            at += 1
            if rng is None or self.short:
                made += segments(document, self.vocabulary, text, self.size)
            else:
                offset = rng.randint(self.size // 4, self.size - 2)
                apart = not self.raw and rng.random() < APART
                made += segments(document, self.vocabulary, text, self.size, offset, apart)
        return made


def pack(all_segments, size, rng=None):
    """Rows of several segments each, at most `size` pieces together."""
    order = list(range(len(all_segments)))
    if rng is not None:
        rng.shuffle(order)
    open_rows, packed = [], []
    for index in order:
        segment = all_segments[index]
        for row in open_rows:
            if row[0] + len(segment) <= size:
                row[0] += len(segment)
                row[1].append(segment)
                break
        else:
            open_rows.append([len(segment), [segment]])
        if len(open_rows) > 32:
            open_rows.sort(key=lambda row: row[0])
            packed.append(open_rows.pop()[1])
    packed += [row[1] for row in open_rows]
    if rng is not None:
        rng.shuffle(packed)
    return packed


def seeded(seed):
    return random.Random(seed)
