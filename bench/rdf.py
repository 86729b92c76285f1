"""How fast the graph leaves as RDF, beside rdflib and `riot --stream`: `python bench/rdf.py WORKSPACE [SMALLER]`."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import KG, Run, run

from kg.store.neo4j_program import cache

_INPUT = {"turtle": "ntriples", "ntriples": "ntriples", "trig": "nquads", "nquads": "nquads"}
"""Formats that all three write, and what riot and rdflib read the same triples or quads from."""
_ENDINGS = {"ntriples": "nt", "nquads": "nq"}
_MOST = 1_000_000  # quads that rdflib may hold in memory
_HELD = """import sys, time, rdflib
source, form, target = sys.argv[1:]
graph = rdflib.Dataset() if source.endswith("nq") else rdflib.Graph()
graph.parse(source)
start = time.perf_counter()
graph.serialize(target, format=form)
print(time.perf_counter() - start)
"""


def table(workspace: Path, smaller: Path | None = None) -> list[str]:
    """The section for docs/benchmarks.md; `smaller` is a workspace with fewer articles, to compare memory with."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = {form: folder / f"graph.{ending}" for form, ending in _ENDINGS.items()}
        for form, path in inputs.items():
            _export(workspace, form, path)
        with inputs["nquads"].open("rb") as file:
            count = sum(1 for _ in file)
        head = "| format | `kg export`, quads a second | to `riot --stream` | to rdflib | peak memory, MiB |"
        lines = [f"{count:,} quads, written to a file. `kg` reads its ledger, `riot` N-Triples or N-Quads, both with"]
        lines += ["their start; rdflib writes what it holds in memory. Above 1, `kg` is the faster one.", ""]
        lines += [head + (" with fewer articles |" if smaller else ""), "|---|" + "---:|" * (5 if smaller else 4)]
        for form in (*_INPUT, "rdfxml", "jsonld", "canonical"):
            own = _export(workspace, form, folder / "own")
            source = inputs.get(_INPUT.get(form, ""))
            theirs = [_riot(source, form, folder), _rdflib(source, form, folder) if count <= _MOST else None]
            cells = [f"{count / own.seconds:,.0f}", *("" if t is None else f"{t / own.seconds:.2f}" for t in theirs)]
            peaks = [own, *([_export(smaller, form, folder / "own")] if smaller else [])]
            lines.append(f"| {form} | {' | '.join([*cells, *(str(one.peak >> 20) for one in peaks)])} |")
    return lines


def _export(workspace: Path, form: str, target: Path) -> Run:
    return run([*KG, "--quiet", "--workspace", str(workspace), "export", form, "-o", str(target)], cwd=target.parent)


def _riot(source: Path | None, form: str, folder: Path) -> float | None:
    """The seconds that Jena takes to write what it reads; none where there is no Java, Jena or input."""
    java, jars = shutil.which("java"), cache() / "jena-5.2.0"
    if java is None or not jars.is_dir() or source is None:
        return None
    start = time.perf_counter()
    with (folder / "riot").open("wb") as output:
        command = [java, "-cp", f"{jars}/*", "riotcmd.riot", f"--stream={form}", str(source)]
        subprocess.run(command, stdout=output, check=True)
    return time.perf_counter() - start


def _rdflib(source: Path | None, form: str, folder: Path) -> float | None:
    """The seconds that rdflib takes to write what it holds in memory."""
    if source is None:
        return None
    syntax = "nt" if form == "ntriples" else form
    arguments = [sys.executable, "-W", "ignore", "-c", _HELD, str(source), syntax, str(folder / "rdflib")]
    return float(run(arguments, cwd=folder).output)


if __name__ == "__main__":
    print("\n".join(table(*(Path(folder).resolve() for folder in sys.argv[1:3]))))
