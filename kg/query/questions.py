"""The named questions in `queries/`: one file in Cypher and one in SPARQL each, with one header and equal rows.

The header is YAML in the comment at the top of each file: title, description, parameters (a type and a default
that gives an answer on the sample) and columns (a name and a type each).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz import process

from kg.errors import NotFoundError, QueryError, UsageError
from kg.ledger import GraphReader
from kg.paths import data_folder
from kg.query.names import spelling
from kg.store.base import Rows, View

SUFFIXES = {"cypher": (".cypher", "//"), "sparql": (".rq", "#")}
"""Of each language, the suffix of its files and the mark of its comments."""

LIMIT = 300
"""Rows that a question answers with at most."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for: `type` is name (of an entity) or integer."""

    name: str
    type: str
    default: str | int

    def read(self, given: str | int, graph: GraphReader) -> str | int:
        """The value as the query takes it; raises `UsageError`, or `NotFoundError` for a name nobody goes by."""
        if self.type == "name":
            return spelling(graph, str(given))
        try:
            return int(given)
        except ValueError:
            raise UsageError(f"{self.name} must be a whole number, not {given!r}.") from None


@dataclass(frozen=True, slots=True)
class Question:
    """A named question; `texts` holds the query by language."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    texts: Mapping[str, str]

    @property
    def usage(self) -> list[str]:
        """Its parameters with their defaults, as they are given to `kg ask`."""
        return [f"{one.name}={_shell_word(str(one.default))}" for one in self.parameters]

    @property
    def defaults(self) -> dict[str, str | int]:
        """What is asked where nothing is given."""
        return {one.name: one.default for one in self.parameters}

    def bind(self, given: Mapping[str, str | int], graph: GraphReader) -> dict[str, str | int]:
        """The parameters as the query takes them, defaults filled in; raises `UsageError` for one it does not have."""
        for name in given:
            if name not in self.defaults:
                takes = ", ".join(self.usage) or "none"
                raise UsageError(f"The question {self.name} has no parameter {name!r}; its parameters: {takes}.")
        return {one.name: one.read(given.get(one.name, one.default), graph) for one in self.parameters}


def ask(name: str, given: Mapping[str, str | int], lang: str, graph: GraphReader, view: Callable[[str], View]) -> Rows:
    """The rows that answer a question; `view` opens the store of a language (cypher or sparql)."""
    asked = question(name)
    bound = asked.bind(given, graph)
    if lang == "networkx":
        from kg.query.networkx_questions import answer  # noqa: PLC0415 - networkx takes long to load

        return answer(name, bound, graph)
    # A store that has no row may not name the columns either; the question does.
    return Rows(tuple(asked.columns), view(lang).query(asked.texts[lang], bound).rows)


def question(name: str) -> Question:
    """The question of a name; raises `NotFoundError` with the nearest names."""
    found = catalogue().get(name)
    if found is None:
        near = [match for match, _, _ in process.extract(name, catalogue().keys(), limit=2, score_cutoff=88)]
        hint = f"did you mean {' or '.join(near)}?" if near else "`kg ask` lists the questions."
        raise NotFoundError(f"There is no question {name!r}; {hint}")
    return found


@cache
def catalogue() -> Mapping[str, Question]:
    """All questions by name, in the order of their names."""
    files = sorted(data_folder("queries").glob("*.cypher"))
    return {file.stem: _read(file) for file in files}


def header(text: str, mark: str) -> dict[str, object]:
    """The YAML in the comment at the top of a query."""
    lines = []
    for line in text.splitlines():
        if not line.startswith(mark):
            break
        lines.append(line.removeprefix(mark).removeprefix(" "))
    found = yaml.safe_load("\n".join(lines))
    return found if isinstance(found, dict) else {}


def _read(file: Path) -> Question:
    texts = {lang: file.with_suffix(suffix).read_text("utf-8") for lang, (suffix, _) in SUFFIXES.items()}
    about = header(texts["cypher"], SUFFIXES["cypher"][1])
    try:
        parameters = about.get("parameters", {}).items()  # type: ignore[attr-defined]
        return Question(
            name=file.stem,
            title=str(about["title"]),
            description=str(about["description"]),
            parameters=tuple(Parameter(name, **told) for name, told in parameters),
            columns=dict(about["columns"]),  # type: ignore[call-overload]
            texts=texts,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise QueryError(f"The header of {file} lacks or garbles {error}; see docs/questions.md.") from error


def _shell_word(value: str) -> str:
    return f'"{value}"' if " " in value else value
