"""CSV: a table of nodes and a table of edges, the whole property graph, as pandas, DuckDB and Spark read it."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kg.export import tables
from kg.store.base import GraphReader
from kg.store.property_graph import Edge, Node

_NODE = ["id", "type", "labels"]
_EDGE = ["source", "type", "target"]


def pair(graph: GraphReader, folder: Path) -> None:
    """`nodes.csv` and `edges.csv`; every property has a column of its own, empty where it is not known.

    A node has its id, its own type and the whole line of its labels; an edge the ids of its ends and its type.
    """
    with (folder / "nodes.csv").open("wb") as output:
        names = [name for name in tables.columns(_nodes(graph)) if name not in _NODE]
        rows = ([node.id, node.labels[0], ":".join(node.labels), *_cells(node, names)] for node in _nodes(graph))
        _write(output, _NODE + names, rows)
    with (folder / "edges.csv").open("wb") as output:
        names = list(tables.columns(tables.all_edges(graph)))
        edges = tables.all_edges(graph)
        _write(output, _EDGE + names, ([edge.source, edge.type, edge.target, *_cells(edge, names)] for edge in edges))


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
