"""JSON Lines and JSON to articles: fields, broken rows, and texts that lie in files beside them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.sources import Details, Failure, load, read

KEYS = "text, body, content, articleBody, article_body, maintext, full_text, fulltext, article"
NO_TEXT = f"It has no text; looked for: {KEYS}."
GOOD = '{"text": "The port said no."}'


def written(folder: Path, *lines: str | bytes, name: str = "rows.jsonl") -> str:
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    (folder / name).write_bytes(raw)
    return str(folder / name)


def details(one: Article | Failure) -> Details:
    assert isinstance(one, Article), one
    m = one.metadata
    return Details(
        url=m.url, title=m.title, publisher=m.publisher, authors=m.authors, published=m.published,
        modified=m.modified, language=m.language,
    )  # fmt: skip


def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    broken: list[str | bytes] = [
        '{"text": "The port',
        GOOD,
        "",
        "[1, 2]",
        '{"headline": "No text"}',
        b'{"text": "Caf\xe9"}',
        GOOD,
    ]
    read_ = list(read(written(tmp_path, *[GOOD] * 6, *broken)))
    assert sum(isinstance(x, Article) for x in read_) == 8
    assert [(x.line, x.reason) for x in read_ if isinstance(x, Failure)] == [
        (7, "It is not JSON at column 10: Unterminated string starting at."),
        (10, "It is no JSON object, but list."),
        (11, NO_TEXT),
        (12, "It is not UTF-8 at byte 14: save it again as UTF-8."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"text": " \\n"}', "There is no text in it."),
        ('{"text": 7}', NO_TEXT),
        ('{"text": "half \\ud800 of it"}', "The text has half a character in it (a lone surrogate)."),
        ("[" * 100_000, "It is JSON nested too deep, or with a number too long, to be an article."),
        ('{"text": ' + "9" * 5_000 + "}", "It is JSON nested too deep, or with a number too long, to be an article."),
    ],
)  # fmt: skip
def test_a_row_that_is_no_article_says_why(tmp_path: Path, line: str, sentence: str) -> None:
    source = written(tmp_path, line)
    assert list(read(source)) == [Failure(source=source, line=1, reason=sentence)]


def test_a_line_too_long_to_be_an_article_is_passed_over(tmp_path: Path) -> None:
    source = written(tmp_path, GOOD, '{"text": "' + "x" * 16_000_001 + '"}', GOOD)
    kinds = [(type(x).__name__, getattr(x, "line", None)) for x in read(source)]
    assert kinds == [("Article", None), ("Failure", 2), ("Article", None)]


def test_a_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    source = written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode() + b"\r", GOOD + "\r")
    assert [x.text for x in read(source) if isinstance(x, Article)] == ["The port said no."] * 2


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: f"Gdynia: {text}")))
def test_texts_come_back_from_json_lines_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    source = written(tmp_path_factory.mktemp("rows"), *(json.dumps({"text": text}) for text in texts))
    assert [x.text for x in read(source) if isinstance(x, Article)] == texts


def test_common_names_of_fields_are_known() -> None:
    sample = load("jsonl").file.with_name("sample.jsonl")
    assert list(map(details, read(str(sample)))) == [
        Details(
            url="https://baltictrade.example/quay", title="Port of Gdynia to lease quay to Baltrum Wind",
            publisher="Baltic Trade Daily", authors=("Ewa Lisiecka", "Tom Rask"), published="2031-05-13", language="en",
        ),
        Details(
            url="https://nyikapost.example/levy", title="Kenya delays fuel levy", publisher="Nyika Post",
            authors=("Amina Wekesa",), published="2031-05-16T14:20:00+00:00", language="en",
        ),
        Details(
            url="https://andes.example/rail", title="Chile and Peru reopen rail link", publisher="Andes Report",
            authors=("Rosa Quispe",), published="2031-05-17", language="en",
        ),
    ]  # fmt: skip


def test_overrides_win_over_the_row(tmp_path: Path) -> None:
    source = written(tmp_path, '{"text": "The port said no.", "date": "2031-05-13", "outlet": "Rag"}')
    (only,) = read(source, overrides=Details(publisher="Baltic Trade Daily"))
    assert details(only) == Details(publisher="Baltic Trade Daily", published="2031-05-13", language="en")


@pytest.mark.parametrize("form", ["{row}", "[{row}, {row}]", '{{"status": "ok", "articles": [{row}]}}'])
def test_json_holds_one_article_or_a_list(tmp_path: Path, form: str) -> None:
    text = form.format(row=GOOD)
    assert len(list(read(written(tmp_path, text, name="rows.json")))) == text.count("The port")


def test_broken_json_is_named_with_its_line(tmp_path: Path) -> None:
    source = written(tmp_path, "[", GOOD, "]", name="rows.json")
    assert [type(x) for x in read(source)] == [Article]
    source = written(tmp_path, "[", GOOD, GOOD, "]", name="rows.json")
    assert list(read(source)) == [
        Failure(source=source, reason="It is not JSON at line 3, column 1: Expecting ',' delimiter.")
    ]


# A recipe whose texts lie in files ----------------------------------------------------------------------------------


@pytest.fixture
def beside(tmp_path: Path) -> str:
    """A recipe for rows that name the files of their texts."""
    (tmp_path / "beside.yaml").write_text(
        "name: beside\ntitle: Rows beside their texts\nkind: jsonl\nfields: {text_file: file}\n"
    )
    return str(tmp_path / "beside.yaml")


def test_a_text_beside_its_row_is_read_true_and_named_by_its_own_path(tmp_path: Path, beside: str) -> None:
    (tmp_path / "quay.txt").write_bytes(b"\xef\xbb\xbfThe port\r\nsaid no.")
    (only,) = read(f"{beside}:{written(tmp_path, json.dumps({'file': 'quay.txt'}))}")
    assert isinstance(only, Article)
    assert (only.text, only.metadata.source) == ("The port\r\nsaid no.", f"{tmp_path}/quay.txt")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../secret.txt", "It names the file '../secret.txt', which is outside its own folder."),
        ("/etc/hostname", "It names the file '/etc/hostname', which is outside its own folder."),
        ("way-out/secret.txt", "It names the file 'way-out/secret.txt', which is outside its own folder."),
        ("none.txt", "It names the file 'none.txt', which is not there."),
        ("a\0b", "It names the file 'a\\x00b', which is not there."),
        ("paper.txt", "It is a PDF, not text: turn it into text first, for example with pdftotext."),
    ],
)
def test_a_row_may_name_only_what_lies_beside_it(tmp_path: Path, beside: str, name: str, sentence: str) -> None:
    (tmp_path / "way-out").symlink_to(tmp_path.parent)
    (tmp_path / "paper.txt").write_bytes(b"%PDF-1.7")
    (tmp_path.parent / "secret.txt").write_text("secret")
    source = written(tmp_path, json.dumps({"file": name}))
    assert list(read(f"{beside}:{source}")) == [Failure(source=source, line=1, reason=sentence)]
