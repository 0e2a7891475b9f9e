"""Makes requests. All of them ask for offsets in code points."""

from collections.abc import Iterable

from .v1 import text_analysis_pb2 as pb

CODE_POINTS = pb.OFFSET_ENCODING_UTF32


def document(text: str | pb.Document) -> pb.Document:
    return text if isinstance(text, pb.Document) else pb.Document(text=text)


def detect_language(
    text: str | pb.Document, max_results: int, candidate_languages: Iterable[str]
) -> pb.DetectLanguageRequest:
    return pb.DetectLanguageRequest(
        document=document(text),
        offset_encoding=CODE_POINTS,
        max_results=max_results,
        candidate_languages=candidate_languages,
    )


def split_sentences(text: str | pb.Document) -> pb.SplitSentencesRequest:
    return pb.SplitSentencesRequest(document=document(text), offset_encoding=CODE_POINTS)


def tag_entities(text: str | pb.Document) -> pb.TagEntitiesRequest:
    return pb.TagEntitiesRequest(document=document(text), offset_encoding=CODE_POINTS)


def attribute_quotes(text: str | pb.Document) -> pb.AttributeQuotesRequest:
    return pb.AttributeQuotesRequest(document=document(text), offset_encoding=CODE_POINTS)


def analyze(text: str | pb.Document, features: Iterable[pb.Feature]) -> pb.AnalyzeRequest:
    return pb.AnalyzeRequest(
        document=document(text), offset_encoding=CODE_POINTS, features=features
    )
