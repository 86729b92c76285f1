from collections.abc import Callable

from kg.extract.draft import Draft
from kg.model import Extraction, Time

Extract = Callable[..., Extraction]
PUBLISHED = "2025-04-24"


def time_of(extraction: Extraction, number: int = 0) -> Time | None:
    return extraction.statements[number].time


def test_a_statement_has_the_time_of_its_cue(extracted: Extract) -> None:
    text = "Ada Mensah said on Wednesday that the talks would start on Monday."
    assert time_of(extracted(text, published=PUBLISHED)) == Time(
        text="Wednesday",
        edtf="2025-04-23",
        earliest="2025-04-23",
        latest="2025-04-23",
        anchor=PUBLISHED,
        precision="day",
    )


def test_without_a_day_of_publication_a_weekday_stays_as_written(extracted: Extract) -> None:
    assert time_of(extracted("Ada Mensah said on Wednesday that the levy would stay.")) == Time(text="Wednesday")


def test_a_time_inside_what_is_said_is_not_when_it_was_said(extracted: Extract) -> None:
    text = "Ada Mensah said that the talks started on Monday."
    assert time_of(extracted(text, published=PUBLISHED)) is None


def test_what_somebody_also_says_is_said_at_the_same_time(extracted: Extract) -> None:
    text = "On Tuesday, Ada Mensah said the levy would stay. Mensah also said that the ports were open."
    extraction = extracted(text, published=PUBLISHED)
    assert [s.time.edtf if s.time else None for s in extraction.statements] == ["2025-04-22", "2025-04-22"]


def claim_time(draft: Draft, type_: str) -> Time | None:
    return next(claim.time for claim in draft.claims if claim.type == type_)


def test_a_meeting_has_the_time_of_its_verb(drafted: Callable[..., Draft]) -> None:
    draft = drafted("Ada Mensah met Kari Solheim in Geneva on Tuesday.", published=PUBLISHED)
    time = claim_time(draft, "MEETS")
    assert time is not None
    assert time.edtf == "2025-04-22"


def test_a_plan_points_forward(drafted: Callable[..., Draft]) -> None:
    draft = drafted("Ada Mensah will meet Kari Solheim in Geneva on Tuesday.", published=PUBLISHED)
    time = claim_time(draft, "MEETS")
    assert time is not None
    assert time.edtf == "2025-04-29"


def test_since_bounds_an_office(drafted: Callable[..., Draft]) -> None:
    draft = drafted("Ada Mensah has been finance minister of Ghana since 2021.", published=PUBLISHED)
    held = next(claim for claim in draft.claims if claim.type == "HOLDS_POSITION")
    assert (held.valid_from, held.time) == ("2021", None)
