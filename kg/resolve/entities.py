"""Canonical entities: the id, name, type and figures of each cluster that changed."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from kg.ledger.database import Database, Row
from kg.ledger.find import name_key
from kg.model.ontology import ENTITY_TYPES
from kg.resolve.slots import forms_of
from kg.resolve.sql import IN as _IN
from kg.resolve.sql import from_json, to_json

_COLUMNS = "id, type, name, aliases, identifiers, attributes, articles, first_seen, last_seen"
_UNNAMED = frozenset({"Statement", "Article"})


@dataclass(slots=True)
class Renewed:
    """What came of clusters: those with another id or type than before, those gone, and the ids to tell the stores."""

    renamed: set[int] = field(default_factory=set)
    retyped: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)


Forms = Mapping[str, Counter[str]]


def renew(db: Database, clusters: Iterable[int], seq: int) -> Renewed:
    """Work out these clusters anew from their members, and keep what they were in the history."""
    wanted = to_json(clusters)
    old = {n: row for n, *row in db.rows(f"SELECT n, {_COLUMNS}, opened FROM clusters WHERE n IN {_IN}", wanted)}  # noqa: S608
    new = _rows(db, wanted)
    renewed = Renewed(gone=old.keys() - new.keys())
    for n in {*old, *new}:
        before, after = old.get(n), new.get(n)
        # An article's own cluster is what its claims end at; the article itself is told when it is recorded.
        renewed.ids |= {str(row[0]) for row in (before, after) if row is not None and row[1] != "Article"}
        if before is not None and after is not None:
            renewed.renamed |= {n} if before[0] != after[0] else set()
            renewed.retyped |= {n} if before[1] != after[1] else set()
    _remember(db, [row for n, row in old.items() if tuple(row[:-1]) != new.get(n)], seq)
    _write(db, old, new, seq)
    label(db, wanted, new)
    return renewed


def _rows(db: Database, wanted: str) -> dict[int, Row]:
    """The values of `_COLUMNS` for each cluster that has members."""
    sql = f"""SELECT cluster, COUNT(DISTINCT article), MIN(born), MAX(NULLIF(born, '~')) FROM entities
              WHERE cluster IN {_IN} AND closed IS NULL GROUP BY cluster"""  # noqa: S608 - a constant
    figures = {n: row for n, *row in db.rows(sql, wanted)}
    oldest, forms = _oldest(db, wanted), _forms(db, wanted)
    return {
        n: (oldest[n], *_described(forms[n]), articles, None if first == "~" else first, last)
        for n, (articles, first, last) in figures.items()
    }


def _oldest(db: Database, wanted: str) -> dict[int, str]:
    """The id of the oldest member of each cluster: by publication date, article id, own id; undated last."""
    sql = f"""SELECT e.cluster, a.id, e.id FROM entities e JOIN articles a ON a.n = e.article
              WHERE e.cluster IN {_IN} AND e.closed IS NULL
              AND e.born = (SELECT MIN(born) FROM entities m WHERE m.cluster = e.cluster AND m.closed IS NULL)"""  # noqa: S608
    oldest: dict[int, tuple[str, str]] = {}
    for n, *member in db.rows(sql, wanted):
        oldest[n] = min(oldest.get(n, ("~", "")), tuple(member)) if n in oldest else (member[0], member[1])
    return {n: own_id for n, (_, own_id) in oldest.items()}


def _forms(db: Database, wanted: str) -> dict[int, Forms]:
    """What the members of each cluster say of themselves: role -> value -> how many."""
    forms: defaultdict[int, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    sql = f"""SELECT s.cluster, f.role, f.value, f.size FROM slots s JOIN forms f ON f.slot = s.n
              WHERE s.cluster IN {_IN} AND f.size > 0"""  # noqa: S608 - a constant
    for n, role, value, size in db.rows(sql, wanted):
        forms[n][role][value] += size
    sql = f"""SELECT cluster, type, name, aliases, identifiers, attributes FROM entities
              WHERE cluster IN {_IN} AND closed IS NULL AND slot IS NULL"""  # noqa: S608 - a constant
    for n, *row in db.rows(sql, wanted):
        for role, value in forms_of(tuple(row)):
            forms[n][role][value] += 1
    return dict(forms)


def _described(forms: Forms) -> tuple[str, str, str | None, str | None, str | None]:
    """Type, name, aliases, identifiers and attributes: of each what most members say."""
    name = _most(forms["name"])
    aliases = sorted({*forms["name"], *forms.get("alias", ())} - {name})
    identifiers = {role[3:]: _most(forms[role]) for role in sorted(forms) if role.startswith("id:")}
    attributes: dict[str, str] = {}
    for role in sorted(forms):
        if role.startswith("at:"):
            attributes |= json.loads(_most(forms[role]))
    return (
        _type(forms["type"]),
        name,
        _json(aliases),
        _json(identifiers),
        _json(dict(sorted(attributes.items()))),
    )


def _json(value: object) -> str | None:
    return msgspec.json.encode(value).decode() if value else None


def _most(values: Counter[str]) -> str:
    """The most frequent; of equally frequent ones the longest, of equally long ones the first in the alphabet."""
    return min(values, key=lambda value: (-values[value], -len(value), value))


def _type(types: Counter[str]) -> str:
    """The most frequent type, of those that have no more special one beside them."""
    general = {parent for type_ in types for parent in ENTITY_TYPES[type_].parents[1:]}
    return _most(Counter({type_: size for type_, size in types.items() if type_ not in general}))


def _remember(db: Database, rows: list[list[object]], seq: int) -> None:
    keys = _COLUMNS.split(", ")
    values = [
        ("entity", row[0], row[-1], seq, msgspec.json.encode(dict(zip(keys, row, strict=False))).decode())
        for row in rows
        if row[1] not in _UNNAMED
    ]
    db.many("INSERT INTO history (kind, id, opened, closed, record) VALUES (?, ?, ?, ?, ?)", values)


def _write(db: Database, old: Mapping[int, list[object]], new: Mapping[int, Row], seq: int) -> None:
    # Deleted first: two clusters may exchange an id.
    replaced = [n for n, row in old.items() if tuple(row[:-1]) != new.get(n)]
    db.many("DELETE FROM clusters WHERE n = ?", [(n,) for n in replaced])
    rows = [(n, *row, seq) for n, row in new.items() if n not in old or n in replaced]
    marks = ", ".join("?" * 11)
    db.many(f"INSERT INTO clusters (n, {_COLUMNS}, opened) VALUES ({marks})", rows)  # noqa: S608 - columns


def label(db: Database, wanted: str, new: Mapping[int, Row]) -> None:
    """Make clusters findable by all their names; rows of `_COLUMNS` by the clusters' numbers, which `wanted` lists."""
    had: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for n, key, main in db.rows(f"SELECT cluster, key, main FROM names WHERE cluster IN {_IN}", wanted):  # noqa: S608
        had[n][key] = main
    stale, fresh, texts = [], [], []
    for n in json.loads(wanted):
        row = new.get(n)
        keys = _keys(row) if row is not None and row[1] not in _UNNAMED else {}
        if keys != had.get(n, {}):
            stale.append((n,))
            fresh += [(n, key, main) for key, main in keys.items()]
            if keys and row is not None:
                texts.append((n, " ; ".join([row[2], *from_json(row[3])])))
    db.many("DELETE FROM names WHERE cluster = ?", stale)
    db.many("DELETE FROM labels WHERE rowid = ?", stale)
    db.many("INSERT INTO names (cluster, key, main) VALUES (?, ?, ?)", fresh)
    db.many("INSERT INTO labels (rowid, text) VALUES (?, ?)", texts)


def _keys(row: Row) -> dict[str, int]:
    codes = json.loads(row[4] or "{}").values()
    keys = {name_key(name): 0 for name in (*from_json(row[3]), *codes)}
    return keys | {name_key(row[2]): 1}
