"""Messages as lines of JSON, byte for byte as `verbatim analyze --format json` prints
them: every field, in the order of the contract. What protobuf's own MessageToJson leaves
out or puts elsewhere is as good, but not the same bytes."""

import json
import struct
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message


def to_json(message: Message) -> str:
    return json.dumps(plain(message), ensure_ascii=False, separators=(",", ":"))


def plain(message: Message) -> dict[str, Any]:
    # protobuf has two classes for it, which types take for different ones.
    descriptor: Any = message.DESCRIPTOR
    fields = sorted(descriptor.fields, key=lambda field: field.number)
    made = {}
    for field in fields:
        if not field.has_presence or message.HasField(field.name):
            content = getattr(message, field.name)
            many = field.is_repeated
            made[field.json_name] = (
                [value(field, one) for one in content] if many else value(field, content)
            )
    return made


def value(field: FieldDescriptor, content: Any) -> Any:
    if field.message_type:
        return plain(content)
    if field.enum_type:
        # A number that this version of the contract does not name stays a number.
        known = field.enum_type.values_by_number.get(content)
        return known.name if known else content
    if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT:
        return shortest(content)
    if field.cpp_type in (FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT64):
        return str(content)
    return content


def shortest(number: float) -> float:
    """The shortest decimal that is this number in single precision."""
    for digits in range(1, 9):
        tried = float(f"{number:.{digits}g}")
        if struct.pack("f", tried) == struct.pack("f", number):
            return tried
    return number
