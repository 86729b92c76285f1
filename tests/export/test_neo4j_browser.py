"""The pack for Neo4j Browser: every query is sound, and no name out of an article is more than a name."""

import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import Driver, GraphDatabase

from kg.export.neo4j_browser import first_query, pack
from kg.export.neo4j_examples import examples, literal, plain
from kg.model.graph import GraphEntity, GraphRelation
from kg.store.neo4j_server import Running
from tests.listed_graph import ListedGraph, story

HOSTILE = (
    "'}) DETACH DELETE n //",
    "O'Brien & <script>alert(1)</script>",
    "link:javascript:alert(1)[x]",
    "{name} ++++",
)


def speaking(name: str) -> ListedGraph:
    """A graph in which somebody of this name speaks, buys and is bought."""
    graph = ListedGraph()
    graph.put(
        GraphEntity(id="ent-1", type="Person", name=name), GraphEntity(id="ent-2", type="Company", name="Heliant")
    )
    graph.put(GraphEntity(id="sta-1", type="Statement", name="no"))
    for id_, type_, object_ in (("rel-1", "SAID", "sta-1"), ("rel-2", "ACQUIRES", "ent-2")):
        graph.put(relation(id_, type_, object_))
    return graph


def relation(id_: str, type_: str, object_: str) -> GraphRelation:
    return GraphRelation(
        id=id_, type=type_, subject="ent-1", object=object_, status="asserted", support=1, independent=1, confidence=0.8
    )


@pytest.fixture(scope="module")
def driver(neo4j_server: Running) -> Driver:
    return GraphDatabase.driver(neo4j_server.url)


def test_the_pack_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    pack(story(), tmp_path / "one")
    pack(story(), tmp_path / "two")
    files = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one").glob("*.*")}
    assert {str(name) for name in files} == {
        "guide.adoc", "guide.html", "kg.grass", "neo4j.conf", "saved-queries.zip", "serve.py",
    }  # fmt: skip
    assert {path.relative_to(tmp_path / "two"): path.read_bytes() for path in (tmp_path / "two").glob("*.*")} == files
    with zipfile.ZipFile(tmp_path / "one/saved-queries.zip") as archive:
        assert len(archive.namelist()) == len(list((tmp_path / "one/saved-queries").iterdir())) > 25


def test_neo4j_conf_opens_browser_styled_with_the_guide(tmp_path: Path) -> None:
    pack(story(), tmp_path)
    assert (tmp_path / "neo4j.conf").read_text().splitlines() == [
        "browser.post_connect_cmd=style http://localhost:7491/kg.grass; guide http://localhost:7491/guide.html",
        "browser.remote_content_hostname_whitelist=localhost",
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_every_saved_query_is_sound_cypher_with_a_limit(name: str, tmp_path: Path, driver: Driver) -> None:
    pack(speaking(name), tmp_path)
    for path in sorted((tmp_path / "saved-queries").iterdir()):
        text = path.read_text("utf-8")
        plan = driver.execute_query(f"EXPLAIN {text}").summary
        assert plan.query_type == "r", path.name
        assert re.search(r"LIMIT 300\s*$", text), path.name


def test_the_default_picture_leaves_out_the_layer_of_evidence() -> None:
    assert "NOT n:Article AND NOT n:Statement" in first_query()
    assert "Claim" not in first_query()


def test_examples_are_the_busiest_names() -> None:
    assert examples(speaking("Ada Mensah")) == {
        "person": "Ada Mensah",
        "speaker": "Ada Mensah",
        "subject": "Ada Mensah",
        "type": "ACQUIRES",
        "object": "Heliant",
    }


def test_a_name_that_cannot_be_written_plainly_is_passed_over() -> None:
    assert examples(speaking(r"Ada \u0027 Mensah")) == {}
    assert not plain("two\nlines")
    with pytest.raises(ValueError, match="two"):
        literal("two\nlines")


@settings(max_examples=60, deadline=None)
@given(name=st.text(st.characters(codec="utf-8"), max_size=40).filter(plain))
def test_a_name_is_the_same_name_in_the_server(name: str, driver: Driver) -> None:
    assert driver.execute_query(f"RETURN {literal(name)} AS name").records[0]["name"] == name


class Tags(HTMLParser):
    """The tags of a page, and the text of its runnable queries."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_no_markup_in_either_guide(name: str, tmp_path: Path) -> None:
    pack(speaking(name), tmp_path)
    page = Tags((tmp_path / "guide.html").read_text("utf-8"))
    assert page.tags <= {"article", "carousel", "slide", "div", "h3", "p", "b", "code", "figure", "pre"}
    assert f"What did {name} say, and about what?" in page.text
    headings = [line for line in (tmp_path / "guide.adoc").read_text("utf-8").splitlines() if line.startswith("== ")]
    assert len(headings) >= 4
    assert not [line for line in headings if re.search(r"[^\w\s.&#;=]", line)]


def test_a_graph_without_names_has_a_guide_all_the_same(tmp_path: Path) -> None:
    pack(ListedGraph(), tmp_path)
    assert "Who is tied to whom?" in (tmp_path / "guide.html").read_text("utf-8")
