"""From probabilities to spans: the best legal sequence of tags (Viterbi).

The service decodes in the same way (src/analysis/tagger/decode.rs).
"""

from functools import lru_cache

import numpy as np

import labels
from labels import BEGIN, END, INSIDE, SINGLE


@lru_cache
def legal(sequence):
    """[from, to]: 0 where a tag may follow another, else minus infinity; and the
    same of a sequence's start and end."""
    count = labels.tags(sequence)
    moves = np.full((count, count), -np.inf, np.float32)
    opens = [(tag - 1) % 4 in (BEGIN, INSIDE) if tag else False for tag in range(count)]
    goes_on = [(tag - 1) % 4 in (INSIDE, END) if tag else False for tag in range(count)]
    for a in range(count):
        for b in range(count):
            same = a and b and (a - 1) // 4 == (b - 1) // 4
            if (opens[a] and goes_on[b] and same) or (not opens[a] and not goes_on[b]):
                moves[a, b] = 0
    start = np.where(goes_on, -np.inf, 0).astype(np.float32)
    end = np.where(opens, -np.inf, 0).astype(np.float32)
    return moves, start, end


def viterbi(scores, sequence):
    """The best legal path through log-probabilities [words, tags]."""
    moves, start, end = legal(sequence)
    best = scores[0] + start
    back = np.zeros(scores.shape, np.int32)
    for word in range(1, len(scores)):
        reached = best[:, None] + moves
        back[word] = reached.argmax(0)
        best = reached.max(0) + scores[word]
    tag = int((best + end).argmax())
    path = [tag]
    for word in range(len(scores) - 1, 0, -1):
        tag = int(back[word, tag])
        path.append(tag)
    return path[::-1]


def spans(path):
    """(first word, last word, kind) of each span of a legal path."""
    found, start = [], None
    for word, tag in enumerate(path):
        if tag == 0:
            continue
        kind, part = divmod(tag - 1, 4)
        if part == SINGLE:
            found.append((word, word, kind))
        elif part == BEGIN:
            start = word
        elif part == END:
            found.append((start, word, kind))
    return found
