"""Recipes: those that come with newskg run on their samples, and each mistake in one is named."""

from pathlib import Path

import pytest

from kg.errors import RecipeError
from kg.model import Article
from kg.sources import Failure, load, names, read

SAMPLES = {
    "allsides": "sample.jsonl",
    "html": "sample",
    "jsonl": "sample.jsonl",
    "reuters21578": "sample.jsonl",
    "text": "sample",
}


def articles_of(name: str) -> list[Article]:
    sample = load(name).file.with_name(SAMPLES[name])
    return [one for one in read(f"{name}:{sample}") if isinstance(one, Article)]


def rows(one: Article) -> tuple[str | None, ...]:
    m = one.metadata
    return m.title, m.publisher, " & ".join(m.authors), m.published


def recipe(folder: Path, yaml: str, python: str | None = None) -> str:
    (folder / "mine").mkdir()
    (folder / "mine" / "mine.yaml").write_text(yaml)
    if python is not None:
        (folder / "mine" / "mine.py").write_text(python)
    return str(folder / "mine" / "mine.yaml")


def error_of(source: str) -> str:
    with pytest.raises(RecipeError) as error:
        list(read(source))
    return str(error.value)


# Those that come with newskg ----------------------------------------------------------------------------------------


def test_every_recipe_has_a_sample_and_a_test_here() -> None:
    assert set(names()) == {*SAMPLES, "sample"}


def test_the_sample_needs_no_path_and_reads_the_same_wherever_it_is_installed() -> None:
    read_ = list(read("sample"))
    assert len(read_) == 20
    first = read_[0]
    assert isinstance(first, Article)
    assert first.metadata.source == "sample/articles/01-tariff-wire.txt"
    assert first.metadata.published == "2031-03-04T17:40:00+11:00"
    assert first.text == load("sample").file.with_name("articles").joinpath("01-tariff-wire.txt").read_bytes().decode()


def test_text_and_html_read_folders() -> None:
    assert [a.text[:9] for a in articles_of("text")] == ["ROTTERDAM", "The Bank "]
    assert [rows(a) for a in articles_of("html")] == [
        (
            "Ministry denies secret cable talks",
            "The Example Argus",
            "Mara Quill & Jon Abbas",
            "2031-06-02T08:30:00+10:00",
        ),
        ("Water summit ends without a pact", "Lago Post", "Lena Orsatti", "2031-09-14"),
    ]


def test_a_recipe_for_text_names_what_is_not_text_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>no")
    (only,) = read(f"text:{tmp_path}")
    assert only == Failure(
        source=f"{tmp_path}/a.html", reason="Recipe 'text' reads text files, and this is not named as one."
    )


def test_allsides_gives_outlets_dates_and_names() -> None:
    assert [rows(a) for a in articles_of("allsides")] == [
        ("Governor Halloran vetoes grain levy", "Prairie Ledger", "Dana Whitlock", "2031-02-03"),
        ("The levy was right", None, "", None),
        ("Halloran: no deal on grain levy", "Plains Voice", "Milo Trent & Jo OShea", "2031-02-05"),
    ]


@pytest.mark.parametrize(
    ("source", "outlet"),
    [("CNN (Web News)", "CNN"), ("Newsmax - Opinion", "Newsmax"), ("Fox Online News", "Fox News"),
     ("NPR Editorial ", "NPR"), ("Guest Writer - Right", ""), ("The Observer (New York)", "The Observer (New York)")],
)  # fmt: skip
def test_allsides_joins_the_sections_of_an_outlet(source: str, outlet: str) -> None:
    assert load("allsides").prepared({"source": source}, "here")["source"] == outlet


def test_reuters_wires_begin_with_their_datelines_and_have_iso_dates() -> None:
    wires = articles_of("reuters21578")
    assert [(a.metadata.title, a.metadata.publisher, a.metadata.published) for a in wires] == [
        ("BRANDLEY MILLS <BRML> SETS QUARTERLY", "Reuters", "1987-02-26T15:01:01"),
        ("MINISTRY SEES SMALLER OAT CROP", "Reuters", "1987-03-03T09:15:05"),
        ("KESTREL OIL CUTS POSTED PRICES BY 50 CTS/BBL, EFFECTIVE TOMORROW", "Reuters", "1987-03-03T09:16:41"),
    ]
    assert wires[1].text.startswith("OSLO, March 3 - The ministry of agriculture said it\nexpected")


# A source outside what is expected ----------------------------------------------------------------------------------


EXPECTING = """
name: mine
title: Mine
kind: jsonl
fields: {text: text, published: [when, date], title: title}
expect: {articles: [2, 3], required: [published], published: '\\d{4}-\\d\\d-\\d\\d', language: en}
"""
ROW = '{"text": "The port said that it would lease the quay.", "date": "2031-05-13"}\n'


def test_a_source_as_expected_is_read(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(ROW * 3)
    assert len(list(read(f"{recipe(tmp_path, EXPECTING)}:{tmp_path}/rows.jsonl"))) == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (ROW, "{file} has only 1 of at least 2 articles: is it complete?"),
        (ROW * 4, "{file} has more than 3 articles: is it another set?"),
        (ROW + '{"text": "No."}',
         "{file}, line 2 has no published ('when' or 'date'), and every row must: is it another file?"),
        (ROW + ROW.replace("2031-05-13", "13/5/2031"),
         ("{file}, line 2 has the date '13/5/2031', and '\\\\d{{4}}-\\\\d\\\\d-\\\\d\\\\d' is expected: "
          "correct the row, or expect.published in the recipe.")),
    ],
)  # fmt: skip
def test_a_source_outside_it_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(content)
    assert error_of(f"{recipe(tmp_path, EXPECTING)}:{file}") == f"Recipe 'mine': {sentence.format(file=file)}"


def test_a_limit_takes_the_first_articles_of_a_source_without_counting_the_rest(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(ROW * 9)
    assert len(list(read(f"{recipe(tmp_path, EXPECTING)}:{tmp_path}/rows.jsonl", limit=1))) == 1


def test_an_article_in_another_language_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    german = ROW.replace(
        "The port said that it would lease the quay.",
        "Der Hafen teilte mit, dass er den westlichen Kai für dreißig Jahre verpachten werde.",
    )
    (tmp_path / "rows.jsonl").write_text(german + ROW * 2)
    first, *rest = read(f"{recipe(tmp_path, EXPECTING)}:{tmp_path}/rows.jsonl")
    assert first == Failure(
        source=f"{tmp_path}/rows.jsonl", line=1, reason="The article is in 'de', and recipe 'mine' expects 'en'."
    )
    assert len(rest) == 2


def test_a_recipe_without_a_path_asks_for_one() -> None:
    assert error_of("html") == "Recipe 'html': where are its articles? Write html:PATH, or ./html for the path itself."


# Recipes with mistakes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "sentence"),
    [
        ("name: mine\nkind: [jsonl\n", "mine.yaml, line 3 is not YAML: expected ',' or ']', but got '<stream end>'."),
        ("just words", "mine.yaml is no recipe: Expected `object`, got `str`."),
        ("name: mine\nkind: jsonl", "mine.yaml is no recipe: Object missing required field `title`."),
        ("name: mine\ntitle: M\nkind: csv", "mine.yaml is no recipe: kind: Invalid enum value 'csv'."),
        ("name: mine\ntitle: M\nkind: text\ncolour: red",
         "mine.yaml is no recipe: Object contains unknown field `colour`."),
        ("name: mine\ntitle: M\nkind: text\nexpect: {articles: many}",
         "mine.yaml is no recipe: expect.articles: Expected `array | null`, got `str`."),
        ("name: mine\ntitle: M\nkind: text\nexpect: {published: '('}",
         "mine.yaml: expect.published is no regular expression: missing ), unterminated subpattern at position 0."),
        ("name: yours\ntitle: M\nkind: text", "mine.yaml calls itself 'yours': a recipe is named as its file, 'mine'."),
        ("name: mine\ntitle: M\nkind: text\npath: none", "Recipe 'mine': its path 'none' is not there."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_recipe_is_named(tmp_path: Path, yaml: str, sentence: str) -> None:
    assert error_of(recipe(tmp_path, yaml)) == sentence


def test_a_recipe_that_is_not_there_is_named_beside_those_that_are() -> None:
    assert error_of("other.yaml:rows.jsonl") == (
        "There is no recipe 'other.yaml'; there are: allsides, html, jsonl, reuters21578, sample, text."
    )


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        ("def prepare(row)", "mine.py cannot be loaded as Python: expected ':' (mine.py, line 1)."),
        ("def other(row): ...", "mine.py has no function prepare(row); write one that takes a row and gives it back."),
        (
            "def prepare(row): return row['body']",
            "Recipe 'mine': prepare(row) fails at {file}, line 1: KeyError 'body'.",
        ),
        (
            "def prepare(row): pass",
            "Recipe 'mine': prepare(row) gives NoneType at {file}, line 1, and a row is expected.",
        ),
    ],
)
def test_a_mistake_in_the_python_of_a_recipe_is_named(tmp_path: Path, python: str, sentence: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(ROW)
    plain = "name: mine\ntitle: Mine\nkind: jsonl\nfields: {text: text}\n"
    assert error_of(f"{recipe(tmp_path, plain, python)}:{file}") == sentence.format(file=file)
