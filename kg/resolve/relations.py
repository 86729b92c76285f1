"""Relations: claims of one meaning over canonical entities, and what they weigh together."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce

from kg.ledger.database import Database, Row
from kg.model import relation_id
from kg.model.ontology import RELATIONS, allows

_IN = "(SELECT value FROM json_each(?))"
_SURE = 0.99  # no number of articles makes a claim certain

Ends = tuple[int, int, str, str, str]
"""Subject and object (clusters), type, status and key qualifiers (JSON): what makes claims one relation."""


def reattach(db: Database, claims: Iterable[int], seq: int) -> tuple[set[int], set[str]]:
    """Put claims under the relation they belong to now; the relations touched, and the ids of claims that moved."""
    sql = f"""SELECT c.n, c.id, c.type, c.status, c.qualifiers, c.closed, c.relation, s.n, s.type, o.n, o.type
              FROM claims c JOIN entities cs ON cs.n = c.subject JOIN entities co ON co.n = c.object
              LEFT JOIN clusters s ON s.n = cs.cluster LEFT JOIN clusters o ON o.n = co.cluster
              WHERE c.n IN {_IN}"""  # noqa: S608 - a constant
    found = db.rows(sql, json.dumps(sorted(claims)))
    ends_of = {row[0]: _ends(row) for row in found}
    relation_of = _relations(db, {ends for ends in ends_of.values() if ends is not None}, seq)
    targets = {n: None if ends is None else relation_of[ends] for n, ends in ends_of.items()}
    moved = [(row[0], row[1], row[6]) for row in found if targets[row[0]] != row[6]]
    db.many("UPDATE claims SET relation = ? WHERE n = ?", [(targets[n], n) for n, _, _ in moved])
    touched = {old for _, _, old in moved if old is not None} | {new for n, _, _ in moved if (new := targets[n])}
    return touched, {own_id for _, own_id, _ in moved}


def _ends(row: Row) -> Ends | None:
    """Where a claim belongs; none if it is closed, leads to itself, or its ends' types no longer fit."""
    _, _, type_, status, qualifiers, closed, _, subject, subject_type, object_, object_type = row
    if closed is not None or subject == object_ or not allows(type_, subject_type, object_type):
        return None
    if RELATIONS[type_].symmetric:
        subject, object_ = sorted((subject, object_))
    told = json.loads(qualifiers or "{}")
    keys = sorted((key, told[key]) for key in RELATIONS[type_].key_qualifiers if key in told)
    return subject, object_, type_, status, json.dumps(keys, ensure_ascii=False)


def _relations(db: Database, wanted: set[Ends], seq: int) -> dict[Ends, int]:
    """The relation of each of these ends, made where there is none; ids and figures follow in `renew`."""
    found = {ends: n for ends in wanted if (n := _existing(db, ends)) is not None}
    first = db.next_n("relations")
    made = dict(zip(sorted(wanted - found.keys()), range(first, first + len(wanted)), strict=False))
    db.many(
        "INSERT INTO relations (n, id, subject, object, type, status, qualifiers, support, independent, confidence, "
        "inferred, opened) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
        [(n, f"~{n}", *ends, seq) for ends, n in made.items()],
    )
    return found | made


def _existing(db: Database, ends: Ends) -> int | None:
    sql = "SELECT n FROM relations WHERE subject = ? AND object = ? AND type = ? AND status = ? AND qualifiers = ?"
    n: int | None = db.value(sql, *ends)
    return n


_COLUMNS = (
    "id, support, independent, confidence, first_seen, last_seen, valid_from, valid_to, inferred"  # what may change
)


def renew(db: Database, relations: Iterable[int], seq: int) -> tuple[set[str], set[int]]:
    """Work out id and figures of relations; the ids to be told to the stores, and the relations whose id changed."""
    wanted = json.dumps(sorted(relations))
    sql = f"""SELECT r.n, r.type, s.id, o.id, r.status, r.qualifiers, r.opened, r.{_COLUMNS.replace(", ", ", r.")}
              FROM relations r LEFT JOIN clusters s ON s.n = r.subject LEFT JOIN clusters o ON o.n = r.object
              WHERE r.n IN {_IN}"""  # noqa: S608 - columns
    figures = _figures(db, wanted)
    changed: list[tuple[Row, Row | None]] = []
    for row in db.rows(sql, wanted):
        after = (_id(row), *figures[row[0]]) if row[0] in figures else None
        if after != row[7:]:
            changed.append((row, after))
    _write(db, changed, seq)
    ids = {str(values[0]) for row, after in changed for values in (row[7:], after) if values is not None}
    renamed = {row[0] for row, after in changed if after is not None and not _fresh(row) and row[7] != after[0]}
    return {own_id for own_id in ids if not own_id.startswith("~")}, renamed


def _fresh(row: Row) -> bool:
    return str(row[7]).startswith("~")


def _id(row: Row) -> str:
    _, type_, subject, object_, status, qualifiers = row[:6]
    keys = dict(json.loads(qualifiers))
    return relation_id(type_, subject, object_, status, keys, symmetric=RELATIONS[type_].symmetric)


def _figures(db: Database, wanted: str) -> dict[int, Row]:
    """What the claims of each relation weigh: the values of `_COLUMNS` but the id.

    `confidence` is that at least one of the independent voices is right, each taken at its surest claim, and at most
    .99. Inferred claims count only where there are no others.
    """
    sql = f"""SELECT c.relation, c.inferred, a.voice, MAX(c.confidence), COUNT(*), MIN(a.born),
                     MAX(NULLIF(a.born, '~')), MIN(c.valid_from), MAX(c.valid_to)
              FROM claims c JOIN articles a ON a.n = c.article
              WHERE c.relation IN {_IN} AND c.closed IS NULL GROUP BY c.relation, c.inferred, a.voice"""  # noqa: S608
    groups: defaultdict[int, list[Row]] = defaultdict(list)
    for relation, *row in db.rows(sql, wanted):
        groups[relation].append(tuple(row))
    return {relation: _weighed(rows) for relation, rows in groups.items()}


def _weighed(rows: list[Row]) -> Row:
    stated = [row for row in rows if not row[0]]
    shown = stated or rows
    inferred = not stated
    return (
        sum(row[3] for row in stated),
        len(stated),
        max(row[2] for row in shown) if inferred else together(row[2] for row in shown),
        _told(min, (row[4] for row in shown if row[4] != "~")),
        _told(max, (row[5] for row in shown)),
        _told(min, (row[6] for row in shown)),
        _told(max, (row[7] for row in shown)),
        int(inferred),
    )


def _told(choose: object, values: Iterable[str | None]) -> str | None:
    told = sorted(value for value in values if value is not None)
    return None if not told else told[0] if choose is min else told[-1]


def together(confidences: Iterable[float]) -> float:
    """How sure independent claims make together: that not all of them are wrong, at most .99, to 3 decimals."""
    wrong = reduce(lambda product, confidence: product * (1 - confidence), sorted(confidences), 1.0)
    return round(min(1 - wrong, _SURE), 3)


def _write(db: Database, changed: list[tuple[Row, Row | None]], seq: int) -> None:
    keys = ("type", "subject", "object", "status", "qualifiers", *_COLUMNS.split(", "))
    past = [(row, dict(zip(keys, (*row[1:6], *row[7:]), strict=True))) for row, _ in changed if not _fresh(row)]
    db.many(
        "INSERT INTO history (kind, id, opened, closed, record) VALUES ('relation', ?, ?, ?, ?)",
        [(row[7], row[6], seq, json.dumps(record, ensure_ascii=False)) for row, record in past],
    )
    db.many("DELETE FROM relations WHERE n = ?", [(row[0],) for row, after in changed if after is None])
    # Two relations may exchange an id, which is unique.
    db.many(
        "UPDATE relations SET id = '~' || n WHERE n = ?", [(row[0],) for row, after in changed if after is not None]
    )
    assignments = ", ".join(f"{column} = ?" for column in _COLUMNS.split(", "))
    db.many(
        f"UPDATE relations SET {assignments}, opened = ? WHERE n = ?",  # noqa: S608 - columns
        [(*after, seq, row[0]) for row, after in changed if after is not None],
    )


def at_clusters(db: Database, clusters: Iterable[int]) -> set[int]:
    """The relations at either end of these clusters."""
    wanted = json.dumps(sorted(clusters))
    sql = f"SELECT n FROM relations WHERE subject IN {_IN} UNION SELECT n FROM relations WHERE object IN {_IN}"  # noqa: S608
    return {n for (n,) in db.rows(sql, wanted, wanted)}


def claims_of(db: Database, relations: Iterable[int]) -> Mapping[int, str]:
    """The claims of relations, number to id."""
    sql = f"SELECT n, id FROM claims WHERE relation IN {_IN} AND closed IS NULL"  # noqa: S608 - a constant
    return dict(db.rows(sql, json.dumps(sorted(relations))))


def claims_at(db: Database, entities: Iterable[int]) -> set[int]:
    """The claims at either end of entities of articles."""
    wanted = json.dumps(sorted(entities))
    sql = f"""SELECT n FROM claims WHERE subject IN {_IN} AND closed IS NULL
              UNION SELECT n FROM claims WHERE object IN {_IN} AND closed IS NULL"""  # noqa: S608 - constants
    return {n for (n,) in db.rows(sql, wanted, wanted)}
