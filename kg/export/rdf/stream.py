"""The quads of an export, one after the other: entities and relations, then article by article all that it says."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Generic, Protocol, TypeVar

from kg.errors import UsageError
from kg.model.graph import GraphArticle, GraphClaim, GraphMention, GraphRelation
from kg.model.ontology import ID_BASE
from kg.store import rdf
from kg.store.base import GraphReader
from kg.store.rdf import Quad

PROFILES = ("claims", "rdf12", "plain")
"""`claims`: RDF 1.1, each claim a node with its evidence. `rdf12`: the same, claims as reifiers of triple terms.
`plain`: entities, articles, and a triple for what is asserted, without claims and without named graphs."""

REIFIES = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"
_BATCH = 100  # articles whose claims and mentions are read at once
_BASE = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|^`\\\x00-\x20]+", re.ASCII)
_INSIDE = len(ID_BASE) + 1


class ArticleReader(GraphReader, Protocol):
    """A graph that tells an article's claims together."""

    def claims_in(self, articles: Iterable[str]) -> Iterator[GraphClaim]:
        """The claims that articles make, ordered by article and id."""


@dataclass(frozen=True, slots=True)
class Options:
    """How RDF is written: the IRI that ids come after, a profile, and further quads (the record's runs)."""

    base: str = ID_BASE
    profile: str = "claims"
    more: Callable[[], Iterable[Quad]] = field(default=tuple)
    watch: Callable[[Quad], None] | None = None

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise UsageError(f"There is no profile {self.profile!r}; there are: {', '.join(PROFILES)}.")
        if not _BASE.fullmatch(self.base):
            raise UsageError(f"{self.base!r} cannot begin an IRI; give one such as https://graph.example/id/.")


def quads(graph: ArticleReader, options: Options) -> Iterator[Quad]:
    """All quads of the profile, under the wanted base; in a stable order and in constant memory."""
    found: Iterator[Quad] = chain(_PROFILE[options.profile](graph), options.more())
    if options.base != ID_BASE:
        found = (_rebased(quad, options.base) for quad in found)
    return found if options.watch is None else _watched(found, options.watch)


def _watched(found: Iterator[Quad], watch: Callable[[Quad], None]) -> Iterator[Quad]:
    for quad in found:
        watch(quad)
        yield quad


def _claims(graph: ArticleReader) -> Iterator[Quad]:
    yield from chain.from_iterable(map(rdf.entity_quads, graph.entities()))
    yield from chain.from_iterable(map(rdf.relation_quads, graph.relations()))
    for told in by_article(graph):
        yield from article_quads(*told)


def article_quads(
    article: GraphArticle, claims: Iterable[GraphClaim], mentions: Iterable[GraphMention]
) -> Iterator[Quad]:
    """All that stands in an article's graph."""
    yield from rdf.article_quads(article)
    yield from chain.from_iterable(map(rdf.claim_quads, claims))
    yield from chain.from_iterable(map(rdf.mention_quads, mentions))


Told = tuple[GraphArticle, Iterator[GraphClaim], Iterator[GraphMention]]
R = TypeVar("R", GraphClaim, GraphMention)


def by_article(graph: ArticleReader) -> Iterator[Told]:
    """Every article with its claims and mentions, which are to be read before the next article's."""
    articles = graph.articles()
    while batch := list(islice(articles, _BATCH)):
        ids = [article.id for article in batch]
        claims, mentions = _Parts(graph.claims_in(ids)), _Parts(graph.mentions(ids))
        for article in batch:
            yield article, claims.of(article.id), mentions.of(article.id)


class _Parts(Generic[R]):
    """Records in the order of their articles, taken article by article."""

    def __init__(self, records: Iterator[R]) -> None:
        self._records: Iterator[R] = records
        self._next: R | None = next(records, None)

    def of(self, article: str) -> Iterator[R]:
        """Those of an article."""
        while self._next is not None and self._next.article == article:
            yield self._next
            self._next = next(self._records, None)


def _rdf12(graph: ArticleReader) -> Iterator[Quad]:
    """Each subject, predicate and object of a claim or relation, which follow each other, as one triple term."""
    ends = {rdf.SUBJECT, rdf.PREDICATE}
    parts: list[str] = []
    for quad in _claims(graph):
        if quad.predicate in ends:
            parts.append(quad.object)
        elif quad.predicate == rdf.OBJECT:
            yield quad._replace(predicate=REIFIES, object=f"<<( {' '.join(parts)} {quad.object} )>>")
            parts.clear()
        else:
            yield quad


def _plain(graph: ArticleReader) -> Iterator[Quad]:
    nodes = chain(
        chain.from_iterable(map(rdf.entity_nodes, graph.entities())),
        chain.from_iterable(map(_asserted, graph.relations())),
        chain.from_iterable(map(rdf.article_nodes, graph.articles())),
        (next(rdf.mention_quads(mention)) for mention in graph.mentions()),
    )
    return (quad._replace(graph="") for quad in nodes)


def _asserted(relation: GraphRelation) -> Iterator[Quad]:
    bare = rdf.bare_of_relation(relation)
    if bare is not None:
        yield bare


_PROFILE = {"claims": _claims, "rdf12": _rdf12, "plain": _plain}


def _rebased(quad: Quad, base: str) -> Quad:
    return Quad(*(under(term, base) for term in quad))


def under(term: str, base: str) -> str:
    """A term with the wanted base in the place of the usual one."""
    if term.startswith("<<("):
        subject, predicate, object_ = term[4:-4].split(" ")
        return f"<<( {under(subject, base)} {predicate} {under(object_, base)} )>>"
    return f"<{base}{term[_INSIDE:]}" if term.startswith(f"<{ID_BASE}") else term
