"""The time of each named question, in both languages, on one workspace that stands."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import kg
from kg.query.questions import catalogue

_TIMES = 5


def _median(call: Callable[[], object]) -> float:
    spans = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        call()
        spans.append(time.perf_counter() - start)
    return statistics.median(spans) * 1000


def table(workspace: Path) -> list[str]:
    """The section for docs/benchmarks.md, as lines of Markdown."""
    lines = [f"Median of {_TIMES}, milliseconds, with the parameters' defaults.", ""]
    lines += ["| question | rows | Cypher | SPARQL |", "|---|---:|---:|---:|"]
    with kg.open(workspace) as graph:
        for name in sorted(catalogue()):
            rows = len(graph.ask(name, lang="sparql").rows)
            times = [_median(lambda n=name, lang=lang: graph.ask(n, lang=lang)) for lang in ("cypher", "sparql")]  # type: ignore[misc]
            lines.append(f"| {name} | {rows} | {times[0]:.0f} | {times[1]:.0f} |")
    return lines
