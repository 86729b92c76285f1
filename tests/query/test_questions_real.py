"""The named questions on real articles: equal rows in Cypher and SPARQL, values, types and order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.query.questions import catalogue
from kg.workspace import Workspace

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "volume" / "allsides_6000.jsonl.gz"
COUNT = 500
# What real news is about, where a question's own defaults name the sample's invented people.
NAMES = {"name": "Donald Trump", "a": "United States", "b": "Russia", "one": "United States", "other": "China"}

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not ARTICLES.exists(), reason="the shared articles are not beside this checkout"),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with kg.open(tmp_path_factory.mktemp("real") / "workspace") as opened:
        opened.ingest(f"allsides:{ARTICLES}", limit=COUNT)
        yield opened
        opened.stop()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_question_has_the_same_rows_on_real_articles(graph: Workspace, name: str) -> None:
    given = {
        one.name: NAMES.get(one.name, "United States") for one in catalogue()[name].parameters if one.type == "name"
    }
    cypher, sparql = (graph.ask(name, lang=lang, **given) for lang in ("cypher", "sparql"))
    assert cypher.rows == sparql.rows
    assert [[type(value) for value in row] for row in cypher.rows] == [[type(v) for v in row] for row in sparql.rows]
