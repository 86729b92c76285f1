"""What recording an extraction does to the tables; each function runs inside a transaction of its caller."""

from kg.errors import LedgerError
from kg.ledger import rows
from kg.ledger.database import Database
from kg.ledger.derive import derived_claims
from kg.ledger.find import name_key
from kg.ledger.search import TITLE, passages
from kg.model import Article, Extraction

IMPORTED = "imported"
"""What the ledger remembers an imported graph's file under."""


def refuse_imported(db: Database) -> None:
    """An imported graph is only read: what it was made of is not here; raises `LedgerError`."""
    name = db.value("SELECT value FROM meta WHERE key = ?", IMPORTED)
    if name is not None:
        raise LedgerError(
            f"This workspace holds a graph that was imported from {name}, which is only read; "
            "work on articles in another one: kg --workspace FOLDER ingest SOURCE"
        )


def change(db: Database, kind: str, own_id: str) -> int:
    """Note one change; its seq."""
    return db.execute("INSERT INTO changes (kind, id) VALUES (?, ?)", kind, own_id)


def note(db: Database, article: int, run: int | None, event: str, detail: str | None = None) -> None:
    """Add a line to an article's log."""
    db.execute("INSERT INTO log (article, run, event, detail) VALUES (?, ?, ?, ?)", article, run, event, detail)


def open_rows(db: Database, n: int, article: Article, extraction: Extraction, seq: int) -> None:
    """Write what an article gives: its entities, statements, claims, and its searchable text."""
    n_of = _entities(db, n, article, extraction, seq)
    types = {entity.id: entity.type for entity in extraction.entities}
    types |= {statement.id: "Statement" for statement in extraction.statements} | {article.id: "Article"}
    derived = derived_claims(article.id, extraction.statements, types)
    claims = [rows.claim_row(claim, n_of, derived=False) for claim in extraction.relations]
    claims += [rows.claim_row(claim, n_of, derived=True) for claim in derived]
    marks = ", ".join("?" * 19)
    db.many(
        f"INSERT INTO claims (article, opened, {rows.CLAIM_COLUMNS}) VALUES (?, ?, {marks})",  # noqa: S608 - columns
        [(n, seq, *row) for row in claims],
    )
    index_text(db, n, article)


def _entities(db: Database, n: int, article: Article, extraction: Extraction, seq: int) -> dict[str, int]:
    """Write the entities, statements and the article as an entity; the key of each by its id."""
    none = (None, None, None, None, 0, None, None)
    values = [rows.entity_row(entity) for entity in extraction.entities]
    values += [(s.id, "Statement", rows.short(s.text), *none) for s in extraction.statements]
    values.append((article.id, "Article", article.metadata.title or "", *none))
    first, day = db.next_n("entities"), rows.born(article.metadata.published)
    db.many(
        f'INSERT INTO entities (n, article, born, opened, {rows.ENTITY_COLUMNS}, count, start, "end") '  # noqa: S608
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(own, n, day, seq, *row) for own, row in enumerate(values, start=first)],
    )
    n_of = {str(row[0]): own for own, row in enumerate(values, start=first)}
    db.many(
        "INSERT INTO statements (entity, body) VALUES (?, ?)",
        [(n_of[s.id], rows.statement_json(s)) for s in extraction.statements],
    )
    return n_of


def close_rows(db: Database, n: int, seq: int) -> None:
    """Close what an article gave; it stays readable in the past."""
    db.execute("UPDATE entities SET closed = ? WHERE article = ? AND closed IS NULL", seq, n)
    db.execute("UPDATE claims SET closed = ? WHERE article = ? AND closed IS NULL", seq, n)


def _indexed(n: int, article: Article) -> list[tuple[int, str]]:
    text, title = article.text, article.metadata.title
    found = [(n << 32 | start, text[start:end]) for start, end in passages(text)]
    return [*found, (n << 32 | TITLE, title)] if title else found


def index_text(db: Database, n: int, article: Article) -> None:
    """Make an article's sentences and title searchable."""
    db.many("INSERT INTO passages (rowid, text) VALUES (?, ?)", _clean(_indexed(n, article)))


def unindex_text(db: Database, n: int, article: Article) -> None:
    """Take an article's sentences and title out of the index; it keeps no copy, so they are told to it again."""
    rows_ = _clean(_indexed(n, article))
    db.many("INSERT INTO passages (passages, rowid, text) VALUES ('delete', ?, ?)", rows_)


def _clean(found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    # FTS5 takes no lone surrogates, which a text may hold.
    return [(rowid, text.encode("utf-8", "replace").decode()) for rowid, text in found]


def erase_text(db: Database, n: int) -> None:
    """Delete an article's text, title and authors. Its rows follow in `erase_rows`, once the graph is without them.

    SQLite overwrites what it deletes with zeros (`secure_delete`).
    """
    db.execute("DELETE FROM texts WHERE article = ?", n)
    db.execute("UPDATE articles SET title = NULL, authors = '[]', erase = 1 WHERE n = ?", n)


def erase_rows(db: Database, n: int) -> None:
    """Delete what an article said, and what the graph held of it in the past; the graph is without it already."""
    _erase_history(db, n)
    db.execute("DELETE FROM claims WHERE article = ?", n)
    db.execute("DELETE FROM statements WHERE entity IN (SELECT n FROM entities WHERE article = ?)", n)
    db.execute("DELETE FROM entities WHERE article = ?", n)
    db.execute("UPDATE articles SET erase = 0 WHERE n = ?", n)
    for index in ("passages", "labels"):
        # Deleted words stay in the index's older segments until these are merged.
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - names of tables


def _erase_history(db: Database, n: int) -> None:
    """Delete past states that hold a name which no entity has any more."""
    names: set[str] = set()
    for name, aliases in db.rows("SELECT name, aliases FROM entities WHERE article = ?", n):
        names |= {name, *rows.from_json(aliases, ())}
    gone = [name for name in sorted(names) if db.row("SELECT 1 FROM names WHERE key = ?", name_key(name)) is None]
    # Names stand in a JSON text, there in quotes and escaped.
    sql = "DELETE FROM history WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE instr(record, value))"
    db.execute(sql, rows.to_json([(rows.to_json(name) or '""')[1:-1] for name in gone]) or "[]")
