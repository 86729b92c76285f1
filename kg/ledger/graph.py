"""The graph as resolution left it: what stores, queries and exports read."""

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from kg.errors import NotFoundError
from kg.ledger import find, rows
from kg.ledger.database import Database, Row
from kg.ledger.results import Candidate, Change, Reason
from kg.ledger.text import Texts
from kg.model import Metadata
from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation, GraphStatement
from kg.model.ontology import RELATIONS

_PAGE = 1000

_decode = msgspec.json.decode

_ARTICLES = f"""
SELECT {rows.ARTICLE_COLUMNS}, extractor FROM articles WHERE status = 'done' AND """  # noqa: S608 - columns

_ENTITIES = """
SELECT c.id, c.n, c.type, c.name, c.aliases, c.identifiers, c.attributes, c.articles, c.first_seen, c.last_seen
FROM clusters c WHERE c.type != 'Article' AND """

_RELATION_COLUMNS = """
r.id, r.type, s.id, o.id, r.status, r.qualifiers, r.support, r.independent, r.confidence, r.first_seen, r.last_seen,
r.valid_from, r.valid_to, r.inferred
"""

_RELATIONS = f"""
SELECT {_RELATION_COLUMNS}
FROM relations r JOIN clusters s ON s.n = r.subject JOIN clusters o ON o.n = r.object WHERE """  # noqa: S608 - columns

_CLAIMS = """
SELECT c.id, r.id, a.id, c.type, s.id, o.id, c.status, c.qualifiers, c.time, c.valid_from, c.valid_to, c.confidence,
       c.rule, t.id, c.inferred, c.premises, c.start, c."end", c.sentence_start, c.sentence_end, c.article
FROM claims c JOIN relations r ON r.n = c.relation JOIN articles a ON a.n = c.article
JOIN clusters s ON s.n = r.subject JOIN clusters o ON o.n = r.object
LEFT JOIN entities t ON t.n = c.attributed_to
WHERE c.closed IS NULL AND """

_MENTIONS = """
SELECT a.id, c.id, SUM(e.count), MIN(e.start), e."end", e.article
FROM articles a JOIN entities e ON e.article = a.n AND e.closed IS NULL AND e.count > 0
JOIN clusters c ON c.n = e.cluster
WHERE {} GROUP BY a.id, c.id ORDER BY a.id, c.id"""


class GraphReader:
    """Records come in the order of their ids, in pages, so that any number fits in memory.

    Where ids are given, those that are gone are left out of the answer: a store deletes them.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self.texts = Texts(db)
        self._text = self.texts.of

    def last_seq(self) -> int:
        """The number of the latest change; 0 before the first."""
        return int(self._db.value("SELECT MAX(seq) FROM changes") or 0)

    def changes(self, after: int, limit: int) -> list[Change]:
        """What changed after a seq, at most `limit` changes further, each thing once with its latest seq."""
        found = self._db.rows("SELECT seq, kind, id FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
        latest = {(kind, own_id): seq for seq, kind, own_id in found}
        return sorted((Change(seq, *thing) for thing, seq in latest.items()), key=lambda change: change.seq)

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[GraphArticle]:
        """Articles that gave something."""
        for page in self._pages(_ARTICLES, "id", ids):
            for row in page:
                yield _article(rows.metadata_of(row[:-1]), row[-1])

    def entities(self, ids: Iterable[str] | None = None) -> Iterator[GraphEntity]:
        """Canonical entities, statements among them; ids of members that are not canonical find nothing."""
        for page in self._pages(_ENTITIES, "c.id", ids):
            yield from self._entities(page)

    def relations(self, ids: Iterable[str] | None = None) -> Iterator[GraphRelation]:
        """Relations over canonical ids."""
        for page in self._pages(_RELATIONS, "r.id", ids):
            yield from map(_relation, page)

    def claims(self, ids: Iterable[str] | None = None) -> Iterator[GraphClaim]:
        """Claims over canonical ids; the ends of a symmetric one stand as they do in its relation."""
        for page in self._pages(_CLAIMS, "c.id", ids):
            yield from map(self._claim, page)

    def mentions(self, articles: Iterable[str] | None = None) -> Iterator[GraphMention]:
        """Which article mentions which entity how often, ordered by article and entity."""
        wanted = (a.id for a in self.articles(articles))
        while batch := list(islice(wanted, _PAGE // 10)):
            ids = msgspec.json.encode(batch).decode()
            for row in self._db.rows(_MENTIONS.format("a.id IN (SELECT value FROM json_each(?))"), ids):
                yield self._mention(row)

    def claims_in(self, articles: Iterable[str]) -> Iterator[GraphClaim]:
        """The claims that articles make, ordered by article and id."""
        wanted = iter(sorted(set(articles)))
        while batch := list(islice(wanted, _PAGE // 10)):
            ids = msgspec.json.encode(batch).decode()
            chosen = "a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id, c.id"
            yield from map(self._claim, self._db.rows(f"{_CLAIMS} {chosen}", ids))

    def canonical(self, entity_id: str) -> str:
        """The canonical id of an entity by any of its ids; raises `NotFoundError`."""
        sql = """SELECT c.id FROM entities e JOIN clusters c ON c.n = e.cluster WHERE e.id = ? AND e.closed IS NULL"""
        found = self._db.value(sql, entity_id)
        if found is None:
            raise NotFoundError(f"There is no entity {entity_id}; `kg search` finds entities by their names.")
        return str(found)

    def find(self, name: str, limit: int = 20) -> list[Candidate]:
        """The entities that go by a name, those with the most articles first; else those whose names have its words."""
        return find.candidates(self._db, name, limit)

    def names(self) -> Iterator[tuple[str, str]]:
        """Every key that an entity is looked up by, and its name; of entities with one key, the commonest last."""
        sql = """SELECT k.key, c.name FROM names k JOIN clusters c ON c.n = k.cluster
                 WHERE c.type NOT IN ('Article', 'Statement', 'Group') ORDER BY k.key, c.articles, c.id DESC"""
        yield from self._db.stream(sql)

    def articles_naming(self, entity: str) -> Iterator[GraphArticle]:
        """The articles that mention a canonical entity, by id."""
        sql = """SELECT DISTINCT a.id FROM entities e
                 JOIN clusters c ON c.n = e.cluster JOIN articles a ON a.n = e.article
                 WHERE c.id = ? AND e.closed IS NULL AND e.count > 0"""
        yield from self.articles([own_id for (own_id,) in self._db.rows(sql, entity)])

    def claims_of(
        self,
        *,
        relation: str | None = None,
        subject: str | None = None,
        object: str | None = None,  # noqa: A002
        article: str | None = None,
    ) -> Iterator[GraphClaim]:
        """The claims of a relation, of an article, or between canonical entities, in the order of their ids."""
        given = (("r.id", relation), ("s.id", subject), ("o.id", object), ("a.id", article))
        wanted = [(column, value) for column, value in given if value is not None]
        condition = " AND ".join(f"{column} = ?" for column, _ in wanted) or "1"
        yield from map(self._claim, self._db.stream(f"{_CLAIMS} {condition} ORDER BY c.id", *(v for _, v in wanted)))

    def relations_of(self, entity: str) -> Iterator[GraphRelation]:
        """The relations at either end of a canonical entity, in the order of their ids."""
        ends = "SELECT n FROM relations WHERE {0} = (SELECT n FROM clusters WHERE id = ?)"
        both = f"r.n IN ({ends.format('subject')} UNION {ends.format('object')}) ORDER BY r.id"
        yield from map(_relation, self._db.stream(f"{_RELATIONS} {both}", entity, entity))

    def why_same(self, entity_id: str) -> list[Reason]:
        """The keys that made a cluster one, and the links between them."""
        return find.reasons(self._db, self.canonical(entity_id))

    # Inside

    def _pages(self, select: str, column: str, ids: Iterable[str] | None) -> Iterator[list[Row]]:
        if ids is None:
            yield from self._all(select, column)
            return
        wanted = iter(sorted(set(ids)))
        while batch := list(islice(wanted, _PAGE)):
            sql = f"{select} {column} IN (SELECT value FROM json_each(?)) ORDER BY {column}"  # noqa: S608 - constants
            yield self._db.rows(sql, msgspec.json.encode(batch).decode())

    def _all(self, select: str, column: str) -> Iterator[list[Row]]:
        sql = f"{select} {column} > ? ORDER BY {column} LIMIT {_PAGE}"
        page = self._db.rows(sql, "")
        while page:
            yield page
            page = self._db.rows(sql, page[-1][0])

    def _entities(self, page: list[Row]) -> Iterator[GraphEntity]:
        members = self._members([row[1] for row in page])
        statements = self._statements([row[1] for row in page if row[2] == "Statement"])
        for row in page:
            own_id, n, type_, name, aliases, identifiers, attributes, articles, first_seen, last_seen = row
            yield GraphEntity(
                id=own_id,
                type=type_,
                name=name,
                aliases=tuple(rows.from_json(aliases, ())),
                identifiers=rows.from_json(identifiers, {}),
                attributes=rows.from_json(attributes, {}),
                members=tuple(m for m in members.get(n, ()) if m != own_id),
                articles=articles,
                first_seen=first_seen,
                last_seen=last_seen,
                statement=statements.get(n),
            )

    def _members(self, clusters: list[int]) -> dict[int, list[str]]:
        sql = """SELECT cluster, id FROM entities
                 WHERE cluster IN (SELECT value FROM json_each(?)) AND closed IS NULL ORDER BY id"""
        members: dict[int, list[str]] = {}
        for cluster, own_id in self._db.rows(sql, msgspec.json.encode(clusters).decode()):
            members.setdefault(cluster, []).append(own_id)
        return members

    def _statements(self, clusters: list[int]) -> dict[int, GraphStatement]:
        sql = """SELECT e.cluster, a.id, e.article, s.body FROM entities e
                 JOIN statements s ON s.entity = e.n JOIN articles a ON a.n = e.article
                 WHERE e.cluster IN (SELECT value FROM json_each(?)) AND e.closed IS NULL"""
        found = self._db.rows(sql, msgspec.json.encode(clusters).decode())
        return {cluster: self._statement(article, n, rows.body_of(body)) for cluster, article, n, body in found}

    def _statement(self, article: str, n: int, body: rows.StatementBody) -> GraphStatement:
        text = self._text(n)
        start, end = body.sentence
        return GraphStatement(
            article=article,
            text=rows.said(text, body.content_spans),
            quoted=body.quoted,
            act=body.act,
            stance=body.stance,
            time=body.time,
            confidence=body.confidence,
            rule=body.rule,
            start=body.start,
            end=body.end,
            quote=text[body.start : body.end],
            sentence=text[start:end],
            sentence_start=start,
            sentence_end=end,
        )

    def _claim(self, row: Row) -> GraphClaim:
        own_id, relation, article, type_, subject, object_, status, qualifiers, time, valid_from, valid_to = row[:11]
        confidence, rule, attributed_to, inferred, premises, start, end, s_start, s_end, n = row[11:]
        subject, object_ = _sorted_ends(type_, subject, object_)
        text = self._text(n)
        return GraphClaim(
            id=own_id,
            relation=relation,
            article=article,
            type=type_,
            subject=subject,
            object=object_,
            status=status,
            qualifiers=rows.from_json(qualifiers, {}),
            time=rows.time_of(time),
            valid_from=valid_from,
            valid_to=valid_to,
            confidence=confidence,
            rule=rule,
            attributed_to=attributed_to,
            inferred=bool(inferred),
            premises=tuple(rows.from_json(premises, ())),
            start=start,
            end=end,
            quote=text[start:end],
            sentence=text[s_start:s_end],
            sentence_start=s_start,
            sentence_end=s_end,
        )

    def _mention(self, row: Row) -> GraphMention:
        article, entity, count, start, end, n = row
        return GraphMention(
            article=article, entity=entity, count=count, start=start, end=end, quote=self._text(n)[start:end]
        )


def _article(m: Metadata, extractor: str | None) -> GraphArticle:
    return GraphArticle(
        id=m.id,
        source=m.source,
        url=m.url,
        title=m.title,
        publisher=m.publisher,
        authors=m.authors,
        published=m.published,
        modified=m.modified,
        language=m.language,
        extractor=extractor,
    )


def _sorted_ends(type_: str, subject: str, object_: str) -> tuple[str, str]:
    if RELATIONS[type_].symmetric and object_ < subject:
        return object_, subject
    return subject, object_


def _relation(row: Row) -> GraphRelation:
    own_id, type_, subject, object_, status, qualifiers, support, independent, confidence = row[:9]
    first_seen, last_seen, valid_from, valid_to, inferred = row[9:]
    subject, object_ = _sorted_ends(type_, subject, object_)
    return GraphRelation(
        id=own_id,
        type=type_,
        subject=subject,
        object=object_,
        status=status,
        qualifiers=dict(_decode(qualifiers)),
        support=support,
        independent=independent,
        confidence=confidence,
        first_seen=first_seen,
        last_seen=last_seen,
        valid_from=valid_from,
        valid_to=valid_to,
        inferred=bool(inferred),
    )
