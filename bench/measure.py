"""What the benchmarks share: articles drawn from a file, commands run and watched."""

import gzip
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KG = [sys.executable, "-m", "kg"]
_SAMPLING = 1.0  # seconds between two looks at the memory; a look costs some hundredths of a second


def texts(articles: Path, count: int) -> list[str]:
    """The first `count` texts of a JSON Lines file (.gz or not)."""
    with gzip.open(articles, "rt", encoding="utf-8") if articles.suffix == ".gz" else articles.open() as lines:
        return [json.loads(line)["text"] for line in itertools.islice(lines, count)]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished command: wall-clock seconds, peak memory in bytes (its children included), standard output."""

    seconds: float
    peak: int
    output: str


def run(arguments: list[str], *, cwd: Path) -> Run:
    """Run a command to its end, watching its memory; raises where it fails."""
    start = time.perf_counter()
    with subprocess.Popen(arguments, cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        watch = _Watch(process.pid)
        output = process.communicate()[0]
        peak = watch.stop()
    if process.returncode not in {0, 3}:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return Run(time.perf_counter() - start, peak, output)


class _Watch:
    """Looks at the memory of a process and all its descendants until stopped."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._done = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._done.wait(_SAMPLING):
            self._peak = max(self._peak, sum(_memory(pid) for pid in _tree(self._pid)))

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._peak


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = children.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in below:
            yield from _tree(int(child))


def _memory(pid: int) -> int:
    """The proportional set size: pages that processes share are counted once in all."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))
