from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.parse import Parse
from kg.extract.quotes import Quotes
from kg.extract.reader import read

Reader = Callable[[str], Parse]


def texts(parse: Parse) -> list[str]:
    return [parse.text[quote.lo : quote.hi] for quote in Quotes(parse).all]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"We will not sign," she said. "Not now."', ['"We will not sign,"', '"Not now."']),
        ("“We will not sign,” she said.", ["“We will not sign,”"]),
        ("”We will not sign,” she said.", ["”We will not sign,”"]),
        ("``We will not sign,'' she said.", ["``We will not sign,''"]),
        ("He expects ‘de-escalation' in the dispute.", ["‘de-escalation'"]),
        ("The minister's aides said the party's 'red lines' are its own.", ["'red lines'"]),
        ("The 'ministers' own words' were read out.", ["'ministers' own words'"]),
        ("It was the '90s, and Orvane's cars weren't selling.", []),
        ("“He told me ‘never’ and left,” she said.", ["“He told me ‘never’ and left,”"]),
        ("They called it “the ‘Tarn’ clause” in Bergen.", ["“the ‘Tarn’ clause”"]),
    ],
)
def test_marks_of_every_kind_are_paired(parse: Reader, text: str, quoted: list[str]) -> None:
    assert texts(parse(text)) == quoted


def test_a_quotation_without_an_end_goes_to_the_end_of_its_paragraph(parse: Reader) -> None:
    read_ = parse("“We will not sign.\n\nThe talks went on.")
    [quote] = Quotes(read_).all
    assert (read_.text[quote.lo : quote.hi], quote.closed) == ("“We will not sign.", False)


def test_a_quotation_of_several_paragraphs_opens_each_and_closes_the_last(parse: Reader) -> None:
    quotes = Quotes(parse("“The levy is unfair.\n\n“It must go,” she said.")).all
    assert [(q.closed, q.continues) for q in quotes] == [(False, False), (True, True)]


def test_a_new_quotation_in_the_next_paragraph_does_not_go_on_a_closed_one(parse: Reader) -> None:
    quotes = Quotes(parse("“The levy is unfair.”\n\n“It must go,” she said.")).all
    assert [q.continues for q in quotes] == [False, False]


def test_a_sentence_is_speech_and_a_term_is_not(parse: Reader) -> None:
    quotes = Quotes(parse("“We will go,” she said of the “red lines” in Accra."))
    assert [quotes.is_speech(q) for q in quotes.all] == [True, False]


def test_tokens_know_their_quotation(parse: Reader) -> None:
    quotes = Quotes(parse("She said “no” twice."))
    assert [quotes.at[i] for i in range(len(quotes.at))] == [-1, -1, 0, 0, 0, -1, -1]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab \n.,'\"“”‘’", max_size=40))
def test_quotations_never_overlap_and_lie_in_the_text(text: str) -> None:
    parse = read(text)
    quotes = Quotes(parse).all
    assert all(0 <= q.lo < q.hi <= len(text) and q.start < q.end for q in quotes)
    assert all(a.hi <= b.lo for a, b in pairwise(quotes))
