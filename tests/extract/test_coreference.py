from collections.abc import Callable

import pytest

from kg.extract.draft import Draft

Drafted = Callable[..., Draft]


def mentions(draft: Draft, name: str) -> list[tuple[str, str]]:
    entity = next(e for e in draft.entities if e.name == name)
    return [(draft.parse.text[m.lo : m.hi], m.kind) for m in sorted(entity.mentions, key=lambda m: m.lo)]


def test_surnames_and_pronouns_of_the_same_person(drafted: Drafted) -> None:
    draft = drafted("Ingrid Haugland runs Norvik Shipping. Haugland said she would stay.", until="offices")
    assert mentions(draft, "Ingrid Haugland") == [
        ("Ingrid Haugland", "name"),
        ("Haugland", "name"),
        ("she", "pronoun"),
    ]


def test_a_pronoun_never_stands_for_a_person_of_the_other_gender(drafted: Drafted) -> None:
    draft = drafted("Ingrid Haugland runs the port. He left early.", until="offices")
    assert mentions(draft, "Ingrid Haugland") == [("Ingrid Haugland", "name")]


def test_a_chinese_given_name_alone_is_the_person(drafted: Drafted) -> None:
    draft = drafted("Ministry Spokesman He Yadong met reporters. “It will end,” Yadong stated.", until="offices")
    assert mentions(draft, "He Yadong") == [("He Yadong", "name"), ("Yadong", "name")]


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("The World Trade Organization (WTO) met. The WTO will rule.", "World Trade Organization", "WTO"),
        ("Norvik Shipping Holdings Inc rose. Norvik Shipping fell.", "Norvik Shipping Holdings Inc", "Norvik Shipping"),
        ("The Rwandan Patriotic Front (RPF) won. The RPF celebrated.", "Rwandan Patriotic Front", "RPF"),
    ],
)
def test_acronyms_and_short_forms_are_aliases(drafted: Drafted, text: str, name: str, alias: str) -> None:
    draft = drafted(text, until="offices")
    entity = next(e for e in draft.entities if e.name == name)
    assert alias in entity.aliases
    assert [e.name for e in draft.entities if e.name == alias] == []


def test_a_ministry_has_one_name_however_it_is_written(drafted: Drafted) -> None:
    draft = drafted(
        "China’s Ministry of Commerce spoke. The Chinese Ministry of Commerce denied it. "
        "The ministry said more. The commerce ministry's comments were clear.",
        until="offices",
    )
    assert mentions(draft, "Ministry of Commerce of China") == [
        ("Ministry of Commerce", "name"),
        ("Chinese Ministry of Commerce", "name"),
        ("The ministry", "nominal"),
        ("commerce ministry", "nominal"),
    ]


def test_two_people_of_one_surname_stay_two(drafted: Drafted) -> None:
    draft = drafted("Per Haugland and Ingrid Haugland spoke.", until="offices")
    assert sorted(e.name for e in draft.named("Person")) == ["Ingrid Haugland", "Per Haugland"]


def test_the_company_is_the_last_company_named(drafted: Drafted) -> None:
    draft = drafted("Norvik Shipping Inc sold ships. The company said it would go on.", until="offices")
    assert ("The company", "nominal") in mentions(draft, "Norvik Shipping Inc")


def test_people_without_a_name_are_a_group(drafted: Drafted) -> None:
    draft = drafted("Senior officials from Beijing had reached out.", until="offices")
    assert mentions(draft, "Senior officials from Beijing") == [("Senior officials from Beijing", "nominal")]
    assert draft.named("Group")[0].type == "Group"


def test_the_federal_reserve_bank_of_a_city_is_not_the_federal_reserve(drafted: Drafted) -> None:
    draft = drafted("The Federal Reserve met. The Federal Reserve Bank of Boston wrote a study.", until="offices")
    assert mentions(draft, "Federal Reserve") == [("Federal Reserve", "name")]


def test_a_house_of_representatives_is_not_americas_where_america_is_not_named(drafted: Drafted) -> None:
    draft = drafted("Australia waits. The House of Representatives passed the bill in Australia.", until="offices")
    body = draft.named("PublicBody")[0]
    assert (body.name, body.attributes.get("country")) == ("House of Representatives", None)


def test_a_son_of_the_same_name_is_another_person(drafted: Drafted) -> None:
    draft = drafted("Peter Haugland spoke. Peter Haugland Jr. left. Haugland said so.", until="offices")
    assert mentions(draft, "Peter Haugland")[:2] == [("Peter Haugland", "name"), ("Haugland", "name")]


def test_a_surname_is_not_that_of_a_wife_named_beside_her_husband(drafted: Drafted) -> None:
    text = "President Haugland met voters. His wife, Ingrid Haugland, stayed at home."
    assert mentions(drafted(text, until="offices"), "Ingrid Haugland") == [("Ingrid Haugland", "name")]
