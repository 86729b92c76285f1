from collections.abc import Callable

import pytest

from kg.model import Extraction, Statement

Extract = Callable[..., Extraction]


def only(extraction: Extraction) -> Statement:
    [statement] = extraction.statements
    return statement


def spoken(text: str, statement: Statement) -> str:
    span = statement.speaker_span
    return "" if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Finance minister Ada Mensah said that the levy would stay.",
            "Finance minister Ada Mensah",
            "that the levy would stay",
        ),
        ("“The levy will stay,” said Ada Mensah.", "Ada Mensah", "“The levy will stay,”"),
        ("“The levy will stay,” Mensah told reporters in Accra.", "Mensah", "“The levy will stay,”"),
        ("According to Ada Mensah, the levy will stay.", "Ada Mensah", "the levy will stay"),
        (
            "The levy will stay, according to senior officials from Accra.",
            "senior officials from Accra",
            "The levy will stay",
        ),
        ("The levy, Ada Mensah said, will stay for another year.", "Ada Mensah", "The levy will stay for another year"),
        ("Analysts expect that the levy will be cut next year.", "Analysts", "that the levy will be cut next year"),
    ],
)
def test_speaker_and_content_before_after_and_around_the_cue(
    extracted: Extract, text: str, speaker: str, content: str
) -> None:
    statement = only(extracted(text))
    assert spoken(text, statement) == speaker
    assert statement.text == content


def test_a_quotation_broken_by_its_speaker_goes_on_in_the_next_sentence(extracted: Extract) -> None:
    statement = only(extracted("“The levy will stay,” Mensah said. “It protects farmers.”"))
    assert statement.text == "“The levy will stay,” “It protects farmers.”"
    assert statement.quoted


def test_a_quotation_of_several_paragraphs_is_one_statement(extracted: Extract) -> None:
    text = "“The levy is unfair to farmers.\n\n“It must go,” Mensah said.\n\nTalks go on."
    assert only(extracted(text)).text == "“The levy is unfair to farmers. “It must go,”"


def test_a_quotation_is_signed_after_a_dash(extracted: Extract) -> None:
    text = "Voices from Accra\n\n“The levy is unfair and the ports are full.” — Ada Mensah, finance minister"
    statement = only(extracted(text))
    assert (spoken(text, statement), statement.text) == ("Ada Mensah", "“The levy is unfair and the ports are full.”")


def test_speakers_without_a_name_are_a_group(extracted: Extract) -> None:
    extraction = extracted("Senior officials from Accra said the levy would stay.")
    group = next(e for e in extraction.entities if e.id == only(extraction).speaker)
    assert (group.type, group.name) == ("Group", "Senior officials from Accra")


def test_the_same_unnamed_speakers_are_one_group(extracted: Extract) -> None:
    extraction = extracted("Analysts said the levy would stay. Prices may rise, the analysts said.")
    assert len({statement.speaker for statement in extraction.statements}) == 1


def test_a_pronoun_that_nothing_resolves_is_no_speaker(extracted: Extract) -> None:
    text = "She said that the levy would stay."
    statement = only(extracted(text))
    assert (spoken(text, statement), statement.speaker) == ("She", None)


def test_who_says_i_inside_a_quotation_is_who_is_quoted(extracted: Extract) -> None:
    extraction = extracted("Ada Mensah said: “I told Norway in May that the levy would stay, and I meant it.”")
    assert {name_of(extraction, s.speaker) for s in extraction.statements} == {"Ada Mensah"}


def test_a_programme_that_was_told_is_no_part_of_what_was_said(extracted: Extract) -> None:
    text = "“The levy will stay and it is fair to all,” Ada Mensah told “Accra Tonight.”"
    assert only(extracted(text)).text == "“The levy will stay and it is fair to all,”"


def test_a_dateline_is_no_part_of_what_is_said(extracted: Extract) -> None:
    text = "ACCRA, March 4 (Volta Wire) - The levy will stay for another year, Ada Mensah said on Tuesday."
    assert only(extracted(text)).text == "The levy will stay for another year"


def test_credits_say_nothing(extracted: Extract) -> None:
    text = "The levy will stay.\n\nReporting by Ada Mensah; editing by Kari Solheim"
    assert extracted(text).statements == ()


def test_evidence_spans_speaker_cue_and_content(extracted: Extract) -> None:
    text = "In Oslo, Kari Solheim said the levy would stay."
    assert only(extracted(text)).evidence.text == "Kari Solheim said the levy would stay"


@pytest.mark.parametrize(
    ("text", "act", "stance"),
    [
        ("The ministry said the levy would stay.", "say", "affirm"),
        ("The ministry denied any talks with Norway.", "deny", "deny"),
        ("The ministry dismissed the reports of new talks as unfounded.", "deny", "deny"),
        ("The ministry stressed that the reports had no factual basis.", "say", "deny"),
        ("The ministry confirmed that there were no talks with Norway.", "confirm", "deny"),
        ("Mensah said the levy might be cut.", "say", "possible"),
        ("Mensah hinted at a review of the levy.", "hint", "possible"),
        ("Mensah pledged to cut the levy.", "pledge", "affirm"),
        ("Mensah called on Norway to lift the ban.", "demand", "neutral"),
        ("Mensah urged Norway to lift the ban.", "demand", "neutral"),
        ("Mensah told Norway to lift the ban.", "demand", "neutral"),
        ("Mensah warned that prices would rise.", "warn", "affirm"),
        ("Mensah threatened to close the ports.", "threaten", "affirm"),
        ("Mensah criticised the plan as unfair.", "criticise", "affirm"),
        ("Mensah praised the plan.", "praise", "affirm"),
        ("Mensah proposed a new round of talks.", "propose", "affirm"),
        ("Mensah announced that the levy would be cut.", "announce", "affirm"),
        ("“Will the levy stay?” Mensah asked.", "other", "neutral"),
        ("Mensah said that she expects a truce.", "expect", "affirm"),
        ("“Norway must lift the ban,” Mensah said.", "demand", "neutral"),
    ],
)
def test_act_and_stance(extracted: Extract, text: str, act: str, stance: str) -> None:
    statement = extracted(text).statements[0]
    assert (statement.act, statement.stance) == (act, stance)


def name_of(extraction: Extraction, entity: str | None) -> str | None:
    return next((e.name for e in extraction.entities if e.id == entity), None)


@pytest.mark.parametrize(
    "text",
    [
        "Kari Solheim called on Ghana to lift the ban.",
        "Kari Solheim urged Ghana to lift the ban.",
        "“Ghana should lift the ban,” Kari Solheim said.",
    ],
)
def test_whom_a_demand_is_addressed_to(extracted: Extract, text: str) -> None:
    extraction = extracted(text)
    assert name_of(extraction, extraction.statements[0].addressed_to) == "Ghana"


def test_a_statement_is_about_what_its_content_names_but_not_its_speaker(extracted: Extract) -> None:
    extraction = extracted("Kari Solheim said that Norway and Ghana would sign in Geneva.")
    about = [name_of(extraction, entity) for entity in only(extraction).about]
    assert about[:2] == ["Norway", "Ghana"]
    assert "Kari Solheim" not in about
