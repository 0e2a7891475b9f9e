"""Exact-match F1 on a corpus, to choose by while training. The figures that
are published come from `verbatim evaluate`."""

from collections import Counter

import numpy as np
import torch

import labels
from batches import collate
from corpora import rows, segments
from encoder import precision
from decode import spans, viterbi
from losses import NAMES, split
from words import words


@torch.no_grad()
def probabilities(model, packed, size, batch_rows=16):
    """For each segment, in order, log-probabilities [words, tags] by sequence."""
    model.eval()
    for at in range(0, len(packed), batch_rows):
        batch = collate(packed[at : at + batch_rows], size)
        with precision():
            outputs = model(batch)
        parts, _ = split(outputs.float())
        parts = {name: torch.log_softmax(part, -1).numpy() for name, part in parts.items()}
        for row in range(len(packed[at : at + batch_rows])):
            for number in range(1, len(packed[at + row]) + 1):
                here = (batch["segment"][row] == number) & batch["first"][row]
                yield {name: part[row][here.numpy()] for name, part in parts.items()}


def score(model, path, vocabulary, size, sets=None, limit=None):
    """Counts of right, found and annotated spans by type."""
    from corpora import entity_document, quote_document, LabelSets

    counts = {name: Counter() for name in ("right", "found", "gold")}
    texts, packed, owner = [], [], []
    for number, row in enumerate(rows(path)):
        if limit and number >= limit:
            break
        if "entities" in row:
            document = entity_document(row, "worldwide", LabelSets())
        else:
            document = quote_document(row, "polnear")
        texts.append((row, document.words))
        for segment in segments(document, vocabulary, row["text"], size):
            if packed and sum(map(len, packed[-1])) + len(segment) <= size:
                packed[-1].append(segment)
            else:
                packed.append([segment])
            owner.append(number)
    at = Counter()
    for number, parts in zip(owner, probabilities(model, packed, size)):
        row, found = texts[number]
        base = at[number]
        at[number] += len(parts["cue"])
        wanted = ["entity"] if "entities" in row else ["source", "cue", "content"]
        for name in wanted:
            if not len(parts[name]):
                continue
            for first, last, kind in spans(viterbi(parts[name], name)):
                start, end = found[base + first].start, found[base + last].end
                key = (number, start, end, labels.SEQUENCES[name][kind])
                counts["found"][key] += 1
    gold = Counter()
    for number, (row, _) in enumerate(texts):
        if "entities" in row:
            known = {e["type"] for e in row["entities"]}
            for e in row["entities"]:
                gold[(number, e["start"], e["end"], e["type"])] += 1
        else:
            for a in row["attributions"]:
                for name in ("source", "cue", "content"):
                    for s, e in a[name]:
                        gold[(number, s, e, name)] = 1
    types = {key[3] for key in gold}
    found = {key for key in counts["found"] if key[3] in types}
    return {
        kind: f1(*(
            sum(kind in ("all", key[3]) for key in group)
            for group in (found & set(gold), found, gold)
        ))
        for kind in ["all", *sorted(types)]
    }


def f1(right, found, gold):
    p, r = right / max(found, 1), right / max(gold, 1)
    return tuple(round(100 * x, 1) for x in (2 * p * r / max(p + r, 1e-9), p, r))
