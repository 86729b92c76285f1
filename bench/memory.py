"""The peak memory of one `kg ingest`, all its processes included (the Cypher store's Java too)."""

from pathlib import Path

from measure import KG, run

_MIB = 1024 * 1024


def table(articles: Path, counts: list[int], folder: Path) -> list[str]:
    """The section for docs/benchmarks.md, as lines of Markdown."""
    lines = ["| articles | peak, MiB | times the first |", "|---:|---:|---:|"]
    first = 0
    for count in counts:
        workspace = folder / f"memory-{count}"
        peak = run(
            [*KG, "--workspace", str(workspace), "ingest", f"allsides:{articles}", "--limit", str(count)], cwd=folder
        ).peak
        first = first or peak
        lines.append(f"| {count:,} | {peak / _MIB:,.0f} | {peak / first:.2f} |")
    return lines
