"""What is one entity across articles, and what is not."""

from collections.abc import Sequence
from typing import Any

import pytest

from kg.ledger import Ledger
from kg.resolve import rebuild, resolve
from kg.resolve.relations import together
from tests.ledger.build import ARTICLE, article, claim, entity, extraction, statement


class Press:
    """Puts small articles into a ledger and shows what came of them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.ids: list[str] = []

    def prints(
        self, *entities: Any, claims: Sequence[Any] = (), said: Sequence[Any] = (), text: str = "", **metadata: Any
    ) -> None:
        """One article that has these entities."""
        text = text or f"{len(self.ids)}: " + ", ".join(e.name for e in entities) + "."
        text += "".join(f" {s.said}." for s in said)
        of = article(text, **metadata)
        self.ledger.put(of)
        self.ledger.record(extraction(of, entities, claims, said), "1")
        self.ids.append(of.id)

    def clusters(self, type_: str | None = None) -> list[tuple[str, int]]:
        """Name and number of articles of each entity, after a resolution."""
        resolve(self.ledger)
        found = [e for e in self.ledger.graph.entities() if type_ in {None, e.type}]
        return sorted((e.name, e.articles) for e in found)


@pytest.fixture
def press(ledger: Ledger) -> Press:
    return Press(ledger)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Mensah", "Dr. Ada Mensah", True),
        ("Ada Mensah", "Ada B. Mensah", True),
        ("José Núñez", "Jose Nunez", True),
        ("J.D. Vendel", "J. D. Vendel", True),
        ("Ada B. Mensah", "Ada C. Mensah", False),
        ("Ada Mensah", "Ada Mensah Jr.", False),
        ("Mensah", "Mensah", False),
        ("Minister Mensah", "Minister Mensah", False),
        ("A. Mensah", "A. Mensah", False),
    ],
)
def test_persons_are_one_by_their_full_names(press: Press, one: str, other: str, same: bool) -> None:
    press.prints(entity("Person", one))
    press.prints(entity("Person", other))
    assert len(press.clusters()) == (1 if same else 2)


def test_two_middle_initials_keep_two_persons_apart_and_the_plain_name_on_its_own(press: Press) -> None:
    for name in ("Ada B. Mensah", "Ada C. Mensah", "Ada Mensah"):
        press.prints(entity("Person", name))
    assert press.clusters() == [("Ada B. Mensah", 1), ("Ada C. Mensah", 1), ("Ada Mensah", 1)]


def test_a_first_name_that_an_article_shortens_is_the_same_person(press: Press) -> None:
    press.prints(entity("Person", "Joseph Arden", "Joe Arden"))
    press.prints(entity("Person", "Joe Arden"))
    assert press.clusters() == [("Joseph Arden", 2)]


def test_an_alias_with_another_surname_joins_nobody(press: Press) -> None:
    press.prints(entity("Person", "Ada Mensah", "Kari Solheim"))
    press.prints(entity("Person", "Kari Solheim"))
    assert press.clusters() == [("Ada Mensah", 1), ("Kari Solheim", 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entity("Company", "Norvik Shipping ASA"), entity("Company", "Norvik Shipping")),
        (entity("Company", "Norvik", ticker="NVK"), entity("Company", "Nordic Lines", ticker="NVK")),
        (entity("Organization", "Norvik Shipping"), entity("Company", "Norvik Shipping")),
        (entity("Country", "Ghana", iso="GH"), entity("Country", "Republic of Ghana", iso="GH")),
        (entity("Country", "Ghana", iso="GH"), entity("Country", "Ghana")),
        (
            entity("PublicBody", "Ministry of Trade", country="GH"),
            entity("PublicBody", "Trade Ministry", country="GH"),
        ),
        (entity("Place", "Tema"), entity("Place", "Tema", country="GH")),
        (entity("PoliticalParty", "Labour Party"), entity("PoliticalParty", "Labour Party")),
        (
            entity("Policy", "Harbour Fees Act", policyKind="law"),
            entity("Policy", "Harbour Fees Act", policyKind="law"),
        ),
    ],
)
def test_one_entity(press: Press, one: Any, other: Any) -> None:
    press.prints(one)
    press.prints(other)
    assert [articles for _, articles in press.clusters()] == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entity("Group", "officials"), entity("Group", "officials")),
        (entity("PublicBody", "Ministry of Trade"), entity("PublicBody", "Ministry of Trade")),
        (
            entity("PublicBody", "Ministry of Trade", country="GH"),
            entity("PublicBody", "Ministry of Trade", country="NO"),
        ),
        (entity("Company", "Courier"), entity("MediaOutlet", "Courier")),
        (entity("Event", "press conference"), entity("Event", "press conference")),
        (entity("Position", "president"), entity("Position", "president")),
        (entity("Policy", "tariffs", policyKind="tariff"), entity("Policy", "tariffs", policyKind="tariff")),
        (entity("Place", "Georgia"), entity("Country", "Georgia", iso="GE")),
    ],
)
def test_two_entities(press: Press, one: Any, other: Any) -> None:
    press.prints(one)
    press.prints(other)
    assert [articles for _, articles in press.clusters()] == [1, 1]


def test_statements_never_merge(press: Press) -> None:
    for _ in range(2):
        press.prints(entity("Person", "Ada Mensah"), said=[statement("We will not sign", "Ada Mensah")])
    assert press.clusters("Statement") == [("We will not sign", 1), ("We will not sign", 1)]


def test_an_acronym_stands_for_what_an_article_says_it_does(press: Press) -> None:
    press.prints(entity("Organization", "WHC"))
    assert press.clusters() == [("WHC", 1)]
    press.prints(entity("Organization", "World Harbour Council", "WHC"))
    assert press.clusters() == [("World Harbour Council", 2)]
    press.prints(entity("Organization", "Western Hill Club", "WHC"))
    assert press.clusters() == [("WHC", 1), ("Western Hill Club", 1), ("World Harbour Council", 1)]


def _tariff(press: Press, issuer: str, target: str, published: str) -> None:
    press.prints(
        entity("Policy", "tariffs", policyKind="tariff"),
        entity("Country", issuer, iso=issuer[:2].upper()),
        entity("Country", target, iso=target[:2].upper()),
        claims=[claim("ISSUED_BY", "tariffs", issuer), claim("TARGETS", "tariffs", target)],
        published=published,
    )


def test_policies_are_one_by_issuer_target_kind_and_time(press: Press) -> None:
    for published in ("2018-03-01", "2025-02-01", "2025-06-01"):
        _tariff(press, "Norway", "Ghana", published)
    _tariff(press, "Ghana", "Norway", "2025-02-02")
    assert press.clusters("Policy") == [("tariffs", 1)] * 4
    _tariff(press, "Norway", "Ghana", "2025-04-01")
    assert press.clusters("Policy") == [("tariffs", 1), ("tariffs", 1), ("tariffs", 3)]


def test_offices_are_one_by_title_and_body_also_when_the_bodies_are_joined_later(press: Press) -> None:
    for body in ("Norvik Shipping", "Nordic Lines"):
        press.prints(
            entity("Position", "chief executive"),
            entity("Company", body),
            claims=[claim("POSITION_IN", "chief executive", body)],
        )
    assert press.clusters("Position") == [("chief executive", 1)] * 2
    press.prints(entity("Company", "Norvik Shipping", ticker="NVK"))
    press.prints(entity("Company", "Nordic Lines", ticker="NVK"))
    assert press.clusters("Position") == [("chief executive", 2)]


def test_events_are_one_by_kind_participants_and_day(press: Press) -> None:
    for latest in ("2025-04-24", "2025-04-24", "2025-04-25"):
        press.prints(
            entity("Event", "talks", eventKind="talks", earliest=latest, latest=latest),
            entity("Country", "Ghana", iso="GH"),
            claims=[claim("PARTICIPATES_IN", "Ghana", "talks")],
        )
    assert press.clusters("Event") == [("talks", 1), ("talks", 2)]


def test_the_canonical_id_is_that_of_the_oldest_article_and_the_undated_come_last(press: Press) -> None:
    press.prints(entity("Person", "Ada Mensah"))
    press.prints(entity("Person", "Ada Mensah"), published="2025-04-24")
    press.prints(entity("Person", "Ada B. Mensah"), published="2024-01-01")
    resolve(press.ledger)
    (ada,) = press.ledger.graph.entities()
    oldest = press.ledger.extraction(press.ids[2]).entities[0].id
    assert (ada.id, ada.name, ada.first_seen, ada.last_seen) == (oldest, "Ada Mensah", "2024-01-01", "2025-04-24")
    assert {press.ledger.graph.canonical(member) for member in ada.members} == {oldest}


def test_a_cluster_says_why_it_is_one(press: Press) -> None:
    press.prints(entity("Organization", "WHC"))
    press.prints(entity("Organization", "World Harbour Council", "WHC"))
    resolve(press.ledger)
    (council,) = press.ledger.graph.entities()
    assert [(r.kind, r.key, r.other, r.size) for r in press.ledger.graph.why_same(council.id)] == [
        ("key", "org|whc", None, 1),
        ("key", "org|world harbour council", None, 1),
        ("acronym", "org|whc", "org|world harbour council", 1),
    ]


# Judgements


def _two_adas(press: Press) -> tuple[str, str]:
    press.prints(entity("Person", "Ada Mensah"), published="2025-01-01", url="https://one.example")
    press.prints(entity("Person", "Ada Mensah"), published="2025-01-02", url="https://two.example")
    resolve(press.ledger)
    one, other = (press.ledger.extraction(own_id).entities[0].id for own_id in press.ids)
    return one, other


def test_two_judged_different_are_two_until_the_judgement_is_taken_back(press: Press) -> None:
    one, other = _two_adas(press)
    press.ledger.judgements.add(one, other, "different", "a person")
    assert press.clusters() == [("Ada Mensah", 1), ("Ada Mensah", 1)]
    rebuild(press.ledger)
    assert press.clusters() == [("Ada Mensah", 1), ("Ada Mensah", 1)]
    press.ledger.judgements.add(one, other, "unsure", "a person")
    assert press.clusters() == [("Ada Mensah", 2)]


def test_what_was_judged_the_same_as_one_held_apart_goes_with_it(press: Press) -> None:
    one, other = _two_adas(press)
    press.prints(entity("Person", "Ada Mensah"), published="2025-01-03")
    third = press.ledger.extraction(press.ids[2]).entities[0].id
    press.ledger.judgements.add(one, other, "different", "a person")
    press.ledger.judgements.add(third, other, "same", "a person")
    assert press.clusters() == [("Ada Mensah", 1), ("Ada Mensah", 2)]


def test_two_judged_the_same_are_one_with_all_that_is_theirs(press: Press) -> None:
    for name in ("Ada Mensah", "Ada Mensah", "Ada Owusu", "Mensah"):
        press.prints(entity("Person", name))
    resolve(press.ledger)
    ids = [press.ledger.extraction(own_id).entities[0].id for own_id in press.ids]
    press.ledger.judgements.add(ids[0], ids[2], "same", "a person")
    press.ledger.judgements.add(ids[3], ids[2], "same", "a person")
    assert press.clusters() == [("Ada Mensah", 4)]


def test_a_judgement_finds_its_entity_again_when_the_article_is_replaced(press: Press) -> None:
    one, other = _two_adas(press)
    press.ledger.judgements.add(one, other, "different", "a person")
    resolve(press.ledger)
    press.ledger.retract(press.ids[1])
    press.prints(entity("Person", "Ada Mensah"), published="2025-01-03", url="https://two.example")
    assert press.clusters() == [("Ada Mensah", 1), ("Ada Mensah", 1)]


# Figures


def test_near_copies_and_one_publisher_are_one_voice(press: Press) -> None:
    wire = "Ada Mensah met Kari Solheim in the old harbour of Tema on a rainy morning, and both left without a word"
    people = (entity("Person", "Ada Mensah"), entity("Person", "Kari Solheim"))
    met = [claim("MEETS", "Ada Mensah", "Kari Solheim", confidence=0.5)]
    press.prints(*people, claims=met, text=f"{wire} to those who waited outside for hours.", publisher="The Wire")
    press.prints(*people, claims=met, text=f"{wire} to those who waited outside for hours!", publisher="Accra Daily")
    press.prints(*people, claims=met, text="Ada Mensah has met Kari Solheim again.", publisher="The Wire")
    press.prints(*people, claims=met, text="Kari Solheim saw Ada Mensah, it is said.", publisher="Baltic Courier")
    resolve(press.ledger)
    (met_relation,) = press.ledger.graph.relations()
    figures = (met_relation.support, met_relation.independent, met_relation.confidence)
    assert figures in {(4, 2, 0.75), (4, 3, 0.875)}


def test_inferred_claims_count_only_where_there_are_no_others(press: Press) -> None:
    pair = (entity("Person", "Ada Mensah"), entity("Country", "Ghana", iso="GH"))
    press.prints(*pair, claims=[claim("CITIZEN_OF", "Ada Mensah", "Ghana", inferred=True, confidence=0.6)])
    resolve(press.ledger)
    (only,) = press.ledger.graph.relations()
    assert (only.support, only.independent, only.confidence, only.inferred) == (0, 0, 0.6, True)
    press.prints(*pair, claims=[claim("CITIZEN_OF", "Ada Mensah", "Ghana", confidence=0.4)])
    resolve(press.ledger)
    (both,) = press.ledger.graph.relations()
    assert (both.support, both.independent, both.confidence, both.inferred) == (1, 1, 0.4, False)


def test_key_qualifiers_and_status_keep_relations_apart_other_qualifiers_do_not(press: Press) -> None:
    given = (entity("Policy", "tariffs", policyKind="tariff"), entity("Country", "Ghana", iso="GH"))
    press.prints(
        *given,
        claims=[
            claim("CHANGES_POLICY", "Ghana", "tariffs", qualifiers={"change": "cut", "value": "5"}),
            claim("CHANGES_POLICY", "Ghana", "tariffs", qualifiers={"change": "cut", "value": "9"}),
            claim("CHANGES_POLICY", "Ghana", "tariffs", qualifiers={"change": "raise"}),
            claim("CHANGES_POLICY", "Ghana", "tariffs", status="planned", qualifiers={"change": "cut"}),
        ],
    )
    resolve(press.ledger)
    found = [(r.status, r.qualifiers["change"], r.support) for r in press.ledger.graph.relations()]
    assert sorted(found) == [("asserted", "cut", 2), ("asserted", "raise", 1), ("planned", "cut", 1)]


def test_a_claim_whose_ends_are_one_entity_is_no_relation(press: Press) -> None:
    press.prints(
        entity("Organization", "World Harbour Council"),
        entity("Organization", "The World Harbour Council"),
        claims=[claim("PART_OF", "World Harbour Council", "The World Harbour Council")],
    )
    assert press.clusters() == [("The World Harbour Council", 1)]
    assert list(press.ledger.graph.relations()) == []
    assert list(press.ledger.graph.claims()) == []


def test_the_article_itself_is_an_end(press: Press) -> None:
    press.prints(entity("MediaOutlet", "Baltic Courier"), claims=[claim("PUBLISHED_BY", ARTICLE, "Baltic Courier")])
    resolve(press.ledger)
    (published,) = press.ledger.graph.relations()
    assert published.subject == press.ids[0]
    assert [e.type for e in press.ledger.graph.entities()] == ["MediaOutlet"]


def test_confidences_come_together() -> None:
    assert [together([0.8]), together([0.5, 0.5]), together([0.9, 0.95, 0.9])] == [0.8, 0.75, 0.99]
