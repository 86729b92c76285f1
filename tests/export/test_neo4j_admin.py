"""The bulk importer makes of our files the very database that a load over Bolt makes."""

import csv
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from kg.export.neo4j_admin import tables_and_command
from kg.model.graph import GraphEntity
from kg.store import neo4j_program
from kg.store.neo4j import Neo4jStore
from kg.store.neo4j_server import Running, start, stop
from tests.listed_graph import ListedGraph, story


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_file_has_typed_columns_and_the_command_names_its_labels(tmp_path: Path) -> None:
    tables_and_command(story(), tmp_path)
    head, *companies = rows(tmp_path / "nodes-Company.csv")
    assert head == ["id:ID", "aliases:string[]", "articles:long", "firstSeen:string", "name:string", "ticker:string"]
    assert companies == [["ent-heliant", 'Heliant Inc.\x1fthe "sun" maker\n', "2", "2025-04-24", "Heliant", "HLT"]]
    head, *supplies = rows(tmp_path / "edges-SUPPLIES.csv")
    assert head[:5] == [":START_ID", ":END_ID", "caption:string", "confidence:double", "firstSeen:string"]
    assert supplies[0][:5] == ["ent-heliant", "ent-ghana", "supplies", "0.8", "2025-04-24"]
    script = (tmp_path / "import.sh").read_text()
    assert "--nodes=Company:Organization:Entity=nodes-Company.csv" in script
    assert "--relationships=SUPPLIES=edges-SUPPLIES.csv" in script


def test_what_was_there_before_is_gone_and_two_runs_are_alike(tmp_path: Path) -> None:
    (tmp_path / "nodes-Planet.csv").write_text("id:ID\n")
    tables_and_command(story(), tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    tables_and_command(story(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert "nodes-Planet.csv" not in first


def test_a_property_of_two_datatypes_makes_two_files(tmp_path: Path) -> None:
    graph = ListedGraph()
    for id_, value in (("ent-1", "12.5"), ("ent-2", "a fifth"), ("ent-3", "7")):
        graph.put(GraphEntity(id=id_, type="Policy", name="levy", attributes={"value": value}))
    tables_and_command(graph, tmp_path)
    assert rows(tmp_path / "nodes-Policy.csv") == [
        ["id:ID", "articles:long", "name:string", "value:double"],
        ["ent-1", "1", "levy", "12.5"],
        ["ent-3", "1", "levy", "7.0"],
    ]
    assert rows(tmp_path / "nodes-Policy-2.csv")[1] == ["ent-2", "1", "levy", "a fifth"]
    assert (tmp_path / "import.sh").read_text().count("--nodes=Policy:Entity=") == 2


def content(driver: Driver) -> tuple[list[Any], list[Any]]:
    """All nodes and all edges with their labels, types and properties, but for the note of how a load went."""
    nodes = driver.execute_query(
        "MATCH (n) WHERE NOT n:Projection RETURN labels(n) AS labels, properties(n) AS own ORDER BY n.id"
    ).records
    edges = driver.execute_query(
        "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS type, properties(r) AS own, b.id AS b"
    ).records
    return (
        [(sorted(node["labels"]), sorted(node["own"].items())) for node in nodes],
        sorted((edge["a"], edge["type"], edge["b"], sorted(edge["own"].items())) for edge in edges),
    )


def admin(path: Path, home: Path) -> Path:
    """The importer out of the same jars as the server, as a program for one home."""
    jars = neo4j_program.find()
    if isinstance(jars, neo4j_program.Docker):
        pytest.skip("the importer is run from jars, and this machine has Docker")
    (home / "conf").mkdir(parents=True)
    command = " ".join(f"'{part}'" for part in jars.command("org.neo4j.cli.AdminTool"))
    path.write_text(f'#!/bin/sh\nNEO4J_HOME={home} NEO4J_CONF={home}/conf exec {command} "$@"\n')
    path.chmod(0o755)
    return path


def run_import(script: Path, program: Path) -> None:
    done = subprocess.run(
        ["sh", str(script)], env=os.environ | {"NEO4J_ADMIN": str(program)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
def test_an_import_equals_a_load_and_a_later_load_finds_nothing_new(tmp_path: Path, neo4j_server: Running) -> None:
    graph = story()
    with Neo4jStore(neo4j_server.url) as store:
        store.rebuild(graph)
    with GraphDatabase.driver(neo4j_server.url) as driver:
        loaded = content(driver)
    tables_and_command(graph, tmp_path)
    home = tmp_path / "home"
    run_import(tmp_path / "import.sh", admin(tmp_path / "neo4j-admin", home))
    imported = start(home)
    try:
        with GraphDatabase.driver(imported.url) as driver:
            assert content(driver) == loaded
        with Neo4jStore(imported.url) as store:
            assert store.project(graph).changes == 0
    finally:
        stop(home)
    assert len(loaded[0]) > 8
