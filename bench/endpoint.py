"""The endpoint under load, beside rdflib-endpoint and Fuseki: `python bench/endpoint.py WORKSPACE`.

One after the other they get the same triples, the same queries and the same sixteen clients, each for the same time.
A server that is not there (rdflib-endpoint, or Java and Maven for Fuseki) has no row. Writes its section of
docs/benchmarks.md.
"""

import argparse
import http.client
import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import platformdirs
from run import write

from kg.store import rdf, served
from kg.store.served import Note

_FUSEKI = "5.2.0"
_CLASS = "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>newskg</groupId><artifactId>bench</artifactId><version>1</version><dependencies><dependency>
<groupId>org.apache.jena</groupId><artifactId>jena-fuseki-main</artifactId><version>{_FUSEKI}</version>
</dependency><dependency>
<groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j2-impl</artifactId><version>2.24.1</version>
</dependency></dependencies></project>"""
_START = 120.0
_QUERIES = {
    "people and offices": "SELECT DISTINCT ?name ?office { ?p a kg:Person ; rdfs:label ?name ; "
    "kg:holdsPosition/rdfs:label ?office } ORDER BY ?name ?office LIMIT 50",
    "all of one entity": "SELECT DISTINCT ?p ?o { ?e rdfs:label 'United States' ; a kg:Country ; ?p ?o }",
    "quotes on one entity": "SELECT DISTINCT ?quote { ?e rdfs:label 'China' ; a kg:Country . ?c rdf:subject ?e ; "
    "oa:hasSelector/oa:exact ?quote } ORDER BY ?quote LIMIT 100",
    "types counted": "SELECT ?type (COUNT(DISTINCT ?x) AS ?n) { ?x a ?type } GROUP BY ?type ORDER BY ?type",
    "names with a word": "SELECT DISTINCT ?name { ?e a kg:Organization ; rdfs:label ?name "
    "FILTER(CONTAINS(LCASE(?name), 'bank')) } ORDER BY ?name",
}


@dataclass
class Load:
    """What clients saw: seconds of every answer, sentences of those that failed, and how many rows each query has."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def main() -> None:
    """Measure all that is there, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--rdflib-endpoint", default="rdflib-endpoint", help="the program of that name")
    options = parser.parse_args()
    prefixes = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in rdf.PREFIXES.items() if prefix)
    queries = {name: prefixes + text for name, text in _QUERIES.items()}
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data.nt"
        rows = []
        with _kg(options.workspace, data) as address:
            rows.append(("`kg serve`", _measured(address, queries, options.clients, options.seconds)))
        triples = sum(1 for _ in data.open("rb"))
        with _rdflib_endpoint(options.rdflib_endpoint, data) as found:
            if found:
                rows.append(("rdflib-endpoint", _measured(found, queries, options.clients, options.seconds)))
        with _fuseki(data) as found:
            if found:
                rows.append((f"Fuseki {_FUSEKI}", _measured(found, queries, options.clients, options.seconds)))
    write("endpoint", _section(rows, triples, options.clients, options.seconds))


def _section(rows: list[tuple[str, Load]], triples: int, clients: int, seconds: float) -> list[str]:
    kinds = ", ".join(_QUERIES)
    busy = f"load average {os.getloadavg()[0]:.0f} at the end"
    told = f"{clients} clients for {seconds:g} s each on {triples:,} triples, in one run; {busy}."
    lines = [
        f"{told} Each client asks in turn: {kinds}.",
        "",
        "| server | requests/s | p50, ms | p99, ms | errors |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, load in rows:
        cuts = statistics.quantiles(load.times, n=100)
        figures = f"{len(load.times) / seconds:.0f} | {cuts[49] * 1000:.0f} | {cuts[98] * 1000:.0f}"
        lines.append(f"| {name} | {figures} | {len(load.errors)} |")
    answers = {name: load.rows for name, load in rows}
    lines += ["", f"Rows of each query, by server: {_agreement(answers)}."]
    return lines


def _agreement(answers: dict[str, dict[str, int]]) -> str:
    """Whether all gave as many rows."""
    if len({tuple(sorted(rows.items())) for rows in answers.values()}) == 1:
        return "the same"
    return "; ".join(f"{name} {rows}" for name, rows in answers.items())


def _measured(address: str, queries: dict[str, str], clients: int, seconds: float) -> Load:
    """The load of so many clients for so long, after a round that warms the server up."""
    load = Load()
    for name, text in queries.items():
        answer = _ask(http.client.HTTPConnection(_host(address), timeout=300), address, text)
        load.rows[name] = len(json.loads(answer)["results"]["bindings"])
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_client, args=(address, queries, n, end, load)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load


def _client(address: str, queries: dict[str, str], first: int, end: float, load: Load) -> None:
    connection = http.client.HTTPConnection(_host(address), timeout=300)
    texts = list(queries.values())
    for text in itertools.islice(itertools.cycle(texts), first, None):
        begun = time.monotonic()
        if begun > end:
            return
        try:
            _ask(connection, address, text)
            load.times.append(time.monotonic() - begun)
        except (OSError, http.client.HTTPException, ValueError) as error:
            load.errors.append(str(error))
            connection.close()


def _ask(connection: http.client.HTTPConnection, address: str, text: str) -> bytes:
    """The answer as JSON; raises `ValueError` where it is none."""
    headers = {"Accept": "application/sparql-results+json", "Content-Type": "application/x-www-form-urlencoded"}
    path = "/" + address.split("/", 3)[3]
    connection.request("POST", path, urlencode({"query": text}), headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise ValueError(f"{answer.status}: {body[:200]!r}")
    return body


def _host(address: str) -> str:
    return address.split("/")[2]


@contextmanager
def _kg(workspace: Path, data: Path) -> Iterator[str]:
    """Our server; its triples, each once, come into `data`."""
    command = [sys.executable, "-m", "kg", "--workspace", str(workspace), "serve", "--port", "0"]
    with _running(command):
        note = _note(workspace)
        lines = _triples(note)
        data.write_bytes(b"".join(sorted({line + b"\n" for line in lines})))
        yield f"{note.url}/sparql"


def _note(workspace: Path) -> Note:
    deadline = time.monotonic() + _START
    while (note := served.find(workspace)) is None:
        if time.monotonic() > deadline:
            sys.exit("kg serve does not start")
        time.sleep(0.2)
    return note


def _triples(note: Note) -> list[bytes]:
    connection = http.client.HTTPConnection(_host(note.url), timeout=300)
    headers = {"Accept": "application/n-triples", "Authorization": f"Bearer {note.token}"}
    connection.request("GET", "/graphs?default", headers=headers)
    return connection.getresponse().read().splitlines()


@contextmanager
def _rdflib_endpoint(program: str, data: Path) -> Iterator[str | None]:
    if shutil.which(program) is None:
        yield None
        return
    port = _free_port()
    with _running([program, "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]):
        yield _ready(port, "/sparql") or _ready(port, "/")


@contextmanager
def _fuseki(data: Path) -> Iterator[str | None]:
    java, maven = shutil.which("java"), shutil.which("mvn")
    if java is None or maven is None:
        yield None
        return
    jars = _jars(maven)
    port = _free_port()
    with _running([java, "-cp", f"{jars}/*", _CLASS, f"--port={port}", "--localhost", f"--file={data}", "/data"]):
        yield _ready(port, "/data/sparql")


def _jars(maven: str) -> Path:
    folder = platformdirs.user_cache_path("newskg") / f"fuseki-{_FUSEKI}"
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / "pom.xml").write_text(_POM)
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={folder}", "-DincludeScope=runtime"]
        subprocess.run([maven, "-q", "-B", *goal], cwd=folder, check=True)
    return folder


def _ready(port: int, path: str) -> str | None:
    """The address of an endpoint once it answers."""
    address = f"http://127.0.0.1:{port}{path}"
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        try:
            _ask(http.client.HTTPConnection(_host(address), timeout=60), address, "SELECT * { } LIMIT 1")
        except ValueError:
            return None
        except (OSError, http.client.HTTPException):
            time.sleep(0.5)
        else:
            return address
    return None


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
