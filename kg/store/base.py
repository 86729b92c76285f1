"""What every store is: a writer that applies changes, a view that answers, and the place up to which it is current.

View    counts and queries
Writer  applies a batch of changes, or loads everything
Store   both, and how to catch up with the record
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation

BATCH = 2000
"""Changes that are applied in one transaction."""

_TOLD = 1000  # records of a load between two reports


class Change(Protocol):
    """That something changed; what it became is read from the record."""

    @property
    def seq(self) -> int:
        """Its place in the order of changes."""

    @property
    def kind(self) -> str:
        """One of article, entity, relation, claim and mentions (all of an article's)."""

    @property
    def id(self) -> str:
        """What changed; for mentions the article."""


class GraphReader(Protocol):
    """The ledger's content over canonical ids; ids that are gone are not returned, `ids=None` streams all in order."""

    def last_seq(self) -> int:
        """The last change there is."""

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        """The changes after one, in order."""

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[GraphArticle]:
        """Articles, by id."""

    def entities(self, ids: Iterable[str] | None = None) -> Iterator[GraphEntity]:
        """Canonical entities and statements, by id."""

    def relations(self, ids: Iterable[str] | None = None) -> Iterator[GraphRelation]:
        """Relations, by id."""

    def claims(self, ids: Iterable[str] | None = None) -> Iterator[GraphClaim]:
        """Claims, by id."""

    def mentions(self, articles: Iterable[str] | None = None) -> Iterator[GraphMention]:
        """What articles mention, by article and entity."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: plain Python values, None where there is no value."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds."""

    articles: int
    entities: int
    relations: int
    claims: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a store has come: `seq` of `last`, and the changes applied in this run."""

    seq: int
    last: int
    changes: int


Report = Callable[[Progress], None]


@dataclass(slots=True)
class Batch:
    """What changed up to `seq`: each id with its record, or None where it is gone."""

    seq: int
    articles: dict[str, GraphArticle | None] = field(default_factory=dict)
    entities: dict[str, GraphEntity | None] = field(default_factory=dict)
    relations: dict[str, GraphRelation | None] = field(default_factory=dict)
    claims: dict[str, GraphClaim | None] = field(default_factory=dict)
    mentions: dict[str, list[GraphMention]] = field(default_factory=dict)


def read_batch(graph: GraphReader, changes: Sequence[Change]) -> Batch:
    """The present state of all that the changes name."""
    ids: dict[str, list[str]] = {"article": [], "entity": [], "relation": [], "claim": [], "mentions": []}
    for change in changes:
        ids[change.kind].append(change.id)
    batch = Batch(
        seq=changes[-1].seq,
        articles=_present(ids["article"], graph.articles),
        entities=_present(ids["entity"], graph.entities),
        relations=_present(ids["relation"], graph.relations),
        claims=_present(ids["claim"], graph.claims),
        mentions={article: [] for article in ids["mentions"]},
    )
    for mention in graph.mentions(list(batch.mentions)) if batch.mentions else ():
        batch.mentions[mention.article].append(mention)
    return batch


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Identified)
T = TypeVar("T")


def _present(ids: list[str], read: Callable[[Iterable[str]], Iterator[R]]) -> dict[str, R | None]:
    records: dict[str, R | None] = dict.fromkeys(ids)
    if records:
        records.update((record.id, record) for record in read(list(records)))
    return records


class View(ABC):
    """What answers."""

    @abstractmethod
    def counts(self) -> Counts:
        """How much is in it; this scans."""

    @abstractmethod
    def query(self, text: str, params: Mapping[str, object] | None = None, *, write: bool = False) -> Rows:
        """Rows that answer a query; raises `QueryError`, or `WriteRefusedError` where it would write and may not."""


class Writer(ABC):
    """What takes changes in. Applying a batch twice leaves the same as applying it once."""

    @abstractmethod
    def apply(self, batch: Batch, graph: GraphReader) -> None:
        """Make all that the batch names as it says, and record its seq in the same transaction."""

    @abstractmethod
    def load(self, graph: GraphReader) -> None:
        """Drop what there is, write everything, and record the seq that stood before."""


class Store(View, Writer):
    """A projection of the ledger that knows up to where it is current."""

    @abstractmethod
    def seq(self) -> int | None:
        """The last change that is applied; None where nothing is loaded."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store, so that another process may have it."""

    def project(self, graph: GraphReader, report: Report | None = None) -> Progress:
        """Apply the changes since the recorded seq, in batches; load anew where more is new than was there."""
        with self._alone():
            start, last = self.seq(), graph.last_seq()
            if start is None or last - start > start:
                return self._load_all(graph, report)
            return self._catch_up(graph, Progress(seq=start, last=last, changes=0), report)

    def rebuild(self, graph: GraphReader, report: Report | None = None) -> Progress:
        """Make the store anew from the ledger."""
        with self._alone():
            return self._load_all(graph, report)

    def _alone(self) -> AbstractContextManager[object]:
        """What keeps other writers away while this one writes."""
        return nullcontext()

    def _catch_up(self, graph: GraphReader, done: Progress, report: Report | None) -> Progress:
        while changes := graph.changes(done.seq, BATCH):
            self.apply(read_batch(graph, changes), graph)
            seq = changes[-1].seq
            done = Progress(seq=seq, last=max(done.last, seq), changes=done.changes + len(changes))
            if report is not None:
                report(done)
        return done

    def _load_all(self, graph: GraphReader, report: Report | None) -> Progress:
        last = graph.last_seq()
        self.load(graph if report is None else _Counted(graph, last, report))
        done = Progress(seq=last, last=last, changes=last)
        if report is not None:
            report(done)
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Counted:
    """A graph that tells how much of it was read; what a store reads twice counts once.

    Records stand for changes here: at least one change made each of them.
    """

    def __init__(self, graph: GraphReader, last: int, report: Report) -> None:
        self._graph, self._last, self._report = graph, last, report
        self._read = 0
        self._begun: set[str] = set()

    def last_seq(self) -> int:
        return self._graph.last_seq()

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        return self._graph.changes(after, limit)

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[GraphArticle]:
        return self._counted("articles", self._graph.articles(ids))

    def entities(self, ids: Iterable[str] | None = None) -> Iterator[GraphEntity]:
        return self._counted("entities", self._graph.entities(ids))

    def relations(self, ids: Iterable[str] | None = None) -> Iterator[GraphRelation]:
        return self._counted("relations", self._graph.relations(ids))

    def claims(self, ids: Iterable[str] | None = None) -> Iterator[GraphClaim]:
        return self._counted("claims", self._graph.claims(ids))

    def mentions(self, articles: Iterable[str] | None = None) -> Iterator[GraphMention]:
        return self._counted("mentions", self._graph.mentions(articles))

    def _counted(self, kind: str, records: Iterator[T]) -> Iterator[T]:
        if kind in self._begun:
            return records
        self._begun.add(kind)
        return self._counting(records)

    def _counting(self, records: Iterator[T]) -> Iterator[T]:
        for record in records:
            self._read += 1
            if self._read % _TOLD == 0:
                self._report(Progress(seq=0, last=self._last, changes=min(self._read, self._last)))
            yield record


def read_seq(folder: Path) -> int | None:
    """The seq noted in a store's folder, without opening the store; None where there is none."""
    try:
        return int((folder / "seq").read_text())
    except (FileNotFoundError, ValueError):
        return None


def write_text(path: Path, text: str) -> None:
    """Put a small file in the place of the old one, whole and on disk."""
    draft = path.with_name(f"{path.name}.new")
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
