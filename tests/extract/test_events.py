"""Events: what names one, who takes part, who hosts, and what talks say of those who talk."""

from collections.abc import Callable

import pytest

from kg.extract.draft import Draft
from kg.extract.events import find

Given = Callable[..., Draft]
Told = Callable[..., list[str]]

NAMES = {
    "Norway": "Country", "Norwegian": "Country:Norway", "Ghana": "Country", "U.S.": "Country:United States",
    "China": "Country", "Ada Mensah": "Person", "Mensah": "Person:Ada Mensah", "Kari Solheim": "Person",
    "Ministry of Trade": "PublicBody", "Halloran & Co.": "Company", "Geneva": "Place",
    "Kestrel Bank": "Company", "Volta Mining": "Company", "Oslo Arctic Summit": "Organization",
}  # fmt: skip


@pytest.fixture
def events(given: Given) -> Callable[[str], Draft]:
    return lambda text: given(text, NAMES, [find])


def kinds(draft: Draft) -> dict[str, str]:
    return {e.name: e.attributes["eventKind"] for e in draft.named("Event")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trade talks between Norway and Ghana failed.", {"Ghana–Norway trade talks": "talks"}),
        ("U.S.-China talks go on.", {"China–United States talks": "talks"}),
        ("The negotiations went on.", {"negotiations": "talks"}),
        ("Mensah spoke at a press conference.", {"press conference of Ada Mensah": "pressConference"}),
        ("Mensah spoke at a news conference.", {"press conference of Ada Mensah": "pressConference"}),
        ("They planned an investor summit.", {"investor summit": "summit"}),
        ("Mensah attended the Oslo Arctic Summit.", {"Oslo Arctic Summit": "summit"}),
        ("The 2028 presidential election is near.", {"2028 presidential election": "election"}),
        ("The attack on Norway failed.", {"attack on Norway": "attack"}),
        ("Mensah's visit to Norway ended.", {"visit of Ada Mensah to Norway": "visit"}),
        ("A phone call followed.", {"phone call": "call"}),
        ("Kestrel Bank's takeover of Volta Mining failed.", {"Kestrel Bank–Volta Mining takeover": "deal"}),
    ],
)
def test_what_names_an_event(events: Callable[[str], Draft], text: str, expected: dict[str, str]) -> None:
    assert kinds(events(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He talks a lot.",
        "The meeting was long.",
        "She calls for reason.",
        "It was a heart attack.",
        "The strike at the plant went on.",
        "The visit was short.",
    ],
)
def test_what_names_none(events: Callable[[str], Draft], text: str) -> None:
    assert kinds(events(text)) == {}


def test_an_event_carries_its_plover_code(events: Callable[[str], Draft]) -> None:
    (event,) = events("Talks between Norway and Ghana failed.").named("Event")
    assert event.attributes == {"eventKind": "talks", "plover": "CONSULT"}


def test_talks_between_two_are_negotiations(events: Callable[[str], Draft], told: Told) -> None:
    assert told(events("Trade talks between Norway and Ghana failed.")) == [
        "Ghana PARTICIPATES_IN Ghana–Norway trade talks",
        "Norway NEGOTIATES_WITH Ghana",
        "Norway PARTICIPATES_IN Ghana–Norway trade talks",
    ]


def test_no_talks_are_denied(events: Callable[[str], Draft], told: Told) -> None:
    assert told(events("There are no negotiations on trade between Norway and Ghana."), "NEGOTIATES_WITH") == [
        "Norway NEGOTIATES_WITH Ghana (denied)"
    ]


def test_denied_talks_are_denied_and_the_denier_is_the_other_side(events: Callable[[str], Draft], told: Told) -> None:
    draft = events("Norway denied any ongoing trade negotiations with Ghana.")
    assert told(draft, "NEGOTIATES_WITH") == ["Ghana NEGOTIATES_WITH Norway (denied)"]
    draft = events("Norway dismissed rumors of trade discussions with Ghana.")
    assert told(draft, "NEGOTIATES_WITH") == ["Ghana NEGOTIATES_WITH Norway (denied)"]


def test_possible_talks_are_others_than_those_denied(events: Callable[[str], Draft], told: Told) -> None:
    draft = events("There are no talks between Norway and Ghana. Mensah laid the groundwork for possible talks.")
    assert len(draft.named("Event")) == 2
    draft = events("They hope for possible talks with Ghana.")
    assert told(draft, "PARTICIPATES_IN") == ["Ghana PARTICIPATES_IN talks with Ghana (possible)"]


def test_later_mentions_are_of_the_talks_named_before(events: Callable[[str], Draft]) -> None:
    draft = events("Talks between Norway and Ghana go on. Such talks are slow. The negotiations may end.")
    (event,) = draft.named("Event")
    assert [draft.parse.text[m.lo : m.hi] for m in event.mentions] == ["Talks", "Such talks", "The negotiations"]


def test_holding_talks_with_somebody(events: Callable[[str], Draft], told: Told) -> None:
    draft = events("Norway held talks with Ghana on Friday.")
    assert told(draft, "NEGOTIATES_WITH") == ["Ghana NEGOTIATES_WITH Norway"]


def test_a_summit_and_its_host(events: Callable[[str], Draft], told: Told) -> None:
    draft = events("Mensah made the remarks at a closed-door investor summit hosted by Halloran & Co. in Geneva.")
    assert told(draft) == ["Ada Mensah PARTICIPATES_IN investor summit", "Halloran & Co. HOSTS investor summit"]


def test_remarks_made_by_a_person_at_an_event(events: Callable[[str], Draft], told: Told) -> None:
    draft = events("Markets liked the remarks made by Ada Mensah at an investor summit.")
    assert told(draft) == ["Ada Mensah PARTICIPATES_IN investor summit"]


def test_who_tells_a_press_conference_takes_part(events: Callable[[str], Draft], told: Told) -> None:
    assert told(events("Ada Mensah told a weekly press conference that it was over.")) == [
        "Ada Mensah PARTICIPATES_IN press conference of Ada Mensah"
    ]


def test_the_press_conferences_of_two_are_two(events: Callable[[str], Draft]) -> None:
    draft = events("Mensah spoke at a press conference. Kari Solheim held a press conference too.")
    assert sorted(kinds(draft)) == ["press conference of Ada Mensah", "press conference of Kari Solheim"]


def test_a_meeting_between_two_makes_them_meet(events: Callable[[str], Draft], told: Told) -> None:
    draft = events("A meeting between Ada Mensah and Kari Solheim took place.")
    assert told(draft, "MEETS") == ["Ada Mensah MEETS Kari Solheim"]


def test_a_call_contacts_whom_it_is_with(events: Callable[[str], Draft], told: Told) -> None:
    draft = events("Mensah's phone call with Kari Solheim was short.")
    assert told(draft, "CONTACTS") == ["Ada Mensah CONTACTS Kari Solheim"]
