"""A file of RDF as something to ask, for checks of what this or another program wrote."""

import gzip
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
import zstandard

from kg.errors import SourceError, UsageError
from kg.store.base import Rows
from kg.store.oxigraph import Snapshot

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_REIFIES = ox.NamedNode(f"{_RDF}reifies")
_PARTS = [ox.NamedNode(f"{_RDF}{name}") for name in ("subject", "predicate", "object")]


@contextmanager
def opened(path: Path) -> Iterator[Callable[[str], Rows]]:
    """An RDF file as something to ask, for as long as it is asked; as `loaded` reads it."""
    with loaded(path) as folder:
        yield Snapshot(folder).query


@contextmanager
def loaded(path: Path) -> Iterator[Path]:
    """The folder of an Oxigraph store that has what is in an RDF file; .gz and .zst are unpacked.

    A triple of RDF 1.2 that a reifier stands for is read as the claim that it is. Raises `UsageError` for a name that
    tells no syntax, `SourceError` for what cannot be read.
    """
    name = path.name.removesuffix(".gz").removesuffix(".zst")
    syntax = ox.RdfFormat.from_extension(name.rpartition(".")[2])
    if syntax is None:
        raise UsageError(
            f"{path} should end in .ttl, .nt, .nq, .trig, .rdf or .jsonld: what syntax it is in, is not known."
        )
    with tempfile.TemporaryDirectory(prefix="kg-rdf-") as folder:
        _load(path, syntax, folder)
        yield Path(folder)


def _load(path: Path, syntax: ox.RdfFormat, folder: str) -> None:
    store = ox.Store(folder)
    try:
        with _unpacked(path) as file:
            store.bulk_extend(as_claims(ox.parse(file, syntax, lenient=True)))
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (EOFError, SyntaxError, ValueError, zstandard.ZstdError) as error:
        raise SourceError(f"{path} cannot be read ({error}).") from error
    store.flush()


def _unpacked(path: Path) -> IO[bytes]:
    match path.suffix:
        case ".gz":
            return cast("IO[bytes]", gzip.open(path))
        case ".zst":
            return cast("IO[bytes]", zstandard.open(path))
    return path.open("rb")


def as_claims(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, and for each reified triple term of RDF 1.2 its subject, predicate and object as RDF 1.1 has them."""
    for quad in quads:
        yield quad
        if quad.predicate == _REIFIES and isinstance(quad.object, ox.Triple):
            parts = (quad.object.subject, quad.object.predicate, quad.object.object)
            for predicate, part in zip(_PARTS, parts, strict=True):
                yield ox.Quad(quad.subject, predicate, part, quad.graph_name)
