"""The graph with the ontology is consistent under OWL 2 DL, as HermiT sees it; what the ontology forbids is not."""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model.ontology import ID_BASE, NAMESPACE
from kg.paths import data_folder
from kg.store import rdf
from kg.store.neo4j_program import cache
from kg.store.rdf import Quad
from kg.workspace import Workspace
from tests.listed_graph import story

pytestmark = pytest.mark.long

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>newskg</groupId><artifactId>reasoner</artifactId><version>1</version>
<dependencies><dependency>
<groupId>net.sourceforge.owlapi</groupId><artifactId>org.semanticweb.hermit</artifactId><version>1.4.5.519</version>
</dependency></dependencies></project>"""

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
Reasoner = Callable[..., list[str]]


@pytest.fixture(scope="module")
def hermit() -> Reasoner:
    """Files to what HermiT says of each: whether it is consistent, and how many classes are empty."""
    java, maven = shutil.which("java"), shutil.which("mvn")
    if java is None or maven is None:
        pytest.skip("HermiT needs Java 17 and Maven")
    folder = cache() / "hermit-1.4.5.519"
    if not folder.is_dir():
        _fetch(maven, folder)

    def consistent(*files: Path) -> list[str]:
        program = Path(__file__).with_name("Consistent.java")
        command = [java, "-Xmx2g", "-cp", f"{folder}/*", str(program), *map(str, files)]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout.splitlines()

    return consistent


def _fetch(maven: str, folder: Path) -> None:
    draft = folder.with_name(f"{folder.name}.part")
    draft.mkdir(parents=True, exist_ok=True)
    (draft / "pom.xml").write_text(POM, encoding="utf-8")
    command = [maven, "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=."]
    if subprocess.run(command, cwd=draft, capture_output=True, check=False).returncode:
        pytest.skip("Maven could not fetch HermiT")
    draft.rename(folder)


def with_ontology(path: Path, quads: Iterable[Quad], *more: str) -> Path:
    """A file of the ontology and the triples, so that a reasoner knows what each property is."""
    ontology = ox.parse(path=str(data_folder("schemas") / "ontology.ttl"), format=ox.RdfFormat.TURTLE)
    terms = ox.serialize((quad.triple for quad in ontology), format=ox.RdfFormat.N_TRIPLES) or b""
    lines = {f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads}
    path.write_text("\n".join([terms.decode(), *sorted(lines), *more]) + "\n", encoding="utf-8")
    return path


def test_the_story_is_consistent_and_what_the_ontology_forbids_is_not(hermit: Reasoner, tmp_path: Path) -> None:
    ghana, levy = f"<{ID_BASE}ent-ghana>", f"<{ID_BASE}ent-levy>"
    files = [
        with_ontology(tmp_path / "story.nt", rdf.every_quad(story())),
        with_ontology(tmp_path / "disjoint.nt", rdf.every_quad(story()), f"{ghana} {TYPE} <{NAMESPACE}Person> ."),
        with_ontology(tmp_path / "domain.nt", rdf.every_quad(story()), f"{levy} <{NAMESPACE}citizenOf> {ghana} ."),
        with_ontology(tmp_path / "range.nt", rdf.every_quad(story()), f"{ghana} <{NAMESPACE}said> {levy} ."),
    ]
    assert hermit(*files) == ["true 0", "false 0", "false 0", "false 0"]


def test_the_sample_as_it_is_extracted_is_consistent(hermit: Reasoner, tmp_path: Path) -> None:
    with Workspace(tmp_path / "workspace") as workspace:
        workspace.ingest("sample", jobs=1)
        path = with_ontology(tmp_path / "sample.nt", rdf.every_quad(workspace.ledger.graph))
    assert hermit(path) == ["true 0"]
