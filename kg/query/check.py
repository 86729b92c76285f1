"""Whether a graph keeps the rules of the ontology; what breaks one is told with the article and the words behind it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from kg.model.ontology import ENTITY_TYPES, ID_BASE, NAMESPACE
from kg.paths import data_folder
from kg.store.base import Rows
from kg.store.rdf_file import opened
from kg.store.shapes import Rule, disjoint, rules

Ask = Callable[[str], Rows]

_MOST = 1000  # breaches of one rule that are looked up


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands: an article, and the words if there are any."""

    article: str
    title: str
    publisher: str | None
    published: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach of a rule: what breaks it, by which value if it is one, and where that stands.

    `name` and `value` are a name with its type for what has one; else the id, or the value as it is.
    """

    rule: str
    id: str
    name: str
    value: str | None
    place: Place | None


def check(ask: Ask) -> Iterator[Breach]:
    """All breaches of our shapes, and of the types that the ontology keeps apart, by rule.

    A claim that breaks a rule, its relation and its bare triple are told once. Of a rule that is broken more than a
    thousand times the first thousand are told.
    """
    schemas = data_folder("schemas")
    every = [*rules(schemas / "shapes.ttl"), *disjoint(schemas / "ontology.ttl")]
    for message, same in groupby(every, key=lambda rule: rule.message):
        found = [row for rule in same for row in _broken(ask, rule)]
        joined = [row for row in found if row.record]
        breaches = [_breach(ask, message, row) for row in joined or found]
        told = {(breach.name, breach.value, breach.place): breach for breach in reversed(breaches)}
        yield from reversed(told.values())


def check_file(path: Path) -> list[Breach]:
    """All breaches in a file of RDF; raises `UsageError` or `SourceError` for what is none."""
    with opened(path) as ask:
        return list(check(ask))


class _Found(NamedTuple):
    """A row of a rule's query."""

    this: str
    value: str | None = None
    record: str | None = None
    datatype: str | None = None


def _broken(ask: Ask, rule: Rule) -> Iterator[_Found]:
    for row in ask(f"{rule.query} LIMIT {_MOST}").rows:
        yield _Found(*(None if cell is None else str(cell) for cell in row))  # type: ignore[arg-type]


def _breach(ask: Ask, rule: str, found: _Found) -> Breach:
    thing = found.record or found.this
    told = None if found.value in {None, thing} else _value(ask, str(found.value), found.datatype)
    return Breach(rule, _short(thing), _named(ask, thing), told, _place(ask, thing, found.value))


def _value(ask: Ask, value: str, datatype: str | None) -> str:
    """An entity by its name; a literal with its datatype."""
    return f"“{value}” ({re.split('[/#]', datatype)[-1]})" if datatype else _named(ask, value)


_NAME = """SELECT ?name ?type {{ {{ <{0}> rdfs:label ?name }} UNION {{ <{0}> a ?type }} }}"""

_JOINED = """SELECT (COALESCE(?a, ?s) AS ?one) ?predicate (COALESCE(?b, ?o) AS ?other) {{
<{0}> rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o
OPTIONAL {{ ?s rdfs:label ?a }} OPTIONAL {{ ?o rdfs:label ?b }} }} ORDER BY ?one ?predicate ?other LIMIT 1"""


def _named(ask: Ask, thing: str) -> str:
    """A name with its type; of a claim or relation what it says; else the id or the value itself."""
    if not _is_iri(thing):
        return thing
    joined = ask(_JOINED.format(thing)).rows
    if joined:
        one, predicate, other = (str(cell) for cell in joined[0])
        return f"“{_short(one)}” {_short(predicate)} “{_short(other)}”"
    rows = ask(_NAME.format(thing)).rows
    names = sorted(str(name) for name, _ in rows if name is not None)
    types = [str(type_).removeprefix(NAMESPACE) for _, type_ in rows if type_ is not None]
    own = max(
        sorted(types), key=lambda name: len(ENTITY_TYPES[name].parents) if name in ENTITY_TYPES else 0, default=""
    )
    return " ".join(filter(None, [f"“{names[0]}”" if names else _short(thing), f"({own})" if own else ""]))


_PLACE = """SELECT ?article ?title ?publisher ?published ?quote {{
{{ BIND(<{0}> AS ?record) }} UNION {{ ?record kg:relation <{0}> }} UNION {{ ?record oa:hasSelector <{0}> }}
UNION {{ ?record kg:mentioned <{0}> }} UNION {{ ?record rdf:subject|rdf:object <{0}> }}
{{ ?record prov:wasQuotedFrom ?article }} UNION {{ ?record a kg:Article BIND(?record AS ?article) }}
OPTIONAL {{ ?article rdfs:label ?title }} OPTIONAL {{ ?article kg:publisher ?publisher }}
OPTIONAL {{ ?article dcterms:issued ?published }}
OPTIONAL {{ ?record oa:hasSelector? / oa:exact ?quote }} }} ORDER BY DESC(BOUND(?quote)) ?article ?quote LIMIT 1"""


def _place(ask: Ask, thing: str, value: str | None) -> Place | None:
    """Where a claim stands, or one of a relation's; for an entity the first article that names it."""
    for candidate in filter(None, (thing, value)):
        rows = ask(_PLACE.format(candidate)).rows if _is_iri(candidate) else []
        if rows:
            article, title, publisher, published, quote = (None if cell is None else str(cell) for cell in rows[0])
            return Place(_short(str(article)), title or _short(str(article)), publisher, published, quote)
    return None


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://", "urn:")) and not set(text) & set(' <>"{}|\\^`\n')


def _short(iri: str) -> str:
    return iri.removeprefix(ID_BASE).removeprefix(NAMESPACE)
