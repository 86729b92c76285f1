"""A term of N-Quads taken apart, for syntaxes that write it in another way."""

import re
from typing import NamedTuple

_ESCAPE = re.compile(r"\\(?:u(?P<hex>[0-9A-F]{4})|(?P<letter>.))")
_LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class Written(NamedTuple):
    """An IRI, or a literal's text with its datatype (none: a string)."""

    iri: str | None
    text: str
    datatype: str | None


def split(term: str) -> Written:
    """The parts of an IRI or a literal as `kg.store.rdf` writes them."""
    if term.startswith("<"):
        return Written(term[1:-1], "", None)
    if term.endswith('"'):
        return Written(None, _plain(term[1:-1]), None)
    text, _, datatype = term.rpartition("^^")
    return Written(None, _plain(text[1:-1]), datatype[1:-1])


def _plain(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match["hex"], 16)) if match["hex"] else _LETTERS[match["letter"]]
