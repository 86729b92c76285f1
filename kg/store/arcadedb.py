"""The Cypher store: ArcadeDB behind Bolt, written with CREATE and delete, read as a user who can do nothing else.

A rebuild loads a second database beside the first and then names it the current one, so that queries go on
meanwhile. The last change applied is the property `seq` of the only `:Projection` node, written in the transaction
that applies it; the file `seq` in the folder repeats it for those who only look.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path

import msgspec
from neo4j import Driver, GraphDatabase, Transaction
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from kg.errors import QueryError, StoreError, WriteRefusedError
from kg.model.ontology import ENTITY_TYPES
from kg.store import arcadedb_server, bolt
from kg.store import property_graph as pg
from kg.store.base import Batch, Counts, GraphReader, Rows, Store, write_text
from kg.store.bolt import RELATION_TYPES, by_ends, by_labels, complete, each, edges_of, gone, nodes_of
from kg.store.lock import PATIENCE, StoreLock
from kg.store.property_graph import Edge, Node

_LOADED = 50_000  # nodes or edges of one request to the bulk loader, which keeps them in memory until its end
_PLACE = re.compile(
    r"Syntax error at line (?P<line>\d+):(?P<column>\d+) - (?P<what>[^{]*?)(?: expecting .*)?$", re.DOTALL
)
_COUNTED = {
    "articles": "MATCH (n:Article)",
    "entities": "MATCH (n:Entity) WHERE NOT n:Article",
    "relations": "MATCH ()-[n:Relation]->()",
    "claims": "MATCH (n:Claim)",
    "mentions": "MATCH ()-[n:MENTIONS]->()",
}


class ArcadeStore(Store):
    """Nodes and edges in a server of the workspace's own; several processes may read, one at a time writes."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self._folder = folder.absolute()  # the server runs in a folder of its own
        self._patience = patience
        self._connect()

    def seq(self) -> int | None:
        """The last change in it."""
        if self._current() is None:
            return None
        rows = self._run("reader", "MATCH (p:Projection) RETURN p.seq", {}).rows
        return int(str(rows[0][0])) if rows else None

    def close(self) -> None:
        """End the connections; the server goes on until it is idle for a while or stopped."""
        for driver in self._drivers.values():
            driver.close()

    def counts(self) -> Counts:
        """How much is in it."""
        found = {name: self.query(f"{match} RETURN count(n)").rows[0][0] for name, match in _COUNTED.items()}
        return Counts(**{name: int(str(n)) for name, n in found.items()})

    def query(self, text: str, params: Mapping[str, object] | None = None, *, write: bool = False) -> Rows:
        """Rows that answer a Cypher query; nodes, relations and paths as dicts."""
        if self._current() is None:
            raise StoreError("The Cypher store is empty; fill it with: kg rebuild cypher")
        user = "writer" if write else "reader"
        try:
            return self._run(user, text, params or {})
        except (ServiceUnavailable, SessionExpired):  # it was idle and has ended, or another process stopped it
            self.close()
            self._connect()
            return self._run(user, text, params or {})
        except Neo4jError as error:
            raise _mistake(error) from error
        except (DriverError, TypeError, ValueError) as error:
            raise QueryError(f"The Cypher query cannot be asked: {error}.") from error

    def apply(self, batch: Batch, graph: GraphReader) -> None:
        """One transaction: what is gone, what is new, what changed, and the seq."""
        self._server.touch()
        with self._drivers["writer"].session(database=self._current()) as session:
            with session.begin_transaction() as tx:
                _drop_labels(tx, nodes_of(batch))
                tx.commit()
            with session.begin_transaction() as tx:
                _write(tx, complete(batch, graph, partial(_held, tx)))
                tx.run("MATCH (p:Projection) SET p.seq = $seq", seq=batch.seq).consume()
                tx.commit()
        write_text(self._folder / "seq", f"{batch.seq}\n")

    def load(self, graph: GraphReader) -> None:
        """Fill a second database in one stream and make it the current one."""
        last, old = graph.last_seq(), self._current()
        new = arcadedb_server.next_database(self._folder)
        self._server.command(f"create database {new}")
        self._define(new)
        places = self._load_nodes(new, graph)
        self._load_edges(new, graph, places)
        # Without its log the load is on disk only once the database was closed.
        self._server.command(f"close database {new}")
        self._server.command(f"open database {new}")
        with self._drivers["writer"].session(database=new) as session:
            session.run("CREATE (p:Projection {seq: $seq})", seq=last).consume()
        write_text(self._folder / "current", new)
        write_text(self._folder / "seq", f"{last}\n")
        if old is not None:
            with suppress(StoreError):  # what a query still holds open goes with the next start of the server
                self._server.command(f"drop database {old}")

    def _alone(self) -> StoreLock:
        return StoreLock(self._folder, patience=self._patience)

    def _current(self) -> str | None:
        return arcadedb_server.current_database(self._folder)

    def _connect(self) -> None:
        server = arcadedb_server.running(self._folder)
        if server is None:
            with StoreLock(self._folder, patience=max(self._patience, arcadedb_server.START)):
                server = arcadedb_server.connect(self._folder)
        self._server = server
        self._drivers = {user: _driver(server, user) for user in ("reader", "writer")}

    def _run(self, user: str, text: str, params: Mapping[str, object]) -> Rows:
        self._server.touch()
        with self._drivers[user].session(database=self._current()) as session:
            return bolt.answer(session, text, params)

    def _define(self, database: str) -> None:
        """Types and indexes. A whole line of labels is a type named after all of them, which extends each."""
        lines = [type_.parents for type_ in ENTITY_TYPES.values()]
        statements = [
            *(f"CREATE VERTEX TYPE {name} IF NOT EXISTS" for name in ("Projection", "Claim", *ENTITY_TYPES, "Entity")),
            *(f"CREATE VERTEX TYPE `{_class(line)}` IF NOT EXISTS EXTENDS {','.join(sorted(line))}" for line in lines),
            *(f"CREATE EDGE TYPE {name} IF NOT EXISTS" for name in ("Relation", "MENTIONS", *pg.CLAIM_EDGES)),
            *(f"CREATE EDGE TYPE {name} IF NOT EXISTS EXTENDS Relation" for name in RELATION_TYPES),
            *(f"CREATE PROPERTY {name}.id IF NOT EXISTS STRING" for name in ("Entity", "Claim", "Relation")),
            *(f"CREATE INDEX IF NOT EXISTS ON {name} (id) UNIQUE" for name in ("Entity", "Claim", "Relation")),
            "CREATE PROPERTY Entity.name IF NOT EXISTS STRING",
            "CREATE INDEX IF NOT EXISTS ON Entity (name) NOTUNIQUE",
            "CREATE PROPERTY Claim.relationId IF NOT EXISTS STRING",
            "CREATE INDEX IF NOT EXISTS ON Claim (relationId) NOTUNIQUE",
        ]
        script = {"language": "sqlscript", "command": ";\n".join(statements)}
        self._server.post(f"/api/v1/command/{database}", json.dumps(script).encode())

    def _load_nodes(self, database: str, graph: GraphReader) -> dict[str, str]:
        """Send all nodes to the server's bulk loader; the server's own address of each by its id."""
        places: dict[str, str] = {}
        for part in _parts(map(_vertex, _nodes(graph))):
            answer = json.loads(self._batch(database, part, "idMapping=true"))
            places.update(answer["idMapping"])
        return places

    def _load_edges(self, database: str, graph: GraphReader, places: Mapping[str, str]) -> None:
        for part in _parts(_arc(edge, places) for edge in _edges(graph)):
            self._batch(database, part, "idMapping=false&preAllocateEdgeChunks=false")

    def _batch(self, database: str, lines: bytes, options: str) -> bytes:
        self._server.touch()
        path = f"/api/v1/batch/{database}?wal=false&parallelFlush=false&{options}"
        return self._server.post(path, lines, kind="application/x-ndjson")


def _parts(records: Iterator[dict[str, object]]) -> Iterator[bytes]:
    """Records as lines, as many together as the server can hold in the memory it is given."""
    encode = msgspec.json.Encoder().encode
    while chunk := list(islice(records, _LOADED)):
        yield b"\n".join(map(encode, chunk)) + b"\n"


def _nodes(graph: GraphReader) -> Iterator[Node]:
    return chain(
        map(pg.article_node, graph.articles()),
        map(pg.entity_node, graph.entities()),
        map(pg.claim_node, graph.claims()),
    )


def _edges(graph: GraphReader) -> Iterator[Edge]:
    return chain(
        chain.from_iterable(map(pg.entity_edges, graph.entities())),
        map(pg.relation_edge, graph.relations()),
        chain.from_iterable(map(pg.claim_edges, graph.claims())),
        map(pg.mention_edge, graph.mentions()),
    )


def _vertex(node: Node) -> dict[str, object]:
    return {"@type": "vertex", "@class": _class(node.labels), "@id": node.id, **node.properties}


def _class(labels: Iterable[str]) -> str:
    """The type under which the server keeps nodes of these labels."""
    return "~".join(sorted(labels))


def _arc(edge: Edge, places: Mapping[str, str]) -> dict[str, object]:
    ends = {"@from": places[edge.source], "@to": places[edge.target]}
    return {"@type": "edge", "@class": edge.type, **ends, **edge.properties}


def _write(tx: Transaction, batch: Batch) -> None:
    """Make nodes and edges what the batch says. Edges are found from the end that has fewer of them."""
    each(tx, "MATCH ()-[r:Relation]->() WHERE r.id = row DELETE r", gone(batch.relations))
    each(tx, "MATCH (n:Claim {id: row}) DETACH DELETE n", gone(batch.claims))
    each(tx, "MATCH (n:Entity {id: row})-[e:MENTIONS]->() DELETE e", batch.mentions)
    each(tx, "MATCH (n:Entity {id: row}) DETACH DELETE n", [*gone(batch.entities), *gone(batch.articles)])
    nodes = nodes_of(batch)
    held = _held(tx, [node.id for node in nodes])
    _create_nodes(tx, [node for node in nodes if node.id not in held])
    _change_nodes(tx, [node for node in nodes if node.id in held], held)
    _write_edges(tx, edges_of(batch))


def _held(tx: Transaction, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Which of the ids are nodes already, and their labels."""
    wanted = list(ids)
    return {
        str(id_): frozenset(labels)
        for label in ("Entity", "Claim")
        for id_, labels in each(tx, f"MATCH (n:{label} {{id: row}}) RETURN n.id, labels(n)", wanted)
    }


def _create_nodes(tx: Transaction, nodes: list[Node]) -> None:
    for labels, rows in by_labels(nodes).items():
        each(tx, f"CREATE (n:{':'.join(labels)}) SET n = row", rows)


def _change_nodes(tx: Transaction, nodes: list[Node], held: Mapping[str, frozenset[str]]) -> None:
    """New properties, and labels that came with another type; own edges are dropped, to be written again."""
    for label, edges in (("Claim", "e"), ("Entity", "e:STATED_IN")):
        own = [node for node in nodes if (label == "Claim") == (node.labels == ("Claim",))]
        ids = [node.id for node in own]
        each(tx, f"MATCH (n:{label} {{id: row}})-[{edges}]->() DELETE e", ids)
        each(tx, f"MATCH (n:{label} {{id: row.id}}) SET n = row", [node.properties for node in own])
    for node in nodes:
        if lacking := set(node.labels) - held[node.id]:
            each(tx, f"MATCH (n:Entity {{id: row}}) SET n:{':'.join(sorted(lacking))}", [node.id])


def _drop_labels(tx: Transaction, nodes: list[Node]) -> None:
    """Take away labels that do not go with a node's type any more.

    In a transaction before the batch's own: ArcadeDB changes the labels of a node only once in each.
    """
    held = _held(tx, [node.id for node in nodes])
    for node in nodes:
        if extra := held.get(node.id, frozenset()) - set(node.labels):
            each(tx, f"MATCH (n:Entity {{id: row}}) REMOVE n:{':'.join(sorted(extra))}", [node.id])


def _write_edges(tx: Transaction, edges: list[Edge]) -> None:
    ids = [edge.properties["id"] for edge in edges if "id" in edge.properties]
    held = {id_ for (id_,) in each(tx, "MATCH ()-[r:Relation]->() WHERE r.id = row RETURN r.id", ids)}
    known = [edge.properties for edge in edges if edge.properties.get("id") in held]
    each(tx, "MATCH ()-[r:Relation]->() WHERE r.id = row.id SET r = row", known)
    new = (edge for edge in edges if edge.properties.get("id") not in held)
    for (type_, source, target), rows in by_ends(new).items():
        ends = f"MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}})"
        each(tx, f"{ends} CREATE (a)-[e:{type_}]->(b) SET e = row[2]", rows)


def _driver(server: arcadedb_server.Server, user: str) -> Driver:
    address = f"bolt://127.0.0.1:{server.bolt}"
    return GraphDatabase.driver(address, auth=(user, server.passwords[user]), telemetry_disabled=True)


def _mistake(error: Neo4jError) -> QueryError:
    if "Security.Forbidden" in str(error.code):
        return WriteRefusedError("The Cypher text would change the graph; allow it with --write.")
    return bolt.mistake(error, _PLACE, first_column=0)
