"""Relations: claims of one meaning over canonical entities, and what they weigh together."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce

from kg.ledger.database import Database, Row
from kg.model import relation_id
from kg.model.ontology import RELATIONS, allows
from kg.resolve.sql import to_json

_IN = "(SELECT value FROM json_each(?))"
_SURE = 0.99  # no number of articles makes a claim certain

Ends = tuple[int, int, str, str, str]
"""Subject and object (clusters), type, status and key qualifiers (JSON): what makes claims one relation."""


def unname(db: Database, clusters: Iterable[int]) -> dict[int, str]:
    """Take the ids from the relations at clusters whose own id changed or that are gone; what these were.

    Done before any relation is made: another one may get the id.
    """
    wanted = to_json(clusters)
    sql = f"""SELECT n, id FROM relations WHERE subject IN {_IN}
              UNION SELECT n, id FROM relations WHERE object IN {_IN}"""  # noqa: S608 - constants
    ids: dict[int, str] = dict(db.rows(sql, wanted, wanted))
    db.many("UPDATE relations SET id = '~' || n WHERE n = ?", [(n,) for n in ids])
    return ids


def reattach(db: Database, claims: Iterable[int], seq: int) -> tuple[set[int], set[str]]:
    """Put claims under the relation they belong to now; the relations touched, and the ids of claims that moved."""
    sql = f"""SELECT c.n, c.id, c.type, c.status, c.qualifiers, c.closed, c.relation, s.n, s.type, o.n, o.type,
                     s.id, o.id
              FROM claims c JOIN entities cs ON cs.n = c.subject JOIN entities co ON co.n = c.object
              LEFT JOIN clusters s ON s.n = cs.cluster LEFT JOIN clusters o ON o.n = co.cluster
              WHERE c.n IN {_IN}"""  # noqa: S608 - a constant
    found = db.rows(sql, to_json(claims))
    ends_of = {row[0]: _ends(row) for row in found}
    id_of = {row[7]: row[11] for row in found} | {row[9]: row[12] for row in found}
    relation_of = _relations(db, {ends for ends in ends_of.values() if ends is not None}, id_of, seq)
    targets = {n: None if ends is None else relation_of[ends] for n, ends in ends_of.items()}
    moved = [(row[0], row[1], row[6]) for row in found if targets[row[0]] != row[6]]
    db.many("UPDATE claims SET relation = ? WHERE n = ?", [(targets[n], n) for n, _, _ in moved])
    touched = {old for _, _, old in moved if old is not None} | {new for n, _, _ in moved if (new := targets[n])}
    return touched, {own_id for _, own_id, _ in moved}


def _ends(row: Row) -> Ends | None:
    """Where a claim belongs; none if it is closed, leads to itself, or its ends' types no longer fit."""
    _, _, type_, status, qualifiers, closed, _, subject, subject_type, object_, object_type = row[:11]
    if closed is not None or subject == object_ or not allows(type_, subject_type, object_type):
        return None
    if RELATIONS[type_].symmetric:
        subject, object_ = sorted((subject, object_))
    return subject, object_, type_, status, _key_qualifiers(type_, qualifiers)


def _key_qualifiers(type_: str, qualifiers: str | None) -> str:
    keys = RELATIONS[type_].key_qualifiers
    if qualifiers is None or not keys:
        return "[]"
    told = json.loads(qualifiers)
    return json.dumps(sorted((key, told[key]) for key in keys if key in told), ensure_ascii=False)


def _relations(db: Database, wanted: set[Ends], id_of: Mapping[int, str], seq: int) -> dict[Ends, int]:
    """The relation of each of these ends, made where there is none; figures follow in `renew`."""
    ordered = sorted(wanted)
    first = db.next_n("relations")
    made = [(first + i, _id(ends, id_of), *ends, seq) for i, ends in enumerate(ordered)]
    db.many(
        "INSERT INTO relations (n, id, subject, object, type, status, qualifiers, support, independent, confidence, "
        "inferred, opened) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?) "
        "ON CONFLICT (subject, object, type, status, qualifiers) DO NOTHING",
        made,
    )
    sql = """SELECT j.key, r.n FROM json_each(?) j JOIN relations r ON r.subject = json_extract(j.value, '$[0]')
             AND r.object = json_extract(j.value, '$[1]') AND r.type = json_extract(j.value, '$[2]')
             AND r.status = json_extract(j.value, '$[3]') AND r.qualifiers = json_extract(j.value, '$[4]')"""
    return {ordered[i]: n for i, n in db.rows(sql, to_json(ordered))}


def _id(ends: Ends, id_of: Mapping[int, str]) -> str:
    subject, object_, type_, status, qualifiers = ends
    keys = {} if qualifiers == "[]" else dict(json.loads(qualifiers))
    return relation_id(type_, id_of[subject], id_of[object_], status, keys, symmetric=RELATIONS[type_].symmetric)


# What may change of a relation.
_COLUMNS = "id, support, independent, confidence, first_seen, last_seen, valid_from, valid_to, inferred"


def renew(db: Database, relations: Iterable[int], unnamed: Mapping[int, str], seq: int) -> tuple[set[str], set[int]]:
    """Work out the figures of relations, and the ids of the unnamed.

    `unnamed` holds the former ids, as `unname` gave them. Gives the ids to be told to the stores, and the relations
    that have another id now.
    """
    wanted = to_json({*relations, *unnamed})
    sql = f"""SELECT n, subject, object, type, status, qualifiers, opened, {_COLUMNS}
              FROM relations WHERE n IN {_IN}"""  # noqa: S608 - columns
    figures, id_of = _figures(db, wanted), _cluster_ids(db, unnamed)
    changed: list[tuple[Row, Row | None]] = []
    for n, *row in db.rows(sql, wanted):
        before = (n, *row[:6], unnamed.get(n, row[6]), *row[7:])
        own_id = row[6] if n not in unnamed or n not in figures else _id(tuple(row[:5]), id_of)
        after = (own_id, *figures[n]) if n in figures else None
        if after != before[7:] or n in unnamed:
            changed.append((before, after))
    _write(db, changed, seq)
    ids = {str(values[0]) for before, after in changed for values in (before[7:], after) if values is not None}
    return ids, {before[0] for before, after in changed if after is not None and before[7] != after[0]}


def _cluster_ids(db: Database, relations: Iterable[int]) -> dict[int, str]:
    sql = f"""SELECT c.n, c.id FROM clusters c JOIN relations r ON c.n IN (r.subject, r.object)
              WHERE r.n IN {_IN}"""  # noqa: S608 - a constant
    return dict(db.rows(sql, to_json(relations)))


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
    return (
        sum(row[3] for row in stated),
        len(stated),
        together([row[2] for row in stated]) if stated else max(row[2] for row in shown),
        min((row[4] for row in shown if row[4] != "~"), default=None),
        max((row[5] for row in shown if row[5] is not None), default=None),
        min((row[6] for row in shown if row[6] is not None), default=None),
        max((row[7] for row in shown if row[7] is not None), default=None),
        int(not stated),
    )


def together(confidences: Iterable[float]) -> float:
    """How sure independent claims make together: that not all of them are wrong, at most .99, to 3 decimals."""
    wrong = reduce(lambda product, confidence: product * (1 - confidence), sorted(confidences), 1.0)
    return round(min(1 - wrong, _SURE), 3)


def _write(db: Database, changed: list[tuple[Row, Row | None]], seq: int) -> None:
    keys = ("subject", "object", "type", "status", "qualifiers", *_COLUMNS.split(", "))
    past = [(row, dict(zip(keys, (*row[1:6], *row[7:]), strict=True))) for row, _ in changed if row[6] != seq]
    db.many(
        "INSERT INTO history (kind, id, opened, closed, record) VALUES ('relation', ?, ?, ?, ?)",
        [(row[7], row[6], seq, json.dumps(record, ensure_ascii=False)) for row, record in past],
    )
    db.many("DELETE FROM relations WHERE n = ?", [(row[0],) for row, after in changed if after is None])
    assignments = ", ".join(f"{column} = ?" for column in _COLUMNS.split(", "))
    db.many(
        f"UPDATE relations SET {assignments}, opened = ? WHERE n = ?",  # noqa: S608 - columns
        [(*after, seq, row[0]) for row, after in changed if after is not None],
    )


def claims_of(db: Database, relations: Iterable[int]) -> Mapping[int, str]:
    """The claims of relations, number to id."""
    sql = f"SELECT n, id FROM claims WHERE relation IN {_IN} AND closed IS NULL"  # noqa: S608 - a constant
    return dict(db.rows(sql, to_json(relations)))


def claims_at(db: Database, entities: Iterable[int]) -> set[int]:
    """The claims at either end of entities of articles."""
    wanted = to_json(entities)
    sql = f"""SELECT n FROM claims WHERE subject IN {_IN} AND closed IS NULL
              UNION SELECT n FROM claims WHERE object IN {_IN} AND closed IS NULL"""  # noqa: S608 - constants
    return {n for (n,) in db.rows(sql, wanted, wanted)}
