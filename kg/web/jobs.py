"""What the process that listens asks of those that answer, and the frames that come back.

An order is one length (4 bytes, big-endian) and that many bytes of MessagePack. A frame is one letter, a length and
its bytes: H a head, D data, Z the end, E the sentence why an answer that has begun cannot be ended.
"""

import struct
from enum import StrEnum
from typing import BinaryIO

import msgspec

HEADER = struct.Struct(">cI")
LENGTH = struct.Struct(">I")


class Job(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something to answer, in one of the types that `accept` (the header of that name) takes."""

    accept: str = "*/*"


class Query(Job, frozen=True, kw_only=True):
    """A SPARQL query; a dataset that is named goes before the query's own. `most` limits its rows.

    `federated` says whether it may ask other endpoints.
    """

    text: str
    base: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    most: int | None = None
    federated: bool = False


class Description(Job, frozen=True, kw_only=True):
    """What the endpoint at this address can do."""

    endpoint: str
    update: bool


class Graph(Job, frozen=True, kw_only=True):
    """All triples of a graph, or of all graphs where no IRI is given."""

    iri: str | None
    most: int | None = None


class Resource(Job, frozen=True, kw_only=True):
    """What an IRI of ours stands for: a page, or RDF."""

    id: str


class Term(Job, frozen=True, kw_only=True):
    """What a term of the ontology means: a page, or RDF."""

    name: str


class Page(Job, frozen=True, kw_only=True):
    """A page for people, by its name."""

    name: str
    values: dict[str, str]


class Call(Job, frozen=True, kw_only=True):
    """A function of the JSON side, by its name."""

    name: str
    values: dict[str, str]


class Order(msgspec.Struct, frozen=True):
    """A job, the snapshot to answer it from, and the seconds it may take."""

    job: Query | Description | Graph | Resource | Term | Page | Call
    snapshot: str
    seconds: float


class Head(msgspec.Struct, frozen=True):
    """Status and headers of an answer; its length is among them where it is known."""

    status: int
    headers: list[tuple[str, str]]


class Kind(StrEnum):
    """What a frame is."""

    HEAD = "H"
    DATA = "D"
    END = "Z"
    BROKEN = "E"


def write_frame(out: BinaryIO, kind: Kind, data: bytes = b"") -> None:
    """Send one frame."""
    out.write(HEADER.pack(kind.encode(), len(data)) + data)
    out.flush()
