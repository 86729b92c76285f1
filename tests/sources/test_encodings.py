"""Bytes to text without changing a code point."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.sources.encodings import decode

# Text is what has no control characters but its line ends; a stray one is tested apart.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r\v\f\x85\u2028"))
ARTICLE = "“Café prices rose 3 % in Zürich,” said René Lüthi.\r\nThe ministry – in Bern – denied it.\r\n"


@given(TEXTS)
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    raw = text.encode()
    if not raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decode(raw) == text


@given(TEXTS, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_tells_the_encoding_and_is_not_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [ARTICLE, "The port of Gdynia said no.\r\n"])
@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "cp1252"])
def test_an_english_article_in_another_encoding_is_read_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_latin_1_with_bytes_that_cp1252_lacks() -> None:
    assert decode(b"Caf\xe9 \x81 closes, the owner said.") == "Café \x81 closes, the owner said."


def test_russian_in_its_old_encoding_is_told_by_its_letters() -> None:
    text = "Министерство торговли опровергло сообщения о переговорах с соседней страной. " * 5
    assert decode(text.encode("cp1251")) == text


def test_a_declared_encoding_is_tried_first_and_an_unknown_one_passed_over() -> None:
    assert decode("Zażółć".encode("iso-8859-2"), "iso-8859-2") == "Zażółć"
    assert decode("Zürich".encode(), "x-klingon") == "Zürich"
    assert decode("Zürich".encode(), "hex") == decode("Zürich".encode(), "undefined") == "Zürich"
    assert decode("“Zürich”".encode("cp1252"), "latin-1") == "“Zürich”"


def test_a_stray_nul_is_kept() -> None:
    assert decode(b"The port\0 of Gdynia said no.") == "The port\0 of Gdynia said no."


def test_many_control_characters_are_no_text() -> None:
    with pytest.raises(SourceError, match=r"^It is binary, not text\.$"):
        decode(bytes(range(32)) * 50)


def test_a_mark_that_lies_is_named() -> None:
    with pytest.raises(SourceError) as error:
        decode(codecs.BOM_UTF8 + b"Caf\xe9 closes")
    assert str(error.value) == "It begins as UTF-8 but is not, from byte 3 on: save it again as UTF-8."
