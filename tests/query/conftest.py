"""The sample as a careful reader takes it, in a real ledger, resolved, and in both stores."""

from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from rich.console import Console

from kg.errors import StoreMissingError
from kg.ledger import GraphReader, Ledger
from kg.resolve import resolve
from kg.store import arcadedb_server
from kg.store.arcadedb import ArcadeStore
from kg.store.base import View
from kg.store.neo4j import Neo4jStore
from kg.store.neo4j_server import Running
from kg.store.oxigraph import OxigraphStore
from tests.query.gold import gold


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphReader]:
    with Ledger.open(tmp_path_factory.mktemp("gold") / "ledger.sqlite") as ledger:
        for article, extraction in gold():
            ledger.put(article)
            ledger.record(extraction, "reader")
        resolve(ledger)
        yield ledger.graph


@pytest.fixture(scope="session")
def sparql(graph: GraphReader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with OxigraphStore(tmp_path_factory.mktemp("gold") / "sparql") as store:
        store.project(graph)
        yield store


@pytest.fixture(scope="session")
def cypher(graph: GraphReader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("gold") / "cypher"
    try:
        store = ArcadeStore(folder)
    except StoreMissingError as error:
        pytest.skip(str(error))
    with store:
        store.project(graph)
        yield store
    arcadedb_server.stop(folder)


@pytest.fixture(scope="module")
def neo4j(graph: GraphReader, neo4j_server: Running) -> Iterator[View]:
    with Neo4jStore(neo4j_server.url) as store:
        store.rebuild(graph)
        yield store


@pytest.fixture
def page() -> Callable[..., str]:
    """What a rendering function prints of an answer where there is no terminal."""

    def printed(render: Callable[[Console, object], None], answer: object, width: int = 80) -> str:
        out = StringIO()
        render(Console(file=out, width=width, highlight=False, emoji=False, markup=False), answer)
        return out.getvalue()

    return printed
