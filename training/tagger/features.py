"""The candidate without a network: a perceptron over features of words, as
conditional random fields have them (CRFsuite's averaged perceptron).
"""

import time

import corpora
import labels
from decode import spans
from score import f1

ROUNDS = 8


def of(document, text):
    """The features of each word: itself, its shape, its ends, and its neighbours."""
    forms = [text[word.start : word.end] for word in document.words]
    near = []
    for word, form in zip(document.words, forms):
        near.append((form.lower(), str(word.shape), form[-3:].lower(), form[:3].lower(),
                     str(word.quote), str(word.space)))
    blank = ("", "", "", "", "", "")
    rows = []
    for at in range(len(near)):
        row = [f"{at_}:{name}={value}"
               for at_ in range(-2, 3)
               for name, value in zip("wsea", near[at + at_] if 0 <= at + at_ < len(near) else blank)]
        here = near[at]
        before = near[at - 1] if at else blank
        row += [f"ss={before[1]}{here[1]}", f"ww={before[0]} {here[0]}", f"q={here[4]}", f"b={here[5]}"]
        rows.append(row)
    return rows


def documents(path):
    for row in corpora.rows(path):
        if "entities" in row:
            yield row, corpora.entity_document(row, "worldwide", corpora.LabelSets())
        else:
            yield row, corpora.quote_document(row, "polnear")


def tags(row, document, sequence):
    """The tag of each word in one sequence."""
    if sequence != "entity":
        return getattr(document, sequence)
    found = [0] * len(document.words)
    for entity in row["entities"]:
        touched = labels.word_range(document.words, entity["start"], entity["end"])
        if touched:
            kind = labels.TYPES.index(entity["type"])
            for word, tag in labels.span_tags(*touched, kind):
                found[word] = tag
    return found


def measure(data, work, train_files, dev_files):
    """F1 of all spans of each file, words a second, bytes."""
    import pycrfsuite

    wanted = {"worldwide": ["entity"], "polnear": ["source", "cue", "content"]}
    result, size = {}, 0
    for file, dev in zip(train_files, dev_files):
        corpus = file.split("/")[1].split(".")[0]
        known = list(documents(data / f"{file}.jsonl"))
        counts, took, words = {}, 0.0, 0
        for sequence in wanted[corpus]:
            trainer = pycrfsuite.Trainer("ap", verbose=False)
            trainer.set("max_iterations", ROUNDS)
            for row, document in known:
                if document.words:
                    trainer.append(of(document, row["text"]),
                                   [str(tag) for tag in tags(row, document, sequence)])
            model = work / f"features-{sequence}.crf"
            trainer.train(str(model))
            size += model.stat().st_size
            tagger = pycrfsuite.Tagger()
            tagger.open(str(model))
            right = found = gold = 0
            for row, document in documents(data / f"{dev_files[dev]}.jsonl"):
                started = time.perf_counter()
                path = [int(tag) for tag in tagger.tag(of(document, row["text"]))]
                took += time.perf_counter() - started
                words += len(row["text"].split())
                ours = set(spans(legal(path)))
                theirs = set(spans(legal(tags(row, document, sequence))))
                right, found, gold = right + len(ours & theirs), found + len(ours), gold + len(theirs)
            counts[sequence] = f1(right, found, gold)[0]
        result[dev] = {"all": counts["entity"]} if "entity" in counts else counts
        result["words_per_second"] = min(result.get("words_per_second", 10**9), round(words / took))
    return {**result, "bytes": size}


def legal(path):
    """The path with what does not follow made outside, so that spans are whole."""
    path, opened = list(path), None
    for at, tag in enumerate(path):
        kind, part = divmod(tag - 1, 4) if tag else (None, None)
        goes_on = tag and part in (labels.INSIDE, labels.END)
        if goes_on and opened != kind:
            path[at], opened = 0, None
            continue
        opened = kind if tag and part in (labels.BEGIN, labels.INSIDE) else None
    starts = None
    for at, tag in enumerate([*path, 0]):
        part = (tag - 1) % 4 if tag else None
        if starts is not None and (not tag or part in (labels.BEGIN, labels.SINGLE)):
            path[starts:at] = [0] * (at - starts)
            starts = None
        if tag and part == labels.BEGIN:
            starts = at
        if tag and part == labels.END:
            starts = None
    return path
