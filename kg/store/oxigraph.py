"""The SPARQL store: Oxigraph on disk, in this process.

Its folder holds `data` (the database) and `seq` (the last change in it). A batch is one transaction and is flushed
before `seq` is replaced; a process killed in between applies the batch once more, which changes nothing.
"""

import io
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import StoreError, WriteRefusedError
from kg.store import rdf, sparql
from kg.store.base import Batch, Counts, GraphReader, Rows, Store, View, read_seq, write_text
from kg.store.lock import PATIENCE, StoreLock
from kg.store.rdf import Quad

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_LOADED = 300_000  # quads of one bulk load, some 0.3 GB while it lasts
_CHUNK = 2000  # quads joined to one piece of text while loading
COUNTED = {
    "articles": "?x a kg:Article",
    "entities": "?x a kg:Entity FILTER NOT EXISTS { ?x a kg:Article }",
    "relations": "?x a kg:Relation",
    "claims": "?x a kg:Claim",
    "mentions": "?a kg:mentions ?x",
}
"""Of each figure of `Counts` the pattern that finds what it counts."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request is over, by their IRIs: those that make up the default graph, and the named ones."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class _Queried(View):
    """An open database that can be asked."""

    _db: ox.Store

    def counts(self) -> Counts:
        """How much is in it."""
        return Counts(**{name: self._count(pattern) for name, pattern in COUNTED.items()})

    def evaluate(self, text: str, dataset: Dataset | None = None, base: str | None = None) -> Answer:
        """The engine's own answer; it must be read by the thread that asked. Raises `QueryError`.

        A dataset takes precedence over the graphs that the query names with FROM.
        """
        over: dict[str, Any] = {"use_default_graph_as_union": not sparql.names_dataset(text)}
        if dataset is not None:
            over = {"default_graph": _graphs(dataset.default), "named_graphs": _graphs(dataset.named)}
        try:
            return self._db.query(text, base_iri=base, prefixes=rdf.PREFIXES, **over)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise sparql.mistake(text, error) from error

    def query(self, text: str, params: Mapping[str, object] | None = None, *, write: bool = False) -> Rows:
        """Rows of a SELECT, one row of an ASK, triples of a CONSTRUCT or DESCRIBE; an update only with `write`."""
        bound = sparql.bind(text, params or {})
        if sparql.is_update(text):
            self._update(bound, write=write)
            return Rows((), [])
        answer = self.evaluate(bound)
        try:
            return rows_of(answer)
        except (ValueError, RuntimeError, OSError) as error:
            raise sparql.mistake(bound, error) from error

    def _update(self, text: str, *, write: bool) -> None:  # noqa: ARG002 - a snapshot is never written
        raise WriteRefusedError("The SPARQL text would change the store; only its holder can.")

    def _count(self, pattern: str) -> int:
        answer = self.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        return int(str(answer.rows[0][0]))


class Snapshot(_Queried):
    """A store as it was at one moment: any number of processes may ask it while another writes the store on."""

    def __init__(self, folder: Path) -> None:
        try:
            self._db = ox.Store.read_only(str(folder))
        except OSError as error:
            raise StoreError(f"The snapshot {folder} cannot be opened ({error}).") from error


class OxigraphStore(_Queried, Store):
    """Quads on disk; queries see the union of all graphs."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self._folder = folder
        self._lock = StoreLock(folder, patience=patience)
        _settle(folder)
        self._db = _open(folder / "data")

    def seq(self) -> int | None:
        """The last change in it."""
        return read_seq(self._folder)

    def close(self) -> None:
        """Let go of the files and of the lock."""
        with suppress(AttributeError):  # it is closed already
            del self._db  # Oxigraph closes its files when nothing refers to them
        self._lock.release()

    def snapshot(self, folder: Path) -> None:
        """Keep what is in it now, for others to ask; the files are shared with it (hard links), so this is quick."""
        self._db.backup(str(folder))

    def update(self, text: str, dataset: Dataset | None = None, base: str | None = None) -> None:
        """Change the store, never the ledger; raises `QueryError`. Patterns see the unnamed graph, or the dataset."""
        bound = sparql.over(text, dataset.default, dataset.named) if dataset else text
        try:
            self._db.update(sparql.silent(bound), base_iri=base, prefixes=rdf.PREFIXES)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise sparql.mistake(text, error) from error
        self._db.flush()

    def apply(self, batch: Batch, graph: GraphReader) -> None:  # noqa: ARG002 - a quad needs no other record
        """Replace what the store holds of the batch by what the record says."""
        old, new = set(self._old(batch)), set(_new(batch))
        gone = old - new
        gone -= set(self._still_backed(batch, gone))
        self._replace(gone, new - old)
        self._db.flush()
        write_text(self._folder / "seq", f"{batch.seq}\n")

    def load(self, graph: GraphReader) -> None:
        """Write a new database beside the old one and put it in its place."""
        last = graph.last_seq()
        fresh = _fresh(self._folder)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        database = _open(fresh / "data")
        for part in _parts(rdf.every_quad(graph)):
            database.bulk_load(cast("IO[bytes]", _Lines(part)), ox.RdfFormat.N_QUADS, lenient=True)
        database.flush()
        del database
        write_text(fresh / "seq", f"{last}\n")
        del self._db
        shutil.rmtree(self._folder)
        fresh.rename(self._folder)
        self._db = _open(self._folder / "data")

    def _replace(self, gone: set[Quad], come: set[Quad]) -> None:
        """One transaction, whatever is in it."""
        if gone:
            self._db.update(f"DELETE DATA {{ {_data(gone)} }} ; INSERT DATA {{ {_data(come)} }}")
        elif come:
            self._db.load("\n".join(quad.line for quad in come).encode(), ox.RdfFormat.N_QUADS, lenient=True)

    def _old(self, batch: Batch) -> Iterator[Quad]:
        """What the store holds of all that the batch names."""
        for id_ in batch.articles:
            article = rdf.iri(id_)
            yield from (quad for quad in self._match(article, graph=article) if quad.predicate in rdf.OWN_PREDICATES)
            for quad in self._match(rdf.extraction_iri(article), graph=article):
                yield quad
                if quad.predicate == rdf.EXTRACTOR:
                    yield from self._match(quad.object, graph=article)
        for id_ in batch.entities:
            entity = rdf.iri(id_)
            # A redirect belongs to the entity that it leads to.
            yield from (quad for quad in self._match(entity, graph=rdf.ENTITIES) if quad.predicate != rdf.REDIRECT)
            yield from self._match(predicate=rdf.REDIRECT, object_=entity, graph=rdf.ENTITIES)
            yield from self._selectors(id_)
        for id_ in batch.relations:
            yield from self._match(rdf.iri(id_), graph=rdf.ENTITIES)
        for id_ in batch.claims:
            own = list(self._match(rdf.iri(id_)))
            yield from own
            yield from _bare_of(own)
            yield from self._selectors(id_)
        for id_ in batch.mentions:
            article = rdf.iri(id_)
            for quad in self._match(article, predicate=rdf.MENTIONS, graph=article):
                yield quad
                yield from self._match(rdf.mention_iri(article, quad.object), graph=article)

    def _selectors(self, id_: str) -> Iterator[Quad]:
        return chain.from_iterable(self._match(selector) for selector in rdf.selector_iris(rdf.iri(id_)))

    def _still_backed(self, batch: Batch, gone: set[Quad]) -> Iterator[Quad]:
        """Bare triples that another claim of the same article, outside the batch, also asserts."""
        touched = {rdf.iri(id_) for id_ in batch.claims}
        for quad in filter(_is_bare, gone):
            for end in {quad.subject, quad.object}:
                for other in self._match(predicate=rdf.SUBJECT, object_=end, graph=quad.graph):
                    if other.subject not in touched and quad in _bare_of(list(self._match(other.subject))):
                        yield quad

    def _match(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object_: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        for quad in self._db.quads_for_pattern(_node(subject), _node(predicate), _node(object_), _node(graph)):
            yield Quad(str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))

    def _update(self, text: str, *, write: bool) -> None:
        if not write:
            raise WriteRefusedError("The SPARQL text would change the store; allow it with --write.")
        self.update(text)


def _new(batch: Batch) -> Iterator[Quad]:
    """What the record says of all that the batch names."""
    yield from chain.from_iterable(map(rdf.article_quads, filter(None, batch.articles.values())))
    yield from chain.from_iterable(map(rdf.entity_quads, filter(None, batch.entities.values())))
    yield from chain.from_iterable(map(rdf.relation_quads, filter(None, batch.relations.values())))
    yield from chain.from_iterable(map(rdf.claim_quads, filter(None, batch.claims.values())))
    yield from chain.from_iterable(map(rdf.mention_quads, chain.from_iterable(batch.mentions.values())))


def _is_bare(quad: Quad) -> bool:
    return quad.predicate in rdf.BARE_PREDICATES


def _parts(quads: Iterator[Quad]) -> Iterator[Iterator[Quad]]:
    """The quads in parts, each to be read to its end: the bulk loader keeps a part in memory."""
    for first in quads:
        yield chain([first], islice(quads, _LOADED - 1))


class _Lines(io.RawIOBase):
    """Quads as a file of N-Quads that is written while it is read."""

    def __init__(self, quads: Iterator[Quad]) -> None:
        self._quads = quads
        self._text = io.BytesIO()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`."""
        while not (piece := self._text.read(size)):
            text = "".join([f"{quad.line}\n" for quad in islice(self._quads, _CHUNK)])
            if not text:
                return b""
            self._text = io.BytesIO(text.encode())
        return piece


def _bare_of(claim: list[Quad]) -> list[Quad]:
    """The bare triple of a claim as the store holds it."""
    said = {quad.predicate: quad.object for quad in claim}
    if rdf.SUBJECT not in said:
        return []
    bare = rdf.bare_quad(said[rdf.SUBJECT], said[rdf.PREDICATE], said[rdf.OBJECT], said[rdf.STATUS], claim[0].graph)
    return [bare] if bare else []


def _data(quads: Iterable[Quad]) -> str:
    return "\n".join(f"GRAPH {quad.graph} {{ {quad.subject} {quad.predicate} {quad.object} }}" for quad in quads)


def rows_of(answer: Answer) -> Rows:
    """The engine's answer as plain Python values."""
    if isinstance(answer, ox.QueryBoolean):
        return Rows(("answer",), [(bool(answer),)])
    if isinstance(answer, ox.QueryTriples):
        triples: list[tuple[object, ...]] = [
            (sparql.value(t.subject), sparql.value(t.predicate), sparql.value(t.object)) for t in answer
        ]
        return Rows(("subject", "predicate", "object"), triples)
    columns = tuple(variable.value for variable in answer.variables)
    return Rows(columns, [tuple(map(sparql.value, solution)) for solution in answer])


def _graphs(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    return [ox.NamedNode(iri) for iri in iris]


def _node(term: str | None) -> ox.NamedNode | None:
    return None if term is None else ox.NamedNode(term[1:-1])


def _open(path: Path) -> ox.Store:
    try:
        return ox.Store(path)
    except OSError as error:
        raise StoreError(
            f"The SPARQL store in {path} cannot be opened ({error}); make it anew with: kg rebuild sparql"
        ) from error


def _fresh(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.new")


def _settle(folder: Path) -> None:
    """Finish a rebuild that was cut off: take the new store if it is whole, else drop it."""
    fresh = _fresh(folder)
    if not folder.exists() and read_seq(fresh) is not None:
        fresh.rename(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
