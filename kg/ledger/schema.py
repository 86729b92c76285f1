"""The tables of the record, and how an older file becomes a newer one."""

from collections.abc import Callable
from sqlite3 import Connection

from kg.errors import LedgerError

# Names: `n` is a table's own integer key, used between tables because it is small; `id` is what the world sees.
# Rows that say what an article or the graph held are closed (by the `seq` of the change), never deleted,
# so that one can look back; `retract --erase` is the exception.
_VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
    n INTEGER PRIMARY KEY, command TEXT NOT NULL, version TEXT NOT NULL,
    started TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), ended TEXT, outcome TEXT
);

CREATE TABLE articles (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT, url TEXT, title TEXT, publisher TEXT, authors TEXT NOT NULL, published TEXT, modified TEXT,
    language TEXT,
    status TEXT NOT NULL, reason TEXT, extractor TEXT, run INTEGER REFERENCES runs,
    born TEXT NOT NULL,         -- the publication day, "~" without one: sorts last
    copies INTEGER,             -- near-copies of each other carry the same number
    voice TEXT,                 -- who speaks: the publisher of the oldest of its near-copies
    unresolved INTEGER NOT NULL DEFAULT 0,  -- resolution has yet to see what it gives, or no longer gives
    erase INTEGER NOT NULL DEFAULT 0        -- its rows are to be deleted once resolution has seen that they are gone
);
CREATE INDEX articles_by_status ON articles (status, n);
CREATE INDEX articles_unresolved ON articles (born, id) WHERE unresolved;
CREATE INDEX articles_by_copies ON articles (copies);
CREATE INDEX articles_by_url ON articles (url) WHERE url IS NOT NULL;

CREATE TABLE texts (article INTEGER PRIMARY KEY REFERENCES articles, body BLOB NOT NULL);

CREATE TABLE log (
    n INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, run INTEGER, event TEXT NOT NULL,
    detail TEXT, at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX log_by_article ON log (article, n);

CREATE TABLE failures (
    n INTEGER PRIMARY KEY, run INTEGER, source TEXT NOT NULL, line INTEGER, reason TEXT NOT NULL,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);

-- What articles show: entities, statements (in `entities` too, as every claim's end may be one) and the articles
-- themselves. Quotes are not stored a second time: they are cut out of the text by their offsets.
CREATE TABLE entities (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles, type TEXT NOT NULL, name TEXT NOT NULL,
    aliases TEXT, identifiers TEXT, attributes TEXT, mentions TEXT,
    count INTEGER NOT NULL, start INTEGER, "end" INTEGER,
    born TEXT NOT NULL, slot INTEGER, cluster INTEGER,
    opened INTEGER NOT NULL, closed INTEGER
);
CREATE UNIQUE INDEX entities_by_id ON entities (id) WHERE closed IS NULL;
CREATE INDEX entities_by_article ON entities (article);
CREATE INDEX entities_by_slot ON entities (slot) WHERE closed IS NULL;
CREATE INDEX entities_by_cluster ON entities (cluster, born, article) WHERE closed IS NULL;

CREATE TABLE statements (entity INTEGER PRIMARY KEY REFERENCES entities, body TEXT NOT NULL);

CREATE TABLE claims (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles, type TEXT NOT NULL,
    subject INTEGER NOT NULL REFERENCES entities, object INTEGER NOT NULL REFERENCES entities,
    status TEXT NOT NULL, qualifiers TEXT, time TEXT, valid_from TEXT, valid_to TEXT,
    confidence REAL NOT NULL, rule TEXT NOT NULL, attributed_to INTEGER REFERENCES entities,
    inferred INTEGER NOT NULL, premises TEXT, derived INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    relation INTEGER, opened INTEGER NOT NULL, closed INTEGER
);
CREATE UNIQUE INDEX claims_by_id ON claims (id) WHERE closed IS NULL;
CREATE INDEX claims_by_article ON claims (article);
CREATE INDEX claims_by_subject ON claims (subject) WHERE closed IS NULL;
CREATE INDEX claims_by_object ON claims (object) WHERE closed IS NULL;
CREATE INDEX claims_by_relation ON claims (relation) WHERE closed IS NULL;

-- What resolution makes of them. A slot is a key that entities of many articles share ("person|ada mensah");
-- a link joins two slots; a cluster is what is joined, and goes by the id of its oldest member.
CREATE TABLE slots (
    n INTEGER PRIMARY KEY AUTOINCREMENT, block TEXT NOT NULL, facet TEXT NOT NULL, size INTEGER NOT NULL,
    cluster INTEGER, UNIQUE (block, facet)
);
CREATE TABLE links (
    weak TEXT NOT NULL, strong INTEGER NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (weak, strong, kind)
) WITHOUT ROWID;
CREATE INDEX links_by_strong ON links (strong);
CREATE TABLE entity_links (
    entity INTEGER NOT NULL, weak TEXT NOT NULL, strong INTEGER NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (entity, weak, strong, kind)
) WITHOUT ROWID;
CREATE TABLE forms (
    slot INTEGER NOT NULL, role TEXT NOT NULL, value TEXT NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (slot, role, value)
) WITHOUT ROWID;

CREATE TABLE clusters (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT,
    identifiers TEXT, attributes TEXT, articles INTEGER NOT NULL, first_seen TEXT, last_seen TEXT,
    opened INTEGER NOT NULL
);
CREATE UNIQUE INDEX clusters_by_id ON clusters (id);
CREATE TABLE names (
    key TEXT NOT NULL, cluster INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (key, cluster)
) WITHOUT ROWID;
CREATE INDEX names_by_cluster ON names (cluster);

CREATE TABLE relations (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, type TEXT NOT NULL, subject INTEGER NOT NULL,
    object INTEGER NOT NULL, status TEXT NOT NULL, qualifiers TEXT NOT NULL,
    support INTEGER NOT NULL, independent INTEGER NOT NULL, confidence REAL NOT NULL,
    first_seen TEXT, last_seen TEXT, valid_from TEXT, valid_to TEXT, inferred INTEGER NOT NULL,
    opened INTEGER NOT NULL
);
CREATE UNIQUE INDEX relations_by_ends ON relations (subject, object, type, status, qualifiers);
CREATE INDEX relations_by_object ON relations (object);
CREATE UNIQUE INDEX relations_by_id ON relations (id);

-- Earlier states of clusters and relations, as the records that stores hold.
CREATE TABLE history (
    kind TEXT NOT NULL, id TEXT NOT NULL, opened INTEGER NOT NULL, closed INTEGER NOT NULL, record TEXT NOT NULL
);
CREATE INDEX history_by_id ON history (kind, id, closed);
CREATE INDEX history_by_time ON history (closed);

CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL);

CREATE TABLE judgements (
    n INTEGER PRIMARY KEY, verdict TEXT NOT NULL,
    left_id TEXT NOT NULL, left_name TEXT NOT NULL, left_type TEXT NOT NULL, left_url TEXT,
    right_id TEXT NOT NULL, right_name TEXT NOT NULL, right_type TEXT NOT NULL, right_url TEXT,
    judge TEXT NOT NULL, reason TEXT, applied INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);

-- Near-copies: the signature of each text, and the bands by which alike ones meet.
CREATE TABLE signatures (article INTEGER PRIMARY KEY REFERENCES articles, minhash BLOB NOT NULL);
CREATE TABLE bands (band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID;

-- Full text. `passages` keeps no copy: its rowid is the article and the offset, its text the article's.
CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE labels USING fts5(text, tokenize='unicode61 remove_diacritics 2');
"""

_VERSION_2 = """
-- What reference data says: an entity with a key of `block` says that the block `weak` is of the key (strong, facet).
CREATE TABLE reference (
    block TEXT NOT NULL, weak TEXT NOT NULL, strong TEXT NOT NULL, facet TEXT NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (block, weak, strong, facet, kind)
) WITHOUT ROWID;
"""

Migration = str | Callable[[Connection], None]

MIGRATIONS: tuple[Migration, ...] = (_VERSION_1, _VERSION_2)
"""What makes version i+1 out of version i; version 0 is an empty file."""


def version_of(connection: Connection) -> int:
    """The schema version of a file; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Connection, path: object, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Bring a file to the newest version, all steps in one transaction; raises `LedgerError` where it is newer."""
    version = version_of(connection)
    if version > len(migrations):
        raise LedgerError(
            f"The workspace's record {path} is of version {version}, but this newskg knows versions up to "
            f"{len(migrations)}; upgrade newskg to open it."
        )
    if version < len(migrations):
        _upgrade(connection, migrations)


def _upgrade(connection: Connection, migrations: tuple[Migration, ...]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have come first: what counts is the version under the lock.
        for step in migrations[version_of(connection) :]:
            if isinstance(step, str):
                for statement in statements(step):
                    connection.execute(statement)
            else:
                step(connection)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def statements(script: str) -> list[str]:
    """The statements of a script whose lines with a semicolon at their end close one."""
    plain = "\n".join(line.split("--")[0].rstrip() for line in script.splitlines())
    return [part.strip() for part in plain.split(";\n") if part.strip()]
