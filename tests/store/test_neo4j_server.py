import json
import os
import stat
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from kg.errors import StoreError, StoreMissingError
from kg.store.neo4j_program import Docker, Jars, find
from kg.store.neo4j_server import Running, running, start, stop


def program(folder: Path, name: str, script: str) -> Path:
    """A program that does what the script says, alone in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on its PATH but what a test puts into this folder."""
    for name in ("NEO4J_HOME", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


def test_a_server_answers_bolt_and_shows_browser(neo4j_server: Running) -> None:
    with GraphDatabase.driver(neo4j_server.url, auth=neo4j_server.credentials) as driver:
        assert driver.execute_query("RETURN 6 * 7 AS answer").records[0]["answer"] == 42
    assert neo4j_server.browser == f"http://localhost:{neo4j_server.http}/browser/"


def test_a_second_start_finds_the_server_that_runs(neo4j_server: Running) -> None:
    assert start(neo4j_server.home) == running(neo4j_server.home) == neo4j_server


def settings(server: Running) -> dict[str, str]:
    with GraphDatabase.driver(server.url, auth=server.credentials) as driver:
        rows = driver.execute_query("SHOW SETTINGS YIELD name, value", database_="system").records
    return {row["name"]: row["value"] for row in rows}


def test_it_reports_nothing_to_anybody_and_reads_no_files(neo4j_server: Running) -> None:
    found = settings(neo4j_server)
    assert found["dbms.usage_report.enabled"] == "false"
    assert found["client.allow_telemetry"] == "false"
    assert found["dbms.security.allow_csv_import_from_file_urls"] == "false"


def test_it_listens_on_loopback_alone_and_answers_no_page_but_its_own_browser(neo4j_server: Running) -> None:
    found = settings(neo4j_server)
    if neo4j_server.container is None:  # a container's ports are published on loopback
        assert found["server.bolt.listen_address"] == f"127.0.0.1:{neo4j_server.bolt}"
        assert found["server.http.listen_address"] == f"127.0.0.1:{neo4j_server.http}"
    assert found["dbms.security.http_access_control_allow_origin"] == f"http://localhost:{neo4j_server.http}"


def test_a_home_without_a_server_has_none_running(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    assert not stop(tmp_path)


def test_what_else_listens_on_a_noted_port_is_not_taken_for_the_server(neo4j_server: Running, tmp_path: Path) -> None:
    noted = {"bolt": 1, "http": neo4j_server.http, "auth": False, "pid": os.getpid(), "container": None}
    (tmp_path / "server.json").write_text(json.dumps(noted))
    assert running(tmp_path) is None
    assert not stop(tmp_path)


@pytest.mark.long
def test_with_a_password_nobody_else_comes_in_and_data_outlives_a_stop(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = start(home, auth=True)
    password = home / "password"
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    with GraphDatabase.driver(first.url, auth=first.credentials) as driver:
        driver.execute_query("CREATE (:Kept)")
    with GraphDatabase.driver(first.url, auth=("neo4j", "neo4j")) as driver, pytest.raises(AuthError):
        driver.execute_query("RETURN 1")
    assert stop(home)
    second = start(home, auth=True)
    with GraphDatabase.driver(second.url, auth=second.credentials) as driver:
        assert driver.execute_query("MATCH (n:Kept) RETURN count(n) AS n").records[0]["n"] == 1
    assert stop(home)


@pytest.mark.long
def test_a_start_that_fails_names_the_log(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"^Neo4j did not start; .*server\.log tells why\.$"):
        start(tmp_path / "home", settings={"server.memory.pagecache.size": "much"})
    assert "server.memory.pagecache.size" in (tmp_path / "home/server.log").read_text()


@pytest.mark.usefixtures("bare")
def test_a_machine_with_nothing_is_told_what_to_install() -> None:
    with pytest.raises(StoreMissingError, match=r"needs Docker, or Java 17 with Maven, and this machine has neither"):
        find()


def test_an_old_java_is_named(bare: Path) -> None:
    program(bare, "java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2")
    with pytest.raises(StoreMissingError, match=r"^Neo4j needs Java 17 or later, and .*bin/java is Java 11;"):
        find()


def test_a_java_without_maven_is_told_to_install_it(bare: Path) -> None:
    program(bare, "java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2")
    with pytest.raises(StoreMissingError, match=r"no Maven to fetch one with; install Maven"):
        find()


def test_what_maven_says_is_said_and_nothing_half_fetched_stays(bare: Path, tmp_path: Path) -> None:
    program(bare, "java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2")
    program(bare, "mvn", "echo '[ERROR] Could not resolve host'; exit 1")
    with pytest.raises(StoreError, match=r"^Maven could not fetch Neo4j \(Could not resolve host\); look at the net"):
        find()
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_docker_that_works_is_preferred_to_maven(bare: Path) -> None:
    program(bare, "mvn", "exit 1")
    docker = program(bare, "docker", "exit 0")
    assert find() == Docker(str(docker))


def test_an_installed_neo4j_is_preferred_to_all(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = program(bare, "java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2")
    program(bare, "docker", "exit 0")
    installation = tmp_path / "neo4j-community"
    jar = installation / "lib" / "neo4j-kernel-5.26.0.jar"
    jar.parent.mkdir(parents=True)
    jar.touch()
    (bare / "neo4j").symlink_to(program(installation / "bin", "neo4j", "exit 1"))
    assert find() == Jars(str(java), jar.parent)
    monkeypatch.setenv("NEO4J_HOME", str(tmp_path))
    with pytest.raises(StoreMissingError, match=r"^NEO4J_HOME is .*, but there is no Neo4j in it;"):
        find()
