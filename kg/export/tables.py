"""Nodes and edges for formats that name their columns first."""

from collections.abc import Iterable, Iterator
from itertools import chain

from kg.store import property_graph as pg
from kg.store.base import GraphReader
from kg.store.property_graph import Edge, Node
from kg.store.values import Value


def nodes(graph: GraphReader) -> Iterator[Node]:
    """Articles, then entities."""
    return chain(map(pg.article_node, graph.articles()), map(pg.entity_node, graph.entities()))


def relations(graph: GraphReader) -> Iterator[Edge]:
    """Relations, without mentions and claims."""
    return map(pg.relation_edge, graph.relations())


def claims(graph: GraphReader) -> Iterator[Node]:
    """Claims as nodes."""
    return map(pg.claim_node, graph.claims())


def all_edges(graph: GraphReader) -> Iterator[Edge]:
    """Relations, mentions, and what leads from claims and statements to what they stand on."""
    return chain(
        relations(graph),
        map(pg.mention_edge, graph.mentions()),
        chain.from_iterable(map(pg.entity_edges, graph.entities())),
        chain.from_iterable(map(pg.claim_edges, graph.claims())),
    )


def columns(items: Iterable[Node | Edge]) -> dict[str, type]:
    """The names of all properties and the type of their values, `str` where they differ, in alphabetical order."""
    found: dict[str, type] = {}
    for item in items:
        for name, value in item.properties.items():
            kind = type(value)
            if found.setdefault(name, kind) is not kind:
                found[name] = str
    return dict(sorted(found.items()))


def text(value: Value) -> str:
    """A value in a cell: lists joined by semicolons, booleans in small letters, no control characters."""
    match value:
        case tuple():
            plain = "; ".join(value)
        case bool():
            plain = str(value).lower()
        case _:
            plain = str(value)
    return plain.translate(_CONTROLS)


_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"
}
