"""Load rates of both stores from one ledger, and of rdflib's memory store for the same statements."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rdflib

import kg
from kg.export import export
from kg.store.arcadedb import ArcadeStore
from kg.store.oxigraph import OxigraphStore


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(workspace: Path) -> list[str]:
    """The section for docs/benchmarks.md, as lines of Markdown."""
    with kg.open(workspace, create=False) as opened, tempfile.TemporaryDirectory() as name:
        folder, graph = Path(name), opened.ledger.graph
        quads = folder / "graph.nq"
        export(graph, "nquads", quads)
        with quads.open("rb") as file:
            statements = sum(1 for _ in file)
        with OxigraphStore(folder / "sparql") as sparql:
            oxigraph = _seconds(lambda: sparql.rebuild(graph))
        with ArcadeStore(folder / "cypher") as cypher:
            arcade = _seconds(lambda: cypher.rebuild(graph))
            edges = int(str(cypher.query("MATCH ()-[r]->() RETURN count(r) AS n").rows[0][0]))
            nodes = int(str(cypher.query("MATCH (n) RETURN count(n) AS n").rows[0][0]))
        memory = _seconds(lambda: rdflib.Dataset().parse(quads, format="nquads"))
    rows = [
        ("Oxigraph, from the ledger", f"{statements:,} quads", statements / oxigraph),
        ("rdflib in memory, from a file of the same quads", f"{statements:,} quads", statements / memory),
        ("ArcadeDB, from the ledger", f"{nodes:,} nodes, {edges:,} edges", (nodes + edges) / arcade),
    ]
    lines = ["| what | how much | a second |", "|---|---|---:|"]
    return lines + [f"| {what} | {size} | {rate:,.0f} |" for what, size, rate in rows]
