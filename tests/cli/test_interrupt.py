"""Ctrl-C: one sentence, the shell's exit code, and what was done is kept."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from kg.paths import data_folder

SAMPLE = data_folder("ingest") / "sample" / "articles.jsonl"


def ingest(workspace: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", "--workspace", str(workspace), "--json-logs", "ingest", "sample"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def progress(process: subprocess.Popen[str], until: str | None = None) -> list[dict[str, object]]:
    """The steps that an ingest tells of, up to the end or to the first one of a name with something done."""
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        if line.startswith("{"):
            told.append(json.loads(line))
            if told[-1].get("done") and told[-1]["step"] == until:
                break
    return told


def test_an_ingest_that_is_stopped_says_so_and_goes_on_from_there(tmp_path: Path) -> None:
    stopped = ingest(tmp_path / "kg")
    progress(stopped, until="extracting")
    stopped.send_signal(signal.SIGINT)
    _, said = stopped.communicate(timeout=20)
    assert stopped.returncode == 130
    assert said.splitlines()[-1] == "Stopped. What was done is kept; the same command goes on from there."
    assert "Traceback" not in said

    again = ingest(tmp_path / "kg")
    told = progress(again)
    assert again.wait(timeout=600) == 0
    read = sum(1 for _ in SAMPLE.open(encoding="utf-8"))
    assert {"event": "progress", "step": "resolving", "done": read, "total": read} in told
    assert 0 < max(int(str(line["total"])) for line in told if line.get("step") == "extracting") < read
    subprocess.run([sys.executable, "-m", "kg", "--workspace", str(tmp_path / "kg"), "stop"], check=True)
