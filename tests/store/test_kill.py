"""A process that is killed in the middle of writing leaves a store that goes on where it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import arcadedb_server
from kg.store.arcadedb import ArcadeStore
from kg.store.base import Counts, Store, read_batch
from kg.store.oxigraph import OxigraphStore
from tests.listed_graph import crowd

SIZE = 400
ALL = Counts(articles=2, entities=SIZE + 1, relations=2 * SIZE, claims=2 * SIZE, mentions=SIZE)

PROJECT = f"""
import sys
from pathlib import Path
from kg.store import base
from kg.store.{{module}} import {{store}}
from tests.listed_graph import ListedGraph, crowd
base.BATCH = 20
graph = crowd({SIZE})
store = {{store}}(Path(sys.argv[1]))
store.rebuild(ListedGraph())
while changes := graph.changes(store.seq(), base.BATCH):
    store.apply(base.read_batch(graph, changes), graph)
    print(store.seq(), flush=True)
"""
LOAD = f"""
import sys
from pathlib import Path
from kg.store.{{module}} import {{store}}
from tests.listed_graph import ListedGraph, crowd
store = {{store}}(Path(sys.argv[1]))
store.rebuild(crowd(10))
print("loaded", flush=True)
while True:
    store.rebuild(crowd({SIZE}))
"""


def writer(program: str, store: type[Store], folder: Path) -> "subprocess.Popen[str]":
    text = program.format(module=store.__module__.rpartition(".")[2], store=store.__name__)
    return subprocess.Popen([sys.executable, "-c", text, str(folder)], stdout=subprocess.PIPE, text=True)


def lines(process: "subprocess.Popen[str]", count: int) -> str:
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)][-1].strip()


@pytest.mark.parametrize("batches", [1, 20])
def test_sparql_goes_on_after_a_kill_between_changes(tmp_path: Path, batches: int) -> None:
    process = writer(PROJECT, OxigraphStore, tmp_path / "oxigraph")
    seen = int(lines(process, batches))
    process.kill()
    process.wait()
    graph = crowd(SIZE)
    with OxigraphStore(tmp_path / "oxigraph") as store:
        assert (store.seq() or 0) >= seen
        while changes := graph.changes(store.seq() or 0, 500):
            store.apply(read_batch(graph, changes), graph)
        assert store.counts() == ALL


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2])
def test_sparql_is_whole_after_a_kill_while_it_is_made_anew(tmp_path: Path, delay: float) -> None:
    process = writer(LOAD, OxigraphStore, tmp_path / "oxigraph")
    lines(process, 1)
    time.sleep(delay)
    process.kill()
    process.wait()
    with OxigraphStore(tmp_path / "oxigraph") as store:
        assert store.counts().entities in {11, SIZE + 1}
        store.project(crowd(SIZE))
        assert store.counts() == ALL


@pytest.mark.long
@pytest.mark.parametrize("victim", ["writer", "server"])
def test_cypher_goes_on_after_a_kill_between_changes(tmp_path: Path, victim: str) -> None:
    folder = tmp_path / "arcadedb"
    process = writer(PROJECT, ArcadeStore, folder)
    seen = int(lines(process, 15))
    if victim == "server":
        _kill_server(folder)
    process.kill()
    process.wait()
    graph = crowd(SIZE)
    with ArcadeStore(folder) as store:
        assert (store.seq() or 0) >= seen
        while changes := graph.changes(store.seq() or 0, 500):
            store.apply(read_batch(graph, changes), graph)
        assert store.counts() == ALL
    arcadedb_server.stop(folder)


@pytest.mark.long
@pytest.mark.parametrize("victim", ["writer", "server"])
def test_cypher_is_whole_after_a_kill_while_it_is_made_anew(tmp_path: Path, victim: str) -> None:
    folder = tmp_path / "arcadedb"
    process = writer(LOAD, ArcadeStore, folder)
    lines(process, 1)
    time.sleep(0.7)
    if victim == "server":
        _kill_server(folder)
    process.kill()
    process.wait()
    with ArcadeStore(folder) as store:
        assert store.counts().entities in {11, SIZE + 1}
        store.rebuild(crowd(SIZE))
        assert store.counts() == ALL
    arcadedb_server.stop(folder)


def _kill_server(folder: Path) -> None:
    """SIGKILL for Java, as when memory runs out."""
    server = arcadedb_server.running(folder)
    assert server is not None
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for pid in map(int, children):
        os.kill(pid, signal.SIGKILL)
