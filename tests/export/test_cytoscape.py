import io
import json
from typing import Any

from kg.export.cytoscape import cytoscape
from kg.store.base import GraphReader
from tests.listed_graph import ListedGraph, story


def elements(graph: GraphReader) -> dict[str, list[dict[str, Any]]]:
    output = io.BytesIO()
    cytoscape(graph, output)
    found: dict[str, list[dict[str, Any]]] = json.loads(output.getvalue())["elements"]
    return found


def test_ids_are_unique_and_every_edge_has_its_ends() -> None:
    found = elements(story())
    nodes = [node["data"]["id"] for node in found["nodes"]]
    edges = [edge["data"]["id"] for edge in found["edges"]]
    assert (len(nodes), len(edges), len({*nodes, *edges})) == (10, 10, 20)
    assert {edge["data"][end] for edge in found["edges"] for end in ("source", "target")} <= set(nodes)


def test_nodes_and_edges_carry_their_properties_with_their_types() -> None:
    found = elements(story())
    (levy,) = (node for node in found["nodes"] if node["data"]["id"] == "ent-levy")
    assert levy == {
        "data": {
            "id": "ent-levy",
            "name": "levy on cocoa",
            "articles": 1,
            "bound": "moreThan",
            "policyKind": "tariff",
            "unit": "percent",
            "value": 12.5,
            "type": "Policy",
            "labels": ["Policy", "Entity"],
        },
        "classes": "Policy Entity",
    }
    (denied,) = (edge for edge in found["edges"] if edge["data"]["id"] == "rel-denied")
    assert denied["classes"] == "MEETS denied"
    assert (denied["data"]["source"], denied["data"]["target"]) == ("ent-mensah", "ent-solheim")
    assert denied["data"]["interaction"] == "MEETS"


def test_an_article_keeps_its_source_which_is_no_end_of_an_edge() -> None:
    (article, _) = (node["data"] for node in elements(story())["nodes"] if node["data"]["type"] == "Article")
    assert (article["source"], article["authors"]) == ("art-1.txt", ["Lotte Visser", "Sam Achebe"])


def test_an_empty_graph_is_an_empty_list() -> None:
    assert elements(ListedGraph()) == {"nodes": [], "edges": []}
