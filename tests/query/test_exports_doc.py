"""The recipes of docs/exports.md run as they stand there."""

import csv
import re
import runpy
from pathlib import Path

import pytest

from kg.export import export
from kg.ledger import GraphReader

PAGE = (Path(__file__).resolve().parents[2] / "docs/exports.md").read_text(encoding="utf-8")
RECIPES = {
    title: code
    for title, text in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    for code in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
}
WRITTEN = re.compile(r"^    kg export (\S+) -o (\S+)", re.MULTILINE)


def test_every_command_of_the_page_is_one_of_the_formats_told_of() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert {format_ for format_, _ in WRITTEN.findall(PAGE)} == told - {"jsonl", "graphml"}


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_runs_and_says_something(
    title: str,
    graph: GraphReader,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if title == "pandas":
        pytest.importorskip("pandas", reason="pandas is not installed")
    text = PAGE[PAGE.index(f"\n## {title}\n") :]
    monkeypatch.chdir(tmp_path)
    format_, target = WRITTEN.findall(text)[0]
    export(graph, format_, Path(target))
    (tmp_path / "recipe.py").write_text(RECIPES[title], encoding="utf-8")
    runpy.run_path("recipe.py")
    assert len(capsys.readouterr().out.splitlines()) >= 1


def test_the_sample_gives_an_event_of_each_kind_that_it_tells_of(graph: GraphReader, tmp_path: Path) -> None:
    export(graph, "events", tmp_path / "events.csv")
    with (tmp_path / "events.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["EventCode"] for row in csv.DictReader(file)}
    assert codes == {"ACCUSE", "AGREE", "CONSULT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"}
