"""The SPARQL store's own ways; what it has in common with the others stands in the contract test."""

from pathlib import Path

import pytest

from kg.store import oxigraph, rdf
from kg.store.oxigraph import OxigraphStore
from tests.listed_graph import story


def test_a_load_in_parts_holds_every_quad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oxigraph, "_LOADED", 7)
    graph = story()
    with OxigraphStore(tmp_path / "sparql") as store:
        store.rebuild(graph)
        wanted = {quad.line for quad in rdf.every_quad(graph)}
        assert len(wanted) > 50
        assert store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows == [(len(wanted),)]
