"""What the stores behind Bolt share: a batch as nodes and edges, rows by `UNWIND`, values as plain Python.

Labels and types in a statement come from the ontology alone; all that was read from articles goes as a parameter.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, islice
from typing import Any

from neo4j import Query, Session, Transaction
from neo4j.exceptions import Neo4jError
from neo4j.graph import Node as BoltNode
from neo4j.graph import Path as BoltPath
from neo4j.graph import Relationship

from kg.errors import QueryError
from kg.model.ontology import RELATIONS
from kg.store import property_graph as pg
from kg.store.base import Batch, GraphReader, Rows
from kg.store.property_graph import Edge, Node

RELATION_TYPES = tuple(name for name in RELATIONS if name != "MENTIONS")
"""The types of edges that stand for a `GraphRelation`, and have an id."""

_ROWS = 2000  # rows of one statement


def nodes_of(batch: Batch) -> list[Node]:
    """The nodes that are there after a batch, out of those that it names."""
    return [
        *map(pg.article_node, filter(None, batch.articles.values())),
        *map(pg.entity_node, filter(None, batch.entities.values())),
        *map(pg.claim_node, filter(None, batch.claims.values())),
    ]


def edges_of(batch: Batch) -> list[Edge]:
    """The edges that are there after a batch, out of those that it names."""
    return [
        *chain.from_iterable(map(pg.entity_edges, filter(None, batch.entities.values()))),
        *map(pg.relation_edge, filter(None, batch.relations.values())),
        *chain.from_iterable(map(pg.claim_edges, filter(None, batch.claims.values()))),
        *map(pg.mention_edge, chain.from_iterable(batch.mentions.values())),
    ]


def gone(records: Mapping[str, object]) -> list[str]:
    """The ids of a batch that are there no more."""
    return [id_ for id_, record in records.items() if record is None]


def complete(batch: Batch, graph: GraphReader, held: Callable[[Iterable[str]], Iterable[str]]) -> Batch:
    """Add what edges of the batch lead to and the store does not hold yet: changes come in no such order."""
    known = {*batch.articles, *batch.entities, *batch.claims}
    while unknown := {end for edge in edges_of(batch) for end in (edge.source, edge.target)} - known:
        known |= unknown
        wanted = unknown - set(held(unknown))
        batch.articles |= {article.id: article for article in graph.articles(wanted)}
        batch.entities |= {entity.id: entity for entity in graph.entities(wanted)}
        batch.claims |= {claim.id: claim for claim in graph.claims(wanted)}
    return batch


def by_labels(nodes: Iterable[Node]) -> dict[tuple[str, ...], list[object]]:
    """Properties of nodes under their line of labels, so that one statement serves many."""
    rows: dict[tuple[str, ...], list[object]] = defaultdict(list)
    for node in nodes:
        rows[node.labels].append(node.properties)
    return rows


def by_ends(edges: Iterable[Edge]) -> dict[tuple[str, str, str], list[object]]:
    """Source, target and properties of edges under their type and the labels that find their ends by id."""
    rows: dict[tuple[str, str, str], list[object]] = defaultdict(list)
    for edge in edges:
        rows[edge.type, *_labels(edge)].append([edge.source, edge.target, edge.properties])
    return rows


def _labels(edge: Edge) -> tuple[str, str]:
    if edge.type == "PREMISE":
        return "Claim", "Claim"
    own = edge.type in pg.CLAIM_EDGES and not edge.source.startswith("sta-")
    return ("Claim" if own else "Entity"), "Entity"


def each(tx: Transaction, statement: str, rows: Iterable[object], *, options: str = "") -> list[tuple[Any, ...]]:
    """Run a statement for each row, many rows at a time; `options` is what stands before a query for the planner."""
    found: list[tuple[Any, ...]] = []
    pending = iter(rows)
    while part := list(islice(pending, _ROWS)):
        result = tx.run(f"{options}UNWIND $rows AS row {statement}", rows=part)
        found.extend(tuple(record.values()) for record in result)
    return found


def answer(session: Session, text: str, params: Mapping[str, object]) -> Rows:
    """The rows of a query as plain values."""
    result = session.run(Query(text), dict(params))
    columns = tuple(result.keys())
    return Rows(columns, [tuple(map(_plain, record.values())) for record in result])


def mistake(error: Neo4jError, place: re.Pattern[str], *, first_column: int = 1) -> QueryError:
    """What is wrong with a query; `place` finds `line`, `column` and `what` in the server's own words."""
    message = str(error.message or error).removesuffix(".")
    if "ParameterMissing" in str(error.code):
        return QueryError(f"The Cypher query lacks a value: {message}; give it with --param name=value.")
    if found := place.match(message):
        where = f"line {found['line']}, column {int(found['column']) + 1 - first_column}"
        return QueryError(f"The Cypher query has a mistake at {where}: {found['what'].strip()}.")
    return QueryError(f"The Cypher query has a mistake: {message}.")


def _plain(value: object) -> object:
    """A value of Bolt as plain Python: a node as its labels and properties, a relation as its type and properties."""
    match value:
        case None | bool() | int() | float() | str():
            plain: object = value
        case BoltNode():
            plain = {"labels": sorted(value.labels), **_plain_map(value)}
        case Relationship():
            plain = {"type": value.type, **_plain_map(value)}
        case BoltPath():
            plain = {"nodes": [_plain(n) for n in value.nodes], "relations": [_plain(r) for r in value.relationships]}
        case list():
            plain = [_plain(item) for item in value]
        case dict():
            plain = {str(key): _plain(item) for key, item in value.items()}
        case _:
            plain = str(value)
    return plain


def _plain_map(entity: BoltNode | Relationship) -> dict[str, object]:
    return {str(key): _plain(item) for key, item in sorted(entity.items())}
