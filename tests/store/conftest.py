"""Real stores: Oxigraph in a folder a test, ArcadeDB and Neo4j in one server each for all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import arcadedb_server
from kg.store.arcadedb import ArcadeStore
from kg.store.neo4j import Neo4jStore
from kg.store.neo4j_server import Running
from kg.store.oxigraph import OxigraphStore


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cypher") / "arcadedb"
    yield folder
    arcadedb_server.stop(folder)


@pytest.fixture
def cypher(server_folder: Path) -> Iterator[ArcadeStore]:
    with ArcadeStore(server_folder) as store:
        yield store


@pytest.fixture
def sparql(tmp_path: Path) -> Iterator[OxigraphStore]:
    with OxigraphStore(tmp_path / "oxigraph") as store:
        yield store


@pytest.fixture
def neo4j(neo4j_server: Running) -> Iterator[Neo4jStore]:
    """A Neo4j with nothing in it."""
    with Neo4jStore(neo4j_server.url) as store:
        store.query("MATCH (n) DETACH DELETE n", write=True)
        yield store
