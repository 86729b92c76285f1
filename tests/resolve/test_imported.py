"""A graph that was exported, imported and exported again is the same, byte for byte, and so are its answers."""

from pathlib import Path

import pytest

from kg.errors import LedgerError, SourceError, UsageError
from kg.export.rdf import FORMATS
from kg.workspace import Workspace
from tests.ledger.build import article, claim, day, entity, extraction, statement

ENDINGS = {
    "nquads": "nq",
    "trig": "trig.gz",
    "turtle": "ttl.zst",
    "ntriples": "nt",
    "rdfxml": "rdf",
    "jsonld": "jsonld",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two articles that agree, disagree, quote, and count."""
    one = article(
        "Ada Mensah met Kari Solheim in Oslo. “We will sign,” Mensah said.",
        published="2025-04-24",
        publisher="Baltic Courier",
        title="Talks in Oslo",
        authors=("Sam Achebe", "Lotte Visser"),
    )
    other = article("Kari Solheim denied that she met Ada Mensah. Ada B. Mensah owns 12.50 percent of Heliant.")
    graph = Workspace(tmp_path_factory.mktemp("own"))
    people = [entity("Person", "Ada Mensah", "Mensah"), entity("Person", "Kari Solheim")]
    said = statement("We will sign", "Ada Mensah", about=("Kari Solheim",), time=day("2025-04-24"))
    graph.ledger.put(one)
    graph.ledger.record(
        extraction(one, people, [claim("MEETS", "Ada Mensah", "Kari Solheim", "Ada Mensah met Kari Solheim")], [said]),
        "1",
    )
    graph.ledger.put(other)
    owns = claim("OWNS", "Ada Mensah", "Heliant", "owns 12.50 percent", qualifiers={"share": "12.50"})
    denied = claim("MEETS", "Kari Solheim", "Ada Mensah", "denied that she met Ada Mensah", status="denied")
    graph.ledger.record(extraction(other, [*people, entity("Company", "Heliant")], [denied, owns]), "1")
    graph.resolve()
    return graph


@pytest.mark.parametrize("form", ENDINGS)
def test_what_is_imported_is_exported_as_it_was(form: str, own: Workspace, tmp_path: Path) -> None:
    file = tmp_path / f"graph.{ENDINGS[form]}"
    own.export(form, file)
    with Workspace(tmp_path / "copy") as copy:
        assert copy.import_graph(file) == 2
        for name in ("jsonl", *FORMATS):
            own.export(name, tmp_path / "a")
            copy.export(name, tmp_path / "b")
            assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes(), name


@pytest.fixture
def copy(own: Workspace, tmp_path: Path) -> Workspace:
    file = tmp_path / "graph.nq"
    own.export("nquads", file, base="https://graph.example/", profile="rdf12")
    graph = Workspace(tmp_path / "copy")
    graph.import_graph(file, base="https://graph.example/")
    return graph


def test_questions_and_views_answer_alike(own: Workspace, copy: Workspace) -> None:
    for question in ("who-met-whom", "ownership", "most-supported"):
        assert copy.ask(question).rows == own.ask(question).rows
    assert copy.why("Ada Mensah", "Kari Solheim") == own.why("Ada Mensah", "Kari Solheim")
    assert copy.show("Mensah") == own.show("Mensah")
    assert copy.timeline("Kari Solheim") == own.timeline("Kari Solheim")


def test_quoted_sentences_are_found_by_their_words(copy: Workspace) -> None:
    hits = copy.search('"will sign"')
    assert [hit.snippet for hit in hits if hit.kind == "sentence"] == ["“We will sign,” Mensah said."]


def test_an_imported_graph_is_only_read(copy: Workspace) -> None:
    found = next(copy.ledger.articles())
    for change in (
        lambda: copy.ledger.put(article("New.")),
        lambda: copy.retract(found.id),
        copy.resolve,
        lambda: copy.ingest("sample"),
    ):
        with pytest.raises(LedgerError, match=r"imported from graph\.nq, which is only read"):
            change()


def test_a_workspace_with_articles_takes_no_graph(own: Workspace, tmp_path: Path) -> None:
    own.export("nquads", tmp_path / "graph.nq")
    with pytest.raises(LedgerError, match=r"^This workspace has articles already"):
        own.import_graph(tmp_path / "graph.nq")


def test_a_graph_with_a_hole_is_refused_whole(own: Workspace, tmp_path: Path) -> None:
    own.export("nquads", tmp_path / "graph.nq")
    lines = (tmp_path / "graph.nq").read_text().splitlines(keepends=True)
    (tmp_path / "half.nq").write_text("".join(line for line in lines if "ent-" not in line.split(" ")[0]))
    with Workspace(tmp_path / "copy") as graph:
        with pytest.raises(SourceError, match=r"which the graph does not have|is mentioned, but"):
            graph.import_graph(tmp_path / "half.nq")
        assert graph.status().articles == {}
        assert graph.import_graph(tmp_path / "graph.nq") == 2


def test_what_holds_no_graph_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text("<http://x.example/a> <http://x.example/b> 1 .")
    (tmp_path / "table.csv").write_text("a,b")
    with Workspace(tmp_path / "copy") as graph:
        with pytest.raises(SourceError, match=r"^other\.ttl holds no graph of newskg"):
            graph.import_graph(tmp_path / "other.ttl")
        with pytest.raises(UsageError, match=r"should end in \.ttl"):
            graph.import_graph(tmp_path / "table.csv")


def test_the_plain_profile_is_no_whole_graph(own: Workspace, tmp_path: Path) -> None:
    own.export("nquads", tmp_path / "plain.nq", profile="plain")
    with Workspace(tmp_path / "copy") as graph, pytest.raises(SourceError, match="profile plain"):
        graph.import_graph(tmp_path / "plain.nq")
