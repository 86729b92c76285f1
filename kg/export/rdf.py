"""Turtle and N-Quads."""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import BinaryIO

from kg.store import rdf
from kg.store.base import GraphReader
from kg.store.rdf import Quad

_SHORT = {base: prefix for prefix, base in rdf.PREFIXES.items()}
_IRI = re.compile(r"<(?P<base>.*[/#])(?P<local>[A-Za-z][\w-]*)>", re.ASCII)
_INDENT = " ;\n    "


def nquads(graph: GraphReader, output: BinaryIO) -> None:
    """One quad a line; a bare triple stands once for each claim that asserts it, and is the same quad."""
    output.writelines(f"{quad.line}\n".encode() for quad in rdf.every_quad(graph))


def turtle(graph: GraphReader, output: BinaryIO) -> None:
    """The union of the graphs, a paragraph a subject."""
    output.writelines(f"@prefix {prefix}: <{base}> .\n".encode() for prefix, base in rdf.PREFIXES.items())
    subjects = groupby(rdf.every_quad(graph), key=attrgetter("subject"))
    output.writelines(f"\n{_paragraph(subject, quads)}".encode() for subject, quads in subjects)


def _paragraph(subject: str, quads: Iterator[Quad]) -> str:
    objects: dict[str, dict[str, None]] = {}
    for quad in quads:
        objects.setdefault(quad.predicate, {})[_short(quad.object)] = None
    said = (f"{_verb(predicate)} {', '.join(each)}" for predicate, each in objects.items())
    return f"{_short(subject)} {_INDENT.join(said)} .\n"


def _verb(predicate: str) -> str:
    return "a" if predicate == rdf.TYPE else _short(predicate)


def _short(term: str) -> str:
    """A term with a prefix where one fits; integers, decimals and booleans bare."""
    if term.startswith("<"):
        return _prefixed(term)
    if term.endswith('"'):
        return term
    text, _, datatype = term.rpartition("^^")
    number = text.strip('"')
    bare = datatype != rdf.DECIMAL or "." in number  # a decimal without a point would read as an integer
    return number if bare else f"{text}^^{_prefixed(datatype)}"


def _prefixed(term: str) -> str:
    match = _IRI.fullmatch(term)
    if match is None or match["base"] not in _SHORT:
        return term
    return f"{_SHORT[match['base']]}:{match['local']}"
