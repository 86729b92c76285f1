"""A local Neo4j of a workspace: the commands, and what a person sees in the real Browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.neo4j_pictures import CHROMIUM, answer, browser_page
from kg.cli import run
from kg.model.ontology import ENTITY_TYPES
from kg.paths import data_folder
from kg.store.neo4j_server import Running, running
from kg.web import neo4j_local
from kg.workspace import Workspace

NODES = """all => all.map(each => [each.querySelector("circle.b-outline").getAttribute("fill"),
    [...each.querySelectorAll("text")].map(line => line.textContent.trim()).join(" ")])"""
"""Of each node its colour and what is written in it."""


def test_browser_without_a_server_says_what_starts_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--workspace", str(tmp_path), "neo4j", "browser"]) == 1
    assert capsys.readouterr().err == "kg: No Neo4j runs for this workspace; start one with: kg neo4j start\n"


def test_stop_without_a_server_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--workspace", str(tmp_path), "neo4j", "stop"]) == 0
    assert capsys.readouterr().err == "No Neo4j was running for this workspace.\n"


def test_the_link_connects_and_holds_the_first_query(neo4j_server: Running) -> None:
    link = neo4j_local.link(neo4j_server)
    assert link.startswith(f"{neo4j_server.browser}?dbms=bolt%3A%2F%2Flocalhost%3A{neo4j_server.bolt}&cmd=edit&arg=M")
    assert link.endswith("&preselectAuthMethod=NO_AUTH")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace of the sample in a Neo4j of its own, as `kg neo4j start` leaves it."""
    if not Path(CHROMIUM).exists() or shutil.which("java") is None or shutil.which("mvn") is None:
        pytest.skip("this looks at the real Browser: it needs Chromium, Java and Maven")
    folder = tmp_path_factory.mktemp("local") / "ws"
    with Workspace(folder) as workspace:
        workspace.ingest("sample")
    assert run(["--workspace", str(folder), "neo4j", "start"]) == 0
    yield folder
    assert run(["--workspace", str(folder), "neo4j", "stop"]) == 0


@pytest.mark.long
def test_browser_opens_styled_with_the_guide_and_runs_its_query(started: Path) -> None:
    server = running(started / "neo4j")
    assert server is not None
    with browser_page() as page:
        frame = answer(page, server, 1)
        drawn = {tuple(each) for each in frame.locator("g.node").evaluate_all(NODES)}
        lines = set(frame.locator("g.relationship").evaluate_all("all => all.map(each => each.textContent.trim())"))
    assert ("#3C9D4E", "South Korea") in drawn
    assert ("#F28E2B", "Gordon May") in drawn
    assert {colour for colour, _ in drawn} <= set(colours().values()) - {colours()["Claim"], colours()["Article"]}
    assert {"located in", "meets (planned)"} <= lines


@pytest.mark.long
def test_a_second_start_keeps_the_address_and_loads_nothing(started: Path) -> None:
    before = running(started / "neo4j")
    assert run(["--workspace", str(started), "neo4j", "start"]) == 0
    assert running(started / "neo4j") == before


def colours() -> dict[str, str]:
    """Of each label its colour in the style."""
    style = (data_folder("schemas") / "neo4j" / "kg.grass").read_text("utf-8")
    found = dict(re.findall(r"node\.(\w+) \{.*?\n  color: (\S+);", style, re.DOTALL))
    assert set(ENTITY_TYPES) <= set(found)
    return found
