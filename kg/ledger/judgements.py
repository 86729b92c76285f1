"""What people decided about two entities; appended, never changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import NotFoundError, UsageError
from kg.ledger.database import Database, Row
from kg.ledger.write import refuse_imported

VERDICTS = ("same", "different", "unsure")
"""Of two judgements on the same pair the later one counts; `unsure` takes an earlier one back."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two entities, with what finds it again when its article is replaced."""

    id: str
    name: str
    type: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision that two entities are the same, different, or that one is unsure."""

    n: int
    verdict: str
    left: Side
    right: Side
    judge: str
    reason: str | None


class Judgements:
    """The decisions, in the order they were made."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, left: str, right: str, verdict: str, judge: str, reason: str | None = None) -> int:
        """Append a judgement on two entities by any of their ids; `kg.resolve.resolve` then honours it.

        Raises `NotFoundError` for an unknown id, `UsageError` for a verdict that is none, one entity given twice,
        or a statement, an article or a group, which never merge.
        """
        if verdict not in VERDICTS:
            raise UsageError(f"{verdict!r} is no verdict; it is one of {', '.join(VERDICTS)}.")
        sides = [self._side(left), self._side(right)]
        if left == right:
            raise UsageError(f"{sides[0].name!r} was given twice; a judgement is about two entities.")
        with self._db.transaction():
            refuse_imported(self._db)
            return self._db.execute(
                "INSERT INTO judgements (verdict, left_id, left_name, left_type, left_url, right_id, right_name, "
                "right_type, right_url, judge, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                verdict,
                *(part for side in sides for part in (side.id, side.name, side.type, side.url)),
                judge,
                reason,
            )

    def all(self) -> Iterator[Judgement]:
        """All judgements."""
        sql = """SELECT n, verdict, left_id, left_name, left_type, left_url, right_id, right_name, right_type,
                 right_url, judge, reason FROM judgements ORDER BY n"""
        return (_judgement(row) for row in self._db.rows(sql))

    def _side(self, own_id: str) -> Side:
        sql = """SELECT e.id, e.name, e.type, a.url FROM entities e JOIN articles a ON a.n = e.article
                 WHERE e.id = ? AND e.closed IS NULL"""
        row = self._db.row(sql, own_id)
        if row is None:
            raise NotFoundError(f"There is no entity {own_id}; `kg search` finds entities by their names.")
        if row[2] in {"Statement", "Article", "Group"}:
            raise UsageError(f"{row[1]!r} is a {row[2]}, which is never the same as another.")
        return Side(*row)


def _judgement(row: Row) -> Judgement:
    n, verdict, *sides, judge, reason = row
    return Judgement(n, verdict, Side(*sides[:4]), Side(*sides[4:]), judge, reason)
