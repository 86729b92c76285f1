"""Text files, folders and standard input become articles, and what cannot be read a failure that says why."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError, UsageError
from kg.model import Article, article_id
from kg.sources import MAX_TEXT, Details, Failure, read

PORT = "The port of Gdynia said it would lease a quay."


def one(source: object, **overrides: str) -> Article | Failure:
    (only,) = read(str(source), overrides=Details(**overrides))  # type: ignore[arg-type]
    return only


def article(source: object, **overrides: str) -> Article:
    only = one(source, **overrides)
    assert isinstance(only, Article), only
    return only


def reason(source: object) -> str:
    only = one(source)
    assert isinstance(only, Failure), only
    assert only.source == str(source)
    return only.reason


def texts(source: object) -> list[str]:
    return [a.text for a in read(str(source)) if isinstance(a, Article)]


def failures(source: object) -> dict[str, str]:
    return {Path(f.source).name: f.reason for f in read(str(source)) if isinstance(f, Failure)}


# Text files ---------------------------------------------------------------------------------------------------------


def test_a_text_file_is_one_article_under_the_path_it_was_given_by(tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(PORT)
    read_ = article(tmp_path / "quay.txt")
    assert read_.text == PORT
    assert read_.metadata.source == str(tmp_path / "quay.txt")
    assert read_.id == article_id(PORT, None, None, None, None)


@given(
    lines=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_line_end_and_every_code_point_stays(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str
) -> None:
    text = "Gdynia:" + end.join(lines)
    file = tmp_path_factory.mktemp("any") / "any.txt"
    file.write_bytes(text.encode())
    assert article(file).text == text


def test_a_byte_order_mark_is_not_text_and_crlf_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "dos.txt"
    file.write_bytes(b"\xef\xbb\xbf" + PORT.encode() + b"\r\nIt denied more.\r\n")
    assert article(file).text == f"{PORT}\r\nIt denied more.\r\n"


def test_a_stray_nul_keeps_the_offsets_true(tmp_path: Path) -> None:
    (tmp_path / "nul.txt").write_text(PORT.replace(" of", "\0of"))
    assert article(tmp_path / "nul.txt").text.index("Gdynia") == PORT.index("Gdynia")


def test_gzip_is_unpacked_whatever_its_name(tmp_path: Path) -> None:
    for name in ("quay.txt.gz", "quay.txt"):
        (tmp_path / name).write_bytes(gzip.compress(PORT.encode()))
    assert texts(tmp_path) == [PORT, PORT]


def test_a_file_of_any_name_is_read_as_text_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "quay.release").write_text(PORT)
    assert article(tmp_path / "quay.release").text == PORT


def test_overrides_give_bare_text_its_metadata_and_its_id(tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(PORT)
    metadata = article(
        tmp_path / "quay.txt",
        published="May 13, 2031",
        publisher=" Baltic  Trade ",
        url="https://Baltic.example/quay?utm_source=x",
        title="Quay",
    ).metadata
    assert (metadata.published, metadata.publisher, metadata.title) == ("2031-05-13", "Baltic Trade", "Quay")
    assert metadata.url == "https://baltic.example/quay"
    assert metadata.id == article_id(PORT, "https://baltic.example/quay", None, None, None)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("published", "yesterday",
         "'yesterday' is not what 'published' can be; write it as 2031-03-04, or 2031-03-04T17:40:00+11:00."),
        ("url", "baltic.example", "'baltic.example' is not what 'url' can be; write it as https://host/path."),
    ],
)  # fmt: skip
def test_an_override_that_cannot_be_is_refused(tmp_path: Path, field: str, value: str, sentence: str) -> None:
    (tmp_path / "quay.txt").write_text(PORT)
    with pytest.raises(UsageError) as error:
        one(tmp_path / "quay.txt", **{field: value})
    assert str(error.value) == sentence


def test_a_foreign_article_is_read_and_its_language_told(tmp_path: Path) -> None:
    (tmp_path / "hafen.txt").write_text(
        "Der Hafen von Gdynia teilte am Dienstag mit, dass er den westlichen Kai für dreißig Jahre verpachten werde."
    )
    assert article(tmp_path / "hafen.txt").metadata.language == "de"


# What is no article -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no text in it."),
        (b"\xef\xbb\xbf \r\n\t", "There is no text in it."),
        (b"%PDF-1.7 ...", "It is a PDF, not text: turn it into text first, for example with pdftotext."),
        (b"PK\x03\x04....",
         "It is a ZIP archive or an office document, not text: unpack it, or save the document as plain text."),
        (b"\x89PNG\r\n\x1a\n\0", "It is an image (PNG), not text: it has no text to read."),
        (bytes(range(32)) * 40, "It is binary, not text."),
        (gzip.compress(b"Half of it. " * 99)[:40], "It is damaged or cut short (gzip): fetch or pack it again."),
    ],
)  # fmt: skip
def test_what_is_no_text_is_named_with_the_mend(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "odd.txt").write_bytes(content)
    assert reason(tmp_path / "odd.txt") == sentence


def test_a_text_as_long_as_may_be_is_read_and_one_longer_is_not(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("€" * MAX_TEXT)
    assert len(article(file).text) == MAX_TEXT
    file.write_text("€" * (MAX_TEXT + 1))
    assert reason(file) == (
        "The text has 1,000,001 characters, and an article may have 1,000,000: "
        "split it, one article a file or a line of JSON."
    )


def test_fifty_megabytes_of_text_are_refused_without_being_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt.gz"
    file.write_bytes(gzip.compress(b"The port said no. " * 2_800_000, compresslevel=1))
    assert reason(file).startswith("The text has more than 1,000,000 characters, and an article may have 1,000,000:")


# What is not there --------------------------------------------------------------------------------------------------


def test_a_missing_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        read(str(tmp_path / "none.txt"))
    assert str(error.value) == (
        f"There is no file or folder '{tmp_path}/none.txt', and no recipe of that name "
        "(recipes: allsides, html, jsonl, reuters21578, sample, text)."
    )


@pytest.mark.parametrize("name", ["", "nul\0byte", "x" * 5_000])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=r"^There is no file or folder"):
        read(f"./{name}/quay.txt" if name else "./none/quay.txt")


@contextmanager
def _as_a_stranger() -> Iterator[None]:
    """Root may read everything: where the tests run as root, look with another user's eyes."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_folder_without_rights_is_refused_and_one_within_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PORT)
    (tmp_path / "b.txt").chmod(0)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    with _as_a_stranger():
        with pytest.raises(SourceError) as error:
            read(str(tmp_path / "closed"))
        assert texts(tmp_path) == [PORT]
        assert failures(tmp_path) == {
            "b.txt": "It cannot be read: Permission denied.",
            "closed": "The folder cannot be read: Permission denied.",
        }
    assert str(error.value) == f"{tmp_path}/closed may not be read: its rights forbid it."


# Folders ------------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_to_its_depths_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "Z.TXT", ".hidden/x.txt", ".x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} said no.")
    assert texts(tmp_path) == ["Z.TXT said no.", "a.txt said no.", "b/10.txt said no.", "b/2.txt said no."]


def test_each_file_of_a_folder_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    (tmp_path / "b.json").write_text('[{"text": "Three."}]')
    (tmp_path / "c").write_text("Four.")
    (tmp_path / "d.csv").write_text("text\nFive.")
    assert texts(tmp_path) == ["One.", "Two.", "Three.", "Four."]
    assert failures(tmp_path) == {
        "d.csv": "Files named *.csv are not read from a folder; name it by itself to read it as text."
    }


def test_links_that_go_round_or_nowhere_do_not_stop_the_reading(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text(PORT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert texts(tmp_path) == [PORT]
    assert set(failures(tmp_path)) == {"self.txt", "gone.txt"}


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert failures(tmp_path) == {"pipe.txt": "It is a pipe, a socket or a device, not a file."}


def test_odd_file_names_are_read_and_stay_printable(tmp_path: Path) -> None:
    names = ["a\nb.txt", "c'\"$(x).txt", "żółć 新闻.txt"]
    for name in names:
        (tmp_path / name).write_text(PORT)
    (tmp_path / os.fsdecode(b"z\xff.txt")).write_text(PORT)
    sources = [a.metadata.source for a in read(str(tmp_path)) if isinstance(a, Article)]
    assert sources == [f"{tmp_path}/{name}" for name in [*names[:2], "z\ufffd.txt", names[2]]]


def test_the_same_article_twice_is_given_twice_with_one_id(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PORT)
    assert len({a.id for a in read(str(tmp_path)) if isinstance(a, Article)}) == 1
    assert len(texts(tmp_path)) == 2


def test_a_limit_counts_articles_and_not_failures(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{oops\n{"text": "Two."}\n{"text": "Three."}\n')
    kinds = [type(x).__name__ for x in read(str(tmp_path), limit=2)]
    assert kinds == ["Article", "Failure", "Article"]
    assert list(read(str(tmp_path), limit=0)) == []


def test_a_title_for_several_articles_is_refused_before_the_first(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PORT)
    with pytest.raises(UsageError) as error:
        next(read(str(tmp_path), overrides=Details(title="Quay")))
    assert str(error.value) == (f"{tmp_path} has several articles, and a title or URL belongs to one: leave it out.")


# Standard input -----------------------------------------------------------------------------------------------------

_PRINT = """
import kg.sources
for one in kg.sources.read("-"):
    print(*([one.metadata.source, ascii(one.text)] if hasattr(one, "text") else [one.reason]))
"""


def _piped(content: bytes) -> str:
    return subprocess.run(
        [sys.executable, "-c", _PRINT], input=content, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (b"The port said no.\r\n", "- 'The port said no.\\r\\n'\n"),
        (b'{"text": "One."}\n{"text": "Two."}\n', "- 'One.'\n- 'Two.'\n"),
        (b'[{"body": "One."}]', "- 'One.'\n"),
        (gzip.compress(b"Packed."), "- 'Packed.'\n"),
        (b"", "There is no text in it.\n"),
        (b"<!DOCTYPE html><title>x</title><article><p>The port of Gdynia said it would lease a quay.</p></article>",
         "- 'The port of Gdynia said it would lease a quay.'\n"),
    ],
)  # fmt: skip
def test_standard_input_is_read_as_what_it_shows_to_be(content: bytes, printed: str) -> None:
    assert _piped(content) == printed


def test_reading_text_loads_neither_html_nor_network_libraries(tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text(PORT * 20)
    code = (
        f"import sys, kg.sources as s; list(s.read({str(tmp_path)!r}));"
        "print({'trafilatura', 'httpx', 'py3langid', 'charset_normalizer', 'spacy'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"set()\n"
