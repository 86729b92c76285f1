"""The recipes of docs/rdf.md, run in their order on the sample."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ledger import Ledger
from kg.resolve import resolve
from kg.store.neo4j_program import cache
from tests.interop.conftest import Java
from tests.query.gold import gold

DOCS = Path(__file__).parents[2] / "docs" / "rdf.md"
BLOCK = re.compile(r"```(?P<language>python|bash)\n(?P<code>.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("docs")
    (found / "kg-workspace").mkdir()
    with Ledger.open(found / "kg-workspace" / "ledger.sqlite") as ledger:
        for article, extraction in gold():
            ledger.put(article)
            ledger.record(extraction, "reader")
        resolve(ledger)
    (found / "known.ttl").write_text('<x:1> a <http://schema.org/Person> ; <http://schema.org/name> "Ada Mensah" .')
    return found


def blocks(language: str) -> Iterator[str]:
    return (match["code"] for match in BLOCK.finditer(DOCS.read_text("utf-8")) if match["language"] == language)


def shell(code: str, folder: Path) -> None:
    path = os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path}
    command = ["/bin/sh", "-e", "-c", code]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def exported(folder: Path) -> Path:
    for code in blocks("bash"):
        if "riot" not in code:
            shell(code, folder)
    return folder


def test_exports_and_the_import_run(exported: Path) -> None:
    files = {path.name for path in exported.iterdir()}
    assert {"graph.trig", "graph.nq.zst", "graph.nq.zst.void.ttl", "plain.ttl", "plain.rdf", "copy"} <= files


def test_python_recipes_run(
    exported: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(exported)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    names: dict[str, object] = {}
    for code in blocks("python"):
        if "pandas" in code and importlib.util.find_spec("pandas") is None:
            continue
        exec(compile(code, str(DOCS), "exec"), names)  # noqa: S102 - our own page
        assert capsys.readouterr().out, code


def test_jena_recipes_run(java: Java, exported: Path) -> None:
    assert java("jena-5.2.0", "riotcmd.riot", "--version")
    program = exported / "riot"
    program.write_text(f'#!/bin/sh\nexec {shutil.which("java")} -cp "{cache()}/jena-5.2.0/*" riotcmd.riot "$@"\n')
    program.chmod(0o755)
    for code in blocks("bash"):
        if "riot" in code:
            shell(code, exported)
    assert len((exported / "jena.nq").read_text().splitlines()) > 1000
