"""What others know of names: which go together, and which codes are theirs. It speaks as an article would, in links.

Whoever has one of an entry's names says that it stands for the entry's main name. The articles have their say beside
it: as with an acronym, it counts if it is most of what is said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.ledger import Ledger
from kg.ledger.database import Database
from kg.ledger.write import refuse_imported
from kg.resolve.keys import Key, Link, Local, key_of
from kg.resolve.sql import IN as _IN
from kg.resolve.sql import to_json

_Row = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity of a reference: its type in the ontology, its main name, other names, identifiers by scheme."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: dict[str, str] = field(default_factory=dict)


def take(ledger: Ledger, entries: Iterable[Entry]) -> int:
    """Keep what entries say; how many there were. It holds from the next `kg.resolve.rebuild` on."""
    count = 0
    with ledger.db.transaction():
        refuse_imported(ledger.db)
        for entry in entries:
            count += 1
            ledger.db.many("INSERT OR IGNORE INTO reference VALUES (?, ?, ?, ?, ?)", _rows(entry))
    return count


def links(db: Database, blocks: Iterable[str]) -> dict[str, list[Link]]:
    """What reference data says of the entities in these blocks."""
    found: dict[str, list[Link]] = {}
    sql = f"""SELECT block, weak, strong, facet, kind FROM reference WHERE block IN {_IN}
              ORDER BY block, weak, strong, facet, kind"""  # noqa: S608 - a constant
    for block, weak, strong, facet, kind in db.rows(sql, to_json(blocks)):
        found.setdefault(block, []).append(Link(weak, Key(strong, facet), kind))
    return found


def _rows(entry: Entry) -> Iterator[_Row]:
    """Who says it (a block), and the link: block, weak, strong, facet, kind."""
    main = _key(entry, entry.name)
    if main is None:
        return
    keys = [main, *(key for alias in sorted(set(entry.aliases)) if (key := _key(entry, alias)) is not None)]
    ticker = entry.identifiers.get("ticker")
    for key in keys:
        if key.block != main.block:
            yield key.block, key.block, *main, "name"
        if ticker:
            yield key.block, f"ticker|{ticker}", *main, "ticker"


def _key(entry: Entry, name: str) -> Key | None:
    return key_of(Local(0, entry.type, name, (), entry.identifiers, {}))
