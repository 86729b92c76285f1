"""Loading a real Neo4j: again, in parts, cut off, beside others, and what reads it cannot do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import QueryError, StoreError, StoreHeldError, UsageError, WriteRefusedError
from kg.ledger import Ledger
from kg.model.graph import GraphClaim
from kg.resolve import resolve
from kg.store import neo4j as store_module
from kg.store.base import Progress, Store, View
from kg.store.comparison import compare
from kg.store.neo4j import Neo4jStore
from kg.store.neo4j_server import Running
from tests.listed_graph import ListedGraph, article, crowd, entity, relation, story
from tests.query.gold import gold
from tests.store.proxy import proxy

EVERYTHING = """MATCH (n) OPTIONAL MATCH (n)-[e]->(m)
RETURN labels(n), properties(n), type(e), properties(e), m.id ORDER BY n.id, type(e), m.id, e.id"""


def everything(view: View) -> list[tuple[object, ...]]:
    return view.query(EVERYTHING).rows


class Interrupted(ListedGraph):
    """A graph whose reader is stopped, as by Ctrl-C, at its first claim."""

    def __init__(self, graph: ListedGraph) -> None:
        super().__init__()
        self.__dict__.update(graph.__dict__)

    def claims(self, ids: Any = None) -> Iterator[GraphClaim]:  # noqa: ARG002 - a reader's method
        raise KeyboardInterrupt


def test_a_load_holds_what_the_ledger_holds_and_a_second_one_changes_nothing(neo4j: Neo4jStore) -> None:
    graph = story()
    assert neo4j.project(graph) == Progress(seq=35, last=35, changes=35)
    assert list(compare(graph, neo4j)) == []
    before = everything(neo4j)
    assert neo4j.project(graph) == Progress(seq=35, last=35, changes=0)
    assert everything(neo4j) == before


def test_what_articles_bring_and_take_back_ends_where_a_new_load_ends(neo4j: Neo4jStore, tmp_path: Path) -> None:
    articles = list(gold())
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        for part in (articles[:10], articles[10:]):
            for article, extraction in part:
                ledger.put(article)
                ledger.record(extraction, "reader")
            resolve(ledger)  # entities of the first part become one with those of the second
            neo4j.project(ledger.graph)
            assert list(compare(ledger.graph, neo4j)) == []
        for article, _ in articles[3:6]:
            ledger.retract(article.id)
        resolve(ledger)
        assert neo4j.project(ledger.graph).changes > 0
        assert list(compare(ledger.graph, neo4j)) == []
        assert neo4j.counts().articles == len(articles) - 3


def test_a_connection_that_is_cut_three_times_leaves_the_same_graph(
    neo4j: Neo4jStore, neo4j_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = crowd(300)
    monkeypatch.setattr(store_module, "CHUNK", 100)
    monkeypatch.setattr(store_module, "_PAUSE", 0.05)
    with proxy(neo4j_server.bolt, cut_after=70_000, at_most=3) as wire:
        with Neo4jStore(f"bolt://127.0.0.1:{wire.port}") as store:
            assert store.project(graph).seq == graph.last_seq()
        assert wire.cuts == 3
    assert list(compare(graph, neo4j)) == []


def test_changes_that_are_cut_off_are_applied_once(
    neo4j: Neo4jStore, neo4j_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, more = crowd(20), crowd(150)
    neo4j.project(graph)
    graph.put(*(record for kind in more.records.values() for record in kind.values()), *more.mentioned.values())
    monkeypatch.setattr("kg.store.base.BATCH", 200)
    monkeypatch.setattr(store_module, "_PAUSE", 0.05)
    with proxy(neo4j_server.bolt, cut_after=60_000, at_most=2) as wire:
        with Neo4jStore(f"bolt://127.0.0.1:{wire.port}") as store:
            store.project(graph)
        assert wire.cuts == 2
    assert list(compare(graph, neo4j)) == []


def test_a_server_that_stays_away_is_told_with_what_is_kept(
    neo4j: Neo4jStore, neo4j_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.2)
    monkeypatch.setattr(store_module, "_PAUSE", 0.05)
    with proxy(neo4j_server.bolt, cut_after=5_000, at_most=10_000) as wire:
        url = f"bolt://127.0.0.1:{wire.port}"
        with Neo4jStore(url) as store, pytest.raises(StoreError) as error:
            store.project(crowd(100))
    assert str(error.value) == (
        f"The connection to {url} is lost since 0 seconds; what was loaded is kept, "
        "and the same command goes on from there."
    )
    assert neo4j.seq() is None


def test_a_load_that_was_stopped_goes_on_with_what_is_left(neo4j: Neo4jStore, neo4j_server: Running) -> None:
    graph = story()
    with pytest.raises(KeyboardInterrupt):
        neo4j.project(Interrupted(graph))
    assert neo4j.seq() is None
    assert neo4j.counts().relations == 10
    neo4j.query("MATCH (:Person)-[r:MEETS]->() SET r.before = true", write=True)
    with Neo4jStore(neo4j_server.url) as again:
        again.project(graph)
    assert neo4j.query("MATCH ()-[r]->() WHERE r.before RETURN count(r)").rows == [(2,)]  # not written once more
    assert {one.what for one in compare(graph, neo4j)} == {"differs in before"}


def test_what_changes_while_a_load_is_stopped_is_there_in_the_end(neo4j: Neo4jStore) -> None:
    graph = story()
    with pytest.raises(KeyboardInterrupt):
        neo4j.project(Interrupted(graph))
    likes = relation("rel-likes", "SUPPORTS", ("ent-new", "ent-ghana"))
    graph.put(entity("ent-new", "Person", "Per Haugland"), likes, entity("ent-ghana", "Country", "Republic of Ghana"))
    graph.drop("mentions", "art-2")
    neo4j.project(graph)
    assert list(compare(graph, neo4j)) == []
    assert neo4j.seq() == graph.last_seq()


def test_what_others_keep_there_is_left_alone(neo4j: Neo4jStore) -> None:
    neo4j.query("CREATE (:Customer {id: 'c1'})-[:BOUGHT]->(:Product {id: 'p1'})", write=True)
    neo4j.project(story())
    neo4j.rebuild(story())
    assert neo4j.query("MATCH (a:Customer)-[:BOUGHT]->(b:Product) RETURN a.id, b.id").rows == [("c1", "p1")]
    assert list(compare(story(), neo4j)) == []


def test_nodes_of_others_under_our_labels_are_not_touched_unasked(neo4j: Neo4jStore, neo4j_server: Running) -> None:
    neo4j.query("CREATE (:Entity {id: 'theirs'})", write=True)
    with pytest.raises(StoreError) as error:
        neo4j.project(story())
    assert str(error.value) == (
        f"{neo4j_server.url} holds nodes of the label Entity that kg did not load; load into another database, "
        f"or replace them with: kg load {neo4j_server.url} --anew"
    )
    assert everything(neo4j) == [(["Entity"], {"id": "theirs"}, None, None, None)]
    neo4j.rebuild(story())
    assert list(compare(story(), neo4j)) == []


def test_the_graph_of_another_workspace_is_not_changed_unasked(neo4j: Neo4jStore, neo4j_server: Running) -> None:
    neo4j.project(story())
    before = everything(neo4j)
    with pytest.raises(StoreError) as error:
        neo4j.project(crowd(30))
    assert str(error.value) == (
        f"{neo4j_server.url} holds the graph of another workspace; load into another database, "
        f"or replace it with: kg load {neo4j_server.url} --anew"
    )
    assert everything(neo4j) == before


def test_two_loads_at_once_do_not_mix(neo4j: Neo4jStore, neo4j_server: Running) -> None:
    class Overtaken(ListedGraph):
        def relations(self, ids: Any = None) -> Any:
            with Neo4jStore(neo4j_server.url) as other:
                other.project(story())
            return super().relations(ids)

    mine = Overtaken()
    mine.__dict__.update(story().__dict__)
    with pytest.raises(StoreHeldError) as error:
        neo4j.project(mine)
    assert str(error.value) == f"Another command loads into {neo4j_server.url}; wait until it is done, then try again."
    assert list(compare(story(), neo4j)) == []


DIFFERENCES = [
    ("MATCH (n:Person {id: 'ent-mensah'}) SET n.name = 'Ada', n.age = 3", "entity ent-mensah differs in age, name"),
    ("MATCH (n:Country) REMOVE n:Place", "entity ent-ghana differs in labels"),
    ("MATCH (:Claim {id: 'clm-4'})-[e:ATTRIBUTED_TO]->() DELETE e", "claim clm-4 differs in ATTRIBUTED_TO"),
    ("MATCH (:Article)-[e:MENTIONS {count: 3}]->() SET e.count = 4", "article art-1 differs in MENTIONS"),
    ("MATCH (n:Claim {id: 'clm-9'}) DETACH DELETE n", "claim clm-9 is not on the server"),
    ("MATCH ()-[r {id: 'rel-supplies'}]->() SET r.support = 7", "relation rel-supplies differs in support"),
    ("MATCH ()-[r {id: 'rel-denied'}]->() DELETE r", "relation rel-denied is not on the server"),
    (
        "MATCH (a)-[r {id: 'rel-said'}]->(b) CREATE (a)-[s:SAID]->(b) SET s = properties(r)",
        "relation rel-said is 2 times on the server",
    ),
    ("CREATE (:Person:Entity {id: 'ent-x'})", "entity ent-x is on the server alone"),
    ("MATCH (a:Company), (b:Policy) CREATE (a)-[:OWNS {id: 'rel-x'}]->(b)", "relation rel-x is on the server alone"),
]


def test_a_check_names_every_difference(neo4j: Neo4jStore) -> None:
    graph = story()
    neo4j.project(graph)
    for change, _ in DIFFERENCES:
        neo4j.query(change, write=True)
    found = [f"{one.kind} {one.id} {one.what}" for one in compare(graph, neo4j)]
    assert sorted(found) == sorted(told for _, told in DIFFERENCES)
    neo4j.rebuild(graph)
    assert list(compare(graph, neo4j)) == []


def test_every_node_has_a_name_and_every_relation_a_caption(neo4j: Neo4jStore) -> None:
    neo4j.project(story())
    assert neo4j.query("MATCH (n) WHERE n.name IS NULL RETURN count(n)").rows == [(0,)]
    query = "MATCH ()-[r]->() WHERE r.support IS NOT NULL AND r.caption IS NULL RETURN count(r)"
    assert neo4j.query(query).rows == [(0,)]


def test_names_of_any_length_are_loaded(neo4j: Neo4jStore) -> None:
    graph = story()
    graph.put(article("art-9", title="x" * 20_000), entity("ent-9", "Organization", "y" * 9_000))
    neo4j.project(graph)
    assert list(compare(graph, neo4j)) == []
    assert neo4j.query("MATCH (n:Article {id: 'art-9'}) RETURN size(n.title)").rows == [(20_000,)]


WRITES = [
    "CREATE (n:Person {id: 'x'})",
    "MERGE (n:Person {id: 'x'})",
    "MATCH (n:Person) SET n.name = 'x'",
    "MATCH (n:Person) REMOVE n.name",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "FOREACH (i IN range(1, 3) | CREATE (:Person {id: 'x'}))",
    "CALL { CREATE (n:Person {id: 'x'}) RETURN n } RETURN n.id",
    "UNWIND range(1, 3) AS i CALL { WITH i CREATE (:Person {id: 'x' + i}) } IN TRANSACTIONS OF 1 ROWS",
    "LOAD CSV FROM 'file:///etc/passwd' AS line CREATE (:Person {id: line[0]})",
    "CREATE INDEX nosy FOR (n:Person) ON (n.nosy)",
    "DROP CONSTRAINT entity_id",
    "CALL db.createLabel('Nosy')",
    "CALL apoc.create.node(['Person'], {id: 'x'})",
    "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {})",
    "CALL dbms.security.createUser('nosy', 'nosy-nosy', false)",
    "CREATE USER nosy SET PASSWORD 'nosy-nosy'",
    "CREATE DATABASE nosy",
]


@pytest.mark.parametrize("name", ["cypher", "neo4j"])
def test_nothing_that_writes_gets_through_a_query(name: str, request: pytest.FixtureRequest) -> None:
    store: Store = request.getfixturevalue(name)
    store.rebuild(story())
    before = everything(store)
    for text in WRITES:
        with pytest.raises(QueryError):
            store.query(text)
    assert everything(store) == before


def test_indexes_and_labels_are_untouched_too(neo4j: Neo4jStore) -> None:
    neo4j.rebuild(story())
    asked = ["SHOW INDEXES YIELD name RETURN name ORDER BY name", "CALL db.labels() YIELD label RETURN label"]
    before = [neo4j.query(text).rows for text in asked]
    for text in WRITES:
        with pytest.raises(QueryError):
            neo4j.query(text)
    assert [neo4j.query(text).rows for text in asked] == before
    with pytest.raises(WriteRefusedError, match=r"^The Cypher text would change the graph; allow it with --write\.$"):
        neo4j.query("CREATE USER nosy SET PASSWORD 'nosy-nosy'")


def test_what_cannot_be_reached_is_said_in_a_sentence(neo4j_server: Running) -> None:
    with pytest.raises(
        StoreError, match=r"^No Neo4j answers at bolt://localhost:1 \(\[Errno \d+\] Connection refused\)"
    ):
        Neo4jStore("bolt://localhost:1")
    with pytest.raises(UsageError) as no_address:
        Neo4jStore("http://localhost")
    assert str(no_address.value) == (
        "http://localhost is no address of a Neo4j server; write it as neo4j://HOST or bolt://HOST:PORT."
    )
    with pytest.raises(StoreError) as no_database:
        Neo4jStore(neo4j_server.url, database="nowhere")
    assert str(no_database.value) == (
        f"The server at {neo4j_server.url} has no such database (Graph not found: nowhere); "
        "name another with --database."
    )


def test_a_store_that_is_not_loaded_says_so(neo4j: Neo4jStore, neo4j_server: Running) -> None:
    with pytest.raises(StoreError) as error:
        neo4j.apply(None, story())  # type: ignore[arg-type]
    assert str(error.value) == (
        f"Nothing is loaded into {neo4j_server.url} yet; load it with: kg load {neo4j_server.url}"
    )
