"""Other people's RDF tools out of Maven, kept in newskg's cache folder; without Java their tests are skipped."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store.neo4j_program import cache

HERE = Path(__file__).parent
Java = Callable[..., str]


@pytest.fixture(scope="session")
def java() -> Java:
    """Run a class, or a Java file, with the jars of a tool; what it printed, also on standard error."""
    found, maven = shutil.which("java"), shutil.which("mvn")
    if found is None or maven is None:
        pytest.skip("Jena and RDF4J need Java 17 and Maven")

    def run(tool: str, program: str, *arguments: Path | str) -> str:
        jars = cache() / tool
        if not jars.is_dir():
            _fetch(maven, tool, jars)
        command = [found, "-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", f"{jars}/*", program, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    return run


def _fetch(maven: str, tool: str, jars: Path) -> None:
    draft = jars.with_name(f"{jars.name}.part")
    draft.mkdir(parents=True, exist_ok=True)
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={draft}"]
    command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), "-P", tool, *goal]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip(f"Maven could not fetch {tool}")
    draft.rename(jars)
