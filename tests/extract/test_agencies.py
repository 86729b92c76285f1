from collections.abc import Callable

import pytest

from kg.extract.draft import Draft, DraftEntity, Node

Drafted = Callable[..., Draft]


def claims(draft: Draft) -> set[tuple[str, ...]]:
    return {(name_of(c.subject), c.type, name_of(c.object)) for c in draft.claims}


def name_of(node: Node) -> str:
    assert isinstance(node, DraftEntity)
    return node.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "China’s Ministry of Commerce spoke.",
            ("Ministry of Commerce of China", "AGENCY_OF", "China"),
        ),
        ("The Bank of England met. Britain waits.", ("Bank of England", "AGENCY_OF", "United Kingdom")),
        (
            "The European Commission is a body of the European Union.",
            ("European Commission", "PART_OF", "European Union"),
        ),
        (
            "The European Commission is a body of the European Union.",
            ("European Commission", "AGENCY_OF", "European Union"),
        ),
        ("Norvik Shipping Inc, based in Bergen, sold ships.", ("Norvik Shipping Inc", "BASED_IN", "Bergen")),
        ("The German newspaper Rheinpost wrote it. Germany waits.", ("Rheinpost", "BASED_IN", "Germany")),
        ("They met in Bergen. Norway paid.", ("Bergen", "LOCATED_IN", "Norway")),
        ("A plant in Tema, Ghana, was closed.", ("Tema", "LOCATED_IN", "Ghana")),
        ("A plant in Bergen, western Norway, was closed.", ("Bergen", "LOCATED_IN", "Norway")),
        ("The plant in Norway's Bergen was closed.", ("Bergen", "LOCATED_IN", "Norway")),
        ("They met in Assam. India paid.", ("Assam", "LOCATED_IN", "India")),
        ("They met in Fallujah. Iraq paid.", ("Fallujah", "LOCATED_IN", "Iraq")),
        (
            "Norvik Shipping Inc, based in Bergen, sold ships. Norway waits.",
            ("Norvik Shipping Inc", "BASED_IN", "Norway"),
        ),
        ("The University of Bergen was closed. Norway waits.", ("University of Bergen", "BASED_IN", "Norway")),
        ("The EU's Norvik Agency met.", ("Norvik Agency", "PART_OF", "European Union")),
        ("Norway voted for the Kelp Party. Norway waits.", ("Kelp Party", "BASED_IN", "Norway")),
    ],
)
def test_what_belongs_to_what(drafted: Drafted, text: str, expected: tuple[str, ...]) -> None:
    assert expected in claims(drafted(text, until="credits_"))


def test_a_ministry_keeps_the_code_of_its_country(drafted: Drafted) -> None:
    draft = drafted("The German Foreign Ministry spoke.", until="credits_")
    assert draft.named("PublicBody")[0].attributes == {"bodyKind": "ministry", "country": "DE"}


def test_a_city_of_several_countries_lies_in_the_one_that_is_named(drafted: Drafted) -> None:
    draft = drafted("He moved to London, Canada, last year.", until="credits_")
    assert ("London", "LOCATED_IN", "United Kingdom") not in claims(draft)


def test_a_company_that_works_somewhere_has_no_seat_there(drafted: Drafted) -> None:
    draft = drafted("Norvik Shipping Inc in Ghana hired workers.", until="credits_")
    assert not [c for c in draft.claims if c.type == "BASED_IN"]


def test_the_court_of_a_federal_state_is_no_body_of_the_country(drafted: Drafted) -> None:
    text = "The United States waits. The Ohio Supreme Court ruled. The United States talks."
    assert not [c for c in claims(drafted(text, until="credits_")) if c[:2] == ("Ohio Supreme Court", "AGENCY_OF")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("They met in Berlin. German papers wrote of it.", ("Berlin", "LOCATED_IN", "Germany")),
        (
            "Spain and Spanish papers waited for the CDU. Spain paid.",
            ("Christian Democratic Union", "BASED_IN", "Spain"),
        ),
        ("Polls opened in Tema, Norway, and Oslo.", ("Tema", "LOCATED_IN", "Norway")),
        ("The Norwegian Embassy was closed. Norway waits.", ("Norwegian Embassy", "BASED_IN", "Norway")),
        ("Norvik Aid in Ghana was closed.", ("Norvik Aid", "BASED_IN", "Ghana")),
    ],
)
def test_what_is_not_claimed(drafted: Drafted, text: str, wrong: tuple[str, ...]) -> None:
    assert wrong not in claims(drafted(text, until="credits_"))


def test_a_seat_that_follows_names_both_premises(drafted: Drafted) -> None:
    draft = drafted("Norvik Shipping Inc, based in Bergen, sold ships. Norway waits.", until="credits_")
    followed = next(c for c in draft.claims if c.rule == "seat.within")
    assert sorted(p.type for p in followed.premises) == ["BASED_IN", "LOCATED_IN"]
    assert followed.confidence < min(p.confidence for p in followed.premises)
