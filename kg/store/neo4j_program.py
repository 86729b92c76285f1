"""Where a Neo4j comes from: one that is installed, a container, or what Maven fetches.

An installed one and a fetched one are both a folder of jars, which our Java runs with a home of our own; so nothing
in an installation is read, changed or started but its program.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError, StoreMissingError

POM = Path(__file__).with_name("neo4j_pom.xml")
IMAGE = "neo4j:5.26-community"
JAVA = 17
"""The oldest Java that Neo4j 5 runs on."""

_FETCH = 1800.0  # seconds that Maven may take for 140 MB
_OPENS = ("java.base/java.nio", "java.base/sun.nio.ch", "java.base/java.lang")


@dataclass(frozen=True, slots=True)
class Jars:
    """A Neo4j that Java runs."""

    java: str
    folder: Path

    def command(self, main: str, *arguments: str, heap: str = "1g") -> list[str]:
        """The command that runs a class out of the jars."""
        opens = [f"--add-opens={name}=ALL-UNNAMED" for name in _OPENS]
        options = [f"-Xmx{heap}", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", *opens]
        return [self.java, *options, "-cp", f"{self.folder}/*", main, *arguments]


@dataclass(frozen=True, slots=True)
class Docker:
    """A Neo4j that Docker runs."""

    docker: str


Program = Jars | Docker


def find() -> Program:
    """The Neo4j of this machine: an installed one, else Docker's, else one that Maven fetches (once, 140 MB).

    Raises:
        StoreMissingError: there is none of them; the sentence says what to install.
        StoreError: Maven could not fetch it.
    """
    if folder := _installed():
        return Jars(_java(), folder)
    if (docker := shutil.which("docker")) and _works(docker):
        return Docker(docker)
    return fetched()


def fetched() -> Jars:
    """A Neo4j out of the cache, fetched by Maven where it is not there yet; raises as `find`."""
    java, folder = _java(), cache() / "neo4j-5.26.0"
    if not folder.is_dir():
        _fetch(folder)
    return Jars(java, folder)


def cache() -> Path:
    """The folder for what is fetched once for all workspaces: KG_CACHE, or newskg in the user's cache folder."""
    if own := os.environ.get("KG_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newskg"


def _installed() -> Path | None:
    """The folder of jars of NEO4J_HOME, or of the `neo4j` on the PATH."""
    if home := os.environ.get("NEO4J_HOME"):
        if folder := _jars_below(Path(home)):
            return folder
        raise StoreMissingError(f"NEO4J_HOME is {home}, but there is no Neo4j in it; correct it or unset it.")
    program = shutil.which("neo4j")
    if program is None:
        return None
    top = Path(program).resolve().parent.parent
    return next(filter(None, map(_jars_below, (top, top / "libexec", top / "share" / "neo4j"))), None)


def _jars_below(home: Path) -> Path | None:
    return home / "lib" if any((home / "lib").glob("neo4j-kernel-*.jar")) else None


def _java() -> str:
    """The Java of JAVA_HOME, or of the PATH."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        raise StoreMissingError(
            f"A local Neo4j needs Docker, or Java {JAVA} with Maven, and this machine has neither; "
            "install one of them, or load a Neo4j server with: kg load neo4j://HOST"
        )
    version = _java_version(java)
    if version < JAVA:
        raise StoreMissingError(f"Neo4j needs Java {JAVA} or later, and {java} is Java {version}; install a later one.")
    return java


def _java_version(java: str) -> int:
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603 - the user's Java
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr)
    return int(found[1]) if found else 0


def _works(docker: str) -> bool:
    """Whether Docker has a daemon that answers us."""
    try:
        return subprocess.run([docker, "info"], capture_output=True, check=False, timeout=20).returncode == 0  # noqa: S603
    except subprocess.TimeoutExpired:
        return False


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise StoreMissingError(
            "There is no Neo4j here, no Docker that answers, and no Maven to fetch one with; "
            "install Maven (`mvn`), start Docker, or name an installed Neo4j in NEO4J_HOME."
        )
    draft = folder.with_name(f"{folder.name}.{os.getpid()}")
    draft.mkdir(parents=True)
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={draft.resolve()}", "-DincludeScope=runtime"]
    command = [maven, "--batch-mode", "--quiet", "--file", str(POM), *goal]
    try:
        _run_maven(command)
        if not folder.exists():  # another command may have been quicker
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _run_maven(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_FETCH)  # noqa: S603 - fixed goals
    except subprocess.TimeoutExpired as error:
        raise StoreError("Maven did not fetch Neo4j in half an hour; look at the network, then try again.") from error
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if "[ERROR]" in line]
        reason = said[0].removeprefix("[ERROR] ")[:300] if said else "it said nothing"
        raise StoreError(f"Maven could not fetch Neo4j ({reason}); look at the network, then try again.")
