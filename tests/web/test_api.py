"""The JSON side answers what the library's calls answer, and is described as it is."""

import json

import msgspec
import pytest

from kg.ledger import Ledger
from kg.query.show import show
from kg.query.timeline import timeline
from kg.query.why import why
from tests.web.conftest import Server


def test_calls_answer_as_the_library_does(server: Server) -> None:
    with Ledger.open(server.folder / "ledger.sqlite") as ledger:
        graph = ledger.graph
        expected = {
            "/api/show?name=Gordon May": show(graph, "Gordon May"),
            "/api/why?a=Gordon May&b=Australia": why(graph, "Gordon May", "Australia"),
            "/api/timeline?name=Gordon May&from=2031-03-20": timeline(graph, "Gordon May", "2031-03-20"),
            "/api/search?words=tariff&limit=3": ledger.search("tariff", 3),
        }
        for path, answer in expected.items():
            assert server.get(path).json() == json.loads(msgspec.json.encode(answer)), path


def test_an_id_will_do_for_a_name(server: Server) -> None:
    card = server.get("/api/show", name="Lena Price").json()
    assert server.get("/api/show", name=card["entity"]["id"]).json() == card


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/api/show", 400, "show needs the parameter 'name'."),
        ("/api/search?words=x&limit=many", 400, "The limit must be a whole number, not 'many'."),
        ("/api/search?words=x&colour=red", 400, "search has no parameter 'colour'."),
        ("/api/show?name=Nobody Atall", 404, "No entity is called 'Nobody Atall'; "),
        ("/api/ask/nothing", 404, "There is no question 'nothing'; "),
        ("/api/ask/ownership?colour=red", 400, "The question ownership has no parameter 'colour'; "),
        ("/api/timeline?name=Australia&from=May", 400, "'May' is no date; "),
    ],
)
def test_mistakes_are_one_sentence(server: Server, path: str, status: int, sentence: str) -> None:
    answer = server.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert answer.text.startswith(sentence)


def test_the_description_names_every_call(server: Server) -> None:
    described = server.get("/api/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    for path, operation in described["paths"].items():
        values = {one["name"]: "Australia" for one in operation["get"]["parameters"] if one["required"]}
        values.pop("question", None)
        if {"a", "b"} <= values.keys():
            values["b"] = "South Korea"
        answer = server.get(path.replace("{question}", "ownership"), **values)
        assert answer.status_code == 200, (path, answer.text)
    references = json.dumps(described["paths"])
    names = described["components"]["schemas"]
    assert all(f"#/components/schemas/{name}" in references or name in json.dumps(names) for name in names)
