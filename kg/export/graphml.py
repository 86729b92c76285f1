"""GraphML: entities, articles and the relations between them, for Gephi, yEd, igraph and networkx."""

from collections.abc import Iterable, Mapping
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.export import tables
from kg.store.base import GraphReader
from kg.store.property_graph import Edge, Node
from kg.store.values import Value

_TYPES = {int: "long", float: "double", bool: "boolean"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


def graphml(graph: GraphReader, output: BinaryIO) -> None:
    """A directed graph; `labels` of a node are joined by colons, `type` is an edge's."""
    nodes, edges = tables.columns(tables.nodes(graph)), tables.columns(tables.relations(graph))
    output.write(_HEAD.encode())
    _keys(output, "node", {"labels": str} | nodes)
    _keys(output, "edge", {"type": str} | edges)
    output.write(b'  <graph edgedefault="directed">\n')
    _nodes(output, tables.nodes(graph))
    _edges(output, tables.relations(graph))
    output.write(b"  </graph>\n</graphml>\n")


def _keys(output: BinaryIO, what: str, columns: Mapping[str, type]) -> None:
    for name, kind in columns.items():
        key = f'id="{what}.{name}" for="{what}" attr.name="{name}" attr.type="{_TYPES.get(kind, "string")}"'
        output.write(f"  <key {key}/>\n".encode())


def _nodes(output: BinaryIO, nodes: Iterable[Node]) -> None:
    for node in nodes:
        data = _data("node", {"labels": ":".join(node.labels)}) + _data("node", node.properties)
        output.write(f"    <node id={quoteattr(node.id)}>\n{data}    </node>\n".encode())


def _edges(output: BinaryIO, edges: Iterable[Edge]) -> None:
    for edge in edges:
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        data = _data("edge", {"type": edge.type}) + _data("edge", edge.properties)
        output.write(f"    <edge id={quoteattr(str(edge.properties['id']))} {ends}>\n{data}    </edge>\n".encode())


def _data(what: str, values: Mapping[str, Value]) -> str:
    return "".join(
        f'      <data key="{what}.{name}">{escape(tables.text(value))}</data>\n' for name, value in values.items()
    )
