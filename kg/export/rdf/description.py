"""VoID and DCAT: what is in an exported file, from where, under which licence, and how to know that it is whole."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.export.rdf.stream import ArticleReader
from kg.model.ontology import NAMESPACE
from kg.store.rdf import TYPE, Quad, dated, literal

MEDIA_TYPES = {
    "turtle": "text/turtle",
    "trig": "application/trig",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "canonical": "application/n-quads",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "jsonld-framed": "application/ld+json",
}
_PACKED = {".gz": "application/gzip", ".zst": "application/zstd"}
_ALGORITHM = "spdx:checksumAlgorithm_sha256"
_PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


class Source(NamedTuple):
    """What articles were taken from: a recipe's title and its licence, where it states one."""

    title: str
    license: str | None


class Describing:
    """Counts what is written, and describes the file once it is there."""

    def __init__(self) -> None:
        self._triples = self._subjects = 0
        self._classes: Counter[str] = Counter()
        self._predicates: Counter[str] = Counter()
        self._last = ""

    def count(self, quad: Quad) -> None:
        """Take one quad into account. Quads of a subject follow each other."""
        self._triples += 1
        self._predicates[quad.predicate] += 1
        if quad.subject != self._last:
            self._last = quad.subject
            self._subjects += 1
        if quad.predicate == TYPE:
            self._classes[quad.object] += 1

    def write(self, target: Path, format_: str, graph: ArticleReader, sources: Iterable[Source], base: str) -> Path:
        """Describe the file beside it, as FILE.void.ttl; its date is that of the newest article."""
        beside = target.with_name(f"{target.name}.void.ttl")
        newest = max((article.published[:10] for article in graph.articles() if article.published), default=None)
        parts = [_PREFIXES, self._dataset(base, newest, sources), _distribution(target, format_)]
        beside.write_text("\n".join(parts), encoding="utf-8")
        return beside

    def _dataset(self, base: str, newest: str | None, sources: Iterable[Source]) -> str:
        lines = [
            "<#graph> a void:Dataset, dcat:Dataset",
            f"dcterms:title {literal('A newskg graph')}",
            *([f"dcterms:modified {dated('published', newest)}"] if newest else []),
            *_sources(sources),
            f"void:uriSpace {literal(base)}",
            f"void:vocabulary <{NAMESPACE}>",
            f"void:triples {self._triples}",
            f"void:classes {len(self._classes)}",
            f"void:properties {len(self._predicates)}",
            f"void:distinctSubjects {self._subjects}",
            *_partition("class", "entities", self._classes),
            *_partition("property", "triples", self._predicates),
            "dcat:distribution <#file>",
        ]
        return " ;\n    ".join(lines) + " .\n"


def _sources(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        licence = f" ; dcterms:license {literal(source.license)}" if source.license else ""
        yield f"dcterms:source [ dcterms:title {literal(source.title)}{licence} ]"


def _partition(kind: str, counted: str, counts: Counter[str]) -> Iterator[str]:
    for iri, count in sorted(counts.items()):
        yield f"void:{kind}Partition [ void:{kind} {iri} ; void:{counted} {count} ]"


def _distribution(target: Path, format_: str) -> str:
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    packed = _PACKED.get(target.suffix)
    lines = [
        "<#file> a dcat:Distribution",
        f"dcterms:title {literal(target.name)}",
        f"dcat:mediaType <https://www.iana.org/assignments/media-types/{MEDIA_TYPES[format_]}>",
        *([f"dcat:compressFormat <https://www.iana.org/assignments/media-types/{packed}>"] if packed else []),
        f'dcat:byteSize "{target.stat().st_size}"^^xsd:nonNegativeInteger',
        f'spdx:checksum [ a spdx:Checksum ; spdx:algorithm {_ALGORITHM} ; spdx:checksumValue "{digest}" ]',
    ]
    return " ;\n    ".join(lines) + " .\n"
