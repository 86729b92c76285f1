from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.draft import Draft, DraftEntity

Drafted = Callable[..., Draft]


def named(drafted: Drafted, text: str) -> dict[str, DraftEntity]:
    draft = drafted(text, until="coreference")
    return {entity.name: entity for entity in draft.entities}


def mentions(draft: Draft, entity: DraftEntity) -> list[tuple[str, str]]:
    return [(draft.parse.text[m.lo : m.hi], m.kind) for m in entity.mentions]


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("Norway said it would answer.", "Norway", "Country"),
        ("The European Union will vote.", "European Union", "IntergovernmentalOrganization"),
        ("The Supreme Court of Ghana ruled on Friday.", "Supreme Court of Ghana", "PublicBody"),
        ("Shares in Norvik Shipping Inc rose.", "Norvik Shipping Inc", "Company"),
        ("The Baltic Courier newspaper reported it.", "Baltic Courier", "MediaOutlet"),
        ("The South China Morning Post reported it.", "South China Morning Post", "MediaOutlet"),
        ("Spokesman He Yadong spoke on Friday.", "He Yadong", "Person"),
        ("The ministers will meet in Geneva.", "Geneva", "Place"),
        ("The Social Democratic Party lost.", "Social Democratic Party", "PoliticalParty"),
    ],
)
def test_a_name_has_the_type_its_words_show(drafted: Drafted, text: str, name: str, type_: str) -> None:
    assert named(drafted, text)[name].type == type_


def test_a_country_has_its_iso_code_under_every_name(drafted: Drafted) -> None:
    draft = drafted("Britain and the UK. U.K. officials spoke to the EU.", until="coreference")
    country = draft.named("Country")[0]
    assert country.name == "United Kingdom"
    assert country.identifiers == {"iso3166": "GB"}
    assert mentions(draft, country) == [("Britain", "name"), ("UK", "name"), ("U.K.", "name")]


def test_a_people_is_a_mention_of_its_country(drafted: Drafted) -> None:
    draft = drafted("Norwegian cod is sold in Norway.", until="coreference")
    assert mentions(draft, draft.named("Country")[0]) == [("Norwegian", "demonym"), ("Norway", "name")]


def test_a_capital_that_acts_stands_for_its_country(drafted: Drafted) -> None:
    draft = drafted("Officials from Beijing had reached out to Washington.", until="coreference")
    found = {e.name: mentions(draft, e) for e in draft.named("Country")}
    assert found == {"China": [("Beijing", "metonym")], "United States": [("Washington", "metonym")]}


def test_a_capital_where_people_meet_is_a_place(drafted: Drafted) -> None:
    assert named(drafted, "The ministers met in Beijing on Friday.")["Beijing"].type == "Place"


def test_a_surname_that_is_a_pronoun_is_found_where_no_pronoun_can_stand(drafted: Drafted) -> None:
    draft = drafted("Spokesman He Yadong spoke. “There are no talks,” confirmed He, as cited by CNBC.")
    person = draft.named("Person")[0]
    assert mentions(draft, person) == [("He Yadong", "name"), ("He", "name")]


def test_a_demonym_and_a_role_are_no_part_of_a_persons_name(drafted: Drafted) -> None:
    assert "Kari Solheim" in named(drafted, "Norwegian Trade Minister Kari Solheim arrived on Monday.")


def test_a_full_name_decides_what_its_surname_is(drafted: Drafted) -> None:
    draft = drafted("Ada Mensah flew to Geneva. Mensah said that talks go on. Critics of Mensah disagree.")
    person = draft.named("Person")[0]
    assert [text for text, kind in mentions(draft, person) if kind == "name"] == ["Ada Mensah", "Mensah", "Mensah"]


def test_names_inside_the_name_of_a_war_are_no_places(drafted: Drafted) -> None:
    assert named(drafted, "He fought in the Vietnam War and came home.") == {}


def test_the_part_of_an_american_office_is_not_swallowed_by_the_department(drafted: Drafted) -> None:
    draft = drafted("U.S. Treasury Secretary Dale Whitcomb spoke.", until="coreference")
    assert mentions(draft, draft.named("Country")[0]) == [("U.S.", "name")]


def test_bylines_give_no_names(drafted: Drafted) -> None:
    assert named(drafted, "The talks went on. mz/msh (AFP, dpa)") == {}


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="He Ada.“”'U.S-\nof(),", max_size=60))
def test_mentions_never_overlap_and_lie_in_the_text(drafted: Drafted, text: str) -> None:
    draft = drafted(text, until="coreference")
    spans = sorted((m.lo, m.hi) for e in draft.entities if e.type != "Instrument" for m in e.mentions)
    assert all(0 <= lo < hi <= len(text) for lo, hi in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_a_hyphened_given_name_stays_whole_and_its_surname_is_found_alone(drafted: Drafted) -> None:
    draft = drafted("Spokesperson So Yun-chae spoke. “We did not call,” confirmed So.", until="coreference")
    names = [draft.parse.text[m.lo : m.hi] for e in draft.named("Person") for m in e.mentions]
    assert names == ["So Yun-chae", "So"]


def test_the_city_of_a_dateline_is_a_place_and_its_brackets_an_outlet(drafted: Drafted) -> None:
    found = named(drafted, "CANBERRA, March 4 (Pacific Wire) - Australia will impose a tariff.")
    assert (found["Canberra"].type, found["Pacific Wire"].type) == ("Place", "MediaOutlet")


def test_a_stadium_is_a_place(drafted: Drafted) -> None:
    text = "The convention was moved from the Norvik Cable Arena to another in Ohio, the party said."
    assert ("Place", "Norvik Cable Arena") in [(e.type, e.name) for e in drafted(text, until="coreference").entities]


def test_links_run_into_a_name_end_it(drafted: Drafted) -> None:
    draft = drafted("Former Gov. Peter Haugland Peter HauglandMinisters meet left the race.", until="coreference")
    assert draft.named("Person")[0].name == "Peter Haugland"
    assert not [e for e in draft.entities if "Ministers" in e.name]
