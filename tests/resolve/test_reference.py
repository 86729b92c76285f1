"""Reference data: names that only others know to be of one are of one, and codes join what shares them."""

import json
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.resolve import resolve
from kg.workspace import Workspace
from tests.ledger.build import article, entity, extraction

RDF = """
@prefix schema: <https://schema.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
<x:1> a schema:Corporation ; schema:name "Norvik Marine Holding" ; owl:sameAs wd:Q1 ; schema:tickerSymbol "NVM" .
wd:Q1 rdfs:label "Norvik Marine Holding"@en, "Норвик"@ru ; skos:altLabel "The Blue Fleet"@en .
<x:2> a <x:Unknown> ; rdfs:label "Nobody" .
"""
FTM = [
    {"id": "1", "schema": "Company", "properties": {"name": ["Norvik Marine Holding"], "alias": ["The Blue Fleet"]}},
    {"id": "2", "schema": "Vessel", "properties": {"name": ["The Blue Fleet"]}},
]


@pytest.fixture
def graph(tmp_path: Path) -> Workspace:
    """Three articles that name one company in ways that nothing in them ties."""
    workspace = Workspace(tmp_path / "ws")
    texts = {
        "Norvik Marine Holding sold ships.": entity("Company", "Norvik Marine Holding"),
        "The Blue Fleet sold ships too.": entity("Organization", "Blue Fleet"),
        "Fjordline (NVM) fell.": entity("Company", "Fjordline", ticker="NVM"),
    }
    for n, (text, named) in enumerate(texts.items(), 1):
        one = article(text, published=f"2025-04-0{n}")
        workspace.ledger.put(one)
        workspace.ledger.record(extraction(one, [named]), "1")
    workspace.resolve()
    return workspace


def clusters(graph: Workspace) -> list[tuple[str, ...]]:
    found = graph.ledger.graph.entities()
    return sorted(tuple(sorted({entity.name, *entity.aliases})) for entity in found)


def test_without_reference_nothing_ties_them(graph: Workspace) -> None:
    assert clusters(graph) == [("Blue Fleet",), ("Fjordline",), ("Norvik Marine Holding",)]


def test_other_names_and_tickers_in_rdf_tie(graph: Workspace, tmp_path: Path) -> None:
    (tmp_path / "known.ttl").write_text(RDF, encoding="utf-8")
    assert graph.import_reference(tmp_path / "known.ttl") == 1
    assert clusters(graph) == [("Blue Fleet", "Fjordline", "Norvik Marine Holding")]


def test_followthemoney_entities_tie(graph: Workspace, tmp_path: Path) -> None:
    (tmp_path / "known.ftm.json").write_text("\n".join(map(json.dumps, FTM)))
    assert graph.import_reference(tmp_path / "known.ftm.json") == 1
    assert clusters(graph) == [("Blue Fleet", "Norvik Marine Holding"), ("Fjordline",)]


def test_articles_that_come_later_are_tied_alike(graph: Workspace, tmp_path: Path) -> None:
    (tmp_path / "known.ftm.json").write_text(json.dumps(FTM[0]))
    graph.import_reference(tmp_path / "known.ftm.json")
    late = article("Blue Fleet buys a yard.", published="2025-05-01")
    graph.ledger.put(late)
    graph.ledger.record(extraction(late, [entity("Organization", "Blue Fleet")]), "1")
    resolve(graph.ledger)
    after = clusters(graph)
    graph.resolve()
    assert clusters(graph) == after == [("Blue Fleet", "Norvik Marine Holding"), ("Fjordline",)]


def test_what_is_no_followthemoney_is_told_with_its_line(graph: Workspace, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text(json.dumps(FTM[0]) + "\nnonsense\n")
    with pytest.raises(SourceError, match=r"known\.json is no FollowTheMoney JSON at line 2"):
        graph.import_reference(tmp_path / "known.json")
