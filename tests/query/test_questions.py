from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.errors import NotFoundError, UsageError
from kg.ledger import GraphReader
from kg.paths import data_folder
from kg.query.networkx_questions import ANSWERS
from kg.query.questions import LIMIT, SUFFIXES, Question, ask, catalogue, header, question
from kg.store.base import Rows, View

QUESTIONS = list(catalogue().values())
ASKED = pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
TYPES = {"string": str, "integer": int, "decimal": float, "boolean": bool}


READ_AS: Mapping[str, dict[str, str]] = {
    "who-said-what-about": {"policy": "Australian tariff on South Korean battery cells"},
}
"""Parameters whose default is named otherwise by the careful reader than by the extractor."""


def answer(view: View, asked: Question, lang: str, graph: GraphReader, **given: str | int) -> Rows:
    return ask(asked.name, READ_AS.get(asked.name, {}) | given, lang, graph, lambda _: view)


def test_there_is_a_question_for_everything_that_was_promised() -> None:
    assert len(QUESTIONS) >= 16
    assert {asked.name for asked in QUESTIONS} >= {
        "who-spoke-for-whom", "who-holds-which-office", "who-said-what-about", "who-denies-what-others-assert",
        "which-companies-moved", "statements-on-a-topic", "contradictions-between", "what-connects",
        "who-is-quoted-by", "policies-targeting",
    }  # fmt: skip


@ASKED
def test_both_languages_carry_the_same_header_and_the_limit(asked: Question) -> None:
    file = data_folder("queries") / asked.name
    headers = [header(file.with_suffix(suffix).read_text("utf-8"), mark) for suffix, mark in SUFFIXES.values()]
    assert headers[0] == headers[1]
    assert all(text.rstrip().endswith(f"LIMIT {LIMIT}") for text in asked.texts.values())


@ASKED
def test_cypher_and_sparql_give_equal_rows(asked: Question, cypher: View, sparql: View, graph: GraphReader) -> None:
    in_cypher = answer(cypher, asked, "cypher", graph)
    assert in_cypher.columns == tuple(asked.columns)
    assert in_cypher == answer(sparql, asked, "sparql", graph)


@ASKED
def test_neo4j_gives_the_rows_of_the_other_stores(
    asked: Question, neo4j: View, sparql: View, graph: GraphReader
) -> None:
    assert answer(neo4j, asked, "cypher", graph) == answer(sparql, asked, "sparql", graph)


@ASKED
def test_no_question_is_without_an_answer_and_values_have_the_types_of_their_columns(
    asked: Question, sparql: View, graph: GraphReader
) -> None:
    rows = answer(sparql, asked, "sparql", graph).rows
    assert rows
    for row in rows:
        for value, type_ in zip(row, asked.columns.values(), strict=True):
            assert value is None or type(value) is TYPES[type_]


@ASKED
def test_no_column_is_empty_in_all_rows(asked: Question, sparql: View, graph: GraphReader) -> None:
    answered = answer(sparql, asked, "sparql", graph)
    columns = zip(answered.columns, zip(*answered.rows, strict=True), strict=True)
    empty = {name for name, values in columns if set(values) == {None}}
    assert empty <= NOT_IN_THE_READING.get(asked.name, set())


NOT_IN_THE_READING: Mapping[str, set[str]] = {
    "policies-of": {"policyKind", "effective"},
    "policies-targeting": {"policyKind", "value", "unit"},
    "which-companies-moved": {"ticker", "earliest"},
    "who-spoke-where": {"eventKind"},
}
"""What the careful reader does not write down, though the extractor does."""


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_networkx_gives_the_rows_of_the_stores(name: str, sparql: View, graph: GraphReader) -> None:
    asked = question(name)
    assert ask(name, {}, "networkx", graph, lambda _: sparql) == answer(sparql, asked, "sparql", graph)


def test_a_question_that_is_not_asked_of_networkx_says_which_are(graph: GraphReader, sparql: View) -> None:
    with pytest.raises(UsageError) as error:
        ask("ownership", {}, "networkx", graph, lambda _: sparql)
    assert str(error.value).startswith("The question ownership is not asked of networkx; those are: most-supported, ")


def test_who_speaks_for_whom(sparql: View, graph: GraphReader) -> None:
    rows = answer(sparql, question("who-spoke-for-whom"), "sparql", graph).rows
    assert ("Jang Eun-sol", "SPOKESPERSON_FOR", "Foreign Ministry of South Korea") in {row[:3] for row in rows}


def test_a_denial_stands_beside_what_others_say(sparql: View, graph: GraphReader) -> None:
    rows = answer(sparql, question("who-denies-what-others-assert"), "sparql", graph).rows
    found = {(row[1], row[3], row[4], row[5], row[8]) for row in rows}
    assert ("Ministry of Commerce and Resources", "South Korea", "CONTACTS", "Australia", "alleged") in found


def test_a_name_may_be_an_alias_in_any_case(sparql: View, graph: GraphReader) -> None:
    asked = question("policies-targeting")
    by_name = answer(sparql, asked, "sparql", graph, country="South Korea")
    assert by_name.rows
    assert answer(sparql, asked, "sparql", graph, country="seoul").rows[0] in by_name.rows


@pytest.mark.parametrize("name", ["x' OR 1=1 //", '" . ?s ?p ?o . #', "$country", "O’Brien\\"])
def test_a_parameter_is_a_value_and_never_a_part_of_the_query(
    name: str, cypher: View, sparql: View, graph: GraphReader
) -> None:
    asked = question("policies-targeting")
    assert cypher.query(asked.texts["cypher"], {"country": name}).rows == []
    assert sparql.query(asked.texts["sparql"], {"country": name}).rows == []
    with pytest.raises(NotFoundError):
        asked.bind({"country": name}, graph)


def test_what_is_wrong_with_a_parameter_is_said_in_a_sentence(graph: GraphReader) -> None:
    with pytest.raises(UsageError) as unknown:
        question("policies-targeting").bind({"land": "x"}, graph)
    assert str(unknown.value) == (
        "The question policies-targeting has no parameter 'land'; its parameters: country=\"South Korea\"."
    )
    with pytest.raises(UsageError) as number:
        question("most-supported").bind({"minimum": "two"}, graph)
    assert str(number.value) == "minimum must be a whole number, not 'two'."
    with pytest.raises(NotFoundError) as name:
        question("policies-targeting").bind({"country": "South Koera"}, graph)
    assert str(name.value).startswith("No entity is called 'South Koera'; did you mean South Korea")


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(NotFoundError) as error:
        question("who-holds-wich-office")
    assert str(error.value) == "There is no question 'who-holds-wich-office'; did you mean who-holds-which-office?"


def test_the_page_of_questions_is_current() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
    text = page.read_text("utf-8")
    for asked in QUESTIONS:
        assert f"## {asked.name}\n\n**{asked.title}** {asked.description}\n" in text
        for one in asked.usage:
            assert one in text
        assert f"Columns: {', '.join(f'`{column}`' for column in asked.columns)}\n" in text
