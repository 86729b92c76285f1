"""JSON between Python and SQLite: sets of keys as one parameter, columns that hold lists and mappings."""

from collections.abc import Iterable
from typing import Any

import msgspec

IN = "(SELECT value FROM json_each(?))"
"""`column IN ` this, with `to_json(keys)` as the parameter."""

_encode = msgspec.json.Encoder().encode


def to_json(values: Iterable[object]) -> str:
    """The values, or the keys of a mapping, as a JSON list."""
    return _encode(list(values)).decode()


_decode = msgspec.json.Decoder().decode


def from_json(text: str | None) -> Any:
    """The value of a JSON column, an empty tuple where it is null."""
    return () if text is None else _decode(text)
