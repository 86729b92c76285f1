"""kg load, and kg query and kg ask of a server, on a real Neo4j."""

from pathlib import Path

import pytest

from kg.cli import run
from kg.ledger import Ledger
from kg.resolve import resolve
from kg.store.neo4j import Neo4jStore
from kg.store.neo4j_server import Running
from tests.query.gold import gold


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A workspace with three articles, as a careful reader takes them."""
    folder = tmp_path_factory.mktemp("load")
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        for article, extraction in list(gold())[:3]:
            ledger.put(article)
            ledger.record(extraction, "reader")
        resolve(ledger)
    return str(folder)


def kg(workspace: str, *arguments: str) -> int:
    return run(["--workspace", workspace, *arguments])


def test_a_load_a_check_and_a_question(
    workspace: str, neo4j_server: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    url = neo4j_server.url
    assert kg(workspace, "load", url, "--anew") == 0
    assert capsys.readouterr().err.startswith(f"Loaded: {url} has 3 articles, ")
    assert kg(workspace, "load", url) == 0
    assert capsys.readouterr().err.startswith(f"Nothing was new: {url} has 3 articles, ")
    assert kg(workspace, "load", url, "--check") == 0
    assert capsys.readouterr().err == f"{url} holds what the ledger holds.\n"
    assert kg(workspace, "query", "--server", url, "--format", "csv", "MATCH (a:Article) RETURN count(a) AS n") == 0
    assert capsys.readouterr().out == "n\n3\n"
    assert kg(workspace, "query", "--server", url, "MATCH (a) DETACH DELETE a") == 1
    assert capsys.readouterr().err == "kg: The Cypher text would change the graph; allow it with --write.\n"
    assert kg(workspace, "ask", "most-supported", "--server", url, "--format", "csv") == 0
    assert len(capsys.readouterr().out.splitlines()) > 1


def test_a_check_that_finds_something_ends_with_one_and_names_it(
    workspace: str, neo4j_server: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    url = neo4j_server.url
    assert kg(workspace, "load", url, "--anew") == 0
    with Neo4jStore(url) as store:
        ((own_id,),) = store.query("MATCH (n:Person) RETURN min(n.id)").rows
        store.query("MATCH (n {id: $id}) SET n.name = 'Nobody'", {"id": own_id}, write=True)
    capsys.readouterr()
    assert kg(workspace, "load", url, "--check", "--format", "csv") == 1
    told = capsys.readouterr()
    assert told.out == f"kind,id,difference\nentity,{own_id},differs in name\n"
    assert told.err == f"1 differences, of which 1 are shown; mend them with: kg load {url} --anew\n"


def test_a_password_has_no_place_in_an_address(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert kg(workspace, "load", "bolt://neo4j:secret@localhost") == 2
    told = capsys.readouterr().err
    assert told.startswith("kg: A password in an address ends up in logs and in the shell's history; ")
    assert "secret" not in told


@pytest.mark.long
def test_a_wrong_password_and_a_missing_one_are_told_apart(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.store import neo4j_server as servers  # noqa: PLC0415 - a server of its own, with a password

    server = servers.start(tmp_path / "home", auth=True)
    try:
        monkeypatch.setenv("NEO4J_PASSWORD", "wrong-wrong")
        assert kg(workspace, "load", server.url) == 1
        assert capsys.readouterr().err == (
            f"kg: {server.url} does not let neo4j in with this password; correct NEO4J_USERNAME or NEO4J_PASSWORD.\n"
        )
        monkeypatch.delenv("NEO4J_PASSWORD")
        monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115, PTH123 - no terminal to ask on
        assert kg(workspace, "load", server.url) == 2
        assert capsys.readouterr().err == f"kg: {server.url} asks for a password; set it in NEO4J_PASSWORD.\n"
        assert server.credentials is not None
        monkeypatch.setenv("NEO4J_PASSWORD", server.credentials[1])
        assert kg(workspace, "load", server.url) == 0
        assert server.credentials[1] not in capsys.readouterr().err
    finally:
        servers.stop(tmp_path / "home")
