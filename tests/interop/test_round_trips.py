"""What we write, read by other tools: as many triples, and the same canonical hash."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.export import export
from kg.export.rdf import Options
from tests.export.test_rdf import odd
from tests.interop.conftest import HERE, Java

ENDINGS = {
    "turtle": "ttl",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nq",
    "rdfxml": "rdf",
    "jsonld": "jsonld",
}
WITH_GRAPHS = {"trig", "nquads", "jsonld"}
Digest = tuple[int, str]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The story with its odd names in every syntax, and the plain profile in two."""
    folder = tmp_path_factory.mktemp("exports")
    files = {form: folder / f"graph.{ending}" for form, ending in ENDINGS.items()}
    for form, path in files.items():
        export(odd(), form, path)
    for form in ("turtle", "jsonld"):
        files[f"plain {form}"] = folder / f"plain.{ENDINGS[form]}"
        export(odd(), form, files[f"plain {form}"], Options(profile="plain"))
    return files


def digest(quads: Iterable[ox.Quad]) -> Digest:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted((ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").splitlines())
    return len(lines), hashlib.sha256(b"\n".join(lines)).hexdigest()


def wanted(form: str, exports: dict[str, Path]) -> Digest:
    if form.startswith("plain"):
        return by_pyoxigraph(exports[form])
    quads = ox.parse(path=exports["nquads"], format=ox.RdfFormat.N_QUADS)
    return digest(quads if form in WITH_GRAPHS else (ox.Quad(*quad.triple) for quad in quads))


def by_pyoxigraph(path: Path) -> Digest:
    return digest(ox.parse(path=path))


def by_rdflib(path: Path) -> Digest:
    data = rdflib.Dataset()
    data.parse(path)
    if path.suffix in {".ttl", ".nt", ".rdf"} or path.name.startswith("plain"):
        return digest(ox.parse(data.default_graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES))
    return digest(ox.parse(data.serialize(format="nquads").encode(), format=ox.RdfFormat.N_QUADS))


def written_by(tool: str) -> Callable[[Path], Digest]:
    return lambda path: digest(ox.parse(path=f"{path}.{tool}", format=ox.RdfFormat.N_QUADS))


READERS = {
    "pyoxigraph": by_pyoxigraph,
    "rdflib": by_rdflib,
    "jena": written_by("jena"),
    "rdf4j": written_by("rdf4j"),
}


@pytest.fixture(scope="module")
def read_by_java(java: Java, exports: dict[str, Path]) -> None:
    """Jena and RDF4J read every file, in a process each."""
    java("jena-5.2.0", str(HERE / "Jena.java"), *exports.values())
    java("rdf4j-5.1.0", str(HERE / "Rdf4j.java"), *exports.values())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", [*ENDINGS, "plain turtle", "plain jsonld"])
def test_the_graph_arrives_whole(
    form: str, reader: str, exports: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    if reader in {"jena", "rdf4j"}:
        request.getfixturevalue("read_by_java")
    assert READERS[reader](exports[form]) == wanted(form, exports)


def test_riot_finds_nothing_to_complain_of(java: Java, exports: dict[str, Path]) -> None:
    said = java("jena-5.2.0", "riotcmd.riot", "--validate", *exports.values())
    assert [line for line in said.splitlines() if " INFO " not in line] == []
    assert len(said.splitlines()) == len(exports)


def test_riot_would_complain(java: Java, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text('<x:a> <x:b> "c"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    with pytest.raises(AssertionError, match="not valid for datatype XSD integer"):
        java("jena-5.2.0", "riotcmd.riot", "--validate", tmp_path / "bad.ttl")
