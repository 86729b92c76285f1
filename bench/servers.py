"""Load rates into one Neo4j server: `kg load`, and the same nodes and edges through neo4j-graphrag's writer."""

import asyncio
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase

import kg
from kg.export import tables
from kg.store import neo4j_program, neo4j_server
from kg.store.base import GraphReader
from kg.store.neo4j import Neo4jStore
from kg.store.property_graph import Edge, Node
from kg.store.values import Properties

# What neo4j-graphrag's writer calls for every relation, and what that needs beside what Neo4j has.
_APOC = (
    "org.neo4j.procedure:apoc-core:5.26.0",
    "org.neo4j.procedure:apoc-common:5.26.0",
    "com.jayway.jsonpath:json-path:2.9.0",
    "net.minidev:json-smart:2.5.0",
    "net.minidev:accessors-smart:2.5.0",
    "org.hdrhistogram:HdrHistogram:2.1.9",
)
_SETTINGS = {"dbms.security.procedures.unrestricted": "apoc.*"}


def table(workspace: Path) -> list[str]:
    """The section for docs/benchmarks.md, as lines of Markdown; each is measured the second time, on an empty graph."""
    with kg.open(workspace, create=False) as opened, tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        os.environ["NEO4J_HOME"] = str(_with_apoc(Path(name) / "neo4j", home / "plugins"))
        server = neo4j_server.start(home, settings=_SETTINGS)
        try:
            return _lines(opened.ledger.graph, server.url)
        finally:
            neo4j_server.stop(home)


def _lines(graph: GraphReader, url: str) -> list[str]:
    nodes, edges = [*tables.nodes(graph), *tables.claims(graph)], list(tables.all_edges(graph))
    written = _as_theirs(nodes, edges)
    with Neo4jStore(url) as store:
        ours = _second(url, lambda: store.project(graph))
        again = _seconds(lambda: store.project(graph))
    theirs = _second(url, lambda: _write(url, written))
    size = len(nodes) + len(edges)
    lines = [f"{len(nodes):,} nodes and {len(edges):,} edges into one Neo4j 5.26, one after the other.", ""]
    lines += ["| what | seconds | nodes and edges a second | times as fast |", "|---|---:|---:|---:|"]
    for what, span in (("neo4j-graphrag's writer, from memory", theirs), ("`kg load`, from the ledger", ours)):
        lines.append(f"| {what} | {span:.1f} | {size / span:,.0f} | {theirs / span:.1f} |")
    return [*lines, f"| `kg load` once more, with nothing new | {again:.2f} | | |"]


def _second(url: str, load: Callable[[], object]) -> float:
    """The seconds of a load into an empty graph on a server that has done the same before."""
    for _ in range(2):
        _empty(url)
        span = _seconds(load)
    return span


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _empty(url: str) -> None:
    with GraphDatabase.driver(url) as driver, driver.session() as session:
        session.run("MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def _theirs(module: str) -> Any:
    """A module of neo4j-graphrag, which the dependency group `bench` brings."""
    try:
        return import_module(f"neo4j_graphrag.components.{module}")
    except ModuleNotFoundError as error:
        raise SystemExit("This part stands beside neo4j-graphrag; install the dependency group `bench`.") from error


def _write(url: str, graph: Any) -> None:
    with GraphDatabase.driver(url, notifications_min_severity="OFF") as driver:
        done = asyncio.run(_theirs("kg_writer").Neo4jWriter(driver).run(graph))
    if done.status != "SUCCESS":
        raise SystemExit(f"neo4j-graphrag's writer failed: {done.metadata}")


def _as_theirs(nodes: Iterable[Node], edges: Iterable[Edge]) -> Any:
    types = _theirs("types")
    made = [types.Neo4jNode(id=n.id, label=n.labels[0], properties=_lists(n.properties)) for n in nodes]
    joined = [
        types.Neo4jRelationship(
            start_node_id=e.source, end_node_id=e.target, type=e.type, properties=_lists(e.properties)
        )
        for e in edges
    ]
    return types.Neo4jGraph(nodes=made, relationships=joined)


def _lists(properties: Properties) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def _with_apoc(installed: Path, plugins: Path) -> Path:
    """A Neo4j that has APOC on its class path, and its procedures among its plugins."""
    jars = installed / "lib"
    jars.mkdir(parents=True)
    for jar in neo4j_program.fetched().folder.glob("*.jar"):
        (jars / jar.name).symlink_to(jar)
    for folder, artifacts in ((jars, _APOC), (plugins, _APOC[:1])):
        for artifact in artifacts:
            goal = ["dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
            subprocess.run(["mvn", "--batch-mode", "--quiet", *goal], check=True)
    return installed
