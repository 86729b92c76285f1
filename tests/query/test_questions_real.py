"""The named questions on real articles: equal rows in Cypher and SPARQL, values, types and order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.query.questions import catalogue
from kg.workspace import Workspace

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "volume" / "allsides_6000.jsonl.gz"
COUNT = 500
# What the questions' names stand for; their own defaults are the sample's invented people.
TYPES = {"speaker": "Person", "policy": "Policy", "event": "Event", "other": "Organization"}

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


def busiest(graph: Workspace, type_: str) -> str:
    """The entity of a type that most articles mention."""
    found = (entity for entity in graph.ledger.graph.entities() if entity.type == type_)
    return max(found, key=lambda entity: (entity.articles, entity.name)).name


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_question_has_the_same_rows_on_real_articles(graph: Workspace, name: str) -> None:
    names = [one.name for one in catalogue()[name].parameters if one.type == "name"]
    given = {one: busiest(graph, TYPES.get(one, "Country")) for one in names}
    cypher, sparql = (graph.ask(name, lang=lang, **given) for lang in ("cypher", "sparql"))
    assert cypher.rows == sparql.rows
    assert [[type(value) for value in row] for row in cypher.rows] == [[type(v) for v in row] for row in sparql.rows]
