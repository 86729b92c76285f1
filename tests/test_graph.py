import networkx as nx

from kg.graph import build
from tests.listed_graph import story


def test_the_whole_graph_has_every_relation_by_its_id() -> None:
    graph = build(story())
    assert sorted(key for _, _, key in graph.edges(keys=True)) == sorted(story().records["relation"])
    assert sorted(graph) == sorted([*story().records["entity"], *story().records["article"]])


def test_nodes_and_edges_say_what_the_stores_say() -> None:
    graph = build(story())
    assert graph.nodes["ent-ghana"] == {
        "id": "ent-ghana",
        "labels": ("Country", "Place", "Entity"),
        "name": "Ghana",
        "articles": 1,
        "iso3166": "GH",
    }
    assert graph.edges["ent-ghana", "ent-levy", "rel-change"] == {
        "id": "rel-change",
        "type": "CHANGES_POLICY",
        "caption": "changes policy (planned)",
        "status": "planned",
        "change": "cut",
        "support": 1,
        "independent": 1,
        "confidence": 0.8,
        "firstSeen": "2025-04-24",
        "inferred": False,
    }


def test_around_an_entity_there_are_its_relations_in_either_direction() -> None:
    assert sorted(build(story(), around="ent-levy")) == ["ent-ghana", "ent-levy", "sta-1"]


def test_further_steps_reach_further() -> None:
    near, far = build(story(), around="ent-levy", depth=2), build(story(), around="ent-levy", depth=3)
    assert sorted(near) == ["ent-courier", "ent-ghana", "ent-heliant", "ent-levy", "ent-mensah", "sta-1"]
    assert set(far) - set(near) == {"art-1", "ent-solheim"}


def test_an_entity_alone_is_a_graph_of_one() -> None:
    graph = story()
    for id_ in list(graph.records["relation"]):
        graph.drop("relation", id_)
    assert list(build(graph, around="ent-levy")) == ["ent-levy"]


def test_algorithms_run_on_it() -> None:
    path = nx.shortest_path(build(story()).to_undirected(), "ent-heliant", "ent-solheim")
    assert path == ["ent-heliant", "ent-ghana", "ent-mensah", "ent-solheim"]
