"""What why, show, path and timeline answer with, and how its parts are read from the ledger.

Everything here is read by id or by index, so that the cost grows with the answer and not with the graph.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.ledger import Candidate, GraphReader
from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphRelation, GraphStatement
from kg.model.ontology import RELATIONS
from kg.query.names import candidates

_KEPT = 4096  # of names, articles and statements in memory


@dataclass(frozen=True, slots=True)
class Named:
    """An entity by id, type and name."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """The article something stands in; `date` is its day of publication."""

    id: str
    title: str
    publisher: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, and the words in it that count, as a range of its code points."""

    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement: who said what, and through which outlets it reached the article (nearest to the speaker first)."""

    id: str
    speaker: Named | None
    act: str
    stance: str
    text: str
    quoted: bool
    addressed_to: Named | None
    reported_by: tuple[str, ...]
    source: Source
    quote: Quote
    date: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two entities with its status and figures."""

    id: str
    type: str
    subject: Named
    object: Named
    status: str
    qualifiers: Mapping[str, str]
    support: int
    independent: int
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class Backing:
    """One claim: what an article states, in which sentence, and who says so where it is not the article itself.

    `rule` is what found it, in the version `extractor`; `premises` are the claims that an inferred one follows from.
    """

    id: str
    status: str
    qualifiers: Mapping[str, str]
    confidence: float
    inferred: bool
    date: str | None
    source: Source
    quote: Quote
    saying: Saying | None
    rule: str
    extractor: str | None
    premises: tuple[str, ...]


class Chosen(NamedTuple):
    """The entity that a name was taken for, and how many others go by it."""

    entity: GraphEntity
    others: int

    @property
    def named(self) -> Named:
        """The entity, for short."""
        return named(self.entity)


@dataclass(frozen=True, slots=True)
class Candidates:
    """A name that is ambiguous, and whom it may mean."""

    name: str
    found: list[Candidate]


def named(entity: GraphEntity) -> Named:
    """An entity by id, type and name."""
    return Named(entity.id, entity.type, entity.name)


def choose(graph: GraphReader, name: str) -> Chosen:
    """The likeliest entity of a name; raises `NotFoundError` with near misses."""
    found = candidates(graph, name)
    return Chosen(next(graph.entities([found[0].id])), len(found) - 1)


class Shelf:
    """Reads the parts of a card, each once."""

    def __init__(self, graph: GraphReader) -> None:
        self.graph = graph
        keep = lru_cache(_KEPT)
        self.named: Callable[[str], Named] = keep(self._named)
        self.source: Callable[[str], Source] = keep(self._source)
        self.saying: Callable[[str], Saying] = lru_cache(_KEPT)(self._saying)

    def link(self, relation: GraphRelation) -> Link:
        """A relation with the names of its ends."""
        return Link(
            id=relation.id,
            type=relation.type,
            subject=self.named(relation.subject),
            object=self.named(relation.object),
            status=relation.status,
            qualifiers=relation.qualifiers,
            support=relation.support,
            independent=relation.independent,
            first_seen=relation.first_seen,
            last_seen=relation.last_seen,
        )

    def backing(self, claim: GraphClaim) -> Backing:
        """A claim with its article and speaker."""
        source = self.source(claim.article)
        return Backing(
            id=claim.id,
            status=claim.status,
            qualifiers=claim.qualifiers,
            confidence=claim.confidence,
            inferred=claim.inferred,
            date=(claim.time and claim.time.earliest) or source.date,
            source=source,
            quote=quote_of(claim),
            saying=self.saying(claim.attributed_to) if claim.attributed_to else None,
            rule=claim.rule,
            extractor=next(self.graph.articles([claim.article])).extractor,
            premises=claim.premises,
        )

    def _named(self, id_: str) -> Named:
        for entity in self.graph.entities([id_]):
            return named(entity)
        return Named(id_, "Article", self.source(id_).title)

    def _source(self, article: str) -> Source:
        found = next(self.graph.articles([article]))
        return Source(article, _title(found), self._publisher(found), day(found))

    def _publisher(self, article: GraphArticle) -> str | None:
        """As the metadata tell it, or else as the text does."""
        if article.publisher is not None:
            return article.publisher
        told = [r.object for r in self.graph.relations_of(article.id) if r.type == "PUBLISHED_BY"]
        return self._named(told[0]).name if told else None

    def _saying(self, statement: str) -> Saying:
        entity = next(self.graph.entities([statement]))
        said = entity.statement
        assert said is not None  # noqa: S101 - the ledger keeps it with every Statement
        ends = _ends(self.graph, statement)
        source = self.source(said.article)
        return Saying(
            id=statement,
            speaker=self._first(ends["SAID"]),
            act=said.act,
            stance=said.stance,
            text=said.text,
            quoted=said.quoted,
            addressed_to=self._first(ends["ADDRESSED_TO"]),
            reported_by=tuple(self.named(outlet).name for outlet in ends["REPORTED_BY"]),
            source=source,
            quote=_words_of(said),
            date=(said.time and said.time.earliest) or source.date,
        )

    def _first(self, ids: list[str]) -> Named | None:
        return self.named(ids[0]) if ids else None


def quote_of(record: GraphClaim | GraphStatement) -> Quote:
    """The sentence of a claim or a statement with the words it stands on."""
    start = record.start - record.sentence_start
    end = min(record.end - record.sentence_start, len(record.sentence))
    return Quote(record.sentence, max(start, 0), max(end, 0))


def _title(article: GraphArticle) -> str:
    """Its title, or else its address, or else the file it came from."""
    file = (article.source or "").rpartition("/")[2]
    return article.title or article.url or file or article.id


def _words_of(said: GraphStatement) -> Quote:
    """The sentence of a statement with what was said, where it stands there in one piece."""
    start = said.sentence.find(said.text) if said.text else -1
    return quote_of(said) if start < 0 else Quote(said.sentence, start, start + len(said.text))


def day(article: GraphArticle) -> str | None:
    """The day an article was published."""
    return article.published[:10] if article.published else None


def is_speech(type_: str) -> bool:
    """Whether a relation tells of a statement or a source, rather than of the world."""
    return RELATIONS[type_].area in {"speech", "source"}


def _ends(graph: GraphReader, statement: str) -> dict[str, list[str]]:
    """The ids at the other ends of a statement's relations, by their types; a chain of outlets in its order."""
    ends: dict[str, list[str]] = {"SAID": [], "ADDRESSED_TO": [], "REPORTED_BY": []}
    relations = sorted(graph.relations_of(statement), key=lambda r: int(r.qualifiers.get("order", "0")))
    for relation in relations:
        if relation.type in ends:
            ends[relation.type].append(relation.object if relation.subject == statement else relation.subject)
    return ends
