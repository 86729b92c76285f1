from collections.abc import Callable

import pytest

from kg.model import Extraction

Extract = Callable[..., Extraction]


def chains(extraction: Extraction) -> list[list[str]]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return [[names[outlet] for outlet in statement.reported_by] for statement in extraction.statements]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The talks had failed, Ada Mensah told Reuters.", ["Reuters"]),
        ("Ada Mensah said in an interview with Reuters that the talks had failed.", ["Reuters"]),
        ("“The talks have failed,” Ada Mensah said, as cited by CNBC.", ["CNBC"]),
        ("Reuters reported that Ada Mensah said the talks had failed.", ["Reuters"]),
        ("Ada Mensah said the talks had failed, according to state media.", ["state media"]),
        ("Ada Mensah told Reuters that the talks had failed, according to CNBC.", ["Reuters", "CNBC"]),
        ("Ada Mensah said the talks had failed.", []),
        ("Ada Mensah told the media that the talks had failed.", []),
    ],
)
def test_the_outlets_through_which_a_statement_came_in_order(extracted: Extract, text: str, chain: list[str]) -> None:
    assert chains(extracted(text)) == [chain]


def test_an_outlet_that_only_passes_on_makes_no_statement_of_its_own(extracted: Extract) -> None:
    extraction = extracted("Ada Mensah said the talks had failed, according to Reuters.")
    speakers = [statement.speaker for statement in extraction.statements]
    assert speakers == [next(e.id for e in extraction.entities if e.name == "Ada Mensah")]


def test_what_an_outlet_says_itself_is_its_statement(extracted: Extract) -> None:
    extraction = extracted("The talks have failed, Reuters reported.")
    [statement] = extraction.statements
    assert statement.speaker == next(e.id for e in extraction.entities if e.name == "Reuters")
    assert statement.reported_by == ()


def test_a_report_at_the_end_of_a_paragraph_carries_its_speakers_words_before(extracted: Extract) -> None:
    text = "The ministry denied any talks. The ministry stressed that it was not true, reported Reuters."
    assert chains(extracted(text)) == [["Reuters"], ["Reuters"]]
