"""`kill -9` in the middle of an ingest, and again: the end is the same, byte for byte, as without it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "volume" / "allsides_6000.jsonl.gz"
COUNT = 120


def start(workspace: Path) -> subprocess.Popen[bytes]:
    """An ingest in a process group of its own."""
    command = ["--workspace", str(workspace), "ingest", f"allsides:{ARTICLES}", "--limit", str(COUNT)]
    return subprocess.Popen([sys.executable, "-m", "kg", *command], start_new_session=True)


def done(workspace: Path) -> int:
    """How many articles are extracted."""
    try:
        with sqlite3.connect(f"file:{workspace / 'ledger.sqlite'}?mode=ro", uri=True) as ledger:
            return int(ledger.execute("SELECT COUNT(*) FROM articles WHERE status = 'done'").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def kill_at(workspace: Path, count: int) -> None:
    """Start an ingest and kill it, children and all, once so many articles are extracted."""
    process = start(workspace)
    while done(workspace) < count and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def quads(workspace: Path) -> bytes:
    command = [sys.executable, "-m", "kg", "--workspace", str(workspace), "export", "nquads"]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.long
@pytest.mark.skipif(not ARTICLES.exists(), reason="the shared articles are not beside this checkout")
def test_a_killed_ingest_started_again_ends_as_one_that_was_not(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert start(whole).wait() == 0
    for count in (10, 50, COUNT):
        kill_at(killed, count)
    assert start(killed).wait() == 0
    assert done(killed) == COUNT
    assert quads(killed) == quads(whole)
    for workspace in (whole, killed):
        subprocess.run([sys.executable, "-m", "kg", "--workspace", str(workspace), "stop"], check=True)
