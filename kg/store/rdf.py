"""Records as quads, written as N-Quads terms.

One named graph an article, named as the article itself, holds its metadata, its claims, what it mentions and a bare
triple for each asserted claim. `kg:graph/entities` holds entities, redirects and one `kg:Relation` a relation.
No blank nodes: a claim's selectors are named after the claim.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation
from kg.model.ontology import ENTITY_TYPES, ID_BASE, NAMESPACE, PROPERTY_IRIS, RELATIONS
from kg.store import values
from kg.store.base import GraphReader
from kg.store.values import Properties, Value

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
_CLAIM, _RELATION = _term("kg:Claim"), _term("kg:Relation")
_QUOTE_SELECTOR, _POSITION_SELECTOR = _term("oa:TextQuoteSelector"), _term("oa:TextPositionSelector")
_SELECTED = ("quote", "start", "end")

SUBJECT, PREDICATE, OBJECT = _PROPERTIES["subject"], _PROPERTIES["predicate"], _PROPERTIES["object"]
STATUS, SELECTOR, REDIRECT = _PROPERTIES["status"], _PROPERTIES["selector"], _PROPERTIES["redirectsTo"]
MENTIONS = _PREDICATES["MENTIONS"]
BARE_PREDICATES = frozenset(_PREDICATES.values()) - {MENTIONS}
OWN_PREDICATES = frozenset({TYPE, *_PROPERTIES.values()})
"""What says something of a node itself; all other predicates are relations."""

_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {ord(char): f"\\{letter}" for char, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
_INTEGER, DECIMAL, _BOOLEAN = _term("xsd:integer"), _term("xsd:decimal"), _term("xsd:boolean")


def literal(value: str | float | bool) -> str:
    """A value as a literal: strings plain, integers, decimals (never doubles) and booleans typed."""
    match value:
        case bool():
            return f'"{str(value).lower()}"^^{_BOOLEAN}'
        case int():
            return f'"{value}"^^{_INTEGER}'
        case float():
            return f'"{Decimal(repr(value)).normalize():f}"^^{DECIMAL}'
    return f'"{value.translate(_ESCAPES)}"'


_ASSERTED = literal("asserted")


def article_quads(article: GraphArticle) -> Iterator[Quad]:
    """What is known of an article, in its own graph."""
    subject = iri(article.id)
    yield from _node(subject, _TYPES["Article"], values.of_article(article), subject)


def entity_quads(entity: GraphEntity) -> Iterator[Quad]:
    """A canonical entity, and the ids of its members as redirects to it."""
    subject = iri(entity.id)
    properties = values.of_entity(entity)
    yield from _node(subject, _TYPES[entity.type], properties, ENTITIES)
    if entity.statement is not None:
        yield Quad(subject, _PROPERTIES["statedIn"], iri(entity.statement.article), ENTITIES)
        yield from _selectors(subject, properties, ENTITIES)
    for member in entity.members:
        yield Quad(iri(member), REDIRECT, subject, ENTITIES)


def relation_quads(relation: GraphRelation) -> Iterator[Quad]:
    """A relation with its figures, as a `kg:Relation`."""
    subject = iri(relation.id)
    yield from _node(subject, [_RELATION], values.of_relation(relation), ENTITIES)
    yield Quad(subject, SUBJECT, iri(relation.subject), ENTITIES)
    yield Quad(subject, PREDICATE, _PREDICATES[relation.type], ENTITIES)
    yield Quad(subject, OBJECT, iri(relation.object), ENTITIES)


def claim_quads(claim: GraphClaim) -> Iterator[Quad]:
    """A claim with its evidence, in the graph of its article, and its bare triple."""
    subject, graph = iri(claim.id), iri(claim.article)
    properties = values.of_claim(claim)
    yield from _node(subject, [_CLAIM], properties, graph)
    yield Quad(subject, _PROPERTIES["relation"], iri(claim.relation), graph)
    yield Quad(subject, SUBJECT, iri(claim.subject), graph)
    yield Quad(subject, PREDICATE, _PREDICATES[claim.type], graph)
    yield Quad(subject, OBJECT, iri(claim.object), graph)
    yield Quad(subject, _PROPERTIES["statedIn"], graph, graph)
    if claim.attributed_to is not None:
        yield Quad(subject, _PROPERTIES["attributedTo"], iri(claim.attributed_to), graph)
    for premise in claim.premises:
        yield Quad(subject, _PROPERTIES["premise"], iri(premise), graph)
    yield from _selectors(subject, properties, graph)
    bare = bare_quad(iri(claim.subject), _PREDICATES[claim.type], iri(claim.object), literal(claim.status), graph)
    if bare is not None:
        yield bare


def bare_quad(subject: str, predicate: str, object_: str, status: str, graph: str) -> Quad | None:
    """A claim as a plain triple in its article's graph, where the article asserts it in its own voice."""
    if status != _ASSERTED:
        return None
    if predicate in _SYMMETRIC and object_ < subject:
        subject, object_ = object_, subject
    return Quad(subject, predicate, object_, graph)


def mention_quad(mention: GraphMention) -> Quad:
    """`kg:mentions`, in the article's graph."""
    article = iri(mention.article)
    return Quad(article, MENTIONS, iri(mention.entity), article)


def every_quad(graph: GraphReader) -> Iterator[Quad]:
    """The whole graph as quads, in a stable order and in constant memory."""
    yield from chain.from_iterable(map(article_quads, graph.articles()))
    yield from chain.from_iterable(map(entity_quads, graph.entities()))
    yield from chain.from_iterable(map(relation_quads, graph.relations()))
    yield from chain.from_iterable(map(claim_quads, graph.claims()))
    yield from map(mention_quad, graph.mentions())


def selector_iris(subject: str) -> tuple[str, str]:
    """The IRIs of the quote and of the position that a claim or a statement stands on."""
    return f"{subject[:-1]}-quote>", f"{subject[:-1]}-position>"


def _node(subject: str, types: list[str], properties: Properties, graph: str) -> Iterator[Quad]:
    for type_ in types:
        yield Quad(subject, TYPE, type_, graph)
    for name, value in properties.items():
        if name not in _SELECTED:
            for one in _each(value):
                yield Quad(subject, _property(name), literal(one), graph)


def _each(value: Value) -> tuple[str | int | float | bool, ...]:
    return value if isinstance(value, tuple) else (value,)


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
