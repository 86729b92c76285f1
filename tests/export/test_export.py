import csv
import gzip
import json
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.errors import KgError, LedgerError, UsageError
from kg.export import FORMATS, export
from kg.model.graph import GraphArticle
from kg.store import rdf
from tests.listed_graph import ListedGraph, crowd, entity, story

JOINED = {"ftm", "events"}
"""Formats that gather first what belongs together."""


def written(graph: ListedGraph, format_: str, folder: Path) -> bytes:
    target = folder / f"graph.{format_}"
    export(graph, format_, target)
    return target.read_bytes()


@pytest.mark.parametrize("format_", FORMATS)
def test_two_runs_give_the_same_bytes(format_: str, tmp_path: Path) -> None:
    assert written(story(), format_, tmp_path) == written(story(), format_, tmp_path)


def test_gzip_holds_no_time_and_no_name(tmp_path: Path) -> None:
    export(story(), "nquads", tmp_path / "a.nq.gz")
    export(story(), "nquads", tmp_path / "b.nq.gz")
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.nq.gz").read_bytes()) == written(story(), "nquads", tmp_path)


def test_nquads_are_the_quads_of_the_store(tmp_path: Path) -> None:
    read = {str(quad) for quad in ox.parse(written(story(), "nquads", tmp_path), format=ox.RdfFormat.N_QUADS)}
    assert read == {quad.line.removesuffix(" .") for quad in rdf.every_quad(story())}


def test_turtle_says_the_same_without_graphs(tmp_path: Path) -> None:
    turtle = {str(q.triple) for q in ox.parse(written(story(), "turtle", tmp_path), format=ox.RdfFormat.TURTLE)}
    nquads = {str(q.triple) for q in ox.parse(written(story(), "nquads", tmp_path), format=ox.RdfFormat.N_QUADS)}
    assert turtle == nquads


def test_turtle_reads_as_paragraphs(tmp_path: Path) -> None:
    text = written(story(), "turtle", tmp_path).decode()
    assert (
        """
:ent-levy a kg:Policy, kg:Entity ;
    rdfs:label "levy on cocoa" ;
    kg:articles 1 ;
    kg:bound "moreThan" ;
    kg:policyKind "tariff" ;
    kg:unit "percent" ;
    kg:value 12.5 .
"""
        in text
    )


def test_json_lines_have_every_record_with_its_kind(tmp_path: Path) -> None:
    records = [json.loads(line) for line in written(story(), "jsonl", tmp_path).splitlines()]
    kinds = [record["kind"] for record in records]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "article": 2, "entity": 8, "relation": 10, "claim": 12, "mention": 3
    }  # fmt: skip
    mention = {"kind": "mention", "article": "art-2", "entity": "ent-heliant", "count": 1, "start": 0, "end": 7}
    assert records[-1] == mention | {"quote": "Heliant"}


def test_graphml_opens_in_networkx_with_types(tmp_path: Path) -> None:
    export(story(), "graphml", tmp_path / "graph.graphml")
    graph = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert graph.number_of_edges() == 10
    assert graph.nodes["ent-levy"]["value"] == 12.5
    assert graph.nodes["ent-heliant"]["labels"] == "Company:Organization:Entity"
    assert graph.get_edge_data("ent-mensah", "ent-ghana", "rel-citizen")["inferred"] is True


def test_graphml_survives_what_xml_forbids(tmp_path: Path) -> None:
    graph = story()
    graph.put(entity("ent-odd", "Person", "A\x00<b>&\x0b"))
    export(graph, "graphml", tmp_path / "graph.graphml")
    assert nx.read_graphml(tmp_path / "graph.graphml").nodes["ent-odd"]["name"] == "A�<b>&�"


def test_csv_is_a_table_of_nodes_and_one_of_edges(tmp_path: Path) -> None:
    export(story(), "csv", tmp_path / "tables")
    nodes, edges = (tmp_path / "tables" / name for name in ("nodes.csv", "edges.csv"))
    by_id = {row["id"]: row for row in csv.DictReader(nodes.read_text().splitlines(keepends=True))}
    types = [row["type"] for row in csv.DictReader(edges.read_text().splitlines())]
    assert len(by_id) == 22
    assert by_id["ent-heliant"]["aliases"] == 'Heliant Inc.; the "sun" maker\n'
    assert by_id["clm-1"]["relationId"] == "rel-supplies"
    assert (types.count("SUPPLIES"), types.count("MENTIONS"), types.count("STATED_IN")) == (1, 3, 14)


def test_memory_does_not_grow_with_the_graph(tmp_path: Path) -> None:
    def peak(size: int) -> int:
        graph = crowd(size)
        tracemalloc.start()
        for format_ in FORMATS.keys() - JOINED:
            export(graph, format_, tmp_path / "graph")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(500) < peak(100) + 200_000  # the reader's own lists of ids


def test_an_unknown_format_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^There is no format 'doc'; there are turtle"):
        export(story(), "doc", tmp_path / "x")


def test_csv_wants_a_folder() -> None:
    with pytest.raises(UsageError, match=r"^csv comes as several files; name a folder for them with -o\.$"):
        export(story(), "csv", None)


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"nowhere/x\.ttl cannot be written \(No such file or directory\)\.$"):
        export(story(), "turtle", tmp_path / "nowhere" / "x.ttl")


class Damaged(ListedGraph):
    def articles(self, ids: Iterable[str] | None = None) -> Iterator[GraphArticle]:
        raise LedgerError(f"The ledger is damaged at {ids}.")


def test_a_failed_export_leaves_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(LedgerError):
        export(Damaged(), "nquads", tmp_path / "x.nq")
    assert list(tmp_path.iterdir()) == []
