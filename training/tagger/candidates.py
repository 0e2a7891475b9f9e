"""Which tagger ships, on evidence: candidates that learn the same and are measured alike.

    python3 training/tagger/candidates.py ../shared/data

Each sees Worldwide's and PolNeAR's training parts once, annotations alone; MiniLM also
a tenth and three tenths of them. Writes docs/accuracy/candidates.json, which
docs/accuracy/peers/entities.py puts on its page. Needs requirements.txt and, for the
candidate without a network, python-crfsuite.
"""

import argparse
import json
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import corpora
import encoder
import features
import losses
import score
import student
from fit import fit
from teacher import steps
from train import read_vocabulary, unpack_minilm
from words import Vocabulary

CORPORA = ("entities/worldwide.train", "quotes/polnear.train")
FILES = {"worldwide.dev": "entities/worldwide.dev", "polnear.dev": "quotes/polnear.dev"}
SHARES = (1.0, 0.1, 0.3)
SEED = 11


class Convolutions(encoder.Tagger):
    """MiniLM's input with four convolutions over five pieces in place of attention."""

    def __init__(self, of):
        super().__init__(**{**of.config, "layers": 0})
        self.load_state_dict(of.state_dict(), strict=False)
        hidden = of.config["hidden"]
        self.convolution = nn.ModuleList(nn.Conv1d(hidden, hidden, 5, padding=2) for _ in range(4))
        self.norm = nn.ModuleList(nn.LayerNorm(hidden) for _ in range(4))

    def forward(self, batch):
        x = self.word(batch["piece"])
        for name in ("shape", "space", "quote"):
            x = x + getattr(self, name)(batch[name])
        x = self.ln0(x)
        known = (batch["segment"] > 0)[..., None]
        for convolution, norm in zip(self.convolution, self.norm):
            inner = convolution((x * known).transpose(1, 2)).transpose(1, 2)
            x = norm(x + F.gelu(inner))
        return self.out(x)


def segments(data, vocabulary, share):
    """A share of each corpus, the same rows each time."""
    sets, rng, found = corpora.LabelSets(), corpora.seeded(SEED), []
    for name in CORPORA:
        corpus = corpora.Corpus(data / f"{name}.jsonl", sets, vocabulary, student.SIZE)
        corpora.seeded(SEED).shuffle(corpus.parsed)
        corpus.parsed = corpus.parsed[: round(share * len(corpus.parsed))]
        found += corpus.segments(rng)
    return found, torch.from_numpy(sets.table())


def train(model, data, vocabulary, share, label):
    found, table = segments(data, vocabulary, share)
    rows = corpora.pack(found, student.SIZE, corpora.seeded(SEED))

    def loss_of(outputs, batch, _):
        return losses.supervised(model, outputs, batch, table)

    fit(model, steps(rows), loss_of, 2e-4, 1e-3, student.SIZE, SEED, label)


def figures(model, data, vocabulary):
    """F1 of all spans of each file, and words a second of one thread."""
    found = {}
    for name, file in FILES.items():
        scores = score.score(model, data / f"{file}.jsonl", vocabulary, student.SIZE)
        found[name] = {kind: scores[kind][0] for kind in scores}
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    path = data / "entities/worldwide.dev.jsonl"
    words = sum(len(row["text"].split()) for row in list(corpora.rows(path))[:30])
    started = time.perf_counter()
    score.score(model, path, vocabulary, student.SIZE, limit=30)
    found["words_per_second"] = round(words / (time.perf_counter() - started))
    torch.set_num_threads(threads)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("target/tagger"))
    parser.add_argument("--out", type=Path, default=Path("docs/accuracy/candidates.json"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    folder = unpack_minilm(options.work)
    vocabulary = Vocabulary(read_vocabulary(folder / "tokenizer.json"))
    weights = folder / "model.safetensors"
    made = {
        "MiniLM, two of its six layers": lambda: encoder.minilm(weights, [0, 1]),
        "MiniLM": lambda: encoder.minilm(weights),
        "four convolutions": lambda: Convolutions(encoder.minilm(weights, [])),
    }
    result = json.loads(options.out.read_text()) if options.out.exists() else {}
    for name, make in made.items():
        for share in SHARES if name == "MiniLM" else SHARES[:1]:
            label = name if share == 1 else f"{name}, {share:.0%} of the text"
            if label in result:
                continue
            torch.manual_seed(SEED)
            model = make()
            train(model, options.data, vocabulary, share, label)
            size = sum(parameter.numel() for parameter in model.parameters())
            result[label] = {**figures(model, options.data, vocabulary), "parameters": size}
            save(result, options.out)
    if "features" not in result:
        result["features"] = features.measure(options.data, options.work, CORPORA, FILES)
        save(result, options.out)


def save(result, path):
    """After each candidate: a run that was cut off goes on."""
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
