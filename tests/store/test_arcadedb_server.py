import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreMissingError
from kg.store import arcadedb_server, watchdog
from kg.store.arcadedb import ArcadeStore
from tests.listed_graph import story


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_passwords_are_for_the_user_alone(cypher: ArcadeStore, server_folder: Path) -> None:
    cypher.rebuild(story())
    assert mode(server_folder) == 0o700
    assert {mode(server_folder / name) for name in ("passwords.json", "server.args", "server.json")} == {0o600}
    running = arcadedb_server.running(server_folder)
    assert running is not None
    command = Path(f"/proc/{running.pid}/cmdline")
    if command.exists():
        assert running.passwords["root"].encode() not in command.read_bytes()


def test_a_second_command_finds_the_running_server(cypher: ArcadeStore, server_folder: Path) -> None:
    cypher.rebuild(story())
    first = arcadedb_server.running(server_folder)
    with ArcadeStore(server_folder) as other:
        assert other.query("MATCH (n:Company) RETURN n.name").rows == [("Heliant",)]
    assert arcadedb_server.running(server_folder) == first


def test_nodes_relations_and_paths_are_plain_values(cypher: ArcadeStore) -> None:
    cypher.rebuild(story())
    rows = cypher.query("MATCH p = (n:Company)-[r:SUPPLIES]->(m) RETURN n, r, p, null, [1, 2.5], {a: true}").rows
    node = {
        "labels": ["Company", "Entity", "Organization"],
        "aliases": ["Heliant Inc.", 'the "sun" maker\n'],
        "articles": 2,
        "firstSeen": "2025-04-24",
        "id": "ent-heliant",
        "name": "Heliant",
        "ticker": "HLT",
    }
    edge = {
        "type": "SUPPLIES",
        "caption": "supplies",
        "confidence": 0.8,
        "firstSeen": "2025-04-24",
        "id": "rel-supplies",
        "independent": 2,
        "inferred": False,
        "status": "asserted",
        "support": 2,
    }
    target = {
        "labels": ["Country", "Entity", "Place"],
        "articles": 1,
        "id": "ent-ghana",
        "iso3166": "GH",
        "name": "Ghana",
    }
    assert rows == [(node, edge, {"nodes": [node, target], "relations": [edge]}, None, [1, 2.5], {"a": True})]


@pytest.mark.long
def test_a_query_starts_the_server_again(tmp_path: Path) -> None:
    folder = tmp_path / "arcadedb"
    with ArcadeStore(folder) as store:
        store.rebuild(story())
        assert arcadedb_server.stop(folder)
        assert store.query("MATCH (n:Country) RETURN n.name").rows == [("Ghana",)]
    assert arcadedb_server.stop(folder)
    assert not arcadedb_server.stop(folder)


def test_a_folder_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with ArcadeStore(Path("beside")) as store:
        store.rebuild(story())
        assert store.counts().articles > 0
    assert arcadedb_server.stop(Path("beside"))


def test_an_empty_store_says_what_fills_it(server_folder: Path, cypher: ArcadeStore) -> None:
    cypher.rebuild(story())
    current = server_folder / "current"
    kept = current.read_text()
    current.unlink()
    with pytest.raises(StoreError, match=r"^The Cypher store is empty; fill it with: kg rebuild cypher$"):
        cypher.query("RETURN 1")
    current.write_text(kept)


def test_without_the_extra_it_names_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])  # nothing can be found
    monkeypatch.delitem(sys.modules, "arcadedb_embedded", raising=False)
    with pytest.raises(StoreMissingError, match=r"pip install 'newskg\[cypher\]'$"):
        ArcadeStore(tmp_path / "arcadedb")


def test_the_watchdog_ends_what_nobody_uses(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    touched.touch()
    started = time.monotonic()
    command = [
        sys.executable,
        "-I",
        "-S",
        str(watchdog.__file__),
        str(touched),
        "0.5",
        str(tmp_path / "log"),
        "sleep",
        "60",
    ]
    subprocess.run(command, check=False, timeout=30)
    assert 0.4 < time.monotonic() - started < 25


def test_the_watchdog_leaves_alone_what_is_used(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    touched.touch()
    os.utime(touched, (time.time() + 60, time.time() + 60))
    command = [
        sys.executable,
        "-I",
        "-S",
        str(watchdog.__file__),
        str(touched),
        "0.1",
        str(tmp_path / "log"),
        "sleep",
        "1",
    ]
    assert subprocess.run(command, check=False, timeout=30).returncode == 0
