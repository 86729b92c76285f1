"""GEXF 1.3: entities, articles and the relations between them, coloured, sized and in time, for Gephi."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from math import log2
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

import yaml

from kg.export import tables
from kg.store.base import GraphReader
from kg.store.property_graph import Edge, Node
from kg.store.values import Properties, Value

_TYPES = {int: "long", float: "double", bool: "boolean"}
_OF_GEPHI = {"id", "start", "end"}  # columns of its own: the id, and the interval instead of offsets in the text
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <meta>
    <creator>newskg</creator>
    <description>What news says about officials, bodies, companies and policies</description>
  </meta>
  <graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""


def gexf(graph: GraphReader, output: BinaryIO) -> None:
    """A directed graph in time, from the day something is first told of to the last.

    A node is sized by its articles and coloured by its type; an edge weighs its support and has its type as its kind,
    so that two relations of one pair stay two.
    """
    output.write(_HEAD.encode())
    _attributes(output, "node", {"type": str, "labels": str} | tables.columns(tables.nodes(graph)))
    _attributes(output, "edge", {"type": str} | tables.columns(tables.relations(graph)))
    output.write(b"    <nodes>\n")
    output.writelines(_node(node).encode() for node in tables.nodes(graph))
    output.write(b"    </nodes>\n    <edges>\n")
    output.writelines(_edge(edge).encode() for edge in tables.relations(graph))
    output.write(b"    </edges>\n  </graph>\n</gexf>\n")


def _attributes(output: BinaryIO, what: str, columns: Mapping[str, type]) -> None:
    output.write(f'    <attributes class="{what}">\n'.encode())
    for name in sorted(columns.keys() - _OF_GEPHI):
        type_ = _TYPES.get(columns[name], "string")
        output.write(f'      <attribute id="{name}" title="{name}" type="{type_}"/>\n'.encode())
    output.write(b"    </attributes>\n")


def _node(node: Node) -> str:
    properties: Properties = {"type": node.labels[0], "labels": ":".join(node.labels), **node.properties}
    articles = properties.get("articles", 0)
    red, green, blue = _colour(node.labels)
    return (
        f"      <node {_said(id=node.id, label=properties['name'])}{_interval(properties)}>\n"
        f"{_values(properties)}"
        f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
        f'        <viz:size value="{_size(int(str(articles)))}"/>\n'
        "      </node>\n"
    )


def _edge(edge: Edge) -> str:
    properties: Properties = {"type": edge.type, **edge.properties}
    support = max(1, int(str(properties["support"])))
    ends = _said(id=properties["id"], source=edge.source, target=edge.target, kind=edge.type, label=edge.type)
    return f'      <edge {ends} weight="{support}"{_interval(properties)}>\n{_values(properties)}      </edge>\n'


def _interval(properties: Properties) -> str:
    """From the day something is first told of to the last; nothing where no article has a date."""
    days = {"start": properties.get("firstSeen"), "end": properties.get("lastSeen")}
    if "published" in properties:
        days = dict.fromkeys(days, properties["published"])
    found = {name: _DAY.match(str(day)) for name, day in days.items()}
    return "".join(f' {name}="{day[0]}"' for name, day in found.items() if day)


def _values(properties: Properties) -> str:
    own = {name: value for name, value in properties.items() if name not in _OF_GEPHI}
    values = "".join(f"          <attvalue {_said(**{'for': n, 'value': v})}/>\n" for n, v in own.items())
    return f"        <attvalues>\n{values}        </attvalues>\n"


def _said(**attributes: Value) -> str:
    return " ".join(f'{name}="{escape(tables.text(value), _IN_ATTRIBUTES)}"' for name, value in attributes.items())


def _size(articles: int) -> float:
    """Wider with each doubling of the articles, so that a hub does not cover all else."""
    return round(4 + 4 * log2(1 + articles), 1)


def _colour(labels: Iterable[str]) -> tuple[int, int, int]:
    return next(_colours()[label] for label in labels if label in _colours())


@cache
def _colours() -> dict[str, tuple[int, int, int]]:
    found = yaml.safe_load(Path(__file__).with_name("colours.yaml").read_text(encoding="utf-8"))
    return {name: (channels[0], channels[1], channels[2]) for name, channels in found.items()}
