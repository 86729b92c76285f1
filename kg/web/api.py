"""The JSON side: what the commands of the same names answer, as JSON, and its description in OpenAPI.

A function's parameters, what they mean and what comes back stand once, in `CALLS`; the description is made of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from kg.errors import UsageError
from kg.ledger import Found, Ledger
from kg.query.cards import Candidates
from kg.query.path import Path, path
from kg.query.questions import Question, ask, catalogue
from kg.query.show import Card, show
from kg.query.timeline import Timeline, timeline
from kg.query.why import Why, why
from kg.store.base import Rows, View
from kg.version import __version__
from kg.web.jobs import Call
from kg.web.worker import Reply

MOST_FOUND = 200
"""Hits of a search, at most."""

Values = Mapping[str, str]
Function = Callable[[Values, View, Ledger], Any]


class Parameter(NamedTuple):
    """A name, what it means, and whether it must be given."""

    name: str
    meaning: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Described:
    """A function of the JSON side, and how it is described."""

    summary: str
    parameters: Sequence[Parameter]
    answers: tuple[Any, ...]
    function: Function


@dataclass(frozen=True, slots=True)
class State:
    """How much there is: articles by status, entities by type, and the change up to which answers know."""

    articles: Mapping[str, int]
    entities: Mapping[str, int]
    claims: int
    relations: int
    mentions: int
    seq: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A named question: what it asks, its parameters with their defaults, and its columns with their types."""

    name: str
    title: str
    description: str
    parameters: Mapping[str, str | int]
    columns: Mapping[str, str]


def call(job: Call, view: View, ledger: Ledger, reply: Reply) -> None:
    """Answer a call; raises `UsageError` for parameters that are missing or not known."""
    if job.name == "openapi.json":
        answer = description()
    else:
        described = CALLS[job.name]
        answer = described.function(_checked(described, job), view, ledger)
    reply.head("application/json")
    reply.write(msgspec.json.encode(answer))


def _checked(described: Described, job: Call) -> Values:
    names = {parameter.name for parameter in described.parameters}
    missing = [one.name for one in described.parameters if one.needed and not job.values.get(one.name)]
    if missing:
        raise UsageError(f"{job.name} needs the parameter {missing[0]!r}.")
    if job.name != "ask" and (unknown := sorted(job.values.keys() - names)):
        raise UsageError(f"{job.name} has no parameter {unknown[0]!r}.")
    return job.values


def state(ledger: Ledger) -> State:
    """How much there is."""
    found = ledger.counts()
    return State(found.articles, found.entities, found.claims, found.relations, found.mentions, found.seq)


def found(values: Values, ledger: Ledger) -> list[Found]:
    """Hits of a search."""
    return ledger.search(values["words"], _number(values.get("limit", "20")))


def _number(text: str) -> int:
    try:
        return min(max(int(text), 1), MOST_FOUND)
    except ValueError:
        raise UsageError(f"The limit must be a whole number, not {text!r}.") from None


def answered(values: Values, view: View, ledger: Ledger) -> Rows:
    """Rows that answer a named question."""
    given = {name: value for name, value in values.items() if name != "question"}
    return ask(values["question"], given, "sparql", ledger.graph, lambda _lang: view)


def _asked(question: Question) -> Asked:
    return Asked(question.name, question.title, question.description, question.defaults, question.columns)


_NAME = Parameter("name", "A name, an alias or an id.")
_ENDS = (Parameter("a", "One end: a name, an alias or an id."), Parameter("b", "The other end."))
CALLS: dict[str, Described] = {
    "status": Described("How much there is", (), (State,), lambda _v, _s, ledger: state(ledger)),
    "search": Described(
        "Full text over sentences, titles and names",
        (
            Parameter("words", "Words; those in double quotes stand together."),
            Parameter("limit", "Hits.", needed=False),
        ),
        (list[Found],),
        lambda v, _s, ledger: found(v, ledger),
    ),
    "show": Described(
        "The card of an entity, or whom an ambiguous name may mean",
        (_NAME,),
        (Card, Candidates),
        lambda v, _s, ledger: show(ledger.graph, v["name"]),
    ),
    "why": Described(
        "Every claim for and against what ties two entities, with its sentence",
        (*_ENDS, Parameter("type", "A type of relation.", needed=False)),
        (Why,),
        lambda v, _s, ledger: why(ledger.graph, v["a"], v["b"], v.get("type")),
    ),
    "path": Described(
        "How two entities are linked, with a sentence for every step",
        _ENDS,
        (Path,),
        lambda v, _s, ledger: path(ledger.graph, v["a"], v["b"]),
    ),
    "timeline": Described(
        "What happened when, to one entity",
        (
            _NAME,
            Parameter("from", "Not before this date.", needed=False),
            Parameter("to", "Not after it.", needed=False),
        ),
        (Timeline,),
        lambda v, _s, ledger: timeline(ledger.graph, v["name"], v.get("from"), v.get("to")),
    ),
    "questions": Described(
        "The named questions", (), (list[Asked],), lambda _v, _s, _l: [_asked(one) for one in catalogue().values()]
    ),
    "ask": Described(
        "Rows that answer a named question; its own parameters go in the query",
        (Parameter("question", "The question's name."),),
        (Rows,),
        answered,
    ),
}


def description() -> dict[str, Any]:
    """The JSON side in OpenAPI 3.1."""
    types = [type_ for described in CALLS.values() for type_ in described.answers]
    found, components = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}", schema_hook=lambda _type: {"description": "Any value."}
    )
    schemas = iter(found)
    paths = {
        _address(name): {"get": _operation(name, described, [next(schemas) for _ in described.answers])}
        for name, described in CALLS.items()
    }
    info = {"title": "newskg", "version": __version__, "description": "A knowledge graph of news, as JSON."}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": components}}


def _address(name: str) -> str:
    return "/api/ask/{question}" if name == "ask" else f"/api/{name}"


def _operation(name: str, described: Described, schemas: list[dict[str, Any]]) -> dict[str, Any]:
    parameters = [
        {
            "name": one.name,
            "in": "path" if one.name == "question" else "query",
            "required": one.needed,
            "description": one.meaning,
            "schema": {"type": "string"},
        }
        for one in described.parameters
    ]
    schema = {"anyOf": schemas} if schemas[1:] else schemas[0]
    refusal = {"content": {"text/plain": {"schema": {"type": "string"}}}}
    return {
        "operationId": name,
        "summary": described.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": described.summary, "content": {"application/json": {"schema": schema}}},
            "400": {"description": "A parameter is missing or wrong.", **refusal},
            "404": {"description": "There is no such thing.", **refusal},
            "503": {"description": "It takes too long, or too many ask.", **refusal},
        },
    }
