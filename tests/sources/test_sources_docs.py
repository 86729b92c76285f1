"""What docs/sources.md shows is what happens."""

import re
from pathlib import Path

import pytest

from kg.errors import RecipeError
from kg.model import Article
from kg.sources import names, read

DOCS = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
FILES = re.findall(r"^`([\w/.]+)`:\n\n```\w+\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_recipe_of_the_docs_reads_its_sample(harbour: Path) -> None:
    assert sorted(path.name for path in (harbour / "harbour").iterdir()) == [
        "harbour.py", "harbour.yaml", "sample.jsonl",
    ]  # fmt: skip
    read_ = [one for one in read("harbour/harbour.yaml:harbour/sample.jsonl") if isinstance(one, Article)]
    assert [(a.metadata.title, a.metadata.authors, a.metadata.published, a.metadata.publisher) for a in read_] == [
        ("Quay leased", ("Ewa Lisiecka",), "2031-05-13", "The Harbour Daily"),
        ("Mayor denies", ("Tom Rask",), "2031-05-14", "The Harbour Daily"),
    ]


def test_the_error_of_the_docs_is_the_error(harbour: Path) -> None:
    (harbour / "harbour" / "harbour.py").unlink()
    rows = (harbour / "harbour" / "sample.jsonl").read_text().replace("13.05.2031", "2031-05-13")
    (harbour / "harbour" / "sample.jsonl").write_text(rows.replace('"day": "14.05.2031", ', ""))
    with pytest.raises(RecipeError) as error:
        list(read("harbour/harbour.yaml:harbour/sample.jsonl"))
    assert f"`{error.value}`" in DOCS


def test_every_recipe_stands_in_the_docs() -> None:
    assert [name for name in names() if f"| `{name}` |" not in DOCS] == []
