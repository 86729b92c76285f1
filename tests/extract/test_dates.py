from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import expressions, parse_day
from kg.model import Time

THURSDAY = date(2025, 4, 24)


def resolved(text: str, tense: str = "past", anchor: date | None = THURSDAY) -> Time:
    [expression] = expressions(text)
    return expression.resolve(anchor, tense)


@pytest.mark.parametrize(
    ("text", "tense", "edtf", "precision"),
    [
        ("on Thursday", "past", "2025-04-24", "day"),
        ("on Wednesday", "past", "2025-04-23", "day"),
        ("on Friday", "past", "2025-04-18", "day"),
        ("on Friday", "future", "2025-04-25", "day"),
        ("last Thursday", "past", "2025-04-17", "day"),
        ("next Monday", "past", "2025-04-28", "day"),
        ("this Monday", "past", "2025-04-21", "day"),
        ("yesterday", "past", "2025-04-23", "day"),
        ("tomorrow", "future", "2025-04-25", "day"),
        ("Earlier this week", "past", "2025-04-21/2025-04-24", "interval"),
        ("later this week", "future", "2025-04-24/2025-04-27", "interval"),
        ("last week", "past", "2025-04-14/2025-04-20", "week"),
        ("last month", "past", "2025-03", "month"),
        ("next year", "future", "2026", "year"),
        ("last quarter", "past", "2025-33", "quarter"),
        ("three days ago", "past", "2025-04-21", "day"),
        ("two months ago", "past", "2025-02", "month"),
        ("a year ago", "past", "2024", "year"),
        ("on April 22", "past", "2025-04-22", "day"),
        ("on Dec. 30", "past", "2024-12-30", "day"),
        ("on 2 May", "future", "2025-05-02", "day"),
        ("in November", "past", "2024-11", "month"),
        ("in June", "future", "2025-06", "month"),
        ("in the first quarter", "past", "2025-33", "quarter"),
        ("the fourth quarter", "past", "2024-36", "quarter"),
    ],
)
def test_times_resolve_from_the_day_of_publication(text: str, tense: str, edtf: str, precision: str) -> None:
    time = resolved(text, tense)
    assert (time.edtf, time.precision, time.anchor) == (edtf, precision, "2025-04-24")


@pytest.mark.parametrize(
    ("text", "edtf", "precision"),
    [
        ("April 24, 2025", "2025-04-24", "day"),
        ("24th of April 2025", "2025-04-24", "day"),
        ("2025-04-24", "2025-04-24", "day"),
        ("March 2021", "2021-03", "month"),
        ("in 2019", "2019", "year"),
        ("the third quarter of 2023", "2023-35", "quarter"),
        ("Q2 2024", "2024-34", "quarter"),
        ("the 1990s", "199X", "decade"),
    ],
)
def test_times_that_say_all_need_no_anchor(text: str, edtf: str, precision: str) -> None:
    assert resolved(text, anchor=None) == resolved(text)
    assert (resolved(text).edtf, resolved(text).precision, resolved(text).anchor) == (edtf, precision, None)


@pytest.mark.parametrize("text", ["Thursday", "yesterday", "last week", "on April 24", "in June", "two days ago"])
def test_without_an_anchor_a_time_stays_as_written(text: str) -> None:
    time = resolved(text, anchor=None)
    assert time == Time(text=time.text)
    assert time.text in text


def test_recently_is_a_time_that_nothing_resolves() -> None:
    assert resolved("recently") == Time(text="recently")


@pytest.mark.parametrize("text", ["It may march on.", "Room 2019 is free.", "June Vale spoke.", "a 2,019-page text"])
def test_words_and_numbers_that_are_no_times(text: str) -> None:
    assert list(expressions(text)) == []


def test_a_day_that_does_not_exist_is_not_resolved() -> None:
    assert resolved("February 30, 2025").edtf is None


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.sampled_from(["Monday", "Tuesday", "Friday", "Sunday"]))
def test_a_weekday_is_within_a_week_of_its_anchor_and_on_the_right_side(anchor: date, name: str) -> None:
    before = date.fromisoformat(resolved(name, "past", anchor).edtf or "")
    after = date.fromisoformat(resolved(name, "future", anchor).edtf or "")
    assert before.strftime("%A") == after.strftime("%A") == name
    assert anchor - timedelta(days=6) <= before <= anchor < after <= anchor + timedelta(days=7)


@given(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["past", "future"]),
    st.sampled_from(
        [
            "last week",
            "next month",
            "last quarter",
            "this year",
            "earlier this month",
            "June 3",
            "in May",
            "nine months ago",
        ]
    ),
)
def test_the_first_day_never_follows_the_last(anchor: date, tense: str, text: str) -> None:
    time = resolved(text, tense, anchor)
    assert time.earliest is not None
    assert time.latest is not None
    assert time.earliest <= time.latest


@pytest.mark.parametrize(
    ("published", "day"),
    [("2025-04-24", THURSDAY), ("2025-04-24T08:30:00Z", THURSDAY), ("2025", None), ("soon", None), (None, None)],
)
def test_the_anchor_is_the_day_of_publication(published: str | None, day: date | None) -> None:
    assert parse_day(published) == day
