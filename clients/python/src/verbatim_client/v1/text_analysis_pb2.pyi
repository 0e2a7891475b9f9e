from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OffsetEncoding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OFFSET_ENCODING_UNSPECIFIED: _ClassVar[OffsetEncoding]
    OFFSET_ENCODING_UTF8: _ClassVar[OffsetEncoding]
    OFFSET_ENCODING_UTF16: _ClassVar[OffsetEncoding]
    OFFSET_ENCODING_UTF32: _ClassVar[OffsetEncoding]

class Feature(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEATURE_UNSPECIFIED: _ClassVar[Feature]
    FEATURE_LANGUAGE: _ClassVar[Feature]
    FEATURE_SENTENCES: _ClassVar[Feature]
    FEATURE_ENTITIES: _ClassVar[Feature]
    FEATURE_QUOTES: _ClassVar[Feature]

class EntityType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTITY_TYPE_UNSPECIFIED: _ClassVar[EntityType]
    ENTITY_TYPE_PERSON: _ClassVar[EntityType]
    ENTITY_TYPE_ORGANIZATION: _ClassVar[EntityType]
    ENTITY_TYPE_LOCATION: _ClassVar[EntityType]
    ENTITY_TYPE_NORP: _ClassVar[EntityType]
    ENTITY_TYPE_FACILITY: _ClassVar[EntityType]
    ENTITY_TYPE_PRODUCT: _ClassVar[EntityType]
    ENTITY_TYPE_MISC: _ClassVar[EntityType]
    ENTITY_TYPE_DATE: _ClassVar[EntityType]
    ENTITY_TYPE_MONEY: _ClassVar[EntityType]
    ENTITY_TYPE_PERCENT: _ClassVar[EntityType]
    ENTITY_TYPE_EMAIL: _ClassVar[EntityType]
    ENTITY_TYPE_URL: _ClassVar[EntityType]

class QuoteKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    QUOTE_KIND_UNSPECIFIED: _ClassVar[QuoteKind]
    QUOTE_KIND_DIRECT: _ClassVar[QuoteKind]
    QUOTE_KIND_INDIRECT: _ClassVar[QuoteKind]
    QUOTE_KIND_MIXED: _ClassVar[QuoteKind]

class MentionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MENTION_KIND_UNSPECIFIED: _ClassVar[MentionKind]
    MENTION_KIND_NAME: _ClassVar[MentionKind]
    MENTION_KIND_NOMINAL: _ClassVar[MentionKind]
    MENTION_KIND_PRONOUN: _ClassVar[MentionKind]

class SupportLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPORT_LEVEL_UNSPECIFIED: _ClassVar[SupportLevel]
    SUPPORT_LEVEL_FULL: _ClassVar[SupportLevel]
    SUPPORT_LEVEL_RULES: _ClassVar[SupportLevel]
    SUPPORT_LEVEL_NEUTRAL: _ClassVar[SupportLevel]
OFFSET_ENCODING_UNSPECIFIED: OffsetEncoding
OFFSET_ENCODING_UTF8: OffsetEncoding
OFFSET_ENCODING_UTF16: OffsetEncoding
OFFSET_ENCODING_UTF32: OffsetEncoding
FEATURE_UNSPECIFIED: Feature
FEATURE_LANGUAGE: Feature
FEATURE_SENTENCES: Feature
FEATURE_ENTITIES: Feature
FEATURE_QUOTES: Feature
ENTITY_TYPE_UNSPECIFIED: EntityType
ENTITY_TYPE_PERSON: EntityType
ENTITY_TYPE_ORGANIZATION: EntityType
ENTITY_TYPE_LOCATION: EntityType
ENTITY_TYPE_NORP: EntityType
ENTITY_TYPE_FACILITY: EntityType
ENTITY_TYPE_PRODUCT: EntityType
ENTITY_TYPE_MISC: EntityType
ENTITY_TYPE_DATE: EntityType
ENTITY_TYPE_MONEY: EntityType
ENTITY_TYPE_PERCENT: EntityType
ENTITY_TYPE_EMAIL: EntityType
ENTITY_TYPE_URL: EntityType
QUOTE_KIND_UNSPECIFIED: QuoteKind
QUOTE_KIND_DIRECT: QuoteKind
QUOTE_KIND_INDIRECT: QuoteKind
QUOTE_KIND_MIXED: QuoteKind
MENTION_KIND_UNSPECIFIED: MentionKind
MENTION_KIND_NAME: MentionKind
MENTION_KIND_NOMINAL: MentionKind
MENTION_KIND_PRONOUN: MentionKind
SUPPORT_LEVEL_UNSPECIFIED: SupportLevel
SUPPORT_LEVEL_FULL: SupportLevel
SUPPORT_LEVEL_RULES: SupportLevel
SUPPORT_LEVEL_NEUTRAL: SupportLevel

class Document(_message.Message):
    __slots__ = ("id", "text", "language_code")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    id: str
    text: str
    language_code: str
    def __init__(self, id: _Optional[str] = ..., text: _Optional[str] = ..., language_code: _Optional[str] = ...) -> None: ...

class Span(_message.Message):
    __slots__ = ("start_offset", "end_offset", "text")
    START_OFFSET_FIELD_NUMBER: _ClassVar[int]
    END_OFFSET_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    start_offset: int
    end_offset: int
    text: str
    def __init__(self, start_offset: _Optional[int] = ..., end_offset: _Optional[int] = ..., text: _Optional[str] = ...) -> None: ...

class DetectLanguageRequest(_message.Message):
    __slots__ = ("document", "offset_encoding", "max_results", "candidate_languages")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    MAX_RESULTS_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    document: Document
    offset_encoding: OffsetEncoding
    max_results: int
    candidate_languages: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ..., max_results: _Optional[int] = ..., candidate_languages: _Optional[_Iterable[str]] = ...) -> None: ...

class LanguageScore(_message.Message):
    __slots__ = ("language_code", "confidence", "share")
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    language_code: str
    confidence: float
    share: float
    def __init__(self, language_code: _Optional[str] = ..., confidence: _Optional[float] = ..., share: _Optional[float] = ...) -> None: ...

class DetectLanguageResponse(_message.Message):
    __slots__ = ("document_id", "offset_encoding", "language_code", "language_detected", "languages", "reliable", "script")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_DETECTED_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    RELIABLE_FIELD_NUMBER: _ClassVar[int]
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    offset_encoding: OffsetEncoding
    language_code: str
    language_detected: bool
    languages: _containers.RepeatedCompositeFieldContainer[LanguageScore]
    reliable: bool
    script: str
    def __init__(self, document_id: _Optional[str] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ..., language_code: _Optional[str] = ..., language_detected: _Optional[bool] = ..., languages: _Optional[_Iterable[_Union[LanguageScore, _Mapping]]] = ..., reliable: _Optional[bool] = ..., script: _Optional[str] = ...) -> None: ...

class SplitSentencesRequest(_message.Message):
    __slots__ = ("document", "offset_encoding")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    document: Document
    offset_encoding: OffsetEncoding
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ...) -> None: ...

class Sentence(_message.Message):
    __slots__ = ("span", "paragraph_index")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    PARAGRAPH_INDEX_FIELD_NUMBER: _ClassVar[int]
    span: Span
    paragraph_index: int
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., paragraph_index: _Optional[int] = ...) -> None: ...

class SplitSentencesResponse(_message.Message):
    __slots__ = ("document_id", "offset_encoding", "language_code", "language_detected", "sentences", "rules_language_code")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_DETECTED_FIELD_NUMBER: _ClassVar[int]
    SENTENCES_FIELD_NUMBER: _ClassVar[int]
    RULES_LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    offset_encoding: OffsetEncoding
    language_code: str
    language_detected: bool
    sentences: _containers.RepeatedCompositeFieldContainer[Sentence]
    rules_language_code: str
    def __init__(self, document_id: _Optional[str] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ..., language_code: _Optional[str] = ..., language_detected: _Optional[bool] = ..., sentences: _Optional[_Iterable[_Union[Sentence, _Mapping]]] = ..., rules_language_code: _Optional[str] = ...) -> None: ...

class TagEntitiesRequest(_message.Message):
    __slots__ = ("document", "offset_encoding")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    document: Document
    offset_encoding: OffsetEncoding
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ...) -> None: ...

class Mention(_message.Message):
    __slots__ = ("span", "type", "confidence", "sentence_index", "entity_index")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_INDEX_FIELD_NUMBER: _ClassVar[int]
    ENTITY_INDEX_FIELD_NUMBER: _ClassVar[int]
    span: Span
    type: EntityType
    confidence: float
    sentence_index: int
    entity_index: int
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., type: _Optional[_Union[EntityType, str]] = ..., confidence: _Optional[float] = ..., sentence_index: _Optional[int] = ..., entity_index: _Optional[int] = ...) -> None: ...

class Entity(_message.Message):
    __slots__ = ("name", "type", "mention_indexes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    MENTION_INDEXES_FIELD_NUMBER: _ClassVar[int]
    name: str
    type: EntityType
    mention_indexes: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, name: _Optional[str] = ..., type: _Optional[_Union[EntityType, str]] = ..., mention_indexes: _Optional[_Iterable[int]] = ...) -> None: ...

class TagEntitiesResponse(_message.Message):
    __slots__ = ("document_id", "offset_encoding", "language_code", "language_detected", "mentions", "entities")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_DETECTED_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    offset_encoding: OffsetEncoding
    language_code: str
    language_detected: bool
    mentions: _containers.RepeatedCompositeFieldContainer[Mention]
    entities: _containers.RepeatedCompositeFieldContainer[Entity]
    def __init__(self, document_id: _Optional[str] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ..., language_code: _Optional[str] = ..., language_detected: _Optional[bool] = ..., mentions: _Optional[_Iterable[_Union[Mention, _Mapping]]] = ..., entities: _Optional[_Iterable[_Union[Entity, _Mapping]]] = ...) -> None: ...

class AttributeQuotesRequest(_message.Message):
    __slots__ = ("document", "offset_encoding")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    document: Document
    offset_encoding: OffsetEncoding
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ...) -> None: ...

class Speaker(_message.Message):
    __slots__ = ("mention", "mention_kind", "name", "entity_index")
    MENTION_FIELD_NUMBER: _ClassVar[int]
    MENTION_KIND_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ENTITY_INDEX_FIELD_NUMBER: _ClassVar[int]
    mention: Span
    mention_kind: MentionKind
    name: str
    entity_index: int
    def __init__(self, mention: _Optional[_Union[Span, _Mapping]] = ..., mention_kind: _Optional[_Union[MentionKind, str]] = ..., name: _Optional[str] = ..., entity_index: _Optional[int] = ...) -> None: ...

class Quote(_message.Message):
    __slots__ = ("kind", "span", "content", "quotations", "cue", "speaker", "confidence", "first_sentence_index", "last_sentence_index", "within_quote_index")
    KIND_FIELD_NUMBER: _ClassVar[int]
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    QUOTATIONS_FIELD_NUMBER: _ClassVar[int]
    CUE_FIELD_NUMBER: _ClassVar[int]
    SPEAKER_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    FIRST_SENTENCE_INDEX_FIELD_NUMBER: _ClassVar[int]
    LAST_SENTENCE_INDEX_FIELD_NUMBER: _ClassVar[int]
    WITHIN_QUOTE_INDEX_FIELD_NUMBER: _ClassVar[int]
    kind: QuoteKind
    span: Span
    content: _containers.RepeatedCompositeFieldContainer[Span]
    quotations: _containers.RepeatedCompositeFieldContainer[Span]
    cue: Span
    speaker: Speaker
    confidence: float
    first_sentence_index: int
    last_sentence_index: int
    within_quote_index: int
    def __init__(self, kind: _Optional[_Union[QuoteKind, str]] = ..., span: _Optional[_Union[Span, _Mapping]] = ..., content: _Optional[_Iterable[_Union[Span, _Mapping]]] = ..., quotations: _Optional[_Iterable[_Union[Span, _Mapping]]] = ..., cue: _Optional[_Union[Span, _Mapping]] = ..., speaker: _Optional[_Union[Speaker, _Mapping]] = ..., confidence: _Optional[float] = ..., first_sentence_index: _Optional[int] = ..., last_sentence_index: _Optional[int] = ..., within_quote_index: _Optional[int] = ...) -> None: ...

class AttributeQuotesResponse(_message.Message):
    __slots__ = ("document_id", "offset_encoding", "language_code", "language_detected", "quotes", "mentions", "entities")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_DETECTED_FIELD_NUMBER: _ClassVar[int]
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    offset_encoding: OffsetEncoding
    language_code: str
    language_detected: bool
    quotes: _containers.RepeatedCompositeFieldContainer[Quote]
    mentions: _containers.RepeatedCompositeFieldContainer[Mention]
    entities: _containers.RepeatedCompositeFieldContainer[Entity]
    def __init__(self, document_id: _Optional[str] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ..., language_code: _Optional[str] = ..., language_detected: _Optional[bool] = ..., quotes: _Optional[_Iterable[_Union[Quote, _Mapping]]] = ..., mentions: _Optional[_Iterable[_Union[Mention, _Mapping]]] = ..., entities: _Optional[_Iterable[_Union[Entity, _Mapping]]] = ...) -> None: ...

class AnalyzeRequest(_message.Message):
    __slots__ = ("document", "offset_encoding", "features")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    document: Document
    offset_encoding: OffsetEncoding
    features: _containers.RepeatedScalarFieldContainer[Feature]
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ..., features: _Optional[_Iterable[_Union[Feature, str]]] = ...) -> None: ...

class Warning(_message.Message):
    __slots__ = ("reason", "message")
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    reason: str
    message: str
    def __init__(self, reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class AnalyzeResponse(_message.Message):
    __slots__ = ("document_id", "offset_encoding", "language_code", "language_detected", "languages", "sentences", "mentions", "entities", "quotes", "warnings")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_ENCODING_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_DETECTED_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    SENTENCES_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    offset_encoding: OffsetEncoding
    language_code: str
    language_detected: bool
    languages: _containers.RepeatedCompositeFieldContainer[LanguageScore]
    sentences: _containers.RepeatedCompositeFieldContainer[Sentence]
    mentions: _containers.RepeatedCompositeFieldContainer[Mention]
    entities: _containers.RepeatedCompositeFieldContainer[Entity]
    quotes: _containers.RepeatedCompositeFieldContainer[Quote]
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    def __init__(self, document_id: _Optional[str] = ..., offset_encoding: _Optional[_Union[OffsetEncoding, str]] = ..., language_code: _Optional[str] = ..., language_detected: _Optional[bool] = ..., languages: _Optional[_Iterable[_Union[LanguageScore, _Mapping]]] = ..., sentences: _Optional[_Iterable[_Union[Sentence, _Mapping]]] = ..., mentions: _Optional[_Iterable[_Union[Mention, _Mapping]]] = ..., entities: _Optional[_Iterable[_Union[Entity, _Mapping]]] = ..., quotes: _Optional[_Iterable[_Union[Quote, _Mapping]]] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ...) -> None: ...

class DocumentError(_message.Message):
    __slots__ = ("code", "reason", "message")
    CODE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    code: int
    reason: str
    message: str
    def __init__(self, code: _Optional[int] = ..., reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class AnalyzeStreamResponse(_message.Message):
    __slots__ = ("document_id", "response", "error")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    response: AnalyzeResponse
    error: DocumentError
    def __init__(self, document_id: _Optional[str] = ..., response: _Optional[_Union[AnalyzeResponse, _Mapping]] = ..., error: _Optional[_Union[DocumentError, _Mapping]] = ...) -> None: ...

class GetServiceInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Model(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class LanguageSupport(_message.Message):
    __slots__ = ("language_code", "level")
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    language_code: str
    level: SupportLevel
    def __init__(self, language_code: _Optional[str] = ..., level: _Optional[_Union[SupportLevel, str]] = ...) -> None: ...

class Capability(_message.Message):
    __slots__ = ("feature", "language_codes", "model", "partial_languages")
    FEATURE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODES_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    feature: Feature
    language_codes: _containers.RepeatedScalarFieldContainer[str]
    model: str
    partial_languages: _containers.RepeatedCompositeFieldContainer[LanguageSupport]
    def __init__(self, feature: _Optional[_Union[Feature, str]] = ..., language_codes: _Optional[_Iterable[str]] = ..., model: _Optional[str] = ..., partial_languages: _Optional[_Iterable[_Union[LanguageSupport, _Mapping]]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ("max_text_bytes", "max_message_bytes", "worker_threads", "max_pending", "stream_concurrency", "max_queue_wait_ms", "max_streams", "max_stream_requests", "max_connections", "max_concurrent_streams", "max_header_bytes", "rate_limit", "request_timeout_ms", "stream_timeout_ms")
    MAX_TEXT_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    WORKER_THREADS_FIELD_NUMBER: _ClassVar[int]
    MAX_PENDING_FIELD_NUMBER: _ClassVar[int]
    STREAM_CONCURRENCY_FIELD_NUMBER: _ClassVar[int]
    MAX_QUEUE_WAIT_MS_FIELD_NUMBER: _ClassVar[int]
    MAX_STREAMS_FIELD_NUMBER: _ClassVar[int]
    MAX_STREAM_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    MAX_CONNECTIONS_FIELD_NUMBER: _ClassVar[int]
    MAX_CONCURRENT_STREAMS_FIELD_NUMBER: _ClassVar[int]
    MAX_HEADER_BYTES_FIELD_NUMBER: _ClassVar[int]
    RATE_LIMIT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIMEOUT_MS_FIELD_NUMBER: _ClassVar[int]
    STREAM_TIMEOUT_MS_FIELD_NUMBER: _ClassVar[int]
    max_text_bytes: int
    max_message_bytes: int
    worker_threads: int
    max_pending: int
    stream_concurrency: int
    max_queue_wait_ms: int
    max_streams: int
    max_stream_requests: int
    max_connections: int
    max_concurrent_streams: int
    max_header_bytes: int
    rate_limit: int
    request_timeout_ms: int
    stream_timeout_ms: int
    def __init__(self, max_text_bytes: _Optional[int] = ..., max_message_bytes: _Optional[int] = ..., worker_threads: _Optional[int] = ..., max_pending: _Optional[int] = ..., stream_concurrency: _Optional[int] = ..., max_queue_wait_ms: _Optional[int] = ..., max_streams: _Optional[int] = ..., max_stream_requests: _Optional[int] = ..., max_connections: _Optional[int] = ..., max_concurrent_streams: _Optional[int] = ..., max_header_bytes: _Optional[int] = ..., rate_limit: _Optional[int] = ..., request_timeout_ms: _Optional[int] = ..., stream_timeout_ms: _Optional[int] = ...) -> None: ...

class GetServiceInfoResponse(_message.Message):
    __slots__ = ("version", "models", "capabilities", "limits")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    version: str
    models: _containers.RepeatedCompositeFieldContainer[Model]
    capabilities: _containers.RepeatedCompositeFieldContainer[Capability]
    limits: Limits
    def __init__(self, version: _Optional[str] = ..., models: _Optional[_Iterable[_Union[Model, _Mapping]]] = ..., capabilities: _Optional[_Iterable[_Union[Capability, _Mapping]]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ...) -> None: ...
