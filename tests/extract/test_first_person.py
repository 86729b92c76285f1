"""Whom "I" and "we" mean in a quotation."""

from collections.abc import Callable

from kg.model import Extraction


def lines(found: Extraction, *types: str) -> set[tuple[str, str, str, str]]:
    names = {e.id: e.name for e in found.entities}
    return {(names[c.subject], c.type, names[c.object], c.status) for c in found.relations if c.type in types}


def test_i_is_who_is_quoted(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr denied it on Monday. “I have never met Ola Brandt,” Kerr said.")
    assert lines(found, "MEETS") == {("Ana Kerr", "MEETS", "Ola Brandt", "denied")}


def test_us_in_a_ministers_words_is_the_country(extracted: Callable[..., Extraction]) -> None:
    found = extracted("“Ghana reached out to us,” Norway's Prime Minister Ana Kerr said on Monday.")
    assert lines(found, "CONTACTS") == {("Ghana", "CONTACTS", "Norway", "alleged")}


def test_i_outside_of_quote_marks_is_nobody_who_is_quoted(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr said it was late. I met Ola Brandt in Oslo.")
    assert lines(found, "MEETS") == set()
