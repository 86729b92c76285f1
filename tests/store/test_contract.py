"""What every store does, asked of each in its own language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import QueryError, WriteRefusedError
from kg.store import base
from kg.store.arcadedb import ArcadeStore
from kg.store.base import Counts, Store, read_batch
from kg.store.neo4j import Neo4jStore
from kg.store.oxigraph import OxigraphStore
from tests.listed_graph import ListedGraph, claim, entity, relation, story

# The same questions in both languages, to be answered with the same rows.
QUESTIONS = {
    "entities": (
        """SELECT ?id ?name ?articles ?value ?ticker {
             ?e a kg:Entity ; rdfs:label ?name . OPTIONAL { ?e kg:articles ?articles }
             OPTIONAL { ?e kg:value ?value } OPTIONAL { ?e kg:ticker ?ticker }
             BIND(STRAFTER(STR(?e), "/id/") AS ?id) } ORDER BY ?id""",
        "MATCH (e:Entity) RETURN e.id AS id, e.name, e.articles, e.value, e.ticker ORDER BY id",
    ),
    "organizations": (
        'SELECT ?id { ?e a kg:Organization . BIND(STRAFTER(STR(?e), "/id/") AS ?id) } ORDER BY ?id',
        "MATCH (e:Organization) RETURN e.id AS id ORDER BY id",
    ),
    "aliases": (
        "SELECT ?alias { ?e skos:altLabel ?alias } ORDER BY ?alias",
        "MATCH (e:Entity) UNWIND e.aliases AS alias RETURN alias ORDER BY alias",
    ),
    "relations": (
        """SELECT ?id ?from ?to ?status ?support ?confidence ?inferred ?change ?validFrom {
             ?r a kg:Relation ; rdf:subject ?s ; rdf:object ?o ; kg:status ?status ; kg:support ?support ;
                kg:confidence ?confidence ; kg:inferred ?inferred .
             OPTIONAL { ?r kg:change ?change } OPTIONAL { ?r kg:validFrom ?validFrom }
             BIND(STRAFTER(STR(?r), "/id/") AS ?id) BIND(STRAFTER(STR(?s), "/id/") AS ?from)
             BIND(STRAFTER(STR(?o), "/id/") AS ?to) } ORDER BY ?id""",
        """MATCH (s)-[r]->(o) WHERE r.support IS NOT NULL
           RETURN r.id AS id, s.id, o.id, r.status, r.support, r.confidence, r.inferred, r.change, r.validFrom
           ORDER BY id""",
    ),
    "claims": (
        """SELECT ?id ?relation ?from ?to ?article ?quote ?start ?said ?earliest {
             ?c a kg:Claim ; kg:relation ?r ; rdf:subject ?s ; rdf:object ?o ; prov:wasQuotedFrom ?a .
             OPTIONAL { ?c oa:hasSelector/oa:exact ?quote } OPTIONAL { ?c oa:hasSelector/oa:start ?start }
             OPTIONAL { ?c kg:attributedTo ?t } OPTIONAL { ?c kg:earliest ?earliest }
             BIND(STRAFTER(STR(?c), "/id/") AS ?id) BIND(STRAFTER(STR(?r), "/id/") AS ?relation)
             BIND(STRAFTER(STR(?s), "/id/") AS ?from) BIND(STRAFTER(STR(?o), "/id/") AS ?to)
             BIND(STRAFTER(STR(?a), "/id/") AS ?article) BIND(STRAFTER(STR(?t), "/id/") AS ?said) } ORDER BY ?id""",
        """MATCH (c:Claim)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o), (c)-[:STATED_IN]->(a)
           OPTIONAL MATCH (c)-[:ATTRIBUTED_TO]->(t)
           RETURN c.id AS id, c.relationId, s.id, o.id, a.id, c.quote, c.start, t.id, c.earliest ORDER BY id""",
    ),
    "mentions": (
        """SELECT ?article ?entity { ?a kg:mentions ?e .
             BIND(STRAFTER(STR(?a), "/id/") AS ?article) BIND(STRAFTER(STR(?e), "/id/") AS ?entity) }
           ORDER BY ?article ?entity""",
        "MATCH (a)-[:MENTIONS]->(e) RETURN a.id AS article, e.id AS entity ORDER BY article, entity",
    ),
}

Answer = dict[str, list[tuple[object, ...]]]


def asked(store: Store) -> Answer:
    language = 0 if isinstance(store, OxigraphStore) else 1
    return {name: store.query(question[language]).rows for name, question in QUESTIONS.items()}


def expected(graph: ListedGraph, tmp_path: Path) -> Answer:
    """What a store answers that was made anew from the graph as it is."""
    with OxigraphStore(tmp_path / "expected") as fresh:
        fresh.rebuild(graph)
        return asked(fresh)


@pytest.fixture(params=["sparql", "cypher", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(request.param)
    store.rebuild(ListedGraph())
    return store


@pytest.fixture
def reopened(store: Store, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    def again() -> Store:
        store.close()
        match store:
            case OxigraphStore():
                return OxigraphStore(tmp_path / "oxigraph")
            case ArcadeStore():
                return ArcadeStore(request.getfixturevalue("server_folder"))
        return Neo4jStore(request.getfixturevalue("neo4j_server").url)

    return again


def loaded(store: Store) -> ListedGraph:
    graph = story()
    store.rebuild(graph)
    return graph


def test_all_stores_hold_all_there_is(store: Store) -> None:
    graph = story()
    progress = store.project(graph)
    assert (progress.seq, store.seq()) == (graph.last_seq(), graph.last_seq())
    assert store.counts() == Counts(articles=2, entities=8, relations=10, claims=12, mentions=3)


def test_equal_questions_give_equal_rows(store: Store, tmp_path: Path) -> None:
    graph = loaded(store)
    rows, same = asked(store), expected(graph, tmp_path)
    assert all(rows.values())
    assert rows == same
    types = [[type(value) for value in row] for question in rows.values() for row in question]
    assert types == [[type(value) for value in row] for question in same.values() for row in question]


def test_changes_one_at_a_time_end_where_a_load_ends(store: Store, tmp_path: Path) -> None:
    graph = story()
    for change in graph.changes(0, graph.last_seq()):
        store.apply(read_batch(graph, [change]), graph)
    assert store.seq() == graph.last_seq()
    assert asked(store) == expected(graph, tmp_path)


def test_a_batch_applied_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    graph = loaded(store)
    store.apply(read_batch(graph, graph.changes(0, graph.last_seq())), graph)
    assert asked(store) == expected(graph, tmp_path)


def test_new_values_replace_old_ones(store: Store, tmp_path: Path) -> None:
    graph = loaded(store)
    graph.put(
        entity("ent-ghana", "Country", "Republic of Ghana", aliases=("Ghana",)),  # a new name, and no code any more
        relation("rel-meets", "MEETS", ("ent-mensah", "ent-solheim"), support=5, confidence=0.9),
    )
    store.project(graph)
    rows = asked(store)
    assert ("ent-ghana", "Republic of Ghana", 1, None, None) in rows["entities"]
    assert rows == expected(graph, tmp_path)


def test_an_entity_may_become_of_another_type(store: Store, tmp_path: Path) -> None:
    graph = loaded(store)
    graph.put(entity("ent-heliant", "Organization", "Heliant"), entity("ent-mensah", "Organization", "Mensah & Co"))
    store.project(graph)
    rows = asked(store)
    assert [row[0] for row in rows["organizations"]] == ["ent-courier", "ent-heliant", "ent-mensah"]
    assert rows == expected(graph, tmp_path)


def test_retraction_takes_back_exactly_what_an_article_gave(store: Store, tmp_path: Path) -> None:
    graph = loaded(store)
    for id_ in ("clm-2", "clm-4", "clm-6"):
        graph.drop("claim", id_)
    for id_ in ("rel-denied", "rel-said2"):
        graph.drop("relation", id_)
    graph.put(relation("rel-supplies", "SUPPLIES", ("ent-heliant", "ent-ghana")))
    graph.drop("entity", "sta-2")
    graph.drop("mentions", "art-2")
    graph.drop("article", "art-2")
    store.project(graph)
    assert store.counts() == Counts(articles=1, entities=7, relations=8, claims=9, mentions=2)
    assert asked(store) == expected(graph, tmp_path)


def test_a_merge_moves_relations_to_the_entity_that_stays(store: Store, tmp_path: Path) -> None:
    graph = loaded(store)
    graph.drop("entity", "ent-solheim")
    graph.put(entity("ent-mensah", "Person", "Ada Mensah", members=("ent-solheim",)))
    for id_ in ("rel-meets", "rel-denied", "rel-said2"):
        graph.drop("relation", id_)
    said = relation("rel-said3", "SAID", ("ent-mensah", "sta-2"))
    graph.put(said, claim("clm-6", said, "art-2", "said"))
    graph.drop("claim", "clm-3")
    graph.drop("claim", "clm-4")
    graph.put(claim("clm-11", graph.records["relation"]["rel-citizen"], "art-1", "Ghana's minister", inferred=True))  # type: ignore[arg-type]
    store.project(graph)
    rows = asked(store)
    assert ("clm-6", "rel-said3", "ent-mensah", "sta-2", "art-2", "said", 8, None, None) in [
        tuple(value or None for value in row) for row in rows["claims"]
    ]
    assert rows == expected(graph, tmp_path)


def test_edges_may_come_before_the_nodes_they_join(store: Store, tmp_path: Path) -> None:
    graph = loaded(store)
    likes = relation("rel-new", "SUPPORTS", ("ent-new", "ent-ghana"))
    graph.put(claim("clm-new", likes, "art-1", premises=("clm-newer",)), likes)
    graph.put(entity("ent-new", "Person", "Per Haugland"), claim("clm-newer", likes, "art-2"))
    after = graph.last_seq() - 4
    for change in graph.changes(after, 4):
        store.apply(read_batch(graph, [change]), graph)
    assert asked(store) == expected(graph, tmp_path)


def test_a_store_knows_after_reopening_how_far_it_is(store: Store, reopened: Callable[[], Store]) -> None:
    graph = loaded(store)
    with reopened() as again:
        assert again.seq() == graph.last_seq()
        assert again.counts() == Counts(articles=2, entities=8, relations=10, claims=12, mentions=3)


def test_projecting_what_is_current_does_nothing(store: Store) -> None:
    graph = loaded(store)
    assert store.project(graph).changes == 0


def test_progress_is_told_batch_by_batch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = loaded(store)
    monkeypatch.setattr(base, "BATCH", 2)
    graph.put(*(entity(f"ent-{n}", "Person", f"Person {n}") for n in range(5)))
    told: list[int] = []
    store.project(graph, lambda progress: told.append(progress.seq))
    assert told == [37, 39, 40]


def test_writes_are_refused_unless_allowed(store: Store) -> None:
    graph = loaded(store)
    writes = (
        ["INSERT DATA { <x:a> <x:b> 1 }", "PREFIX a: <x:> DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"]
        if isinstance(store, OxigraphStore)
        else ["CREATE (n:Person {id: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n:Person) SET n.name = 'x'"]
    )
    for text in writes:
        with pytest.raises(WriteRefusedError, match=r"would change the \w+; allow it with --write\.$"):
            store.query(text)
    assert store.counts().entities == len(graph.records["entity"])


def test_a_mistake_is_one_sentence_with_its_place(store: Store) -> None:
    loaded(store)
    text = "SELECT ?x WHERE { ?x a kg:Person" if isinstance(store, OxigraphStore) else "MATCH (n:Person RETURN n"
    with pytest.raises(QueryError) as error:
        store.query(text)
    assert str(error.value) in {
        "The SPARQL query has a mistake at line 1, column 33: unexpected end.",
        "The Cypher query has a mistake at line 1, column 17: mismatched input 'RETURN'.",
        "The Cypher query has a mistake at line 1, column 17: Invalid input 'RETURN'.",
    }


def test_parameters_are_values_never_text(store: Store) -> None:
    loaded(store)
    text = (
        "SELECT ?n { ?e rdfs:label ?n FILTER(?n = $name) } # $name"
        if isinstance(store, OxigraphStore)
        else "MATCH (e:Entity) WHERE e.name = $name RETURN e.name"
    )
    assert store.query(text, {"name": "Heliant"}).rows == [("Heliant",)]
    assert store.query(text, {"name": "\" } # ' OR 1=1 \\"}).rows == []
