"""Turtle and TriG: a paragraph a subject."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import BinaryIO

from kg.export.rdf.lines import write
from kg.export.rdf.stream import ArticleReader, Options, quads
from kg.model.ontology import ID_BASE
from kg.store import rdf
from kg.store.rdf import Quad

_SHORT = {base: prefix for prefix, base in rdf.PREFIXES.items()}
_IRI = re.compile(r"<(?P<base>.*[/#])(?P<local>[A-Za-z][\w-]*)>", re.ASCII)
_NEXT = " ;\n    "


class Shortener:
    """A term with a prefix where one fits; integers, decimals and booleans bare."""

    def __init__(self, base: str) -> None:
        self._short = {iri: prefix for iri, prefix in _SHORT.items() if iri != ID_BASE} | {base: ""}
        self._prefixed = lru_cache(1 << 10)(self._shortened)

    def __call__(self, term: str) -> str:
        """The term as Turtle may write it."""
        if term.endswith('"'):
            return term
        if term.startswith("<<("):
            return f"<<( {' '.join(self._prefixed(part) for part in term[4:-4].split(' '))} )>>"
        if term.startswith("<"):
            return self._prefixed(term)
        text, _, datatype = term.rpartition("^^")
        if datatype not in rdf.BARE:
            return f"{text}^^{self._prefixed(datatype)}"
        number = text.strip('"')
        bare = datatype != rdf.DECIMAL or "." in number  # a decimal without a point would read as an integer
        return number if bare else f"{text}^^{self._prefixed(datatype)}"

    def _shortened(self, term: str) -> str:
        match = _IRI.fullmatch(term)
        if match is None or match["base"] not in self._short:
            return term
        return f"{self._short[match['base']]}:{match['local']}"


def turtle(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """The union of the graphs."""
    shorten = Shortener(options.base)
    write(output, _prefixes(options.base))
    subjects = groupby(quads(graph, options), key=attrgetter("subject"))
    write(output, (f"\n{_paragraph(subject, found, shorten)}" for subject, found in subjects))


def trig(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """Each graph in braces; the default graph, if it holds anything, without."""
    write(output, _prefixes(options.base))
    write(output, _graphs(quads(graph, options), Shortener(options.base)))


def _graphs(found: Iterable[Quad], shorten: Shortener) -> Iterator[str]:
    for name, inside in groupby(found, key=attrgetter("graph")):
        yield f"\n{shorten(name)} {{\n" if name else "\n"
        for subject, about in groupby(inside, key=attrgetter("subject")):
            yield _paragraph(subject, about, shorten)
        yield "}\n" if name else ""


def _prefixes(base: str) -> Iterator[str]:
    named = rdf.PREFIXES | {"": base}
    return (f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in named.items())


def _paragraph(subject: str, found: Iterable[Quad], shorten: Shortener) -> str:
    objects: dict[str, dict[str, None]] = {}
    for quad in found:
        objects.setdefault(quad.predicate, {})[shorten(quad.object)] = None
    said = (f"{_verb(predicate, shorten)} {', '.join(each)}" for predicate, each in objects.items())
    return f"{shorten(subject)} {_NEXT.join(said)} .\n"


def _verb(predicate: str, shorten: Shortener) -> str:
    return "a" if predicate == rdf.TYPE else shorten(predicate)
