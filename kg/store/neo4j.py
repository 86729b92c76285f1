"""The store behind the address of a Neo4j server, 5 or later, Aura too; it needs no procedures but the server's own.

How far it has come is in the only `:Projection` node, changed in the transaction that writes what it tells of:

    seq                 the last change applied; not there until the first load is done
    mark                that change itself, by which the graph of another workspace is told from ours
    phase, after, upto  during the first load: the part in work, the last key written of it, and the seq at its start
    step                counts the transactions; a command that finds another step than it left is not alone, and stops

So a load goes on where it was cut off: in the same call if the server comes back in time, else in the next.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, Session, Transaction
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from kg.errors import KgError, QueryError, StoreError, StoreHeldError, WriteRefusedError
from kg.model.graph import GraphClaim, GraphMention
from kg.model.ontology import ENTITY_TYPES
from kg.paths import data_folder
from kg.store import bolt, neo4j_errors
from kg.store import property_graph as pg
from kg.store.base import Batch, Counts, GraphReader, Progress, Report, Rows, Store
from kg.store.bolt import RELATION_TYPES, by_ends, by_labels, complete, edges_of, gone, nodes_of
from kg.store.property_graph import Edge, Node

CHUNK = 10_000
"""Records of one transaction of a first load: as much as a server with 1 GB of memory takes."""

PATIENCE = 60.0
"""Seconds that a load waits for a server that went away, before it says so."""

_PAUSE = 0.5  # seconds between two attempts to reach it
_DROPPED = 10_000  # nodes that one transaction deletes
_OWN = {"id": "kg", "name": "How far kg load has come"}
_ADVANCE = """MATCH (p:Projection {id: $own.id}) SET p.locked = true
WITH p WHERE coalesce(p.step, 0) = $step SET p = $own SET p += $state RETURN p.step"""
_PLACE = re.compile(
    r"(?P<what>.*?)(?:: expected .*)? \(line (?P<line>\d+), column (?P<column>\d+) \(offset: \d+\)\)", re.DOTALL
)
_COUNTED = {
    "articles": "MATCH (n:Article)",
    "entities": "MATCH (n:Entity) WHERE NOT n:Article",
    "relations": f"MATCH ()-[n:{'|'.join(RELATION_TYPES)}]->()",
    "claims": "MATCH (n:Claim)",
    "mentions": "MATCH ()-[n:MENTIONS]->()",
}

T = TypeVar("T")

_each = partial(bolt.each, options="CYPHER replan=skip ")
"""A load changes the server's statistics all the time; without this it would plan the same statements all the time."""


@dataclass(frozen=True, slots=True)
class _State:
    """The `:Projection` node; `phase` -1 is that of deleting what there was."""

    step: int
    seq: int | None = None
    mark: str | None = None
    phase: int | None = None
    after: str | None = None
    upto: int | None = None


class Neo4jStore(Store):
    """Nodes and edges on a server; whatever else is there is left alone."""

    def __init__(
        self, url: str, *, user: str = "neo4j", password: str | None = None, database: str | None = None
    ) -> None:
        """Connect; raises `StoreDeniedError` for a wrong password, `StoreError` where no Neo4j 5 answers.

        Args:
            url: neo4j://, bolt:// or either with +s or +ssc for TLS, as the official driver takes them.
            user: who logs in with the password.
            password: None for a server that asks for none.
            database: which one on the server; by default the user's own.
        """
        self._url, self._user, self._database = url, user, database
        self._bookmarks = GraphDatabase.bookmark_manager()  # what was written is seen, on a cluster too
        self._step = 0
        with self._plainly():
            self._driver = _driver(url, None if password is None else (user, password))
        try:
            with self._plainly():
                _check_version(url, self._driver.get_server_info().agent)
                self._ask("RETURN 1")  # in the database that was named
        except KgError:
            self.close()
            raise

    def seq(self) -> int | None:
        """The last change in it; None until a first load is done."""
        with self._plainly():
            state = self._state()
        return state.seq if state else None

    def close(self) -> None:
        """End the connections."""
        self._driver.close()

    def counts(self) -> Counts:
        """How much is in it."""
        found = {name: self.query(f"{match} RETURN count(n)").rows[0][0] for name, match in _COUNTED.items()}
        return Counts(**{name: int(str(n)) for name, n in found.items()})

    def query(self, text: str, params: Mapping[str, object] | None = None, *, write: bool = False) -> Rows:
        """Rows that answer a Cypher query; nodes, relations and paths as dicts."""
        try:
            return self._answer(text, params or {}, write=write)
        except (ServiceUnavailable, SessionExpired) as error:
            if write:  # nobody can tell whether it was done
                raise neo4j_errors.told(error, self._url, self._user) from error
            with self._plainly():
                return self._answer(text, params or {}, write=False)
        except Neo4jError as error:
            raise self._mistake(error, write=write) from error
        except (DriverError, TypeError, ValueError) as error:
            raise QueryError(f"The Cypher query cannot be asked: {error}.") from error

    def project(self, graph: GraphReader, report: Report | None = None) -> Progress:
        """Apply what is new since the recorded seq; a load that was cut off goes on, and a new server is filled."""
        return self._lasting(lambda: self._go_on(graph, report))

    def rebuild(self, graph: GraphReader, report: Report | None = None) -> Progress:
        """Delete what was loaded before, from whatever workspace, and load everything."""
        self._lasting(self._start)
        return self.project(graph, report)

    def load(self, graph: GraphReader) -> None:
        """Delete what was loaded before, and load everything."""
        self.rebuild(graph)

    def apply(self, batch: Batch, graph: GraphReader) -> None:
        """One transaction: what is gone, what is new, what changed, and the seq."""
        state = self._state()
        if state is None or state.seq is None:
            raise StoreError(f"Nothing is loaded into {self._url} yet; load it with: kg load {self._url}")
        coming = replace(state, seq=batch.seq, mark=_mark(graph, batch.seq))
        self._commit(state, coming, lambda tx: _write(tx, complete(batch, graph, partial(_held, tx))))

    # Loading

    def _lasting(self, work: Callable[[], T]) -> T:
        """Do what goes on where it was, once more after each time that the connection was lost."""
        since, step = time.monotonic(), self._step
        while True:
            try:
                return work()
            except (DriverError, Neo4jError) as error:
                if not neo4j_errors.passing(error):
                    raise neo4j_errors.told(error, self._url, self._user) from error
                if self._step != step:
                    since, step = time.monotonic(), self._step
                if time.monotonic() - since > PATIENCE:
                    raise neo4j_errors.lost(self._url, PATIENCE) from error
                time.sleep(_PAUSE)

    def _go_on(self, graph: GraphReader, report: Report | None) -> Progress:
        state = self._state() or self._begin()
        if state.seq is None:
            done = self._fill(state, graph, report)
        else:
            self._check_origin(state, graph)
            done = Progress(seq=state.seq, last=graph.last_seq(), changes=0)
        if done.seq < graph.last_seq():
            self._define("CREATE")
        return self._catch_up(graph, done, report)

    def _begin(self) -> _State:
        """Make a server ready that holds nothing of ours; raises `StoreError` where others use our labels."""
        for label in ("Entity", "Claim"):
            if self._ask(f"MATCH (n:{label}) RETURN count(n)"):
                raise StoreError(
                    f"{self._url} holds nodes of the label {label} that kg did not load; load into another database, "
                    f"or replace them with: kg load {self._url} --anew"
                )
        return self._start()

    def _start(self) -> _State:
        """Forget how far it has come: a load from the start begins by deleting what there is."""
        self._define("CREATE CONSTRAINT")
        self._ask("MERGE (p:Projection {id: $own.id}) ON CREATE SET p = $own, p.step = 0, p.phase = -1", own=_OWN)
        state = self._state() or _State(0)
        return self._commit(state, _State(state.step, phase=-1))

    def _check_origin(self, state: _State, graph: GraphReader) -> None:
        if state.mark not in {None, _mark(graph, state.seq or 0)}:  # an import may leave no mark
            raise StoreError(
                f"{self._url} holds the graph of another workspace; load into another database, "
                f"or replace it with: kg load {self._url} --anew"
            )

    def _fill(self, state: _State, graph: GraphReader, report: Report | None) -> Progress:
        """All records, kind by kind. What changes meanwhile is applied after it, like any other change."""
        if state.phase == -1:
            self._delete_all()
            state = self._commit(state, replace(state, phase=0, after="", upto=graph.last_seq()))
        seq, done = state.upto or 0, 0
        for number, phase in enumerate(_PHASES):
            for chunk in _chunks(phase.read(graph)):
                done += len(chunk)
                left = [record for record in chunk if (number, phase.key(record)) > (state.phase, state.after)]
                if left:
                    coming = replace(state, phase=number, after=phase.key(left[-1]))
                    state = self._commit(state, coming, partial(_create, phase, left))
                if report is not None:
                    report(Progress(seq=0, last=seq, changes=min(done, seq)))
        self._define("CREATE")
        self._ask("CALL db.awaitIndexes()")
        self._commit(state, _State(state.step, seq=seq, mark=_mark(graph, seq)))
        return Progress(seq=seq, last=graph.last_seq(), changes=seq)

    def _delete_all(self) -> None:
        for label in ("Claim", "Entity"):
            while self._ask(f"MATCH (n:{label}) WITH n LIMIT {_DROPPED} DETACH DELETE n RETURN count(n)"):
                pass

    def _define(self, start: str) -> None:
        """Make those constraints and indexes that are not there yet and whose statement starts so."""
        there = set(self._ask("SHOW INDEXES YIELD name RETURN collect(name)"))
        text = (data_folder("schemas") / "neo4j" / "constraints.cypher").read_text("utf-8")
        for line in text.splitlines():
            if line.startswith(start) and line.split()[2] not in there:
                self._ask(line.removesuffix(";"))

    # The server

    def _commit(self, state: _State, coming: _State, write: Callable[[Transaction], None] = lambda _: None) -> _State:
        """One transaction from one state to the next; raises `StoreHeldError` where the server is in another."""
        coming = replace(coming, step=state.step + 1)
        known = {name: value for name, value in asdict(coming).items() if value is not None}
        with self._session(WRITE_ACCESS) as session, session.begin_transaction() as tx:
            if tx.run(_ADVANCE, own=_OWN, step=state.step, state=known).single() is None:
                raise StoreHeldError(f"Another command loads into {self._url}; wait until it is done, then try again.")
            write(tx)
            tx.commit()
        self._step = coming.step
        return coming

    def _state(self) -> _State | None:
        found = self._ask("MATCH (p:Projection {id: $own.id}) RETURN properties(p)", own=_OWN)
        return (
            _State(**{"step": 0} | {name: found[name] for name in _State.__slots__ if name in found}) if found else None
        )

    def _ask(self, statement: str, **params: object) -> Any:
        """The first value of the first row; None without rows."""
        with self._session(WRITE_ACCESS) as session:
            found = session.run(statement, params).single()
            return found[0] if found else None

    def _answer(self, text: str, params: Mapping[str, object], *, write: bool) -> Rows:
        with self._session(WRITE_ACCESS if write else READ_ACCESS) as session:
            return bolt.answer(session, text, params)

    def _session(self, access: str) -> Session:
        return self._driver.session(
            database=self._database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def _mistake(self, error: Neo4jError, *, write: bool) -> KgError:
        code = str(error.code)
        if code.endswith("Statement.AccessMode") and not write:
            return WriteRefusedError("The Cypher text would change the graph; allow it with --write.")
        if ".Statement." in code or ".Procedure." in code:
            return bolt.mistake(error, _PLACE)
        return neo4j_errors.told(error, self._url, self._user)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Errors of the driver as sentences."""
        try:
            yield
        except (DriverError, Neo4jError, ValueError) as error:
            raise neo4j_errors.told(error, self._url, self._user) from error


def _driver(url: str, auth: tuple[str, str] | None) -> Driver:
    if not url.startswith(("neo4j", "bolt")):  # the driver knows others, in preview
        raise neo4j_errors.no_address(url)
    return GraphDatabase.driver(
        url, auth=auth, connection_timeout=10, notifications_min_severity="OFF", telemetry_disabled=True
    )


def _check_version(url: str, agent: str) -> None:
    """Raise `StoreError` for a Neo4j before 5; others that speak Bolt are taken as they are."""
    if old := re.match(r"Neo4j/([1-4]\.[\d.]+)", agent):
        raise StoreError(f"The server at {url} is Neo4j {old[1]}; kg needs Neo4j 5 or later.")


def projection_node(graph: GraphReader) -> Node:
    """The node that says that a database holds all of a graph, so that a later load goes on from there."""
    seq = graph.last_seq()
    return Node(_OWN["id"], ("Projection",), {**_OWN, "step": 1, "seq": seq, "mark": _mark(graph, seq)})


def _mark(graph: GraphReader, seq: int) -> str:
    """The change of a seq."""
    found = graph.changes(seq - 1, 1) if seq else ()
    return f"{found[0].kind} {found[0].id}" if found else ""


# A first load


@dataclass(frozen=True, slots=True)
class _Phase:
    """A part of a first load: records in the order of their keys, which become edges, or nodes with edges out of them.

    Edges out of a node that is made lead to entities, and have no properties.
    """

    read: Callable[[GraphReader], Iterator[Any]]
    node: Callable[[Any], Node] | None = None
    edges: Callable[[Any], list[Edge]] = lambda _: []
    key: Callable[[Any], str] = lambda record: str(record.id)


def _edges_to_others(claim: GraphClaim) -> list[Edge]:
    return [edge for edge in pg.claim_edges(claim) if edge.type != "PREMISE"]


def _premises(claim: GraphClaim) -> list[Edge]:
    return [edge for edge in pg.claim_edges(claim) if edge.type == "PREMISE"]


def _mention_key(mention: GraphMention) -> str:
    return f"{mention.article} {mention.entity}"


_PHASES = (
    _Phase(lambda graph: graph.articles(), node=pg.article_node),
    _Phase(lambda graph: graph.entities(), node=pg.entity_node, edges=pg.entity_edges),
    _Phase(lambda graph: graph.relations(), edges=lambda relation: [pg.relation_edge(relation)]),
    _Phase(lambda graph: graph.claims(), node=pg.claim_node, edges=_edges_to_others),
    _Phase(lambda graph: (claim for claim in graph.claims() if claim.premises), edges=_premises),
    _Phase(lambda graph: graph.mentions(), edges=lambda mention: [pg.mention_edge(mention)], key=_mention_key),
)


def _chunks(records: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(records, CHUNK)):
        yield chunk


def _create(phase: _Phase, records: list[Any], tx: Transaction) -> None:
    if phase.node is None:
        _create_edges(tx, chain.from_iterable(map(phase.edges, records)))
        return
    rows: dict[tuple[tuple[str, ...], tuple[str, ...]], list[object]] = defaultdict(list)
    for record in records:
        node, edges = phase.node(record), phase.edges(record)
        rows[node.labels, tuple(edge.type for edge in edges)].append([node.properties, *(e.target for e in edges)])
    for (labels, types), alike in rows.items():
        _each(tx, _node_with_edges(labels, types), alike)


def _node_with_edges(labels: tuple[str, ...], types: tuple[str, ...]) -> str:
    """A node of a row's properties, and an edge of each type to the entity whose id comes next in the row."""
    ends = [f"MATCH (b{i}:Entity {{id: row[{i}]}}) USING INDEX b{i}:Entity(id)" for i in range(1, len(types) + 1)]
    edges = [f"CREATE (n)-[:{type_}]->(b{i})" for i, type_ in enumerate(types, 1)]
    return " ".join([*ends, f"CREATE (n:{':'.join(labels)}) SET n = row[0]", *edges])


def _create_edges(tx: Transaction, edges: Iterable[Edge]) -> None:
    for (type_, source, target), rows in by_ends(edges).items():
        _each(tx, f"{_ends(source, target)} CREATE (a)-[e:{type_}]->(b) SET e = row[2]", rows)


def _ends(source: str, target: str) -> str:
    """The nodes a and b of a row; by index, as a plan that is made while there are few nodes stays."""
    return (
        f"MATCH (a:{source} {{id: row[0]}}) USING INDEX a:{source}(id) "
        f"MATCH (b:{target} {{id: row[1]}}) USING INDEX b:{target}(id)"
    )


# Changes


def _write(tx: Transaction, batch: Batch) -> None:
    """Make nodes and edges what the batch says; of what it names, edges without an id are made anew."""
    for type_ in RELATION_TYPES:
        _each(tx, f"MATCH ()-[r:{type_} {{id: row}}]->() DELETE r", gone(batch.relations))
    _each(tx, "MATCH (n:Claim {id: row}) DETACH DELETE n", gone(batch.claims))
    _each(tx, "MATCH (n:Entity {id: row}) DETACH DELETE n", [*gone(batch.entities), *gone(batch.articles)])
    _each(tx, "MATCH (:Entity {id: row})-[e:MENTIONS]->() DELETE e", batch.mentions)
    _each(tx, "MATCH (:Claim {id: row})-[e]->() DELETE e", batch.claims)
    _each(tx, "MATCH (:Statement:Entity {id: row})-[e:STATED_IN]->() DELETE e", batch.entities)
    _merge_nodes(tx, nodes_of(batch))
    edges = edges_of(batch)
    _merge_relations(tx, [edge for edge in edges if "id" in edge.properties])
    _create_edges(tx, (edge for edge in edges if "id" not in edge.properties))


def _held(tx: Transaction, ids: Iterable[str]) -> set[str]:
    """Which of the ids are nodes already."""
    wanted = list(ids)
    labels = ("Entity", "Claim")
    return {id_ for label in labels for (id_,) in _each(tx, f"MATCH (n:{label} {{id: row}}) RETURN n.id", wanted)}


def _merge_nodes(tx: Transaction, nodes: list[Node]) -> None:
    """Nodes with these properties and no others, and of the labels of the ontology with these alone."""
    for labels, rows in by_labels(nodes).items():
        key = "Claim" if labels == ("Claim",) else "Entity"
        others = "".join(f" REMOVE n:{label}" for label in sorted(ENTITY_TYPES.keys() - set(labels)) if key == "Entity")
        _each(tx, f"MERGE (n:{key} {{id: row.id}}) SET n = row{others} SET n:{':'.join(labels)}", rows)


def _merge_relations(tx: Transaction, relations: list[Edge]) -> None:
    for (type_, source, target), rows in by_ends(relations).items():
        merge = f"MERGE (a)-[e:{type_} {{id: row[2].id}}]->(b) SET e = row[2]"
        _each(tx, f"{_ends(source, target)} {merge}", rows)
