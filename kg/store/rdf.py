"""Records as quads, written as N-Quads terms.

One named graph an article, named as the article itself, holds its metadata, its claims, what it mentions and a bare
triple for each asserted claim. `kg:graph/entities` holds entities, redirects and one `kg:Relation` a relation.
No blank nodes: a claim's selectors are named after the claim. `kg.store.rdf_reading` makes the records again.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRecord, GraphRelation
from kg.model.ontology import DATES, ENTITY_TYPES, ID_BASE, NAMESPACE, PROPERTY_IRIS, RELATIONS
from kg.store import values
from kg.store.base import GraphReader
from kg.store.rdf_rest import left_open
from kg.store.values import Properties

PREFIXES = {
    "": ID_BASE,
    "kg": NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "http://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "loc": "http://id.loc.gov/datatypes/edtf/",
}


class Quad(NamedTuple):
    """Subject, predicate, object and graph, each as N-Quads writes it."""

    subject: str
    predicate: str
    object: str
    graph: str

    @property
    def line(self) -> str:
        """The quad as a line of N-Quads, without its line end."""
        return f"{self.subject} {self.predicate} {self.object} {self.graph} ."


def iri(id_: str) -> str:
    """The IRI of an article, entity, relation or claim, in angle brackets."""
    return f"<{ID_BASE}{quote(id_, safe='')}>"


def _term(name: str) -> str:
    """An IRI written with a prefix, in full."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


ENTITIES = f"<{NAMESPACE}graph/entities>"
TYPE = _term("rdf:type")
_PREDICATES = {name: f"<{NAMESPACE}{relation.rdf_name}>" for name, relation in RELATIONS.items()}
_PROPERTIES = {name: f"<{iri_}>" for name, iri_ in PROPERTY_IRIS.items()}
_SYMMETRIC = frozenset(_PREDICATES[name] for name, relation in RELATIONS.items() if relation.symmetric)
_TYPES = {name: [f"<{NAMESPACE}{label}>" for label in type_.parents] for name, type_ in ENTITY_TYPES.items()}
_CLAIM, _RELATION, _MENTION = _term("kg:Claim"), _term("kg:Relation"), _term("kg:Mention")
_ACTIVITY, _AGENT = _term("prov:Activity"), _term("prov:SoftwareAgent")
_QUOTE_SELECTOR, _POSITION_SELECTOR = _term("oa:TextQuoteSelector"), _term("oa:TextPositionSelector")
_SELECTED = ("quote", "start", "end")

SUBJECT, PREDICATE, OBJECT = _PROPERTIES["subject"], _PROPERTIES["predicate"], _PROPERTIES["object"]
STATUS, SELECTOR, REDIRECT = _PROPERTIES["status"], _PROPERTIES["selector"], _PROPERTIES["redirectsTo"]
MENTIONS, EXTRACTOR = _PREDICATES["MENTIONS"], _PROPERTIES["extractor"]
_STATED_IN, _GENERATED_BY, _REST = (_PROPERTIES[name] for name in ("statedIn", "generatedBy", "asRecorded"))
BARE_PREDICATES = frozenset(_PREDICATES.values()) - {MENTIONS}
OWN_PREDICATES = frozenset({TYPE, *_PROPERTIES.values()})
"""What says something of a node itself; all other predicates are relations."""

_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {ord(char): f"\\{letter}" for char, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
_INTEGER, DECIMAL, _BOOLEAN = _term("xsd:integer"), _term("xsd:decimal"), _term("xsd:boolean")
BARE = frozenset({_INTEGER, DECIMAL, _BOOLEAN})
"""Datatypes whose values Turtle may write without quotes."""


_DATE, _EDTF = _term("xsd:date"), _term("loc:EDTF")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,5}[1-9])?(?:Z|[+-](?!00:00)\d\d:\d\d)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FORMS = (
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII), _term("xsd:gYearMonth")),
    (re.compile(r"\d{4}", re.ASCII), _term("xsd:gYear")),
)


def dated(name: str, text: str) -> str:
    """A date as a literal: EDTF, or of the XML Schema datatype that its form has; a plain string if it has none."""
    if DATES[name] == "EdtfDate":
        return f"{literal(text)}^^{_EDTF}"
    datatype = _date_type(text)
    return literal(text) if datatype is None else f'"{text}"^^{datatype}'


@lru_cache(4096)
def _date_type(text: str) -> str | None:
    try:
        if _DAY.fullmatch(text) and date.fromisoformat(text):
            return _DATE
        if _TIME.fullmatch(text) and datetime.fromisoformat(text):
            return _term("xsd:dateTime")
    except ValueError:
        return None  # the 30th of February
    return next((datatype for form, datatype in _FORMS if form.fullmatch(text) and int(text[:4])), None)


def literal(value: str | float | bool) -> str:
    """A value as a literal: strings plain, integers, decimals (never doubles) and booleans typed."""
    match value:
        case bool():
            return f'"{str(value).lower()}"^^{_BOOLEAN}'
        case int():
            return f'"{value}"^^{_INTEGER}'
        case float():
            return f'"{values.decimal(value)}"^^{DECIMAL}'
    return f'"{value.translate(_ESCAPES)}"'


_ASSERTED = literal("asserted")


def article_nodes(article: GraphArticle) -> Iterator[Quad]:
    """An article's metadata alone."""
    subject = iri(article.id)
    return _node(subject, _TYPES["Article"], values.of_article(article), subject)


def article_quads(article: GraphArticle) -> Iterator[Quad]:
    """What is known of an article, in its own graph."""
    subject = iri(article.id)
    yield from article_nodes(article)
    yield from _rest(subject, article, subject)
    reading = extraction_iri(subject)
    yield Quad(reading, TYPE, _ACTIVITY, subject)
    yield Quad(reading, _PROPERTIES["extractedFrom"], subject, subject)
    if article.extractor is not None:
        yield from _extractor(reading, article.extractor, subject)


def entity_nodes(entity: GraphEntity) -> Iterator[Quad]:
    """An entity's types, names, codes and attributes alone; of a statement also which article reports it."""
    subject = iri(entity.id)
    yield from _node(subject, _TYPES[entity.type], values.of_entity(entity), ENTITIES)
    if entity.statement is not None:
        yield Quad(subject, _STATED_IN, iri(entity.statement.article), ENTITIES)


def entity_quads(entity: GraphEntity) -> Iterator[Quad]:
    """A canonical entity, and the ids of its members as redirects to it."""
    subject = iri(entity.id)
    yield from entity_nodes(entity)
    yield from _rest(subject, entity, ENTITIES)
    if entity.statement is not None:
        yield Quad(subject, _GENERATED_BY, extraction_iri(iri(entity.statement.article)), ENTITIES)
        yield from _selectors(subject, values.of_entity(entity), ENTITIES)
    for member in entity.members:
        yield Quad(iri(member), REDIRECT, subject, ENTITIES)


def relation_quads(relation: GraphRelation) -> Iterator[Quad]:
    """A relation with its figures, as a `kg:Relation`."""
    subject = iri(relation.id)
    yield from _node(subject, [_RELATION], values.of_relation(relation), ENTITIES)
    yield Quad(subject, SUBJECT, iri(relation.subject), ENTITIES)
    yield Quad(subject, PREDICATE, _PREDICATES[relation.type], ENTITIES)
    yield Quad(subject, OBJECT, iri(relation.object), ENTITIES)
    yield from _rest(subject, relation, ENTITIES)


def claim_quads(claim: GraphClaim) -> Iterator[Quad]:
    """A claim with its evidence, in the graph of its article, and its bare triple."""
    subject, graph = iri(claim.id), iri(claim.article)
    properties = values.of_claim(claim)
    yield from _node(subject, [_CLAIM], properties, graph)
    yield Quad(subject, _PROPERTIES["relation"], iri(claim.relation), graph)
    yield Quad(subject, SUBJECT, iri(claim.subject), graph)
    yield Quad(subject, PREDICATE, _PREDICATES[claim.type], graph)
    yield Quad(subject, OBJECT, iri(claim.object), graph)
    yield from _stated(subject, graph, graph)
    if claim.attributed_to is not None:
        yield Quad(subject, _PROPERTIES["attributedTo"], iri(claim.attributed_to), graph)
    for premise in claim.premises:
        yield Quad(subject, _PROPERTIES["premise"], iri(premise), graph)
    yield from _rest(subject, claim, graph)
    yield from _selectors(subject, properties, graph)
    bare = bare_quad(iri(claim.subject), _PREDICATES[claim.type], iri(claim.object), literal(claim.status), graph)
    if bare is not None:
        yield bare


def bare_of_relation(relation: GraphRelation) -> Quad | None:
    """A relation as a plain triple, where it is asserted."""
    ends = iri(relation.subject), _PREDICATES[relation.type], iri(relation.object)
    return bare_quad(*ends, literal(relation.status), ENTITIES)


def bare_quad(subject: str, predicate: str, object_: str, status: str, graph: str) -> Quad | None:
    """A claim as a plain triple in its article's graph, where the article asserts it in its own voice."""
    if status != _ASSERTED:
        return None
    if predicate in _SYMMETRIC and object_ < subject:
        subject, object_ = object_, subject
    return Quad(subject, predicate, object_, graph)


def mention_quads(mention: GraphMention) -> Iterator[Quad]:
    """`kg:mentions` in the article's graph, and a `kg:Mention` that tells how often and where first."""
    article, entity = iri(mention.article), iri(mention.entity)
    yield Quad(article, MENTIONS, entity, article)
    subject, said = mention_iri(article, entity), values.of_mention(mention)
    yield Quad(subject, TYPE, _MENTION, article)
    yield Quad(subject, _PROPERTIES["mentioned"], entity, article)
    yield Quad(subject, _STATED_IN, article, article)
    yield Quad(subject, _PROPERTIES["count"], literal(mention.count), article)
    yield Quad(subject, _PROPERTIES["start"], literal(mention.start), article)
    yield Quad(subject, _PROPERTIES["exact"], literal(str(said["quote"])), article)
    yield from _rest(subject, mention, article)


def every_quad(graph: GraphReader) -> Iterator[Quad]:
    """The whole graph as quads, in a stable order and in constant memory."""
    yield from chain.from_iterable(map(article_quads, graph.articles()))
    yield from chain.from_iterable(map(entity_quads, graph.entities()))
    yield from chain.from_iterable(map(relation_quads, graph.relations()))
    yield from chain.from_iterable(map(claim_quads, graph.claims()))
    yield from chain.from_iterable(map(mention_quads, graph.mentions()))


def selector_iris(subject: str) -> tuple[str, str]:
    """The IRIs of the quote and of the position that a claim or a statement stands on."""
    return f"{subject[:-1]}-quote>", f"{subject[:-1]}-position>"


def extraction_iri(article: str) -> str:
    """The IRI of the reading of an article."""
    return f"{article[:-1]}-extraction>"


def mention_iri(article: str, entity: str) -> str:
    """The IRI of what an article's mentions of an entity come to, of the IRIs of both."""
    return f"{article[:-1]}-{entity[len(ID_BASE) + 1 :]}"


def _extractor(reading: str, version: str, graph: str) -> Iterator[Quad]:
    agent = f"<{NAMESPACE}extractor/{quote(version, safe='')}>"
    yield Quad(reading, EXTRACTOR, agent, graph)
    yield Quad(agent, TYPE, _AGENT, graph)
    yield Quad(agent, _PROPERTIES["name"], literal(f"newskg extractor {version}"), graph)
    yield Quad(agent, _PROPERTIES["version"], literal(version), graph)


def _stated(subject: str, article: str, graph: str) -> Iterator[Quad]:
    yield Quad(subject, _STATED_IN, article, graph)
    yield Quad(subject, _GENERATED_BY, extraction_iri(article), graph)


def _rest(subject: str, record: GraphRecord, graph: str) -> Iterator[Quad]:
    rest = left_open(record)
    if rest is not None:
        yield Quad(subject, _REST, literal(rest), graph)


def _node(subject: str, types: list[str], properties: Properties, graph: str) -> Iterator[Quad]:
    for type_ in types:
        yield Quad(subject, TYPE, type_, graph)
    for name, value in properties.items():
        if name not in _SELECTED:
            predicate = _property(name)
            if name in DATES:
                yield Quad(subject, predicate, dated(name, str(value)), graph)
            else:
                for one in value if isinstance(value, tuple) else (value,):
                    yield Quad(subject, predicate, literal(one), graph)


def _property(name: str) -> str:
    return _PROPERTIES.get(name) or f"<{NAMESPACE}{quote(name, safe='')}>"


def _selectors(subject: str, properties: Properties, graph: str) -> Iterator[Quad]:
    if "quote" not in properties:
        return
    exact, position = selector_iris(subject)
    yield Quad(subject, SELECTOR, exact, graph)
    yield Quad(subject, SELECTOR, position, graph)
    yield Quad(exact, TYPE, _QUOTE_SELECTOR, graph)
    yield Quad(exact, _PROPERTIES["exact"], literal(str(properties["quote"])), graph)
    yield Quad(position, TYPE, _POSITION_SELECTOR, graph)
    yield Quad(position, _PROPERTIES["start"], literal(int(str(properties["start"]))), graph)
    yield Quad(position, _PROPERTIES["end"], literal(int(str(properties["end"]))), graph)
