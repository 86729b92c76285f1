from collections.abc import Callable

import pytest

from kg.extract.parse import Parse

Parser = Callable[[str], Parse]


def sentences(parse: Parser, text: str) -> list[str]:
    found = parse(text)
    return [found.span_text(start, end) for start, end in found.sentences]


def test_an_abbreviation_before_a_known_surname_ends_the_sentence(parse: Parser) -> None:
    text = "The talks were led by Ada Mensah at Norvik Shipping & Co. Mensah’s comments on levies drew fire."
    assert sentences(parse, text)[1] == "Mensah’s comments on levies drew fire."


def test_a_doubled_full_stop_after_us_is_an_abbreviation_and_a_stop(parse: Parser) -> None:
    words = parse("Ghana denied talks with the U.S.. The ministry said so.").words
    assert words[5:8] == ["U.S.", ".", "The"]


def test_countries_joined_by_a_hyphen_are_words_of_their_own(parse: Parser) -> None:
    assert parse("He expects U.S.-China tariffs to fall.").words[2:5] == ["U.S.", "-", "China"]


def test_a_line_break_ends_a_sentence_without_a_stop(parse: Parser) -> None:
    assert sentences(parse, "Oslo and Accra pause levy\nMinisters met on Friday.") == [
        "Oslo and Accra pause levy",
        "Ministers met on Friday.",
    ]


def test_a_section_label_is_a_sentence_of_its_own(parse: Parser) -> None:
    assert sentences(parse, "Why It Matters: Norway sells fish.")[0] == "Why It Matters:"


WRAPPED = """    Brazil wants to increase its
steel exports to the United
States, now limited because of
tough import restraints set in
1984 by the administration, a
spokeswoman said on Friday.
    The institute did not comment
on the talks.
"""


def test_lines_of_wrapped_text_do_not_end_sentences(parse: Parser) -> None:
    found = parse(WRAPPED)
    assert len(found.sentences) == 2
    assert len(found.paragraphs) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "U.S..", "Sen.", "“", "a" * 9000])
def test_tokens_cover_odd_texts_in_order(parse: Parser, text: str) -> None:
    found = parse(text)
    assert found.starts == sorted(found.starts)
    assert all(text[a:b] == word for a, b, word in zip(found.starts, found.ends, found.words, strict=True))
