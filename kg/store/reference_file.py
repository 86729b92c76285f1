"""Reference data out of files: RDF of others (labels, other names, owl:sameAs), and FollowTheMoney entities as JSON."""

import gzip
import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, cast

import zstandard

from kg.errors import SourceError
from kg.model.ontology import ENTITY_TYPES, NAMESPACE
from kg.resolve.reference import Entry
from kg.store.rdf import PREFIXES
from kg.store.rdf_file import opened

_SPACES = PREFIXES | {
    "org": "http://www.w3.org/ns/org#",
    "wd": "http://www.wikidata.org/entity/",
    "ftm": "https://schema.followthemoney.tech/#",
}
_TYPES = {
    _SPACES[prefix] + local: name
    for name, type_ in ENTITY_TYPES.items()
    for prefix, local in (mapping.split(":", 1) for mapping in type_.mappings)
    if prefix in _SPACES
} | {NAMESPACE + name: name for name in ENTITY_TYPES}
_QUERY = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX kg: <https://w3id.org/newskg/>
PREFIX a: <http://schema.org/> PREFIX b: <https://schema.org/>
SELECT DISTINCT ?e ?rank ?what ?value ?type {
  ?e rdf:type|wdt:P31 ?type
  VALUES (?p ?rank ?what) {
    (skos:prefLabel 1 "name") (rdfs:label 2 "name") (a:name 3 "name") (b:name 3 "name") (foaf:name 4 "name")
    (skos:altLabel 5 "name") (a:alternateName 5 "name") (b:alternateName 5 "name") (a:legalName 5 "name")
    (a:tickerSymbol 6 "ticker") (b:tickerSymbol 6 "ticker") (wdt:P249 6 "ticker") (kg:ticker 6 "ticker")
    (wdt:P297 6 "iso3166") (kg:iso3166 6 "iso3166")
  }
  ?e (owl:sameAs|^owl:sameAs)* ?same .
  ?same ?p ?value FILTER(isLiteral(?value) && (LANG(?value) IN ("", "en") || LANGMATCHES(LANG(?value), "en")))
} ORDER BY ?e ?rank ?value ?type"""
_FTM = {
    "Person": "Person",
    "Organization": "Organization",
    "LegalEntity": "Organization",
    "Company": "Company",
    "PublicBody": "PublicBody",
}


def read_reference(path: Path) -> Iterator[Entry]:
    """The entries of a file whose types the ontology knows; raises `SourceError` where it cannot be read."""
    name = path.name.removesuffix(".gz").removesuffix(".zst")
    return _ftm(path) if name.endswith((".json", ".jsonl", ".ijson")) else _rdf(path)


def _rdf(path: Path) -> Iterator[Entry]:
    with opened(path) as ask:
        rows = ask(_QUERY).rows
    for _, found in groupby(rows, itemgetter(0)):
        told = list(found)
        types = {
            _TYPES[key] for row in told if (key := str(row[4]).replace("https://schema", "http://schema")) in _TYPES
        }
        names = tuple(dict.fromkeys(str(row[3]) for row in told if row[2] == "name"))
        codes = {str(row[2]): str(row[3]) for row in told if row[2] != "name"}
        if types and names:
            type_ = max(sorted(types), key=lambda name: len(ENTITY_TYPES[name].parents))
            yield Entry(type_, names[0], names[1:], codes)


def _ftm(path: Path) -> Iterator[Entry]:
    n = 0
    try:
        with _lines(path) as lines:
            for line in lines:
                n += 1
                yield from _ftm_entry(json.loads(line))
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (ValueError, AttributeError, EOFError, zstandard.ZstdError) as error:
        raise SourceError(f"{path} is no FollowTheMoney JSON at line {n}: one entity a line is expected.") from error


def _ftm_entry(entity: dict[str, Any]) -> Iterator[Entry]:
    properties = entity.get("properties", {})
    type_ = _FTM.get(entity.get("schema", ""))
    names = [*properties.get("name", ()), *properties.get("alias", ()), *properties.get("weakAlias", ())]
    names += properties.get("previousName", ())
    if type_ and names:
        codes = {"ticker": properties["ticker"][0]} if properties.get("ticker") else {}
        yield Entry(type_, names[0], tuple(dict.fromkeys(names[1:])), codes)


def _lines(path: Path) -> IO[bytes]:
    match path.suffix:
        case ".gz":
            return cast("IO[bytes]", gzip.open(path))
        case ".zst":
            return cast("IO[bytes]", zstandard.open(path))
    return path.open("rb")
