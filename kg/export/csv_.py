"""CSV: a table of nodes and a table of edges, the whole property graph."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from kg.export import tables
from kg.store.base import GraphReader
from kg.store.property_graph import Edge, Node


def nodes(graph: GraphReader, output: BinaryIO) -> None:
    """`id`, `labels`, then every property in a column of its own."""
    names = [name for name in tables.columns(_nodes(graph)) if name != "id"]
    rows = ([node.id, ":".join(node.labels), *_cells(node, names)] for node in _nodes(graph))
    _write(output, ["id", "labels", *names], rows)


def edges(graph: GraphReader, output: BinaryIO) -> None:
    """`source`, `type`, `target`, then every property in a column of its own."""
    names = list(tables.columns(tables.all_edges(graph)))
    rows = ([edge.source, edge.type, edge.target, *_cells(edge, names)] for edge in tables.all_edges(graph))
    _write(output, ["source", "type", "target", *names], rows)


def _nodes(graph: GraphReader) -> Iterator[Node]:
    return chain(tables.nodes(graph), tables.claims(graph))


def _cells(item: Node | Edge, names: list[str]) -> list[str]:
    return [tables.text(item.properties[name]) if name in item.properties else "" for name in names]


def _write(output: BinaryIO, header: list[str], rows: Iterable[list[str]]) -> None:
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    text.detach()
