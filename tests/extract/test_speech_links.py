from collections.abc import Callable

import pytest

from kg.model import Extraction

Extract = Callable[..., Extraction]


def links(extraction: Extraction, type_: str) -> list[tuple[str, str]]:
    """(what the statement says, whom or what it is tied to)."""
    names = {e.id: e.name for e in extraction.entities} | {s.id: s.text for s in extraction.statements}
    return [(names[c.subject], names[c.object]) for c in extraction.relations if c.type == type_]


def test_a_statement_is_made_at_the_event_beside_its_cue(extracted: Extract) -> None:
    extraction = extracted("Kari Solheim, during a press conference, said that the levy would stay.")
    [(said, event)] = links(extraction, "MADE_AT")
    assert said == "that the levy would stay"
    assert "press conference" in event


def test_the_next_statement_of_the_paragraph_is_made_there_too(extracted: Extract) -> None:
    text = "Kari Solheim said at a press conference that the levy would stay. “It is fair,” Solheim said."
    assert [said for said, _ in links(extracted(text), "MADE_AT")] == ["that the levy would stay", "“It is fair,”"]


def test_an_event_inside_what_is_said_is_no_venue(extracted: Extract) -> None:
    extraction = extracted("Kari Solheim said that Norway would speak at the summit in Accra.")
    assert links(extraction, "MADE_AT") == []


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("Kari Solheim said the levy was unfair. Her comments echoed those of Osei Boateng.", "ECHOES"),
        ("Kari Solheim said the levy was unfair, in response to Osei Boateng.", "RESPONDS_TO"),
        ("Responding to Osei Boateng, Kari Solheim said the levy was unfair.", "RESPONDS_TO"),
    ],
)
def test_whom_a_statement_answers_or_echoes(extracted: Extract, text: str, tie: str) -> None:
    assert [other for _, other in links(extracted(text), tie)] == ["Osei Boateng"]


def test_an_echo_of_somebody_whose_words_follow_is_tied_to_the_words(extracted: Extract) -> None:
    text = (
        "Kari Solheim said the levy was unfair. "
        "Solheim's comments echoed those of Osei Boateng, who said that the levy hurt farmers."
    )
    [(said, other)] = links(extracted(text), "ECHOES")
    assert "the levy was unfair" in said
    assert other == "that the levy hurt farmers"


@pytest.mark.parametrize(
    "text",
    [
        "Kari Solheim said the levy was unfair. Solheim did not respond to Osei Boateng.",
        "Kari Solheim said the levy was unfair. Solheim did not immediately respond to a request from Osei Boateng.",
        "Kari Solheim said the levy was unfair. Solheim declined to respond to Osei Boateng.",
    ],
)
def test_who_does_not_answer_answers_nobody(extracted: Extract, text: str) -> None:
    assert links(extracted(text), "RESPONDS_TO") == []
