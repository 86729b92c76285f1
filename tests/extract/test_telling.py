from collections.abc import Callable

import pytest

from kg.model import Extraction

Extract = Callable[..., Extraction]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Mensah voted for the harbour levy on Tuesday.",
        "Ada Mensah sent a long letter to the harbour board.",
        "Lawmakers could ask the court to lift the harbour levy.",
        "The witnesses are expected to appear before the harbour board.",
        "Kari Solheim did not respond to a request for comment.",
        "The harbour board denied a request for leave.",
        "You agree to receive news of the harbour board.",
        "The debacle in Accra highlighted how hard the vote would be.",
    ],
)
def test_what_is_done_wanted_or_left_undone_is_no_statement(extracted: Extract, text: str) -> None:
    assert extracted(text).statements == ()


@pytest.mark.parametrize(
    "text",
    [
        "The report said that the levy would stay.",
        "A survey of farmers found that the levy hurts them.",
        "Figures showed that the levy hurts farmers.",
    ],
)
def test_what_documents_say_and_measure_is_a_statement(extracted: Extract, text: str) -> None:
    assert len(extracted(text).statements) == 1


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The levy will stay and it is fair to all,” the secretary, Kari Solheim, told Norway News.", "Kari Solheim"),
        ("Mensah's top strategist, Osei Boateng, said, “We are in a better position than we were.”", "Osei Boateng"),
        ("Kari Solheim, Mensah's campaign manager, noted that the senator called the levy fair.", "Kari Solheim"),
        ("The real threat on the day, said Kari Solheim, is violence at the ports.", "Kari Solheim"),
        ("The lawyers filed a complaint in Accra. They argue that the levy is unfair.", "lawyers"),
        ("Osei Boateng batted the reports down. “Ada Mensah was asked to stay,” he said.", "Osei Boateng"),
    ],
)
def test_the_subject_speaks_not_a_name_inside_it_or_who_was_told(extracted: Extract, text: str, speaker: str) -> None:
    extraction = extracted(text)
    names = {entity.id: entity.name for entity in extraction.entities}
    assert [names.get(s.speaker or "") for s in extraction.statements] == [speaker]
