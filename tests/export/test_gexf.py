import io
from pathlib import Path
from typing import Any

import networkx as nx
from lxml import etree  # type: ignore[import-untyped]

from kg.export.gexf import gexf
from kg.store.base import GraphReader
from tests.listed_graph import ListedGraph, article, entity, relation, story

NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def written(graph: GraphReader) -> bytes:
    output = io.BytesIO()
    gexf(graph, output)
    return output.getvalue()


def read(graph: GraphReader) -> Any:
    return nx.read_gexf(io.BytesIO(written(graph)), version="1.3")


def problems(xml: bytes) -> list[str]:
    """What breaks the rules of the format: its schema, and what a schema cannot say."""
    rules = etree.XMLSchema(etree.parse(Path(__file__).with_name("gexf.xsd")))
    tree = etree.fromstring(xml)
    rules.validate(tree)
    found = [str(error.message) for error in rules.error_log]
    for what in ("node", "edge"):
        known = set(tree.xpath(f"//g:attributes[@class='{what}']/g:attribute/@id", namespaces=NS))
        used = set(tree.xpath(f"//g:{what}/g:attvalues/g:attvalue/@for", namespaces=NS))
        found += [f"{what}: {name} is not declared" for name in sorted(used - known)]
    channels = [int(value) for value in tree.xpath("//viz:color/@*", namespaces=NS)]
    return found + [f"{channel} is no colour" for channel in channels if not 0 <= channel <= 255]


def test_the_format_is_kept() -> None:
    assert problems(written(story())) == []


def test_the_check_sees_an_edge_without_an_end() -> None:
    graph = story()
    graph.drop("entity", "ent-levy")
    assert len(problems(written(graph))) == 2  # ABOUT and CHANGES_POLICY


def test_networkx_reads_labels_colours_sizes_and_intervals() -> None:
    node = read(story()).nodes["ent-heliant"]
    assert (node["label"], node["type"], node["labels"]) == ("Heliant", "Company", "Company:Organization:Entity")
    assert node["aliases"] == 'Heliant Inc.; the "sun" maker\n'
    assert node["viz"] == {"color": {"r": 76, "g": 159, "b": 112, "a": 1.0}, "size": 10.3}
    assert node["start"] == "2025-04-24"


def test_edges_weigh_their_support_and_two_of_a_pair_stay_two() -> None:
    read_ = read(story())
    supplies = read_["ent-heliant"]["ent-ghana"]["rel-supplies"]
    assert (supplies["weight"], supplies["label"], supplies["status"]) == (2.0, "SUPPLIES", "asserted")
    assert set(read_["ent-mensah"]["ent-solheim"]) == {"rel-meets", "rel-denied"}
    assert b'kind="SUPPLIES"' in written(story())


def test_an_inferred_edge_still_has_a_weight() -> None:
    assert read(story())["ent-mensah"]["ent-ghana"]["rel-citizen"]["weight"] == 1.0


def test_intervals_are_days_even_where_articles_have_a_time_or_half_a_date() -> None:
    graph = ListedGraph()
    graph.put(article("art-1", published="2031-04-07T06:00:00+12:00"), article("art-2", published="2031-04"))
    graph.put(entity("ent-1", "Person", "Ada", first_seen="2031-04-07", last_seen="2031-05-01"))
    graph.put(relation("rel-1", "AUTHORED_BY", ("art-1", "ent-1"), first_seen=None))
    assert problems(written(graph)) == []
    intervals = {id_: (node.get("start"), node.get("end")) for id_, node in read(graph).nodes(data=True)}
    assert intervals == {
        "art-1": ("2031-04-07", "2031-04-07"),
        "art-2": (None, None),
        "ent-1": ("2031-04-07", "2031-05-01"),
    }


def test_what_xml_forbids_is_replaced() -> None:
    graph = ListedGraph()
    graph.put(entity("ent-odd", "Group", "A\x00<b>&\"\x0b'"))
    assert problems(written(graph)) == []
    assert read(graph).nodes["ent-odd"]["label"] == "A�<b>&\"�'"
