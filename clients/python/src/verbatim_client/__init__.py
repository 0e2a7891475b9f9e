"""Client of Verbatim: language, sentences, entities, and who said what.

`Client` blocks, `AsyncClient` is for asyncio; both have the same methods. Answers are
the messages of the contract, and every offset in them counts code points, as Python's
strings do: `text[span.start_offset:span.end_offset] == span.text`.
"""

from .aio import AsyncClient
from .client import Client
from .errors import VerbatimError
from .lines import to_json
from .retry import Retry
from .v1 import text_analysis_pb2 as pb
from .v1.text_analysis_pb2 import Document

__all__ = ["AsyncClient", "Client", "Document", "Retry", "VerbatimError", "pb", "to_json"]
