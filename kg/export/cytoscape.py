"""Cytoscape JSON: the elements of Cytoscape.js, which Cytoscape on the desktop opens too."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from kg.export import tables
from kg.store.base import GraphReader
from kg.store.property_graph import Edge, Node

_encode = msgspec.json.Encoder().encode


def cytoscape(graph: GraphReader, output: BinaryIO) -> None:
    """Entities and articles as nodes, relations as edges, with all their properties as `data`.

    `type` is a node's own type and an edge's relation; `classes` are what style sheets select by.
    """
    output.write(b'{"data":{"name":"newskg"},"directed":true,"multigraph":true,"elements":{"nodes":[')
    output.writelines(_listed(map(_node, tables.nodes(graph))))
    output.write(b'\n],"edges":[')
    output.writelines(_listed(map(_edge, tables.relations(graph))))
    output.write(b"\n]}}\n")


def _listed(elements: Iterable[object]) -> Iterator[bytes]:
    for number, element in enumerate(elements):
        yield (b",\n" if number else b"\n") + _encode(element)


def _node(node: Node) -> dict[str, object]:
    own = {"id": node.id, "type": node.labels[0], "labels": node.labels}
    return {"data": node.properties | own, "classes": " ".join(node.labels)}


def _edge(edge: Edge) -> dict[str, object]:
    own = {"source": edge.source, "target": edge.target, "type": edge.type, "interaction": edge.type}
    return {"data": edge.properties | own, "classes": f"{edge.type} {edge.properties['status']}"}
