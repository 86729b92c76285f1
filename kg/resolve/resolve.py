"""From what single articles show to one graph: the steps, in their order, a batch of articles at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from kg.ledger import Ledger
from kg.ledger.database import Database, Row
from kg.ledger.write import erase_rows, refuse_imported
from kg.resolve import copies, ends, entities, keys, reference, relations
from kg.resolve.judged import standing
from kg.resolve.keys import BY_ENDS, Local
from kg.resolve.slots import Moves, Placing, place
from kg.resolve.sql import IN as _IN
from kg.resolve.sql import from_json, to_json

# One transaction each: large enough that what many articles share is worked out once, small enough for memory.
BATCH = 200


Report = Callable[[int, int], None]
"""Called with how many articles are resolved, and how many there are to resolve."""


def _silent(_done: int, _total: int) -> None:
    """Report nothing."""


def resolve(ledger: Ledger, report: Report = _silent) -> int:
    """Resolve what was recorded, retracted or judged since the last time; how many articles that were.

    The result is that of resolving everything at once, whatever the order and the batches. Each batch is one
    transaction: a resolution that is cut short goes on where it stopped.
    """
    db, done = ledger.db, 0
    total = int(db.value("SELECT COUNT(*) FROM articles WHERE unresolved") or 0)
    while True:
        report(done, total)
        with db.transaction():
            batch = [n for (n,) in db.rows("SELECT n FROM articles WHERE unresolved ORDER BY born, id LIMIT ?", BATCH)]
            if not batch and not db.value("SELECT COUNT(*) FROM judgements WHERE NOT applied"):
                return done
            erased = _Batch(db, batch).run()
        if erased:
            db.flush()
        done += len(batch)


def rebuild(ledger: Ledger, report: Report = _silent) -> int:
    """Forget all that resolution made and resolve everything anew; how many articles that were."""
    db = ledger.db
    with db.transaction():
        refuse_imported(db)
        db.execute("INSERT INTO changes (kind, id) SELECT 'relation', id FROM relations ORDER BY id")
        db.execute(
            "INSERT INTO changes (kind, id) SELECT 'entity', id FROM clusters WHERE type != 'Article' ORDER BY id"
        )
        db.execute("UPDATE entities SET slot = NULL, cluster = NULL")
        db.execute("UPDATE claims SET relation = NULL")
        db.execute("UPDATE articles SET copies = NULL, voice = NULL, unresolved = 1 WHERE status != 'new'")
        for table in ("slots", "links", "entity_links", "forms", "clusters", "names", "labels", "relations"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of tables
        for table in ("signatures", "bands"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of tables
    return resolve(ledger, report)


class _Batch:
    """One batch of articles, within one transaction."""

    def __init__(self, db: Database, articles: list[int]) -> None:
        self._db = db
        self._articles = articles
        self._wanted = to_json(articles)
        self._moves = Moves(next_cluster=db.next_n("clusters"))
        self._judged = standing(db)

    def run(self) -> bool:
        """All steps; each works on what the one before it changed. Whether something was erased."""
        seq = int(self._db.value("SELECT MAX(seq) FROM changes") or 0) + 1
        revoiced = copies.update(self._db, self._articles)
        moved = self._place_named()
        moved |= self._place_by_ends(moved)
        renewed = entities.renew(self._db, self._touched_clusters(moved), seq)
        unnamed = relations.unname(self._db, renewed.renamed | renewed.gone)
        touched, claim_ids = relations.reattach(self._db, self._claims(moved, renewed.retyped), seq)
        touched |= self._relations_of(revoiced)
        ids, renamed = relations.renew(self._db, touched, unnamed, seq)
        claim_ids |= set(relations.claims_of(self._db, renamed).values())
        mentions = self._mentions(moved, renewed.renamed)
        self._tell({"entity": renewed.ids, "relation": ids, "claim": claim_ids, "mentions": mentions})
        return self._close()

    def _select(self, condition: str, *parameters: object) -> list[Row]:
        sql = f"""SELECT e.n, e.type, e.name, e.aliases, e.identifiers, e.attributes, e.born, e.closed, e.id
                  FROM entities e WHERE {condition}"""  # noqa: S608 - conditions are constants
        return self._db.rows(sql, *parameters)

    def _place_named(self) -> set[int]:
        """Entities that are known by their own names, and those that articles no longer give."""
        found = self._select(f"e.article IN {_IN} AND (e.closed IS NULL OR e.cluster IS NOT NULL)", self._wanted)
        found = _unique(found + self._judged_rows())
        countries = self._countries([row[0] for row in found])
        placing = Placing()
        for row in found:
            if row[7] is not None:
                placing.keys[row[0]] = None
            elif row[1] not in BY_ENDS:
                local = _local(row, countries.get(row[0], ""))
                key = keys.key_of(local)
                placing.keys[local.n] = key
                placing.links[local.n] = [] if key is None else keys.links_of(local, key)
        self._refer(placing)
        return self._place(placing)

    def _refer(self, placing: Placing) -> None:
        """Add what reference data says of the entities."""
        said = reference.links(self._db, {key.block for key in placing.keys.values() if key is not None})
        for n, key in placing.keys.items():
            if key is not None and key.block in said:
                placing.links[n] = sorted({*placing.links[n], *said[key.block]})

    def _judged_rows(self) -> list[Row]:
        # Looked at each time, as an override depends on the keys of all that were judged; there are few.
        return self._select(f"e.n IN {_IN}", to_json(self._judged.entities))

    def _place(self, placing: Placing) -> set[int]:
        own = dict(placing.keys)
        self._judged.override(placing.keys)
        for n, links in placing.links.items():
            if placing.keys[n] != own[n]:
                links.clear()
        return place(self._db, placing, self._judged, self._moves)

    def _place_by_ends(self, moved: set[int]) -> set[int]:
        """Offices, events and policies: the new ones, and those at whose other end something moved."""
        types = ", ".join(f"'{type_}'" for type_ in sorted(BY_ENDS))
        found = self._select(f"e.article IN {_IN} AND e.closed IS NULL AND e.type IN ({types})", self._wanted)
        found += self._select(f"e.n IN {_IN} AND e.closed IS NULL", to_json(self._tellers(moved)))
        found = _unique([row for row in found + self._judged_rows() if row[1] in BY_ENDS])
        told = self._ends([row[0] for row in found])
        placing = Placing()
        for row in found:
            placing.keys[row[0]] = ends.key_of(_local(row, ""), told.get(row[0], ()), row[6])
        return self._place(placing)

    def _tellers(self, moved: set[int]) -> set[int]:
        """What has one of the moved at the other end of a telling claim."""
        ns = to_json(moved)
        sql = f"""SELECT c.object, c.subject, c.type FROM claims c WHERE c.subject IN {_IN} AND c.closed IS NULL
                  UNION ALL
                  SELECT c.subject, c.object, c.type FROM claims c WHERE c.object IN {_IN} AND c.closed IS NULL"""  # noqa: S608
        telling = {relation for pairs in ends.TELLING.values() for relation, _ in pairs}
        return {n for n, _, relation in self._db.rows(sql, ns, ns) if relation in telling} - moved

    def _ends(self, ns: list[int]) -> dict[int, list[ends.End]]:
        """What stands at the other ends of the telling claims of entities."""
        wanted = to_json(ns)
        sql = f"""SELECT c.{{0}}, c.type, o.cluster, o.type, o.name FROM claims c JOIN entities o ON o.n = c.{{1}}
                  WHERE c.{{0}} IN {_IN} AND c.closed IS NULL AND NOT c.inferred AND c.status != 'denied'"""  # noqa: S608
        told: defaultdict[int, list[ends.End]] = defaultdict(list)
        for near, far in (("subject", "object"), ("object", "subject")):
            relations_ = {r for pairs in ends.TELLING.values() for r, own in pairs if own == (near == "subject")}
            for n, relation, cluster, type_, name in self._db.rows(sql.format(near, far), wanted):
                if relation in relations_:
                    told[n].append(ends.End(relation, cluster, type_, name))
        return told

    def _countries(self, ns: Iterable[int]) -> dict[int, str]:
        """The ISO code of the country that an entity's own article puts it in, by a claim."""
        sql = f"""SELECT c.subject, MIN(json_extract(o.identifiers, '$.iso3166'))
                  FROM claims c JOIN entities o ON o.n = c.object
                  WHERE c.subject IN {_IN} AND c.type IN ('AGENCY_OF', 'LOCATED_IN') AND c.closed IS NULL
                  AND o.type = 'Country' GROUP BY c.subject"""  # noqa: S608 - a constant
        return {n: code for n, code in self._db.rows(sql, to_json(ns)) if code}

    def _touched_clusters(self, moved: set[int]) -> set[int]:
        """The clusters that gained or lost a member."""
        now = self._db.rows(f"SELECT DISTINCT cluster FROM entities WHERE n IN {_IN}", to_json(moved))  # noqa: S608
        return {n for (n,) in now if n is not None} | {n for n in self._moves.before.values() if n is not None}

    def _claims(self, moved: set[int], retyped: set[int]) -> set[int]:
        """The claims that may belong to another relation now."""
        sql = f"SELECT n FROM claims WHERE article IN {_IN} AND (closed IS NULL OR relation IS NOT NULL)"  # noqa: S608
        claims = {n for (n,) in self._db.rows(sql, self._wanted)}
        sql = f"SELECT n FROM entities WHERE cluster IN {_IN} AND closed IS NULL"  # noqa: S608 - a constant
        members = {n for (n,) in self._db.rows(sql, to_json(retyped))}
        return claims | relations.claims_at(self._db, moved | members)

    def _relations_of(self, articles: set[int]) -> set[int]:
        sql = f"""SELECT DISTINCT relation FROM claims
                  WHERE article IN {_IN} AND closed IS NULL AND relation IS NOT NULL"""  # noqa: S608 - a constant
        return {n for (n,) in self._db.rows(sql, to_json(articles))}

    def _mentions(self, moved: set[int], renamed: set[int]) -> set[str]:
        """The articles whose mentions lead elsewhere now."""
        ns, clusters = to_json(moved), to_json(renamed)
        sql = f"""SELECT id FROM articles WHERE n IN {_IN} OR n IN (
                      SELECT article FROM entities WHERE n IN {_IN} AND count > 0
                      UNION SELECT article FROM entities WHERE cluster IN {_IN} AND closed IS NULL AND count > 0)"""  # noqa: S608
        return {own_id for (own_id,) in self._db.rows(sql, self._wanted, ns, clusters)}

    def _tell(self, changed: dict[str, set[str]]) -> None:
        rows = [(kind, own_id) for kind, ids in changed.items() for own_id in sorted(ids)]
        self._db.many("INSERT INTO changes (kind, id) VALUES (?, ?)", rows)

    def _close(self) -> bool:
        sql = f"SELECT n FROM articles WHERE erase AND n IN {_IN} ORDER BY n"  # noqa: S608 - a constant
        erased = [n for (n,) in self._db.rows(sql, self._wanted)]
        for n in erased:
            erase_rows(self._db, n)
        self._db.execute(f"UPDATE articles SET unresolved = 0 WHERE n IN {_IN}", self._wanted)  # noqa: S608
        self._db.execute("UPDATE judgements SET applied = 1 WHERE NOT applied")
        return bool(erased)


def _unique(rows: list[Row]) -> list[Row]:
    return list({row[0]: row for row in rows}.values())


def _local(row: Row, country: str) -> Local:
    n, type_, name, aliases, identifiers, attributes = row[:6]
    told = dict(from_json(attributes))
    return Local(
        n=n,
        type=type_,
        name=name,
        aliases=tuple(from_json(aliases)),
        identifiers=dict(from_json(identifiers)),
        attributes=told,
        country=told.get("country") or country,
    )
