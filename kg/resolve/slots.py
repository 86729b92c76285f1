"""Slots and clusters: which keys are of one entity.

A slot is a key that entities have. Slots are joined to clusters within regions: sets of slots that nothing, now or
before, ties to slots outside. A region is worked out anew from its sizes and links alone, so the order in which
entities came does not matter, and a region is small however many entities its slots have.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.ledger.database import Database, Row
from kg.resolve.judged import Judged
from kg.resolve.keys import Key, Link, compatible, partition
from kg.resolve.sql import IN as _IN
from kg.resolve.sql import from_json, to_json

_SHARE = 2 / 3  # of all that say what an acronym or short form stands for
_TICKER_SHARE = 1 / 3  # of all that say which ticker a company has
_RANKS = {"judged": 0, "key": 1, "ticker": 2, "name": 3, "acronym": 4, "variant": 5, "short": 6}


@dataclass(slots=True)
class Placing:
    """Entities that get, lose or change their slot in one go: entity -> key (none: no slot any more) and links."""

    keys: dict[int, Key | None] = field(default_factory=dict)
    links: dict[int, list[Link]] = field(default_factory=dict)


@dataclass(slots=True)
class Moves:
    """Entities whose cluster is another now, with the one before; and numbers for new clusters."""

    next_cluster: int
    before: dict[int, int | None] = field(default_factory=dict)

    def number(self) -> int:
        """A number for a new cluster."""
        self.next_cluster += 1
        return self.next_cluster - 1


def place(db: Database, placing: Placing, judged: Judged, moves: Moves) -> set[int]:
    """Put entities into slots and join slots to clusters; the entities whose cluster is another now."""
    ids = to_json(placing.keys)
    old: dict[int, int] = dict(db.rows(f"SELECT n, slot FROM entities WHERE slot IS NOT NULL AND n IN {_IN}", ids))  # noqa: S608
    slot_of = _slots(db, {key for key in placing.keys.values() if key is not None})
    strong_of = _slots(db, {link.strong for links in placing.links.values() for link in links})
    weak = _relink(db, placing, strong_of)
    new = {n: None if key is None else slot_of[key] for n, key in placing.keys.items()}
    _resize(db, Counter(slot for slot in new.values() if slot is not None), Counter(old.values()))
    _reform(db, old, new)
    db.many("UPDATE entities SET slot = ? WHERE n = ?", [(slot, n) for n, slot in new.items()])
    alone = [n for n, slot in new.items() if slot is None and n in old]
    seeds = {*old.values(), *slot_of.values(), *strong_of.values(), *_linked(db, weak)}
    changed = _recluster(db, seeds, judged, moves)
    moved = _settle(db, sorted(placing.keys), alone, changed, moves)
    _clear(db, seeds)
    return moved


def _clear(db: Database, slots: Iterable[int]) -> None:
    """Drop the slots that nobody has and no link leads to."""
    empty = "size = 0 AND NOT EXISTS (SELECT 1 FROM links WHERE strong = slots.n)"
    db.execute(f"DELETE FROM slots WHERE n IN {_IN} AND {empty}", to_json(slots))  # noqa: S608 - constants


def _slots(db: Database, keys: set[Key]) -> dict[Key, int]:
    """The slot of each key, made where there is none."""
    ordered = sorted(keys)
    db.many("INSERT OR IGNORE INTO slots (block, facet, size) VALUES (?, ?, 0)", ordered)
    sql = f"SELECT block, facet, n FROM slots WHERE block IN {_IN}"  # noqa: S608 - a constant
    found = db.rows(sql, to_json({key.block for key in ordered}))
    return {Key(block, facet): n for block, facet, n in found if Key(block, facet) in keys}


def _relink(db: Database, placing: Placing, strong_of: Mapping[Key, int]) -> set[str]:
    """Replace the links that the entities speak for; the weak blocks of all of them, old and new."""
    sql = f"SELECT weak, strong, kind, entity FROM entity_links WHERE entity IN {_IN}"  # noqa: S608 - a constant
    old = db.rows(sql, to_json(placing.keys))
    new = {(link.weak, strong_of[link.strong], link.kind, n) for n, links in placing.links.items() for link in links}
    db.many("DELETE FROM entity_links WHERE weak = ? AND strong = ? AND kind = ? AND entity = ?", old)
    db.many("INSERT INTO entity_links (weak, strong, kind, entity) VALUES (?, ?, ?, ?)", sorted(new))
    delta = Counter(row[:3] for row in new)
    delta.subtract(row[:3] for row in old)
    _add(db, "links", ("weak", "strong", "kind"), delta)
    return {row[0] for row in old} | {row[0] for row in new}


def _add(db: Database, table: str, columns: tuple[str, ...], delta: Mapping[Any, int]) -> None:
    """Add to counters; those that come to nothing go."""
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    same = " AND ".join(f"{column} = ?" for column in columns)
    rows = [(*key, size) for key, size in delta.items() if size]
    fallen = [key for key, size in delta.items() if size < 0]
    insert = (
        f"INSERT INTO {table} ({names}, size) VALUES ({marks}, ?) ON CONFLICT DO UPDATE SET size = size + excluded.size"  # noqa: S608
    )
    db.many(insert, rows)
    db.many(f"DELETE FROM {table} WHERE {same} AND size <= 0", fallen)  # noqa: S608 - names of columns


def _resize(db: Database, new: Counter[int], old: Counter[int]) -> None:
    delta = Counter(new)
    delta.subtract(old)
    db.many("UPDATE slots SET size = size + ? WHERE n = ?", [(size, slot) for slot, size in delta.items() if size])


_BUNDLES = {
    "at:measure": ("value", "unit", "bound"),
    "at:time": ("timeText", "edtf", "earliest", "latest", "anchor", "precision"),
}
_BUNDLE_OF = {name: role for role, members in _BUNDLES.items() for name in members}


def forms_of(row: Row) -> list[tuple[str, str]]:
    """What an entity (type, name, aliases, identifiers, attributes) says of itself, as (role, value).

    Attributes that are one thing in parts, such as value and unit, are one form.
    """
    type_, name, aliases, identifiers, attributes = row
    forms = [("type", type_), ("name", name)]
    forms += [("alias", alias) for alias in from_json(aliases)]
    forms += [(f"id:{scheme}", code) for scheme, code in dict(from_json(identifiers)).items()]
    bundles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, value in dict(from_json(attributes)).items():
        bundles[_BUNDLE_OF.get(key, f"at:{key}")][key] = value
    return forms + [(role, json.dumps(bundle, ensure_ascii=False, sort_keys=True)) for role, bundle in bundles.items()]


def _reform(db: Database, old: Mapping[int, int], new: Mapping[int, int | None]) -> None:
    """Count what the entities of each slot say of themselves."""
    moved = {n for n in {*old, *new} if old.get(n) != new.get(n)}
    sql = f"SELECT n, type, name, aliases, identifiers, attributes FROM entities WHERE n IN {_IN}"  # noqa: S608
    delta: Counter[tuple[object, ...]] = Counter()
    for n, *row in db.rows(sql, to_json(moved)):
        for role, value in forms_of(tuple(row)):
            if (slot := new.get(n)) is not None:
                delta[slot, role, value] += 1
            if n in old:
                delta[old[n], role, value] -= 1
    _add(db, "forms", ("slot", "role", "value"), delta)


def _linked(db: Database, weak: set[str]) -> set[int]:
    """The slots at both ends of all links of these weak blocks: what the most say may have changed."""
    blocks = to_json(weak)
    sql = f"SELECT strong FROM links WHERE weak IN {_IN} UNION SELECT n FROM slots WHERE block IN {_IN}"  # noqa: S608
    return {n for (n,) in db.rows(sql, blocks, blocks)}


@dataclass(slots=True)
class _Slot:
    n: int
    key: Key
    size: int
    cluster: int | None
    meant: bool  # a link leads here: it is known of, even where no entity has it as its own key


@dataclass(frozen=True, slots=True)
class _Edge:
    kind: str
    size: int
    one: _Slot
    other: _Slot

    def order(self) -> tuple[object, ...]:
        return _RANKS[self.kind], -self.size, self.one.key, self.other.key


class _Region:
    """The slots of a region and what ties them."""

    def __init__(self, db: Database, judged: Judged) -> None:
        self._db = db
        self._same, self.different = judged.keys(db)
        self.slots: dict[int, _Slot] = {}
        self.by_key: dict[Key, _Slot] = {}
        self._links: dict[str, list[tuple[int, str, int]]] = {}

    def grow(self, seeds: Iterable[int]) -> None:
        """Take in all that the seeds are tied to, now or before."""
        frontier = self._load("n", seeds)
        while frontier:
            blocks = {slot.key.block for slot in frontier}
            mates = {slot.cluster for slot in frontier if slot.cluster is not None}
            weak = self._load_links(frontier)
            tied = {n for block in weak for n, _, _ in self._links[block]}
            frontier = self._load("block", blocks | weak | self._judged_blocks(frontier))
            frontier += self._load("cluster", mates) + self._load("n", tied)

    def edges(self) -> list[_Edge]:
        """All that ties two slots of the region, the strongest first."""
        found = [*self._judged_edges(), *self._block_edges(), *self._link_edges()]
        return sorted(found, key=_Edge.order)

    def _load(self, column: str, values: Iterable[object]) -> list[_Slot]:
        sql = f"""SELECT n, block, facet, size, cluster, EXISTS (SELECT 1 FROM links WHERE strong = n)
                  FROM slots WHERE {column} IN {_IN}"""  # noqa: S608 - a column
        found = []
        for n, block, facet, *rest in self._db.rows(sql, to_json(values)):
            if n not in self.slots:
                slot = _Slot(n, Key(block, facet), *rest)
                self.slots[n] = self.by_key[slot.key] = slot
                found.append(slot)
        return found

    def _load_links(self, frontier: list[_Slot]) -> set[str]:
        """Load what the links say of the weak blocks that the frontier has part in; those not seen before."""
        blocks, ns = to_json([s.key.block for s in frontier]), to_json([s.n for s in frontier])
        sql = f"SELECT weak FROM links WHERE weak IN {_IN} UNION SELECT weak FROM links WHERE strong IN {_IN}"  # noqa: S608
        new = {weak for (weak,) in self._db.rows(sql, blocks, ns)} - self._links.keys()
        self._links.update({weak: _followed(self._db, weak) for weak in new})
        return new

    def _judged_blocks(self, frontier: list[_Slot]) -> set[str]:
        keys = {slot.key for slot in frontier}
        pairs = self._same | self.different
        return {key.block for pair in pairs if keys.intersection(pair) for key in pair}

    def _judged_edges(self) -> Iterable[_Edge]:
        for one, other in sorted(self._same):
            if one in self.by_key and other in self.by_key:
                yield _Edge("judged", 0, self.by_key[one], self.by_key[other])

    def _block_edges(self) -> Iterable[_Edge]:
        blocks: defaultdict[str, dict[str, _Slot]] = defaultdict(dict)
        for slot in self.slots.values():
            if slot.size or slot.meant:
                blocks[slot.key.block][slot.key.facet] = slot
        for block, by_facet in blocks.items():
            for first, *others in partition(block, {facet: slot.size for facet, slot in by_facet.items()}):
                for facet in others:
                    yield _Edge("key", by_facet[facet].size, by_facet[first], by_facet[facet])

    def _link_edges(self) -> Iterable[_Edge]:
        members: defaultdict[str, list[_Slot]] = defaultdict(list)
        for slot in self.slots.values():
            if slot.size or slot.meant:
                members[slot.key.block].append(slot)
        for weak, strong in self._links.items():
            fans = [(self.slots[n], kind, size) for n, kind, size in strong if n in self.slots]
            if weak.startswith("ticker|"):
                fans.sort(key=lambda fan: fan[0].key)
                yield from (_Edge(kind, size, fans[0][0], slot) for slot, kind, size in fans[1:])
            else:
                yield from (_Edge(kind, size, slot, own) for slot, kind, size in fans for own in members[weak])


def _followed(db: Database, weak: str) -> list[tuple[int, str, int]]:
    """The links of a weak block that are followed, as (strong slot, kind, size).

    A short form stands for what most say it stands for, if they are many enough; a ticker is that of every company
    that has it in a good part of the cases in which it has one at all.
    """
    sql = """SELECT l.strong, l.kind, l.size, s.block,
                    (SELECT SUM(size) FROM links o WHERE o.strong = l.strong AND o.kind = 'ticker')
             FROM links l JOIN slots s ON s.n = l.strong WHERE l.weak = ?"""
    links = db.rows(sql, weak)
    if weak.startswith("ticker|"):
        return [(n, kind, size) for n, kind, size, _, all_of_it in links if size >= _TICKER_SHARE * all_of_it]
    blocks: Counter[str] = Counter()
    for _, _, size, block, _ in links:
        blocks[block] += size
    top = min(blocks, key=lambda block: (-blocks[block], block))
    enough = blocks[top] >= _SHARE * blocks.total()
    return [(n, kind, size) for n, kind, size, block, _ in links if enough and block == top]


class _Components:
    """Slots joined one edge after the other, where nothing speaks against it."""

    def __init__(self, region: _Region) -> None:
        self._parent = {n: n for n in region.slots}
        self._types = {n: _told(slot.key, 0) - {"Organization"} for n, slot in region.slots.items()}
        self._countries = {n: _told(slot.key, 1) for n, slot in region.slots.items()}
        known = region.by_key
        self._apart = [(known[a].n, known[b].n) for a, b in region.different if a in known and b in known]

    def find(self, n: int) -> int:
        """What stands for the component of a slot."""
        while self._parent[n] != n:
            self._parent[n] = n = self._parent[self._parent[n]]
        return n

    def join(self, edge: _Edge) -> None:
        """Join the two ends of an edge, unless they are judged apart, of two types or of two countries."""
        one, other = self.find(edge.one.n), self.find(edge.other.n)
        if one == other or self._judged_apart(one, other):
            return
        types, countries = self._types[one] | self._types[other], self._countries[one] | self._countries[other]
        if edge.kind == "judged" or (compatible(types) and compatible(countries)):
            self._parent[other] = one
            self._types[one], self._countries[one] = types, countries

    def _judged_apart(self, one: int, other: int) -> bool:
        return any({self.find(a), self.find(b)} == {one, other} for a, b in self._apart)


def _told(key: Key, part: int) -> set[str]:
    """The type (0) or country (1) in the facet of an organisation's key."""
    return {key.facet.split("|")[part]} - {""} if key.block.startswith("org|") else set()


def _recluster(db: Database, seeds: set[int], judged: Judged, moves: Moves) -> list[int]:
    """Work out the regions of the seeds; the slots whose cluster is another now."""
    region = _Region(db, judged)
    region.grow(seeds)
    components = _Components(region)
    for edge in region.edges():
        components.join(edge)
    joined: defaultdict[int, list[_Slot]] = defaultdict(list)
    for slot in region.slots.values():
        joined[components.find(slot.n)].append(slot)
    changed = _number(list(joined.values()), moves)
    db.many("UPDATE slots SET cluster = ? WHERE n = ?", [(cluster, n) for n, cluster in changed.items()])
    return list(changed)


def _number(components: list[list[_Slot]], moves: Moves) -> dict[int, int | None]:
    """The new cluster of each slot that changes; a component keeps the cluster that most of its entities had."""
    taken: set[int] = set()
    changed: dict[int, int | None] = {}
    for component in sorted(components, key=lambda slots: -sum(slot.size for slot in slots)):
        had: Counter[int] = Counter()
        for slot in component:
            if slot.cluster is not None and slot.cluster not in taken:
                had[slot.cluster] += slot.size + 1
        number = None
        if any(slot.size for slot in component):
            number = had.most_common(1)[0][0] if had else moves.number()
            taken.add(number)
        changed.update({slot.n: number for slot in component if slot.cluster != number})
    return changed


def _settle(db: Database, placed: list[int], alone: list[int], changed: list[int], moves: Moves) -> set[int]:
    """Give entities the cluster of their slot, or one of their own; those whose cluster is another now."""
    sql = """SELECT e.n, e.cluster, s.cluster FROM entities e JOIN slots s ON s.n = e.slot
             WHERE {} AND e.closed IS NULL AND e.cluster IS NOT s.cluster"""
    found = db.rows(sql.format(f"e.n IN {_IN}"), to_json(placed))
    found += db.rows(sql.format(f"e.slot IN {_IN}"), to_json(changed))
    sql = f"""SELECT n, cluster FROM entities WHERE n IN {_IN} AND slot IS NULL AND closed IS NULL
              AND (cluster IS NULL OR n IN {_IN})"""  # noqa: S608 - constants
    found += [(n, old, moves.number()) for n, old in db.rows(sql, to_json(placed), to_json(alone))]
    gone = f"SELECT n, cluster FROM entities WHERE n IN {_IN} AND closed IS NOT NULL AND cluster IS NOT NULL"  # noqa: S608
    found += [(n, old, None) for n, old in db.rows(gone, to_json(placed))]
    target = {n: (old, new) for n, old, new in found}
    for n, (old, _) in target.items():
        moves.before.setdefault(n, old)
    db.many("UPDATE entities SET cluster = ? WHERE n = ?", [(new, n) for n, (_, new) in target.items()])
    return set(target)
