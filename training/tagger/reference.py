"""The encoder in f32 and numpy, slow and plain: what the fast one is compared with.

`python3 reference.py FOLDER` writes the fixture of the Rust tests: a model of two
layers made of a fixed seed, the pieces of a window, and the logits that f32 gives.
"""

import math
import sys
from pathlib import Path

import numpy as np

from export import export

EPSILON = 1e-12
ERF = np.vectorize(math.erf, otypes=[np.float64])


def forward(state, config, pieces):
    """Logits [n, outputs] of `pieces` [n, 4]: word, shape, space and quote of each."""
    word, shape, space, quote = np.asarray(pieces).T
    x = state["word"][word] + state["position"][: len(word)]
    x = x + state["shape"][shape] + state["space"][space] + state["quote"][quote]
    x = layer_norm(x, state, "ln0")
    for i in range(config["layers"]):
        at = f"layer.{i}."
        x = layer_norm(x + attention(x, state, at, config["heads"]), state, at + "ln1")
        inner = linear(x, state, at + "up")
        inner = inner * 0.5 * (1 + ERF(inner / math.sqrt(2)))
        x = layer_norm(x + linear(inner, state, at + "down"), state, at + "ln2")
    return linear(x, state, "out")


def attention(x, state, at, heads):
    n, hidden = x.shape
    q, k, v = (linear(x, state, at + name).reshape(n, heads, -1).transpose(1, 0, 2)
               for name in "qkv")
    scores = q @ k.transpose(0, 2, 1) / math.sqrt(hidden // heads)
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = scores / scores.sum(axis=-1, keepdims=True) @ v
    return linear(mixed.transpose(1, 0, 2).reshape(n, hidden), state, at + "o")


def linear(x, state, name):
    return x @ state[name + ".w"].T + state[name + ".b"]


def layer_norm(x, state, name):
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    return centred / np.sqrt(variance + EPSILON) * state[name + ".g"] + state[name + ".b"]


def random_state(config, rows, seed):
    """Arrays as a trained model might have them: linear maps that keep variance."""
    random = np.random.default_rng(seed)
    hidden, inner = config["hidden"], config["feed_forward"]
    state = {name: random.normal(size=(count, hidden)) for name, count in rows.items()}

    def linear_map(name, inputs, outputs):
        state[name + ".w"] = random.normal(size=(outputs, inputs)) / math.sqrt(inputs)
        state[name + ".b"] = random.normal(size=outputs) / 10

    def norm(name):
        state[name + ".g"] = 1 + random.normal(size=hidden) / 10
        state[name + ".b"] = random.normal(size=hidden) / 10

    norm("ln0")
    for i in range(config["layers"]):
        for name in ["q", "k", "v", "o"]:
            linear_map(f"layer.{i}.{name}", hidden, hidden)
        norm(f"layer.{i}.ln1")
        linear_map(f"layer.{i}.up", hidden, inner)
        linear_map(f"layer.{i}.down", inner, hidden)
        norm(f"layer.{i}.ln2")
    linear_map("out", hidden, config["outputs"])
    return {name: array.astype(np.float32) for name, array in state.items()}


def write_fixture(folder):
    """model.bin, and window.bin: n and outputs as u32, n · 4 u32 pieces, the f32 logits."""
    config = {"hidden": 64, "layers": 2, "heads": 2, "feed_forward": 64, "outputs": 20}
    rows = {"word": 40, "position": 24, "shape": 4, "space": 2, "quote": 3}
    state = random_state(config, rows, seed=7)
    random = np.random.default_rng(8)
    names = ["word", "shape", "space", "quote"]
    pieces = np.stack([random.integers(rows[name], size=19) for name in names], axis=1)
    logits = forward(state, config, pieces)
    folder.mkdir(parents=True, exist_ok=True)
    export(state, config, folder / "model.bin")
    with open(folder / "window.bin", "wb") as out:
        out.write(np.array(logits.shape, dtype="<u4").tobytes())
        out.write(pieces.astype("<u4").tobytes())
        out.write(logits.astype("<f4").tobytes())


if __name__ == "__main__":
    write_fixture(Path(sys.argv[1]))
