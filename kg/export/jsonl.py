"""JSON Lines: each record of the graph as it is, with its kind."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

import msgspec

from kg.model.records import Record
from kg.store.base import GraphReader


def jsonl(graph: GraphReader, output: BinaryIO) -> None:
    """Articles, entities, relations, claims and mentions, one a line, all fields included."""
    encode = msgspec.json.Encoder().encode
    output.writelines(b'{"kind":"%b",%b\n' % (kind, encode(record)[1:]) for kind, record in _records(graph))


def _records(graph: GraphReader) -> Iterator[tuple[bytes, Record]]:
    return chain(
        ((b"article", record) for record in graph.articles()),
        ((b"entity", record) for record in graph.entities()),
        ((b"relation", record) for record in graph.relations()),
        ((b"claim", record) for record in graph.claims()),
        ((b"mention", record) for record in graph.mentions()),
    )
