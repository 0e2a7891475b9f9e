"""Writes the tagger's encoder as the file that `src/analysis/tagger/weights.rs` reads.

That module's documentation is the format. Needs numpy only; the same arrays give the
same bytes.
"""

import struct

import numpy as np

MAGIC = b"VBTAGGER"
VERSION = 1
ALIGNMENT = 64
PANEL = 16
CHECKSUM_WORD = 7


def export(state, config, path):
    """Quantises `state` and writes it to `path`; returns the number of bytes.

    `state` maps names to f32 arrays: word [V,H], position [T,H] (token type added to
    it), shape, space, quote [rows,H]; ln0.g, ln0.b; layer.{i}.{q,k,v,o,up,down}.{w,b}
    with w as [out,in]; layer.{i}.{ln1,ln2}.{g,b}; out.w, out.b. `config` holds
    hidden, layers, heads, feed_forward and outputs, which the arrays must fit.
    """
    file = model_bytes(state, config)
    with open(path, "wb") as out:
        out.write(file)
    return len(file)


def model_bytes(state, config):
    """The file as bytes."""
    hidden, feed_forward = config["hidden"], config["feed_forward"]
    tables = ["position", "shape", "space", "quote"]
    taken = set()

    def get(name, *shape):
        taken.add(name)
        array = np.ascontiguousarray(state[name], dtype=np.float32)
        if any(want not in (None, have) for want, have in zip(shape, array.shape, strict=True)):
            raise ValueError(f"{name} has shape {array.shape}, not {shape}")
        if not np.isfinite(array).all():
            raise ValueError(f"{name} holds a number that is not finite")
        return array

    def linear(names, inputs, outputs):
        weights = [get(f"{name}.w", outputs, inputs) for name in names]
        biases = [get(f"{name}.b", outputs) for name in names]
        return pack_linear(np.concatenate(weights), np.concatenate(biases))

    word, word_scale = quantise_rows(get("word", None, hidden))
    arrays = [word, word_scale]
    arrays += [get(name, None, hidden) for name in tables]
    arrays += [get("ln0.g", hidden), get("ln0.b", hidden)]
    for i in range(config["layers"]):
        at = f"layer.{i}."
        arrays += linear([at + "q", at + "k", at + "v"], hidden, hidden)
        arrays += linear([at + "o"], hidden, hidden)
        arrays += [get(at + "ln1.g", hidden), get(at + "ln1.b", hidden)]
        arrays += linear([at + "up"], hidden, feed_forward)
        arrays += linear([at + "down"], feed_forward, hidden)
        arrays += [get(at + "ln2.g", hidden), get(at + "ln2.b", hidden)]
    arrays += linear(["out"], hidden, config["outputs"])
    if unknown := set(state) - taken:
        raise ValueError(f"arrays that the model has no place for: {sorted(unknown)}")

    rows = [len(state[name]) for name in ["word", *tables]]
    sizes = [hidden, config["layers"], config["heads"], feed_forward, config["outputs"]]
    header = MAGIC + struct.pack("<11I", VERSION, *rows, *sizes)
    return with_checksum(b"".join(map(pad, [header, *(array.tobytes() for array in arrays)])))


def quantise_rows(array):
    """i8 and one f32 scale a row: array ≈ i8 · scale. Never -128."""
    largest = np.abs(array).max(axis=1)
    scale = np.where(largest > 0, largest / np.float32(127), np.float32(1)).astype(np.float32)
    steps = np.rint(array / scale[:, None])
    return np.clip(steps, -127, 127).astype("i1"), scale.astype("<f4")


def pack_linear(weights, bias):
    """The four arrays of a linear map: panels, scales, sums, biases."""
    quantised, scale = quantise_rows(weights)
    extra = -len(weights) % PANEL
    quantised = np.pad(quantised, ((0, extra), (0, 0)))
    outputs, inputs = quantised.shape
    panels = quantised.reshape(outputs // PANEL, PANEL, inputs // 4, 4).transpose(0, 2, 1, 3)
    sums = quantised.sum(axis=1, dtype=np.int32).astype("<i4")
    floats = [np.pad(values, (0, extra)).astype("<f4") for values in (scale, bias)]
    return [np.ascontiguousarray(panels), floats[0], sums, floats[1]]


def pad(data):
    return data + bytes(-len(data) % ALIGNMENT)


def with_checksum(file):
    """Puts the sum of (2i + 1) · word i, modulo 2⁶⁴, into its place in the header."""
    words = np.frombuffer(file, dtype="<u8").copy()
    factors = np.arange(len(words), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    words[CHECKSUM_WORD] = 0
    words[CHECKSUM_WORD] = (words * factors).sum(dtype=np.uint64)
    return words.tobytes()
