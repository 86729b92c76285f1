"""The record of articles and of what was made of them."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import LedgerError, NotFoundError
from kg.ledger import find, rows, write
from kg.ledger.database import CACHE, Database, Row
from kg.ledger.graph import GraphReader
from kg.ledger.judgements import Judgements
from kg.ledger.results import Counts, Event, FailedInput, Run
from kg.ledger.search import Found
from kg.ledger.text import compress, decompress
from kg.model import Article, Claim, Extraction, Statement

STATUSES = ("new", "done", "failed", "skipped", "retracted")
"""What may have become of an article."""

_PAGE = 200


class Ledger:
    """One SQLite file. What is written is written in one transaction an article.

    `graph` reads what resolution made of it, `judgements` what people decided. `db` is for `kg.resolve` alone.
    All methods raise `LedgerError` where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.db = Database(path)
        self.graph = GraphReader(self.db)
        self.judgements = Judgements(self.db)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open the file, and make it where there is none; its folder must be there."""
        return cls(Path(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def passing_through(self) -> Generator[None]:
        """While everything is read once: little is kept in memory, however large the file is."""
        kept = self.graph.texts.limit
        self.graph.texts.limit = kept // 20
        self.db.execute(f"PRAGMA cache_size = -{CACHE // 8}")
        try:
            yield
        finally:
            self.graph.texts.limit = kept
            self.db.execute(f"PRAGMA cache_size = -{CACHE}")

    # Runs

    def begin(self, command: str, version: str) -> int:
        """Note that a command starts; the number of its run."""
        return self.db.execute("INSERT INTO runs (command, version) VALUES (?, ?)", command, version)

    def end(self, run: int, outcome: str) -> None:
        """Note how a run ended."""
        now = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
        self.db.execute(f"UPDATE runs SET ended = {now}, outcome = ? WHERE n = ?", outcome, run)  # noqa: S608

    def runs(self) -> list[Run]:
        """All runs, the latest first."""
        found = self.db.rows("SELECT n, command, version, started, ended, outcome FROM runs ORDER BY n DESC")
        return [Run(*row) for row in found]

    def readings(self) -> Iterator[tuple[str, int, str]]:
        """The article, the run and the time (UTC) of every extraction that a run made, in the order of the articles."""
        sql = """SELECT a.id, l.run, l.at FROM log l JOIN articles a ON a.n = l.article
                 WHERE l.event LIKE 'extracted%' AND l.run IS NOT NULL ORDER BY a.id, l.n"""
        yield from self.db.stream(sql)

    # Articles

    def put(self, article: Article, run: int | None = None) -> bool:
        """Take an article in as `new`; False where its id is known already, also if it was retracted."""
        with self.db.transaction():
            write.refuse_imported(self.db)
            if self._key(article.id) is not None:
                return False
            n = self.db.execute(
                f"INSERT INTO articles ({rows.ARTICLE_COLUMNS}, status, run, born) "  # noqa: S608 - columns
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', ?, ?)",
                *rows.article_row(article.metadata),
                run,
                rows.born(article.metadata.published),
            )
            self.db.execute("INSERT INTO texts (article, body) VALUES (?, ?)", n, compress(article.text))
            write.note(self.db, n, run, "put", article.metadata.source)
        return True

    def record(self, extraction: Extraction, extractor: str, run: int | None = None) -> None:
        """Write all that an article gives, in one transaction; what it gave before is closed.

        Raises `ExtractionError` where a quote is not what the article's text has at its place, and `NotFoundError`
        where the article was never put.
        """
        own_id = extraction.article.id
        with self.db.transaction():
            write.refuse_imported(self.db)
            n, article = self._known(own_id)
            self._refuse_retracted(n, own_id)
            rows.check_quotes(article, extraction.entities, extraction.relations, extraction.statements)
            again = self._take_back(n, article)
            seq = write.change(self.db, "article", own_id)
            write.close_rows(self.db, n, seq)
            write.open_rows(self.db, n, article, extraction, seq)
            self._set_status(n, "done", None, extractor)
            write.note(self.db, n, run, "extracted again" if again else "extracted", extractor)

    def fail(self, article_id: str, reason: str, run: int | None = None) -> None:
        """Note that an article could not be read; the reason is one sentence."""
        self._leave(article_id, "failed", reason, run)

    def skip(self, article_id: str, reason: str, run: int | None = None) -> None:
        """Note that an article is left out, such as one in a foreign language."""
        self._leave(article_id, "skipped", reason, run)

    def failure(self, source: str, line: int | None, reason: str, run: int | None = None) -> None:
        """Note an input that did not become an article at all."""
        self.db.execute(
            "INSERT INTO failures (run, source, line, reason) VALUES (?, ?, ?, ?)", run, source, line, reason
        )

    def failures(self) -> list[FailedInput]:
        """The inputs that did not become articles, the latest first."""
        found = self.db.rows("SELECT source, line, reason, run FROM failures ORDER BY n DESC")
        return [FailedInput(*row) for row in found]

    def retract(self, article_id: str, *, erase: bool = False, run: int | None = None) -> None:
        """Take back what an article gave; `erase` also deletes its text, quotes and names for good.

        The graph is without it after the next `kg.resolve.resolve`, which also deletes the last of what is erased.
        """
        with self.db.transaction():
            write.refuse_imported(self.db)
            n, article = self._known(article_id)
            self._take_back(n, article)
            seq = write.change(self.db, "article", article_id)
            write.close_rows(self.db, n, seq)
            self._set_status(n, "retracted", None, None)
            if erase:
                write.erase_text(self.db, n)
            write.note(self.db, n, run, "erased" if erase else "retracted")

    def article(self, article_id: str) -> Article | None:
        """An article with its text (empty if it was erased), or none."""
        n = self._key(article_id)
        return None if n is None else self._article(n)

    def articles(self, status: str | None = None) -> Iterator[Article]:
        """The articles in the order they came, of one status or all."""
        condition = "1" if status is None else "status = ?"
        yield from self._paged(condition, () if status is None else (status,))

    def pending(self, extractor: str, *, again: bool = False) -> Iterator[Article]:
        """The articles to be extracted: the new ones; with `again` also failed ones and those of other extractors."""
        return self._paged(*_pending(extractor, again=again))

    def count_pending(self, extractor: str, *, again: bool = False) -> int:
        """How many articles `pending` gives."""
        condition, parameters = _pending(extractor, again=again)
        return int(self.db.value(f"SELECT COUNT(*) FROM articles WHERE {condition}", *parameters))  # noqa: S608

    def reasons(self, status: str = "failed") -> list[tuple[str, str | None, str]]:
        """Id, source and reason of the articles that failed or were skipped."""
        sql = "SELECT id, source, reason FROM articles WHERE status = ? ORDER BY n"
        return [(own_id, source, reason or "") for own_id, source, reason in self.db.rows(sql, status)]

    def extraction(self, article_id: str) -> Extraction:
        """What an article gives, as it was recorded; raises `NotFoundError` where it gives nothing."""
        n, article = self._known(article_id)
        if self._status(n) != "done":
            raise NotFoundError(f"Article {article_id} is {self._status(n)}: nothing was extracted from it.")
        entities = self._live(n, rows.ENTITY_COLUMNS, "type NOT IN ('Statement', 'Article')")
        return Extraction(
            article=article.metadata,
            entities=tuple(rows.entity_of(row, article.text) for row in entities),
            relations=self._claims(n, article.text),
            statements=self._statements(n, article.text),
        )

    # What can be asked

    def search(self, words: str, limit: int = 20) -> list[Found]:
        """Sentences, titles and entities that have all the words; phrases stand in double quotes. The best first."""
        return find.search(self.db, words, limit)

    def log(self, article_id: str) -> list[Event]:
        """All that happened to an article, in order."""
        n, _ = self._known(article_id)
        found = self.db.rows("SELECT event, detail, run, at FROM log WHERE article = ? ORDER BY n", n)
        return [Event(*row) for row in found]

    def counts(self) -> Counts:
        """How much there is."""
        return find.counts(self.db)

    # Inside

    def _key(self, article_id: str) -> int | None:
        found: int | None = self.db.value("SELECT n FROM articles WHERE id = ?", article_id)
        return found

    def _known(self, article_id: str) -> tuple[int, Article]:
        n = self._key(article_id)
        if n is None:
            raise NotFoundError(f"There is no article {article_id} in this workspace; see `kg status`.")
        return n, self._article(n)

    def _article(self, n: int) -> Article:
        return next(self._paged("n = ?", (n,)))

    def _paged(self, condition: str, parameters: tuple[object, ...]) -> Iterator[Article]:
        columns = f"n, {rows.ARTICLE_COLUMNS}, (SELECT body FROM texts WHERE article = n)"  # noqa: S608
        after, found = 0, True
        while found:
            sql = f"SELECT {columns} FROM articles WHERE {condition} AND n > ? ORDER BY n LIMIT {_PAGE}"  # noqa: S608
            page = self.db.rows(sql, *parameters, after)
            for n, *metadata, body in page:
                text = "" if body is None else decompress(body)
                yield Article(metadata=rows.metadata_of(tuple(metadata)), text=text)
                after = n
            found = len(page) == _PAGE

    def _status(self, n: int) -> str:
        return str(self.db.value("SELECT status FROM articles WHERE n = ?", n))

    def _refuse_retracted(self, n: int, article_id: str) -> None:
        if self._status(n) == "retracted":
            raise LedgerError(f"Article {article_id} was retracted and is not extracted again.")

    def _take_back(self, n: int, article: Article) -> bool:
        """Take an article that was done out of the index; whether it was."""
        if self._status(n) != "done":
            return False
        write.unindex_text(self.db, n, article)
        return True

    def _set_status(self, n: int, status: str, reason: str | None, extractor: str | None) -> None:
        sql = "UPDATE articles SET status = ?, reason = ?, extractor = ?, unresolved = 1 WHERE n = ?"
        self.db.execute(sql, status, reason, extractor, n)

    def _leave(self, article_id: str, status: str, reason: str, run: int | None) -> None:
        with self.db.transaction():
            n, _ = self._known(article_id)
            # What an older extractor made of it stays: a newer one that fails takes nothing away.
            if self._status(n) == "new":
                self.db.execute("UPDATE articles SET status = ?, reason = ? WHERE n = ?", status, reason, n)
            write.note(self.db, n, run, status, reason)

    def _live(self, n: int, columns: str, condition: str) -> list[Row]:
        sql = f"""SELECT {columns} FROM entities e LEFT JOIN statements s ON s.entity = e.n
                  WHERE e.article = ? AND e.closed IS NULL AND {condition} ORDER BY e.n"""  # noqa: S608 - columns
        return self.db.rows(sql, n)

    def _claims(self, n: int, text: str) -> tuple[Claim, ...]:
        id_of: dict[int, str] = dict(self._live(n, "e.n, e.id", "1"))
        sql = f"""SELECT {rows.CLAIM_COLUMNS} FROM claims
                  WHERE article = ? AND closed IS NULL AND NOT derived ORDER BY n"""  # noqa: S608 - columns
        return tuple(rows.claim_of(row, id_of, text) for row in self.db.rows(sql, n))

    def _statements(self, n: int, text: str) -> tuple[Statement, ...]:
        found = self._live(n, "e.id, s.body", "s.body IS NOT NULL")
        return tuple(rows.statement_of(own_id, rows.body_of(body), text) for own_id, body in found)


def _pending(extractor: str, *, again: bool) -> tuple[str, tuple[str, ...]]:
    """The condition for articles to be extracted, and its parameters."""
    if again:
        return "(status IN ('new', 'failed') OR (status = 'done' AND extractor IS NOT ?))", (extractor,)
    return "status = 'new'", ()
