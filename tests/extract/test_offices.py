from collections.abc import Callable

import pytest

from kg.extract.draft import Draft, DraftEntity, Node

Drafted = Callable[..., Draft]


def claims(draft: Draft, *, inferred: bool = False) -> set[tuple[str, ...]]:
    found = [c for c in draft.claims if c.inferred == inferred]
    return {(name_of(c.subject), c.type, name_of(c.object), c.status) for c in found}


def name_of(node: Node) -> str:
    assert isinstance(node, DraftEntity)
    return node.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norwegian Trade Minister Kari Solheim arrived on Monday.",
            ("Kari Solheim", "MINISTER_OF", "Norway", "asserted"),
        ),
        ("German Chancellor Ada Brandt spoke.", ("Ada Brandt", "HEAD_OF", "Germany", "asserted")),
        (
            "Former Ghanaian president Osei Boateng died.",
            ("Osei Boateng", "HEAD_OF", "Ghana", "ended"),
        ),
        (
            "Per Haugland, chief executive of Norvik Shipping, sold shares.",
            ("Per Haugland", "HEAD_OF", "Norvik Shipping", "asserted"),
        ),
        (
            "Norvik Shipping's chief executive, Per Haugland, sold shares.",
            ("Per Haugland", "HEAD_OF", "Norvik Shipping", "asserted"),
        ),
        (
            "Ada Mensah is the chairman of Norvik Shipping.",
            ("Ada Mensah", "HEAD_OF", "Norvik Shipping", "asserted"),
        ),
        (
            "Jonas Berg, a spokesman for Amnesty International, declined to comment.",
            ("Jonas Berg", "SPOKESPERSON_FOR", "Amnesty International", "asserted"),
        ),
        (
            "Mei Tanaka, an economist at Kestrel Bank, expects a cut in June.",
            ("Mei Tanaka", "EMPLOYED_BY", "Kestrel Bank", "asserted"),
        ),
        ("Sen. Dale Whitcomb (R-Ohio) called it a mistake.", ("Dale Whitcomb", "REPRESENTS", "Ohio", "asserted")),
        (
            "Sen. Dale Whitcomb (R-Ohio) called it a mistake.",
            ("Dale Whitcomb", "MEMBER_OF", "Republican Party", "asserted"),
        ),
        ("The Norwegian painter Per Haugland died.", ("Per Haugland", "CITIZEN_OF", "Norway", "asserted")),
        (
            "The head of the Kestrel Bank branch in Oslo, Per Haugland, criticised the plan.",
            ("Per Haugland", "HEAD_OF", "Kestrel Bank", "asserted"),
        ),
        (
            "Norway's prime minister at the time, Kari Solheim, rejected it.",
            ("Kari Solheim", "HEAD_OF", "Norway", "ended"),
        ),
        (
            "Osei Boateng, the current governor of Ghana's Ashanti region, spoke.",
            ("Osei Boateng", "HEAD_OF", "Ashanti", "asserted"),
        ),
        (
            "A member of Norway's upper house of parliament, Kari Solheim, filed a lawsuit.",
            ("Kari Solheim", "REPRESENTS", "Norway", "asserted"),
        ),
        ("Norway's ambassador to Ghana, Per Haugland, left.", ("Per Haugland", "REPRESENTS", "Norway", "asserted")),
        ("Norway's famous painter Per Haugland died.", ("Per Haugland", "CITIZEN_OF", "Norway", "asserted")),
        ("Ghana's leader, President Osei Boateng, spoke.", ("Osei Boateng", "HEAD_OF", "Ghana", "asserted")),
        ("Per Haugland (pictured) of Greenpeace objected.", ("Per Haugland", "EMPLOYED_BY", "Greenpeace", "asserted")),
        ("Greenpeace protested. Leader Per Haugland was held.", ("Per Haugland", "HEAD_OF", "Greenpeace", "asserted")),
        ("President Obama spoke to reporters.", ("Obama", "HEAD_OF", "United States", "asserted")),
    ],
)
def test_an_office_phrase_ties_its_holder_to_what_it_names(
    drafted: Drafted, text: str, expected: tuple[str, ...]
) -> None:
    assert expected in claims(drafted(text, until="agencies"))


def test_a_secretary_holds_a_position_in_a_department_the_article_does_not_name(drafted: Drafted) -> None:
    draft = drafted("U.S. Treasury Secretary Dale Whitcomb spoke.", until="agencies")
    assert claims(draft) >= {
        ("Dale Whitcomb", "HOLDS_POSITION", "Secretary of the Treasury of the United States", "asserted"),
        (
            "Secretary of the Treasury of the United States",
            "POSITION_IN",
            "United States Department of the Treasury",
            "asserted",
        ),
        ("United States Department of the Treasury", "AGENCY_OF", "United States", "asserted"),
    }


def test_a_title_alone_means_its_holder(drafted: Drafted) -> None:
    draft = drafted("U.S. Treasury Secretary Dale Whitcomb spoke. The Treasury Secretary was brief.", until="agencies")
    person = draft.named("Person")[0]
    assert [(draft.parse.text[m.lo : m.hi], m.kind) for m in person.mentions] == [
        ("Dale Whitcomb", "name"),
        ("The Treasury Secretary", "nominal"),
    ]


def test_a_spokesman_of_a_ministry_named_before(drafted: Drafted) -> None:
    draft = drafted(
        "China’s Ministry of Commerce met reporters. Ministry Spokesman He Yadong called on the U.S. to listen.",
        until="agencies",
    )
    assert (
        "He Yadong",
        "HOLDS_POSITION",
        "Spokesperson of the Ministry of Commerce of China",
        "asserted",
    ) in claims(draft)


def test_an_opposition_leader_does_not_head_the_country(drafted: Drafted) -> None:
    draft = drafted("Ghanaian opposition leader Osei Boateng spoke.", until="agencies")
    assert ("Osei Boateng", "CITIZEN_OF", "Ghana", "asserted") in claims(draft)
    assert not [c for c in draft.claims if c.type == "HEAD_OF"]


def test_a_head_of_government_is_a_citizen_by_inference_with_its_premise(drafted: Drafted) -> None:
    draft = drafted("German Chancellor Ada Brandt spoke.", until="credits_")
    assert claims(draft, inferred=True) == {
        ("Ada Brandt", "REPRESENTS", "Germany", "asserted"),
        ("Ada Brandt", "CITIZEN_OF", "Germany", "asserted"),
    }
    for claim in draft.claims:
        if claim.inferred:
            assert [p.type for p in claim.premises] == ["HEAD_OF"]
            assert claim.confidence <= claim.premises[0].confidence


def test_an_occupation_is_no_position(drafted: Drafted) -> None:
    draft = drafted("Mei Tanaka, an economist at Kestrel Bank, expects a cut in June.", until="agencies")
    assert draft.named("Position") == []


def test_two_titles_side_by_side_share_their_body(drafted: Drafted) -> None:
    draft = drafted("Per Haugland, president and chief executive officer of Norvik Shipping, spoke.", until="agencies")
    assert {name_of(c.object) for c in draft.claims if c.type == "HEAD_OF"} == {"Norvik Shipping"}


def test_relatives(drafted: Drafted) -> None:
    draft = drafted("Per Haugland spoke. His wife, Ingrid Haugland, sits on the board.", until="agencies")
    claim = next(c for c in draft.claims if c.type == "FAMILY_OF")
    assert (name_of(claim.subject), name_of(claim.object), claim.qualifiers) == (
        "Per Haugland",
        "Ingrid Haugland",
        {"kinship": "wife"},
    )


def test_a_bare_title_lends_no_country_where_the_article_is_about_two(drafted: Drafted) -> None:
    text = "Norway will tax cells from Sweden. Prime Minister Ruth Ballantyne backed it. Sweden objects. Norway waits."
    draft = drafted(text, until="agencies")
    assert claims(draft) == set()


def test_a_bare_title_goes_to_the_country_whose_names_its_holder_could_have(drafted: Drafted) -> None:
    text = "Australia will tax cells from South Korea. Prime Minister Ruth Ballantyne backed it. South Korea objects."
    draft = drafted(text + " Commerce Minister Ryu Tae-gyeom waits.", until="agencies")
    assert {c for c in claims(draft) if c[1] in {"HEAD_OF", "MINISTER_OF"}} == {
        ("Ruth Ballantyne", "HEAD_OF", "Australia", "asserted"),
        ("Ryu Tae-gyeom", "MINISTER_OF", "South Korea", "asserted"),
    }


def test_a_minister_holds_the_ministry_that_the_article_names(drafted: Drafted) -> None:
    text = "Norway's Ministry of Commerce and Fisheries objects. Commerce Minister Ana Kerr said Norway would wait."
    found = {c for c in claims(drafted(text, until="policies")) if c[1] == "MINISTER_OF"}
    assert found == {
        ("Ana Kerr", "MINISTER_OF", "Norway", "asserted"),
        ("Ana Kerr", "MINISTER_OF", "Ministry of Commerce of Norway", "asserted"),
    }


def test_a_bare_spokesperson_speaks_for_the_only_body_before(drafted: Drafted) -> None:
    text = "Norway's Ministry of Commerce objects. Spokesperson Ana Kerr said so."
    found = {c for c in claims(drafted(text, until="policies")) if c[1] == "SPOKESPERSON_FOR"}
    assert found == {("Ana Kerr", "SPOKESPERSON_FOR", "Ministry of Commerce of Norway", "asserted")}


def test_a_shadow_treasurer_is_no_minister(drafted: Drafted) -> None:
    found = claims(drafted("Australia waits. Shadow Treasurer Marcus Fell objected.", until="policies"))
    assert ("Marcus Fell", "HOLDS_POSITION", "Shadow Treasurer of Australia", "asserted") in found
    assert {c for c in found if c[1] == "MINISTER_OF"} == set()


def test_an_honourable_minister_with_letters_behind_his_name(drafted: Drafted) -> None:
    text = "The Norwegian Minister for Foreign Affairs, the Hon Idris Calloway MP, today announced sanctions."
    assert ("Idris Calloway", "MINISTER_OF", "Norway", "asserted") in claims(drafted(text, until="policies"))


@pytest.mark.parametrize(
    "text",
    [
        "Norway taxed cells. Norway and Sweden talk. Norway waits. Senior Vice President Ruth Ballantyne left.",
        "Norway waits. Norway taxed cells. Gov. Ruth Ballantyne left.",
        "The United States waits. The United States taxed cells. State Rep. Ruth Ballantyne left.",
        "Norway waits. Norway taxed cells. Nobody knew what president Ruth Ballantyne would do.",
        "Ghanaian President Kari Solheim waits. Ghana talks of Cuba. President Ruth Ballantyne left.",
    ],
)
def test_a_title_that_need_not_be_the_states_lends_its_holder_no_country(drafted: Drafted, text: str) -> None:
    assert not {c for c in claims(drafted(text, until="agencies")) if c[0] == "Ruth Ballantyne"}


def test_who_once_held_an_office_held_that_of_the_country_the_article_is_about(drafted: Drafted) -> None:
    text = "Ghanaian President Kari Solheim waits. Ghana talks. Former President Ruth Ballantyne left."
    assert ("Ruth Ballantyne", "HEAD_OF", "Ghana", "ended") in claims(drafted(text, until="agencies"))


def test_an_ambassador_does_not_represent_where_he_is_posted(drafted: Drafted) -> None:
    draft = drafted("Per Haugland served as Norway's ambassador to Ghana.", until="agencies")
    assert not [c for c in draft.claims if name_of(c.object) == "Ghana"]


def test_who_heads_a_part_of_a_body_is_employed_by_it(drafted: Drafted) -> None:
    draft = drafted("Kestrel Bank online chief Per Haugland withdrew the post.", until="agencies")
    assert {c.type for c in draft.claims if name_of(c.object) == "Kestrel Bank"} == {"EMPLOYED_BY"}


def test_somebody_known_is_of_a_country_that_the_article_names_and_only_then(drafted: Drafted) -> None:
    there = drafted("Angela Merkel left. The mood in Germany was calm.", until="agencies")
    assert ("Angela Merkel", "CITIZEN_OF", "Germany", "asserted") in claims(there)
    assert claims(drafted("Angela Merkel left. The mood was calm.", until="agencies")) == set()


def test_a_minister_of_nothing_in_particular_holds_no_office_with_a_name(drafted: Drafted) -> None:
    draft = drafted("Norway sent a negotiator. Its minister, Petra Vogt, told reporters on Monday that talks went on.")
    assert not [e for e in draft.entities if e.type == "Position"]
    assert ("Petra Vogt", "MINISTER_OF", "Norway", "asserted") in claims(draft)
