"""Looking things up by words: full text, names, counts, and why a cluster is one."""

import unicodedata

from kg.ledger.database import Database, Row
from kg.ledger.results import Candidate, Counts, Reason
from kg.ledger.search import TITLE, Found, match_expression, passages
from kg.ledger.text import decompress
from kg.model import normalise

_OFFSET = (1 << 32) - 1
_MAIN = 5  # what a main name weighs, in articles of an alias


def name_key(name: str) -> str:
    """A name as it is looked up: normalised, without diacritics."""
    plain = unicodedata.normalize("NFD", normalise(name))
    return "".join(c for c in plain if not unicodedata.combining(c))


def search(db: Database, words: str, limit: int) -> list[Found]:
    """Entities first, then titles and sentences, the best match first."""
    expression = match_expression(words)
    if expression is None:
        return []
    entities = [_entity(row) for row in _labelled(db, expression, limit)]
    sql = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank, rowid LIMIT ?"
    hits = [rowid for (rowid,) in db.rows(sql, expression, limit)]
    titles = [hit for hit in hits if hit & _OFFSET == TITLE]
    sentences = [hit for hit in hits if hit & _OFFSET != TITLE]
    return [*entities, *(_passage(db, hit) for hit in titles + sentences)][:limit]


def _labelled(db: Database, expression: str, limit: int) -> list[Row]:
    sql = """SELECT c.id, c.type, c.name, c.articles, c.first_seen, c.aliases FROM labels l
             JOIN clusters c ON c.n = l.rowid
             WHERE labels MATCH ? ORDER BY c.articles DESC, c.id LIMIT ?"""
    return db.rows(sql, expression, limit)


def _entity(row: Row) -> Found:
    own_id, type_, name, articles, first_seen, _ = row
    snippet = f"{type_}, in {articles} article{'s' if articles != 1 else ''}"
    return Found(kind="entity", id=own_id, name=name, published=first_seen, snippet=snippet)


def _passage(db: Database, hit: int) -> Found:
    n, offset = hit >> 32, hit & _OFFSET
    row = db.row(
        "SELECT a.id, a.title, a.published, t.body FROM articles a JOIN texts t ON t.article = a.n WHERE a.n = ?", n
    )
    own_id, title, published, body = row or ("", "", None, b"")
    if offset == TITLE:
        return Found(kind="title", id=own_id, name=title, article=own_id, published=published, snippet=title)
    text = decompress(body)
    start, end = next(span for span in passages(text) if span[0] == offset)
    return Found(
        kind="sentence",
        id=own_id,
        name=title or "",
        article=own_id,
        published=published,
        snippet=" ".join(text[start:end].split()),
        start=start,
        end=end,
    )


def candidates(db: Database, name: str, limit: int) -> list[Candidate]:
    """Those that go by the whole name, the likeliest first, or else those whose names have its words.

    A main name weighs as much as an alias in so many times the articles: Washington is the city, though a country goes
    by it too; Trump is who is so called in forty articles, not who has no other name in one.
    """
    sql = """SELECT c.id, c.type, c.name, c.articles FROM names k JOIN clusters c ON c.n = k.cluster
             WHERE k.key = ? ORDER BY c.articles * IIF(k.main, ?, 1) DESC, k.main DESC, c.id LIMIT ?"""
    exact = db.rows(sql, name_key(name), _MAIN, limit)
    if exact:
        return [_candidate(row, exact=True) for row in exact]
    expression = match_expression(name)
    found = [] if expression is None else _labelled(db, expression, limit)
    return [_candidate(row, exact=False) for row in found]


def _candidate(row: Row, *, exact: bool) -> Candidate:
    own_id, type_, name, articles = row[:4]
    return Candidate(id=own_id, type=type_, name=name, articles=articles, exact=exact)


def counts(db: Database) -> Counts:
    """How much there is."""
    return Counts(
        articles=dict(db.rows("SELECT status, COUNT(*) FROM articles GROUP BY status ORDER BY status")),
        entities=dict(
            db.rows("SELECT type, COUNT(*) FROM clusters GROUP BY type HAVING type != 'Article' ORDER BY type")
        ),
        claims=db.value("SELECT COUNT(*) FROM claims WHERE closed IS NULL AND relation IS NOT NULL"),
        relations=db.value("SELECT COUNT(*) FROM relations"),
        mentions=db.value("SELECT COALESCE(SUM(count), 0) FROM entities WHERE closed IS NULL"),
        failures=db.value("SELECT COUNT(*) FROM failures"),
        unresolved=db.value("SELECT COUNT(*) FROM articles WHERE unresolved"),
        seq=db.value("SELECT MAX(seq) FROM changes") or 0,
    )


def reasons(db: Database, canonical: str) -> list[Reason]:
    """The keys of a cluster by size, then the links between them that were followed."""
    own = "SELECT s.n FROM slots s JOIN clusters c ON c.n = s.cluster WHERE c.id = ?"
    keys = db.rows(
        "SELECT s.block, s.size FROM slots s JOIN clusters c ON c.n = s.cluster WHERE c.id = ? AND s.size > 0 "
        "ORDER BY s.size DESC, s.block",
        canonical,
    )
    links = db.rows(
        f"""SELECT l.kind, l.weak, s.block, l.size FROM links l JOIN slots s ON s.n = l.strong
            WHERE l.strong IN ({own}) AND l.weak != s.block
            AND l.weak IN (SELECT block FROM slots WHERE n IN ({own})) ORDER BY l.kind, l.weak, s.block""",  # noqa: S608
        canonical,
        canonical,
    )
    return [Reason("key", key, None, size) for key, size in keys] + [Reason(*link) for link in links]
