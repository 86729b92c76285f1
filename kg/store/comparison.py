"""Whether a property graph on a server holds what the ledger holds, record by record."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from kg.model.ontology import ENTITY_TYPES
from kg.store import property_graph as pg
from kg.store.base import GraphReader, View
from kg.store.bolt import RELATION_TYPES
from kg.store.property_graph import Edge, Node

_PAGE = 5000  # records compared at a time
_OWN_EDGES = (*pg.CLAIM_EDGES, "MENTIONS")
_LABELS = {"Entity", "Claim", *chain.from_iterable(type_.parents for type_ in ENTITY_TYPES.values())}
_PATTERNS = {
    "article": "MATCH (n:Article) WHERE n.id > $after",
    "entity": "MATCH (n:Entity) WHERE NOT n:Article AND n.id > $after",
    "claim": "MATCH (n:Claim) WHERE n.id > $after",
    "relation": f"MATCH ()-[n:{'|'.join(RELATION_TYPES)}]->() WHERE n.id > $after",
}

Aspects = dict[str, object]
"""What is compared of a record, by name: its properties, its labels or ends, and its own edges by their type."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is not alike; `what` says in what, or on which side alone it is."""

    kind: str
    id: str
    what: str


@dataclass(slots=True)
class _Side:
    """Records of one side by id; an id that is there more than once is counted."""

    records: dict[str, Aspects] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def add(self, id_: str, aspects: Aspects) -> None:
        self.records[id_] = aspects
        self.times[id_] += 1


def compare(graph: GraphReader, view: View) -> Iterator[Difference]:
    """Everything in which a server differs from the ledger, kind by kind; nothing where they are alike."""
    kinds: dict[str, tuple[Callable[..., Iterator[Any]], Callable[[list[Any]], _Side], Callable[[_Side], _Side]]] = {
        "article": (graph.articles, lambda page: _articles(page, graph), lambda side: _nodes(view, "Entity", side)),
        "entity": (graph.entities, _entities, lambda side: _nodes(view, "Entity", side)),
        "claim": (graph.claims, _claims, lambda side: _nodes(view, "Claim", side)),
        "relation": (graph.relations, _relations, lambda side: _edges(view, side)),
    }
    for kind, (read, expect, find) in kinds.items():
        found = 0
        for page in _pages(read()):
            expected = expect(page)
            there = find(expected)
            found += len(there.records)
            yield from _differences(kind, expected, there)
        if _count(view, kind) > found:
            yield from _surplus(view, kind, read)


def _differences(kind: str, expected: _Side, found: _Side) -> Iterator[Difference]:
    for id_, aspects in expected.records.items():
        there = found.records.get(id_)
        if there is None:
            yield Difference(kind, id_, "is not on the server")
        elif found.times[id_] > 1:
            yield Difference(kind, id_, f"is {found.times[id_]} times on the server")
        elif unequal := sorted(name for name in aspects | there if aspects.get(name) != there.get(name)):
            yield Difference(kind, id_, f"differs in {', '.join(unequal)}")


def _surplus(view: View, kind: str, read: Callable[..., Iterator[Any]]) -> Iterator[Difference]:
    after = ""
    while ids := _column(view, f"{_PATTERNS[kind]} RETURN n.id ORDER BY n.id LIMIT {_PAGE}", after):
        known = {record.id for record in read(ids)}
        yield from (Difference(kind, id_, "is on the server alone") for id_ in ids if id_ not in known)
        after = ids[-1]


def _count(view: View, kind: str) -> int:
    return int(_column(view, f"{_PATTERNS[kind]} RETURN count(n)", "")[0])


def _column(view: View, text: str, after: str) -> list[str]:
    return [str(row[0]) for row in view.query(text, {"after": after}).rows]


def _pages(records: Iterator[Any]) -> Iterator[list[Any]]:
    while page := list(islice(records, _PAGE)):
        yield page


# What the ledger says


def _articles(page: list[Any], graph: GraphReader) -> _Side:
    mentions = map(pg.mention_edge, graph.mentions([article.id for article in page]))
    return _side(map(pg.article_node, page), mentions)


def _entities(page: list[Any]) -> _Side:
    return _side(map(pg.entity_node, page), chain.from_iterable(map(pg.entity_edges, page)))


def _claims(page: list[Any]) -> _Side:
    return _side(map(pg.claim_node, page), chain.from_iterable(map(pg.claim_edges, page)))


def _relations(page: list[Any]) -> _Side:
    side = _Side()
    for edge in map(pg.relation_edge, page):
        side.add(str(edge.properties["id"]), _of_edge(edge.type, edge.source, edge.target, edge.properties))
    return side


def _side(nodes: Iterable[Node], edges: Iterable[Edge]) -> _Side:
    own: dict[str, list[tuple[str, str, Mapping[str, object]]]] = defaultdict(list)
    for edge in edges:
        own[edge.source].append((edge.type, edge.target, edge.properties))
    side = _Side()
    for node in nodes:
        side.add(node.id, _of_node(node.labels, node.properties, own[node.id]))
    return side


# What the server says


def _nodes(view: View, label: str, expected: _Side) -> _Side:
    text = f"""UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id, labels(n), properties(n),
    [(n)-[e:{"|".join(_OWN_EDGES)}]->(m) | [type(e), m.id, properties(e)]]"""
    side = _Side()
    for id_, labels, properties, edges in _rows(view, text, expected.records):
        side.add(id_, _of_node(labels, properties, edges))
    return side


def _edges(view: View, expected: _Side) -> _Side:
    by_type: dict[str, list[str]] = defaultdict(list)
    for id_, aspects in expected.records.items():
        by_type[str(aspects["type"])].append(id_)
    side = _Side()
    for type_, ids in by_type.items():
        text = f"UNWIND $ids AS id MATCH (a)-[e:{type_} {{id: id}}]->(b) RETURN e.id, a.id, b.id, properties(e)"
        for id_, source, target, properties in _rows(view, text, ids):
            side.add(id_, _of_edge(type_, source, target, properties))
    return side


def _rows(view: View, text: str, ids: Iterable[str]) -> list[Any]:
    return list(view.query(text, {"ids": list(ids)}).rows)


# Both alike


def _of_node(labels: Iterable[str], properties: Mapping[str, object], edges: Iterable[Any]) -> Aspects:
    own: dict[str, list[Any]] = defaultdict(list)
    for type_, target, told in edges:
        own[type_].append((target, _plain(told)))
    ends = {
        type_: sorted(found, key=lambda end: (str(end[0]), sorted(map(str, end[1].items()))))
        for type_, found in own.items()
    }
    return _plain(properties) | ends | {"labels": sorted(_LABELS.intersection(labels))}


def _of_edge(type_: str, source: str, target: str, properties: Mapping[str, object]) -> Aspects:
    return _plain(properties) | {"type": type_, "from": source, "to": target}


def _plain(properties: Mapping[str, object]) -> Aspects:
    """Properties with lists as Bolt gives them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}
