"""The named questions, asked through the clients that people use, have the rows of `kg ask`."""

import json
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import Literal
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from kg.query.questions import catalogue
from kg.store import sparql
from kg.workspace import Workspace
from tests.query.test_questions import READ_AS
from tests.web.conftest import Server

Rows = list[tuple[object, ...]]
_TYPES: dict[str, Callable[[str], object]] = {"integer": int, "decimal": float, "boolean": "true".__eq__}


@pytest.fixture(scope="module")
def graph(server: Server) -> Workspace:
    return Workspace(server.folder, create=False)


def text_of(graph: Workspace, name: str) -> str:
    question = catalogue()[name]
    return sparql.bind(question.texts["sparql"], question.bind(READ_AS.get(name, {}), graph.ledger.graph))


def asked(graph: Workspace, name: str) -> Rows:
    return graph.ask(name, "sparql", **READ_AS.get(name, {})).rows


def values(results: Any) -> Rows:
    """The rows of SPARQL's JSON as plain values."""
    names = results["head"]["vars"]
    return [tuple(value(row.get(str(name))) for name in names) for row in results["results"]["bindings"]]


def value(term: dict[str, str] | None) -> object:
    if term is None:
        return None
    return _TYPES.get(term.get("datatype", "").rpartition("#")[2], str)(term["value"])


def plain(term: Any) -> object:
    """A term of rdflib as a plain value."""
    if not isinstance(term, Literal):
        return term and str(term)
    return _TYPES.get(str(term.datatype).rpartition("#")[2], str)(str(term))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_sparqlwrapper_gets_the_rows_of_ask(server: Server, graph: Workspace, name: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(text_of(graph, name))
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    assert values(client.query().convert()) == asked(graph, name)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_rdflib_gets_the_rows_of_ask(server: Server, graph: Workspace, name: str) -> None:
    store = SPARQLStore(f"{server.url}/sparql", method="POST")
    found = Graph(store).query(text_of(graph, name))
    assert [tuple(plain(term) for term in row) for row in found] == asked(graph, name)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_curl_gets_the_rows_of_ask(server: Server, graph: Workspace, name: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    address, query = f"{server.url}/sparql", f"query={text_of(graph, name)}"
    command = ["curl", "--silent", "--fail", "--data-urlencode", query, address]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert values(json.loads(found.stdout)) == asked(graph, name)


def test_the_questions_have_rows(graph: Workspace) -> None:
    answered = [name for name in catalogue() if asked(graph, name)]
    assert answered == list(catalogue())
