"""The teacher: MPNet, ten times the size of what ships, on the annotated text."""

import torch

import corpora
import losses
from fit import fit

SIZE = 256  # pieces in a row
ROWS = 16  # rows in a batch

# What it learns from, and how often it sees each file.
DIET = {
    "entities/worldwide.train": 3,
    "quotes/polnear.train": 2,
    "entities/uner-en-ewt.train": 2,
    "entities/wikigold.train": 1,
    "entities/crossner-politics.train": 1,
    "entities/crossner-literature.train": 1,
    "entities/crossner-music.train": 1,
    "entities/crossner-science.train": 1,
    "entities/crossner-ai.train": 1,
    "entities/wnut17.train": 1,
    "entities/broad-twitter.train": 0.5,
}


def diet(data, vocabulary, size, times, seed):
    """The rows of all epochs, each epoch cut and shuffled anew; and the table of
    allowed tags."""
    sets = corpora.LabelSets()
    rng = corpora.seeded(seed)
    files = {
        name: corpora.Corpus(data / f"{name}.jsonl", sets, vocabulary, size) for name in times
    }
    rows = []
    for epoch in range(int(max(times.values()) + 0.5)):
        found = []
        for name, count in times.items():
            share = min(1, count - epoch)
            if share <= 0:
                continue
            segments = files[name].segments(rng)
            if share < 1:
                segments = rng.sample(segments, int(share * len(segments)))
            found += segments
        rows += corpora.pack(found, size, rng)
    # All epochs mixed: what is seen once must not be seen only at the start.
    rng.shuffle(rows)
    return rows, torch.from_numpy(sets.table())


def steps(rows, count=ROWS):
    return [rows[at : at + count] for at in range(0, len(rows), count)]


def train(data, vocabulary, model, path, seed=1):
    rows, table = diet(data, vocabulary, SIZE, DIET, seed)

    def loss_of(outputs, batch, _):
        return losses.supervised(model, outputs, batch, table)

    fit(model, steps(rows), loss_of, 5e-5, 1e-3, SIZE, seed, "teacher", path=path)
    return model
