"""What the network tells of each word: four sequences of tags.

Every sequence has a tag for outside and, for each of its types, one for a span's
beginning, inside, end and for a span of a single word (BIOES). Which tags a
corpus allows at a word depends on what it annotates: what it does not annotate
is unknown there, not absent.
"""

TYPES = ["Person", "Organization", "Location", "NORP", "Facility", "Product", "Misc", "Date", "Money"]
SEQUENCES = {"entity": TYPES, "source": ["source"], "cue": ["cue"], "content": ["content"]}

BEGIN, INSIDE, END, SINGLE = range(4)


def tags(sequence):
    """How many tags a sequence has."""
    return 1 + 4 * len(SEQUENCES[sequence])


def tag(kind, part):
    """The tag of a part of a span of the kind with that index; 0 is outside."""
    return 1 + 4 * kind + part


OFFSETS, OUTPUTS = {}, 0
for _name in SEQUENCES:
    OFFSETS[_name] = OUTPUTS
    OUTPUTS += tags(_name)

# For a label of another scheme, the types that it may be here; and the types
# that may hide in its words outside of entities.
CONLL = dict(
    label={"Location": ["Location", "Facility"], "Misc": ["Misc", "NORP", "Product"]},
    outside=["Date", "Money"],
)
NAMES_ONLY = dict(
    label={"Location": ["Location", "Facility"]},
    outside=["NORP", "Facility", "Product", "Misc", "Date", "Money"],
)
WNUT = dict(
    label={"Location": ["Location", "Facility"], "Misc": ["Misc", "Product"]},
    outside=["NORP", "Date", "Money"],
)
FULL = dict(label={}, outside=[])


def scheme(corpus):
    if corpus.startswith("worldwide"):
        return FULL
    if corpus.startswith("wnut17"):
        return WNUT
    if corpus.startswith(("wikigold", "crossner")):
        return CONLL
    return NAMES_ONLY


def span_tags(first, last, kind):
    """The tags of the words first..=last of one span, as (word, tag)."""
    if first == last:
        return [(first, tag(kind, SINGLE))]
    middle = [(word, tag(kind, INSIDE)) for word in range(first + 1, last)]
    return [(first, tag(kind, BEGIN)), *middle, (last, tag(kind, END))]


def word_range(words, start, end, at=0):
    """The indexes (first, last) of the words that touch [start, end), or None."""
    while at < len(words) and words[at].end <= start:
        at += 1
    first = at
    while at < len(words) and words[at].start < end:
        at += 1
    return (first, at - 1) if at > first else None
