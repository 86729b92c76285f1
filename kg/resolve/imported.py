"""A graph that was resolved elsewhere, taken into an empty ledger as it is.

Its articles come without their texts. What is quoted of a text is put at its offsets into an otherwise blank one,
out of which the ledger cuts it again: all that reads a ledger then reads this one.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Protocol, TypeVar

import msgspec

from kg.errors import LedgerError, SourceError
from kg.ledger import Ledger, rows, write
from kg.ledger.database import Database
from kg.ledger.text import compress
from kg.model import Article, Metadata, Span
from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation, GraphStatement
from kg.resolve.entities import label
from kg.resolve.sql import to_json

_PAGE = 1000
_PIECES = 'CREATE TEMP TABLE pieces (article TEXT NOT NULL, start INTEGER, "end" INTEGER, text TEXT NOT NULL)'
_CLAIM_MARKS = ", ".join("?" * 22)

T = TypeVar("T")


class Graph(Protocol):
    """A whole graph, which may be read more than once; its records in any order."""

    def articles(self) -> Iterator[GraphArticle]:
        """Articles."""

    def entities(self) -> Iterator[GraphEntity]:
        """Canonical entities and statements."""

    def relations(self) -> Iterator[GraphRelation]:
        """Relations."""

    def claims(self) -> Iterator[GraphClaim]:
        """Claims."""

    def mentions(self) -> Iterator[GraphMention]:
        """What articles mention."""


def adopt(ledger: Ledger, graph: Graph, name: str, run: int | None = None) -> int:
    """Write a whole graph into an empty ledger, in one transaction; how many articles it has.

    The ledger is only read from then on. Raises `LedgerError` where it is not empty, `SourceError` where records
    contradict each other or lead to what is not there.
    """
    with ledger.db.transaction():
        if ledger.db.value("SELECT COUNT(*) FROM articles"):
            raise LedgerError(
                "This workspace has articles already, and an imported graph wants one of its own: "
                "kg --workspace FOLDER import FILE"
            )
        ledger.db.execute("INSERT INTO meta (key, value) VALUES (?, ?)", write.IMPORTED, name)
        return _Adoption(ledger.db, graph, name, run).run()


class _Adoption:
    """One import, within one transaction. Numbers of articles, clusters, entities and relations go by id."""

    def __init__(self, db: Database, graph: Graph, name: str, run: int | None) -> None:
        self._db, self._graph, self._name, self._run = db, graph, name, run
        self._articles: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._clusters: dict[str, int] = {}
        self._entities: dict[str, int] = {}
        self._relations: dict[str, tuple[int, GraphRelation]] = {}
        self._seq = 0

    def run(self) -> int:
        """All steps; each needs the ones before."""
        self._take_articles()
        if not self._articles:
            raise SourceError(f"{self._name} holds no graph of newskg: it has no articles.")
        self._take_texts()
        self._take_entities()
        self._take_relations()
        self._take_claims()
        if not self._relations:
            raise SourceError(f"{self._name} holds no relations; a graph of the profile plain cannot be imported.")
        self._db.execute("DROP TABLE pieces")
        return len(self._articles)

    # Articles and what is known of their texts

    def _take_articles(self) -> None:
        for article in sorted(self._graph.articles(), key=lambda a: a.id):
            self._seq = write.change(self._db, "article", article.id)
            n = self._db.execute(
                f"INSERT INTO articles ({rows.ARTICLE_COLUMNS}, status, extractor, run, born) "  # noqa: S608 - columns
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'done', ?, ?, ?)",
                *rows.article_row(_metadata(article)),
                article.extractor,
                self._run,
                rows.born(article.published),
            )
            write.note(self._db, n, self._run, "imported")
            write.change(self._db, "mentions", article.id)
            self._articles[article.id] = n
            self._own_cluster(article, n)

    def _own_cluster(self, article: GraphArticle, n: int) -> None:
        """What claims about the article itself end at."""
        title, born = article.title or "", rows.born(article.published)
        cluster = self._db.execute(
            "INSERT INTO clusters (id, type, name, articles, first_seen, last_seen, opened) "
            "VALUES (?, 'Article', ?, 1, ?, ?, ?)",
            *(article.id, title, article.published and born, article.published and born, self._seq),
        )
        self._clusters[article.id] = cluster
        self._entities[article.id] = self._entity((article.id, n, "Article", title, 0, None, None, born, cluster))

    def _take_texts(self) -> None:
        self._db.execute(_PIECES)
        self._db.many("INSERT INTO pieces VALUES (?, ?, ?, ?)", self._pieces())
        found = self._db.stream(
            'SELECT DISTINCT article, start, "end", text FROM pieces ORDER BY article, start, "end"'
        )
        texts = {article: _text(article, [p[1:] for p in pieces]) for article, pieces in groupby(found, itemgetter(0))}
        for own_id, n in self._articles.items():
            text = self._texts[own_id] = texts.get(own_id, "")
            self._db.execute("INSERT INTO texts (article, body) VALUES (?, ?)", n, compress(text))
            title = self._db.value("SELECT title FROM articles WHERE n = ?", n)
            write.index_text(self._db, n, Article(metadata=Metadata(id=own_id, title=title), text=text))

    def _pieces(self) -> Iterator[tuple[str, int | None, int | None, str]]:
        """Article, place and words of all that is quoted; what was said has no place if no sentence has it whole."""
        for quoted in self._quoted():
            yield quoted.article, quoted.start, quoted.end, quoted.quote
            yield quoted.article, quoted.sentence_start, quoted.sentence_end, quoted.sentence
            if isinstance(quoted, GraphStatement) and quoted.text not in quoted.sentence:
                yield quoted.article, None, None, quoted.text
        for mention in self._graph.mentions():
            yield mention.article, mention.start, mention.end, mention.quote

    def _quoted(self) -> Iterator[GraphClaim | GraphStatement]:
        yield from self._graph.claims()
        yield from (entity.statement for entity in self._graph.entities() if entity.statement is not None)

    # Entities

    def _take_entities(self) -> None:
        mentions: dict[str, list[GraphMention]] = {}
        for mention in self._graph.mentions():
            mentions.setdefault(mention.entity, []).append(mention)
        for page in _pages(self._graph.entities()):
            found = {self._cluster(entity): entity for entity in page}
            label(self._db, to_json(found), {n: _named(entity) for n, entity in found.items()})
            for cluster, entity in found.items():
                self._members(cluster, entity, mentions.pop(entity.id, []))
        if mentions and not self._clusters.keys() >= mentions.keys():
            raise SourceError(f"{next(iter(mentions))} is mentioned, but the graph has no such entity.")

    def _cluster(self, e: GraphEntity) -> int:
        write.change(self._db, "entity", e.id)
        n = self._db.execute(
            "INSERT INTO clusters (id, type, name, aliases, identifiers, attributes, articles, first_seen, last_seen, "
            "opened) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(*_named(e), e.articles, e.first_seen, e.last_seen, self._seq),
        )
        self._clusters[e.id] = n
        return n

    def _members(self, cluster: int, entity: GraphEntity, mentions: list[GraphMention]) -> None:
        """A row for each member. Which of them an article mentions is not told: the graph is the same for each."""
        ids = sorted({entity.id, *entity.members})
        if len(ids) < len(mentions):
            raise SourceError(f"{entity.id} is mentioned by more articles than it has members.")
        for own_id, mention in zip(ids, [*mentions, *[None] * (len(ids) - len(mentions))], strict=True):
            place = (0, None, None) if mention is None else (mention.count, mention.start, mention.end)
            n = self._article(mention.article if mention else self._home(entity, mentions), entity.id)
            born = self._db.value("SELECT born FROM articles WHERE n = ?", n)
            row = self._entity((own_id, n, entity.type, entity.name, *place, born, cluster))
            if own_id == entity.id:
                self._entities[own_id] = row
        if entity.statement is not None:
            body = _body(entity.statement, self._texts[entity.statement.article])
            self._db.execute("INSERT INTO statements (entity, body) VALUES (?, ?)", self._entities[entity.id], body)

    def _home(self, entity: GraphEntity, mentions: list[GraphMention]) -> str:
        """An article to keep a member by that none is known to mention."""
        if entity.statement is not None:
            return entity.statement.article
        return mentions[0].article if mentions else min(self._articles, default="")

    def _entity(self, row: tuple[object, ...]) -> int:
        return self._db.execute(
            'INSERT INTO entities (id, article, type, name, count, start, "end", born, cluster, opened) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *row,
            self._seq,
        )

    # Relations and claims

    def _take_relations(self) -> None:
        for r in self._graph.relations():
            write.change(self._db, "relation", r.id)
            n = self._db.execute(
                "INSERT INTO relations (id, type, subject, object, status, qualifiers, support, independent, "
                "confidence, first_seen, last_seen, valid_from, valid_to, inferred, opened) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(r.id, r.type, _of(self._clusters, r.subject, r.id), _of(self._clusters, r.object, r.id), r.status),
                *(json.dumps(sorted(r.qualifiers.items()), ensure_ascii=False), r.support, r.independent),
                *(r.confidence, r.first_seen, r.last_seen, r.valid_from, r.valid_to, r.inferred, self._seq),
            )
            self._relations[r.id] = n, r

    def _take_claims(self) -> None:
        for page in _pages(self._graph.claims()):
            self._db.many(
                f"INSERT INTO claims (article, opened, relation, {rows.CLAIM_COLUMNS}) VALUES ({_CLAIM_MARKS})",  # noqa: S608
                [self._claim(claim) for claim in page],
            )
            for claim in page:
                write.change(self._db, "claim", claim.id)

    def _claim(self, c: GraphClaim) -> tuple[object, ...]:
        relation, r = _of(self._relations, c.relation, c.id)
        if (c.type, c.status, {c.subject, c.object}) != (r.type, r.status, {r.subject, r.object}):
            raise SourceError(f"{c.id} says something else than the relation {r.id} that it counts for.")
        return (
            *(self._article(c.article, c.id), self._seq, relation, c.id, c.type),
            *(_of(self._entities, c.subject, c.id), _of(self._entities, c.object, c.id)),
            *(c.status, rows.to_json(c.qualifiers), None if c.time is None else msgspec.json.encode(c.time).decode()),
            *(c.valid_from, c.valid_to, c.confidence, c.rule),
            None if c.attributed_to is None else _of(self._entities, c.attributed_to, c.id),
            *(c.inferred, rows.to_json(c.premises), False, c.start, c.end, c.sentence_start, c.sentence_end),
        )

    def _article(self, article: str, owner: str) -> int:
        return _of(self._articles, article, owner)


def _of(known: dict[str, T], own_id: str, owner: str) -> T:
    if own_id not in known:
        raise SourceError(f"{owner} leads to {own_id or 'an article'}, which the graph does not have.")
    return known[own_id]


def _pages(records: Iterator[T]) -> Iterator[list[T]]:
    page: list[T] = []
    for record in records:
        page.append(record)
        if len(page) == _PAGE:
            yield page
            page = []
    yield page


def _metadata(a: GraphArticle) -> Metadata:
    fields = {name: getattr(a, name) for name in Metadata.__struct_fields__}
    return Metadata(**fields)


def _named(e: GraphEntity) -> tuple[str, str, str, str | None, str | None, str | None]:
    return e.id, e.type, e.name, rows.to_json(e.aliases), rows.to_json(e.identifiers), rows.to_json(e.attributes)


def _text(article: str, pieces: list[tuple[int | None, int | None, str]]) -> str:
    """A text that has each piece at its place, and spaces where nothing is known; those without a place at its end."""
    placed = [(start, end, words) for start, end, words in pieces if start is not None and end is not None]
    buffer = [" "] * max((end for _, end, words in placed if words), default=0)
    for start, end, words in placed:
        if words and len(words) == end - start:
            buffer[start:end] = words
    text = "".join(buffer)
    for start, end, words in placed:
        if text[start:end] != words:
            raise SourceError(f"What is quoted of {article} at {start} does not fit: {rows.short(words)!r}.")
    more = [words for start, _, words in pieces if start is None]
    return "\n".join([text, *more])


def _body(s: GraphStatement, text: str) -> str:
    said = text.index(s.text)
    body = rows.StatementBody(
        speaker=None,
        speaker_span=None,
        cue_span=None,
        content_spans=(Span(start=said, end=said + len(s.text)),),
        quoted=s.quoted,
        act=s.act,
        stance=s.stance,
        about=(),
        addressed_to=None,
        reported_by=(),
        time=s.time,
        confidence=s.confidence,
        rule=s.rule,
        start=s.start,
        end=s.end,
        sentence=(s.sentence_start, s.sentence_end),
    )
    return msgspec.json.encode(body).decode()
