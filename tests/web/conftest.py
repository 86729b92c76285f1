"""Real servers: `kg serve` in a process of its own, on a free port, over a real workspace."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.ledger import Ledger
from kg.resolve import resolve
from tests.query.gold import gold


@dataclass(frozen=True)
class Server:
    """A running server: its workspace, address, token and process."""

    folder: Path
    url: str
    token: str
    process: "subprocess.Popen[str]"

    @property
    def owner(self) -> dict[str, str]:
        """The header by which it knows its owner."""
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, accept: str = "*/*", **values: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", params=values or None, headers={"Accept": accept}, timeout=60)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "kg", "--workspace", str(folder), "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("Serving"), line
        note = json.loads((folder / "serve.json").read_text())
        yield Server(folder, note["url"], note["token"], process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for what should come to be; the assertion fails where it does not."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.1)


def copy_of(folder: Path, target: Path) -> Path:
    """A workspace with the same ledger."""
    files = (folder / "ledger.sqlite", target / "ledger.sqlite")
    with closing(sqlite3.connect(files[0])) as old, closing(sqlite3.connect(files[1])) as new:
        old.backup(new)
    return target


@pytest.fixture(scope="session")
def gold_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample as a careful reader takes it."""
    folder = tmp_path_factory.mktemp("served") / "gold"
    folder.mkdir()
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        for article, extraction in gold():
            ledger.put(article)
            ledger.record(extraction, "reader")
        resolve(ledger)
    return folder


@pytest.fixture(scope="session")
def server(gold_folder: Path) -> Iterator[Server]:
    with serving(gold_folder) as running:
        yield running


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over an empty workspace that takes updates."""
    folder = tmp_path_factory.mktemp("writable") / "workspace"
    folder.mkdir()
    Ledger.open(folder / "ledger.sqlite").close()
    with serving(folder, "--update") as running:
        yield running
