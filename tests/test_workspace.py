"""The library as a notebook would use it, on the sample; what the command line does is the same calls."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import LedgerError, NotFoundError, UsageError
from kg.query.questions import catalogue
from kg.workspace import Workspace


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample, ingested once."""
    with kg.open(tmp_path_factory.mktemp("sample") / "workspace") as opened:
        opened.ingest("sample")
        yield opened
        opened.stop()


def test_a_notebook_in_six_lines(graph: Workspace) -> None:
    people = graph.query(
        "MATCH (p:Person)-[:HOLDS_POSITION]->(o:Position) RETURN p.name AS name, o.name AS office"
    ).rows
    same = graph.sparql(
        "SELECT ?name ?office { ?p a kg:Person ; rdfs:label ?name ; kg:holdsPosition/rdfs:label ?office }"
    )
    assert people
    assert {row[0] for row in same.rows} <= {row[0] for row in people}
    assert graph.graph().number_of_edges() > 100
    assert graph.why("Australia", "South Korea").one.name == "Australia"
    assert graph.search("battery tariff")[0].snippet


def test_ingesting_again_changes_nothing(graph: Workspace, tmp_path: Path) -> None:
    graph.export("nquads", tmp_path / "before.nq")
    seq = graph.ledger.graph.last_seq()
    report = graph.ingest("sample")
    graph.export("nquads", tmp_path / "after.nq")
    assert (report.new, report.known, report.done) == (0, 20, 0)
    assert graph.ledger.graph.last_seq() == seq
    assert (tmp_path / "before.nq").read_bytes() == (tmp_path / "after.nq").read_bytes()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_question_has_the_same_rows_in_cypher_and_sparql(graph: Workspace, name: str) -> None:
    cypher, sparql = graph.ask(name, lang="cypher"), graph.ask(name, lang="sparql")
    assert cypher.columns == sparql.columns
    assert cypher.rows == sparql.rows


def test_retracting_takes_back_exactly_what_an_article_gave(tmp_path: Path) -> None:
    first = "Velmora's trade minister Ana Kerr said on Tuesday that tariffs on steel from Norway would stay in place."
    second = "Norway's foreign minister Ole Brun met Ana Kerr, the trade minister of Velmora, in Oslo on Friday."
    (tmp_path / "first.txt").write_text(first, encoding="utf-8")
    (tmp_path / "second.txt").write_text(second, encoding="utf-8")
    with kg.open(tmp_path / "one") as alone, kg.open(tmp_path / "two") as both:
        alone.ingest(str(tmp_path / "first.txt"))
        both.ingest(str(tmp_path / "first.txt"), str(tmp_path / "second.txt"))
        both.retract(str(tmp_path / "second.txt"))
        alone.export("nquads", tmp_path / "alone.nq")
        both.export("nquads", tmp_path / "both.nq")
        assert (tmp_path / "alone.nq").read_bytes() == (tmp_path / "both.nq").read_bytes()
        alone.stop()
        both.stop()


def test_a_workspace_can_be_moved(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Ana Kerr is the trade minister of Norway.", encoding="utf-8")
    with kg.open(tmp_path / "here") as opened:
        opened.ingest(str(tmp_path / "note.txt"))
        rows = opened.ask("who-holds-which-office").rows
        opened.stop()
    (tmp_path / "here").rename(tmp_path / "there")
    with kg.open(tmp_path / "there", create=False) as moved:
        assert moved.ask("who-holds-which-office").rows == rows


def test_the_folder_must_be_there_when_it_is_not_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="make one with: kg ingest SOURCE"):
        kg.open(tmp_path / "none", create=False)


def test_wrong_names_are_said_to_be_wrong(graph: Workspace) -> None:
    with pytest.raises(UsageError, match="there are: cypher, sparql, networkx"):
        graph.ask("who-holds-which-office", lang="gremlin")
    with pytest.raises(NotFoundError, match="No article has the id, URL or source 'art-0'"):
        graph.retract("art-0")


def test_two_commands_at_once_both_answer(graph: Workspace) -> None:
    # Another process asks the Cypher store's one server while this one has it open.
    environment = os.environ | {"KG_WORKSPACE": str(graph.folder)}
    command = [sys.executable, "-m", "kg", "query", "MATCH (a:Article) RETURN count(a) AS n", "--format", "json"]
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (other.returncode, other.stderr) == (0, "")
    assert json.loads(other.stdout) == [{"n": 20}]


def test_a_command_that_cannot_have_the_sparql_store_says_who_holds_it(graph: Workspace) -> None:
    environment = os.environ | {"KG_WORKSPACE": str(graph.folder)}
    graph.sparql("SELECT ?s WHERE { ?s a kg:Person } LIMIT 1")
    command = [sys.executable, "-m", "kg", "sparql", "SELECT ?s WHERE { ?s a kg:Person } LIMIT 1"]
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert other.returncode == 1
    assert f"held by process {os.getpid()}" in other.stderr
