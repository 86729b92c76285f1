"""What people's judgements come to: who is held together or apart, whatever the keys say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.ledger.database import Database
from kg.ledger.judgements import Judgements, Side
from kg.resolve.keys import Key
from kg.resolve.sql import to_json

Member = tuple[str, str, str, int]
"""An entity of an article: its day, article id and own id, which order it, and its number."""

Pair = tuple[Member, Member]


@dataclass(slots=True)
class Judged:
    """The judgements that stand, between entities that are there: groups that are one, pairs that are not."""

    groups: dict[Member, list[Member]] = field(default_factory=dict)
    different: list[Pair] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)  # all that were ever judged, also where that was taken back

    def override(self, keys: dict[int, Key | None]) -> None:
        """Give keys of their own to judged entities: where they had none, and to the later of two held apart."""
        base = dict(keys)
        for group in self.groups.values():
            for member in group:
                if member[3] in keys and keys[member[3]] is None:
                    keys[member[3]] = Key(f"alone|{member[2]}")
        for one, other in self.different:
            self._hold_apart(self._group(one), self._group(other), base, keys)

    def _group(self, member: Member) -> list[Member]:
        return self.groups.get(member, [member])

    def _hold_apart(
        self, one: list[Member], other: list[Member], base: Mapping[int, Key | None], keys: dict[int, Key | None]
    ) -> None:
        later = max(one, other, key=min)
        shared = {base.get(m[3]) for m in one} & {base.get(m[3]) for m in other} - {None}
        for member in later:
            if one is not other and base.get(member[3]) in shared:
                keys[member[3]] = Key(f"apart|{min(later)[2]}")

    def keys(self, db: Database) -> tuple[frozenset[tuple[Key, Key]], frozenset[tuple[Key, Key]]]:
        """The pairs of keys that are tied, and those that are held apart, by where the entities are placed now."""
        sql = """SELECT e.n, s.block, s.facet FROM entities e JOIN slots s ON s.n = e.slot
                 WHERE e.n IN (SELECT value FROM json_each(?))"""
        key_of = {n: Key(*key) for n, *key in db.rows(sql, to_json(self.entities))} if self.entities else {}
        tied = [(group[0], member) for group in self.groups.values() for member in group[1:]]
        return _pairs(tied, key_of), _pairs(self.different, key_of)


def _pairs(pairs: list[Pair], key_of: Mapping[int, Key]) -> frozenset[tuple[Key, Key]]:
    found = [(key_of.get(one[3]), key_of.get(other[3])) for one, other in pairs]
    return frozenset((min(a, b), max(a, b)) for a, b in found if a is not None and b is not None and a != b)


def standing(db: Database) -> Judged:
    """The judgements that stand: of several on one pair the last, on entities that are still there.

    An entity whose article was replaced is looked for by its name in the article with the same URL.
    """
    verdicts: dict[Pair, str] = {}
    for judgement in Judgements(db).all():
        one, other = _member(db, judgement.left), _member(db, judgement.right)
        if one is not None and other is not None and one != other:
            pair = (min(one, other), max(one, other))
            verdicts.pop(pair, None)
            verdicts[pair] = judgement.verdict
    groups = _groups([pair for pair, verdict in verdicts.items() if verdict == "same"])
    different = sorted(pair for pair, verdict in verdicts.items() if verdict == "different")
    return Judged(groups, different, sorted({member[3] for pair in verdicts for member in pair}))


def _member(db: Database, side: Side) -> Member | None:
    select = """SELECT e.born, a.id, e.id, e.n FROM entities e JOIN articles a ON a.n = e.article
                WHERE e.closed IS NULL AND """
    found = db.row(f"{select} e.id = ?", side.id)
    if found is None and side.url is not None:
        again = f"{select} a.url = ? AND e.name = ? AND e.type = ? ORDER BY e.born, a.id, e.id"
        found = db.row(again, side.url, side.name, side.type)
    return found


def _groups(pairs: list[Pair]) -> dict[Member, list[Member]]:
    group_of: dict[Member, list[Member]] = {}
    for one, other in pairs:
        joined = sorted({*group_of.get(one, [one]), *group_of.get(other, [other])})
        group_of.update(dict.fromkeys(joined, joined))
    return group_of
