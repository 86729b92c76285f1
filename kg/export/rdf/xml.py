"""RDF/XML: a description a subject. It has no graphs, and no triple terms."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.errors import KgError, UsageError
from kg.export.rdf.lines import write
from kg.export.rdf.stream import ArticleReader, Options, quads
from kg.export.rdf.terms import Written, split
from kg.model.ontology import ID_BASE
from kg.store import rdf
from kg.store.rdf import Quad

_PREFIX_OF = {iri: prefix for prefix, iri in rdf.PREFIXES.items() if iri != ID_BASE}
_PREDICATE = re.compile(r"<(?P<space>.*?)(?P<local>[A-Za-z_][\w.-]*)>", re.ASCII)
# XML has no place for these, not even escaped; a bare return would be read as a new line.
_XML = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(0x20), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}
_XML[ord("\r")] = "&#13;"


def rdfxml(graph: ArticleReader, output: BinaryIO, options: Options) -> None:
    """The union of the graphs; characters that XML forbids become U+FFFD."""
    if options.profile == "rdf12":
        raise UsageError("RDF/XML has no triple terms; write the profile rdf12 as turtle, trig, ntriples or nquads.")
    names = "".join(f'\n  xmlns:{prefix}="{iri}"' for iri, prefix in _PREFIX_OF.items())
    write(output, [f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'])
    subjects = groupby(quads(graph, options), key=attrgetter("subject"))
    write(output, (_description(subject, found) for subject, found in subjects))
    write(output, ["</rdf:RDF>\n"])


def _description(subject: str, found: Iterable[Quad]) -> str:
    said = "".join(_properties(found))
    return f"<rdf:Description rdf:about={quoteattr(subject[1:-1])}>\n{said}</rdf:Description>\n"


def _properties(found: Iterable[Quad]) -> Iterator[str]:
    for quad in found:
        name, space = _element(quad.predicate)
        yield f"  <{name}{space}{_value(split(quad.object), name)}\n"


def _value(value: Written, name: str) -> str:
    if value.iri is not None:
        return f" rdf:resource={quoteattr(value.iri)}/>"
    datatype = "" if value.datatype is None else f" rdf:datatype={quoteattr(value.datatype)}"
    return f"{datatype}>{escape(value.text).translate(_XML)}</{name}>"


def _element(predicate: str) -> tuple[str, str]:
    """The name of a predicate's element, and its namespace where it has no prefix."""
    match = _PREDICATE.fullmatch(predicate)
    if match is None:
        raise KgError(f"RDF/XML has no way to write the predicate {predicate}; export as turtle or nquads.")
    prefix = _PREFIX_OF.get(match["space"])
    return (f"{prefix}:{match['local']}", "") if prefix else (f"p:{match['local']}", f' xmlns:p="{match["space"]}"')
