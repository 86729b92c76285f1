"""What people do wrong, or find broken: one human sentence, the right exit code, no traceback, nothing lost."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "Velmora's trade minister Ana Kerr said on Tuesday that the tariffs on Orland would stay in place.\n"


def kg(*arguments: str, workspace: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `kg` as a user would."""
    environment = os.environ | {"KG_WORKSPACE": str(workspace), "COLUMNS": "80"}
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False, timeout=120)


def sentence_of(run: subprocess.CompletedProcess[bytes]) -> str:
    """What it said on standard error; a traceback is never said."""
    text = run.stderr.decode()
    assert "Traceback" not in text, text
    return text.strip()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one article."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    run = kg("ingest", str(folder / "good.txt"), workspace=folder / "workspace")
    assert run.returncode == 0, run.stderr
    return folder / "workspace"


def test_a_missing_file(workspace: Path) -> None:
    run = kg("ingest", "nowhere.txt", workspace=workspace)
    assert run.returncode == 1
    assert "nowhere.txt" in sentence_of(run)


def test_a_folder_without_rights(workspace: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    if os.access(closed, os.R_OK):
        pytest.skip("this user may read everything")
    run = kg("ingest", str(closed), workspace=workspace)
    assert run.returncode in {1, 3}
    assert "closed" in sentence_of(run)


BAD = {
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "empty.txt": b"",
    "blank.txt": b" \n\n\t ",
    "bare.html": b"<html><body><script>var a = 1;</script></body></html>",
    "huge.txt": b"All work and no play. " * 50_000,
    "news.jsonl": b"\n".join(
        json.dumps({"text": f"{GOOD} Number {n}.", "title": f"Story {n}"}).encode()[: -9 if n == 7 else None]
        for n in range(1, 10)
    ),
    "deutsch.txt": "Der Handelsminister sagte am Dienstag, dass die Zölle auf Stahl bestehen bleiben. ".encode() * 4,
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """A run over bad inputs and one good article after them, and its workspace."""
    folder = tmp_path_factory.mktemp("mixed")
    for name, content in (BAD | {"zz-good.txt": GOOD.encode()}).items():
        (folder / name).write_bytes(content)
    files = [str(folder / name) for name in [*BAD, "zz-good.txt"]]
    return kg("ingest", *files, workspace=folder / "workspace"), folder / "workspace"


@pytest.mark.parametrize(
    "name", ["picture.txt", "empty.txt", "blank.txt", "bare.html", "huge.txt", "news.jsonl, line 7"]
)
def test_an_input_that_is_no_article_is_named_and_recorded(
    mixed: tuple[subprocess.CompletedProcess[bytes], Path], name: str
) -> None:
    run, workspace = mixed
    assert run.returncode == 3
    assert [line for line in sentence_of(run).splitlines() if f"{name}:" in line]
    notes = [row["note"] for row in json.loads(kg("status", "--format", "json", workspace=workspace).stdout)]
    assert [note for note in notes if f"{name}:" in note]


def test_all_good_articles_beside_bad_ones_are_kept(mixed: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    run, _ = mixed
    # Eight good lines and one file are extracted; the German one is known and skipped.
    assert sentence_of(run).splitlines()[-1].startswith("10 articles: 9 extracted, 1 skipped")


@pytest.mark.long
def test_fifty_megabytes_of_text_cost_neither_time_nor_memory(workspace: Path, tmp_path: Path) -> None:
    with (tmp_path / "flood.txt").open("w", encoding="utf-8") as out:
        for _ in range(50):
            out.write("All work and no play makes a dull page. " * 26_215)
    run = kg("ingest", str(tmp_path / "flood.txt"), workspace=workspace)
    assert run.returncode == 3
    assert "1,000,000" in sentence_of(run)


def test_a_page_that_cannot_be_fetched(workspace: Path) -> None:
    run = kg("ingest", "http://127.0.0.1:9/page.html", workspace=workspace)
    assert run.returncode in {1, 3}
    assert "127.0.0.1" in sentence_of(run)


def test_an_address_of_another_kind(workspace: Path) -> None:
    run = kg("ingest", "ftp://example.org/page.html", workspace=workspace)
    assert run.returncode in {1, 2}
    assert "ftp" in sentence_of(run)


def test_a_date_that_is_none(workspace: Path) -> None:
    run = kg("ingest", "-", "--published", "last week", workspace=workspace, stdin=GOOD.encode())
    assert run.returncode == 2
    assert sentence_of(run).startswith("kg: 'last week' is not what 'published' can be; write it as 2031-03-04")


def test_no_workspace(workspace: Path) -> None:
    run = kg("status", workspace=workspace)
    assert run.returncode == 1
    assert sentence_of(run).endswith("make one with: kg ingest SOURCE")
    assert not workspace.exists()


def test_a_workspace_of_a_newer_version(filled: Path, workspace: Path) -> None:
    workspace.mkdir()
    (workspace / "ledger.sqlite").write_bytes((filled / "ledger.sqlite").read_bytes())
    with sqlite3.connect(workspace / "ledger.sqlite") as ledger:
        ledger.execute("PRAGMA user_version = 999")
        ledger.execute("UPDATE meta SET value = '999' WHERE key LIKE '%version%'")
    run = kg("status", workspace=workspace)
    assert run.returncode == 1
    assert "newer" in sentence_of(run)


def test_a_ledger_that_is_none(workspace: Path) -> None:
    workspace.mkdir()
    (workspace / "ledger.sqlite").write_bytes(b"This is no database at all. " * 400)
    run = kg("status", workspace=workspace)
    assert run.returncode == 1
    assert "ledger.sqlite" in sentence_of(run)


def test_a_full_disk(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(
        "".join(json.dumps({"text": f"{GOOD * 200} Number {n}."}) + "\n" for n in range(40)), encoding="utf-8"
    )

    def small() -> None:
        # No file may grow beyond this: what a full disk does to a database.
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    run = subprocess.run(
        [sys.executable, "-m", "kg", "--workspace", str(workspace), "ingest", str(tmp_path / "many.jsonl")],
        capture_output=True,
        preexec_fn=small,
        check=False,
        timeout=120,
    )
    assert run.returncode == 1
    assert "disk" in sentence_of(run).lower()


@pytest.mark.parametrize("language", ["query", "sparql"])
def test_a_query_with_a_mistake(filled: Path, language: str) -> None:
    run = kg(language, "SELEKT something WHERE nothing (", workspace=filled)
    assert run.returncode == 1
    assert sentence_of(run).count("\n") == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [("query", "MATCH (n) DETACH DELETE n"), ("sparql", "DELETE WHERE { ?s ?p ?o }")],
)
def test_a_query_that_would_write_is_refused_and_nothing_is_lost(filled: Path, language: str, text: str) -> None:
    run = kg(language, text, workspace=filled)
    assert run.returncode == 1
    assert "--write" in sentence_of(run)
    people = kg("query", "MATCH (p:Person) RETURN count(p) AS n", "--format", "json", workspace=filled)
    assert json.loads(people.stdout)[0]["n"] >= 1


def test_a_parameter_without_a_value(filled: Path) -> None:
    run = kg("sparql", "SELECT ?s WHERE { ?s ?p ?o }", "--param", "name", workspace=filled)
    assert run.returncode == 2
    assert "name=value" in sentence_of(run)


def test_an_unknown_question_names_near_ones(filled: Path) -> None:
    run = kg("ask", "who-holds-what-office", workspace=filled)
    assert run.returncode == 1
    assert "who-holds-which-office" in sentence_of(run)


def test_an_unknown_name_names_near_ones(filled: Path) -> None:
    run = kg("show", "Ana Ker", workspace=filled)
    assert run.returncode == 1
    assert "Ana Kerr" in sentence_of(run)


def test_an_unknown_type(workspace: Path) -> None:
    run = kg("schema", "Treaties", workspace=workspace)
    assert run.returncode == 1
    assert "kg schema" in sentence_of(run)


def test_an_unknown_article(filled: Path) -> None:
    run = kg("retract", "art-none", workspace=filled)
    assert run.returncode == 1
    assert "art-none" in sentence_of(run)


def test_an_unknown_export_format(filled: Path) -> None:
    run = kg("export", "excel", workspace=filled)
    assert run.returncode in {1, 2}
    assert "turtle" in sentence_of(run)


def test_a_store_that_does_not_exist(filled: Path) -> None:
    run = kg("rebuild", "mongodb", workspace=filled)
    assert run.returncode == 2
    assert "sparql, cypher" in sentence_of(run)


def test_search_words_are_never_syntax(filled: Path) -> None:
    run = kg("search", 'tariffs AND ("', workspace=filled)
    assert run.returncode == 0
    assert sentence_of(run) == ""
