"""Sets of keys as one parameter of a query."""

from collections.abc import Iterable

import msgspec

IN = "(SELECT value FROM json_each(?))"
"""`column IN ` this, with `to_json(keys)` as the parameter."""

_encode = msgspec.json.Encoder().encode


def to_json(values: Iterable[object]) -> str:
    """The values, or the keys of a mapping, as a JSON list."""
    return _encode(list(values)).decode()
