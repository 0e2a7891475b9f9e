"""The student: what ships. It learns in four rounds.

First from the annotations and, on the same text and on raw news, from the teacher's
probabilities of every sequence of tags: so news annotated for one task teaches the
other too. Then once more, from labels of its own and of a reader of attributions; then
from those of a reader of names; last from those of large readers of both. What neither
annotations nor labels tell is unknown.
"""

from dataclasses import dataclass

import numpy as np
import torch

import corpora
import labels
import losses
from batches import collate
from encoder import precision
from fit import fit, save
from teacher import DIET, ROWS, steps

SIZE = 256
RAW_FILES = ("raw/news-0", "raw/news-1", "raw/news-2", "raw/news-3")


@dataclass(frozen=True)
class Round:
    """What one round of training sees, and how."""

    seed: int
    # The highest learning rate of the encoder; what is new learns five times faster.
    rate: float
    # Rows of raw news of each file.
    raw: int
    # How often a corpus is seen that `times` does not name, and those that it names.
    usual: float
    times: dict
    # Corpora that labels are made for.
    labelled: tuple
    # Those of them where labels are made for what is annotated too.
    softened: tuple = ()


# Tweets, which no newsroom reads, are seen less than the rest.
FIRST = Round(2, 2e-4, 220, 2, {
    "uner-en-ewt.train": 3, "wnut17.train": 1, "broad-twitter.train": 0.5, "raw": 1,
}, ("worldwide", "polnear", "raw"), ("worldwide", "polnear"))
SECOND = Round(5, 1e-4, 50, 0.25, {
    "worldwide.train": 1, "polnear.train": 0.4, "uner-en-ewt.train": 0.6, "raw": 0.5,
}, ("worldwide", "polnear", "raw", "uner"))
THIRD = Round(6, 1e-4, 150, 0.25, {
    "worldwide.train": 1, "polnear.train": 0.6, "uner-en-ewt.train": 1, "raw": 0.8,
}, ("worldwide", "polnear", "raw", "uner"))
FOURTH = Round(7, 1e-4, 200, 0.25, {
    "worldwide.train": 1, "polnear.train": 1, "uner-en-ewt.train": 1, "raw": 1,
}, ("worldwide", "polnear", "raw", "uner"), ("uner",))


# What the weights of the fourth round count in those that ship; the third's have the rest.
# The mean is better than either: the third knows more facilities, the fourth quotations.
SHARE = 0.75


def mean(third, fourth, model, path):
    """Sets the model to the mean of two others, weight by weight."""
    before, after = third.state_dict(), fourth.state_dict()
    model.load_state_dict({
        name: SHARE * after[name] + (1 - SHARE) * before[name] for name in after
    })
    save(model, path)
    return model


def all_segments(data, vocabulary, plan):
    """All text once, annotated files first, each segment with `at`, the place of
    its first word in the list of all words; and the table of allowed tags."""
    sets, rng = corpora.LabelSets(), corpora.seeded(plan.seed)
    found = []
    for name in [*DIET, *RAW_FILES]:
        limit = plan.raw if name in RAW_FILES else None
        corpus = corpora.Corpus(data / f"{name}.jsonl", sets, vocabulary, SIZE, limit)
        found += corpus.segments(rng)
    at = 0
    for segment in found:
        segment.at = at
        at += int(segment.first.sum())
    return found, torch.from_numpy(sets.table()), at


def annotated(corpus):
    """The sequences that a corpus annotates, which need no other label."""
    if corpus.startswith("polnear"):
        return ("source", "cue", "content")
    return () if corpus.startswith("raw") else ("entity",)


@torch.no_grad()
def label(readers, data, vocabulary, plan, path):
    """Writes probabilities of all words, [words, tags]. `readers` gives each sequence the
    networks that label it, by the mean of their probabilities. Zeros, which weigh nothing,
    stand for corpora without labels, and for annotated sequences that are not softened."""
    segments, _, count = all_segments(data, vocabulary, plan)
    target = np.zeros((count, labels.OUTPUTS), np.float16)
    for models in readers.values():
        for model in models:
            model.eval()
    for kind in plan.labelled:
        wanted = [n for n in readers if kind in plan.softened or n not in annotated(kind)]
        models = list(dict.fromkeys(model for name in wanted for model in readers[name]))
        own = [s for s in segments if s.corpus.startswith(kind)]
        packed = steps(corpora.pack(own, SIZE, corpora.seeded(7)))
        for number, rows in enumerate(packed):
            batch = collate(rows, SIZE)
            found = {}
            for model in models:
                with precision():
                    outputs = model(batch)
                parts, _ = losses.split(outputs.float())
                for name in wanted:
                    if model in readers[name]:
                        share = parts[name].softmax(-1) / len(readers[name])
                        found[name] = found.get(name, 0) + share
            put(found, rows, target)
            if number % 25 == 0:
                print(f"label {kind} {number}/{len(packed)}", flush=True)
    np.save(path, target)


def put(found, rows, target):
    """Writes the probabilities of one batch, by sequence, to their words."""
    for row, segments in enumerate(rows):
        start = 0
        for segment in segments:
            here = slice(segment.at, segment.at + int(segment.first.sum()))
            for name, part in found.items():
                columns = slice(labels.OFFSETS[name], labels.OFFSETS[name] + labels.tags(name))
                pieces = part[row, start : start + len(segment)][segment.first]
                target[here, columns] = pieces.numpy()
            start += len(segment)


def train(data, vocabulary, model, plan, target_path, path):
    """One round, on annotations and on the labels at `target_path`."""
    segments, table, _ = all_segments(data, vocabulary, plan)
    target = np.load(target_path, mmap_mode="r")
    rng = corpora.seeded(plan.seed)
    chosen = []
    for segment in segments:
        times = plan.times.get(segment.corpus, plan.usual)
        chosen += [segment] * int(times)
        if rng.random() < times % 1:
            chosen.append(segment)
    rows = corpora.pack(chosen, SIZE, rng)

    def loss_of(outputs, batch, rows):
        gold, parts = losses.supervised(model, outputs, batch, table)
        order = np.concatenate([
            np.arange(s.at, s.at + int(s.first.sum())) for row in rows for s in row
        ])
        wanted = torch.from_numpy(target[order].astype(np.float32))
        soft = losses.distilled(outputs, wanted, batch)
        parts["distilled"] = float(soft.detach())
        return gold + soft, parts

    fit(model, steps(rows), loss_of, plan.rate, 5 * plan.rate, SIZE, plan.seed, path.stem, path=path)
    return model
