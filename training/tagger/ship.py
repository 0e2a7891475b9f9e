"""Writes what ships: the encoder in int8, the vocabulary, the links' biases."""

from safetensors.numpy import load_file

import labels
from encoder import LINK
from export import export

POSITIONS = 256


def ship(weights, vocabulary, folder, layers, heads):
    """`weights`: a file that fit.save wrote."""
    state = load_file(weights)
    hidden = state["word.weight"].shape[1]
    arrays = {name: state[f"{name}.weight"] for name in ("word", "shape", "space", "quote")}
    arrays["position"] = state["position.weight"][:POSITIONS]
    arrays["ln0.g"], arrays["ln0.b"] = state["ln0.weight"], state["ln0.bias"]
    for i in range(layers):
        at = f"layer.{i}."
        for index, name in enumerate("qkv"):
            part = slice(index * hidden, (index + 1) * hidden)
            arrays[f"{at}{name}.w"] = state[f"{at}qkv.weight"][part]
            arrays[f"{at}{name}.b"] = state[f"{at}qkv.bias"][part]
        for name in ("o", "up", "down"):
            arrays[f"{at}{name}.w"] = state[f"{at}{name}.weight"]
            arrays[f"{at}{name}.b"] = state[f"{at}{name}.bias"]
        for name in ("ln1", "ln2"):
            arrays[f"{at}{name}.g"] = state[f"{at}{name}.weight"]
            arrays[f"{at}{name}.b"] = state[f"{at}{name}.bias"]
    arrays["out.w"], arrays["out.b"] = state["out.weight"], state["out.bias"]
    folder.mkdir(parents=True, exist_ok=True)
    config = dict(hidden=hidden, layers=layers, heads=heads,
                  feed_forward=state["layer.0.up.weight"].shape[0],
                  outputs=labels.OUTPUTS + 4 * LINK)
    size = export(arrays, config, folder / "tagger.bin")
    lines = [" ".join(f"{value:.5f}" for value in row) for row in state["distance.weight"]]
    (folder / "distances.txt").write_text("\n".join(lines) + "\n")
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary.pieces) + "\n", encoding="utf-8")
    return size
