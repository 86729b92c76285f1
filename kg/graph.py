"""The graph of relations in memory, for whatever networkx can do with it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

import networkx as nx

from kg.model.graph import GraphRelation
from kg.store import property_graph as pg
from kg.store.base import GraphReader
from kg.store.property_graph import Edge, Node


class NeighbourReader(GraphReader, Protocol):
    """A graph that also knows the relations of an entity."""

    def relations_of(self, entity: str) -> Iterable[GraphRelation]:
        """All relations that go out from an entity or lead to it."""


def build(graph: NeighbourReader, around: str | None = None, depth: int = 1) -> "nx.MultiDiGraph[str]":
    """Entities and articles as nodes, relations as edges with their ids as keys; the attributes are those of Neo4j.

    Args:
        graph: the ledger's graph.
        around: a canonical id; only what lies within `depth` relations of it, whichever way they go. Else everything.
        depth: how many relations away.

    A node has its `labels` besides its properties, an edge its `type`. `MENTIONS` has no id and is left out: it joins
    every article to all it names, and would bring any two entities close to each other.
    """
    built: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    relations = graph.relations() if around is None else _around(graph, around, depth)
    edges = [pg.relation_edge(relation) for relation in relations]
    nodes = _everything(graph) if around is None else _named(graph, {around, *_ends(edges)})
    for node in nodes:
        built.add_node(node.id, labels=node.labels, **node.properties)
    for edge in edges:
        built.add_edge(edge.source, edge.target, key=str(edge.properties["id"]), type=edge.type, **edge.properties)
    return built


def _around(graph: NeighbourReader, start: str, depth: int) -> list[GraphRelation]:
    """The relations within `depth` steps, nearest first."""
    found: dict[str, GraphRelation] = {}
    reached, front = {start}, {start}
    for _ in range(depth):
        near = [relation for entity in sorted(front) for relation in graph.relations_of(entity)]
        found |= {relation.id: relation for relation in near}
        front = {end for relation in near for end in (relation.subject, relation.object)} - reached
        reached |= front
    return list(found.values())


def _ends(edges: list[Edge]) -> set[str]:
    return {end for edge in edges for end in (edge.source, edge.target)}


def _everything(graph: GraphReader) -> Iterator[Node]:
    return chain(map(pg.article_node, graph.articles()), map(pg.entity_node, graph.entities()))


def _named(graph: GraphReader, ids: set[str]) -> Iterator[Node]:
    return chain(map(pg.article_node, graph.articles(ids)), map(pg.entity_node, graph.entities(ids)))
