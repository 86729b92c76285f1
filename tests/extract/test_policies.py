"""Policies: what names one, who issues it, at whom it aims, who changes it and how."""

from collections.abc import Callable

import pytest

from kg.extract.draft import Draft
from kg.extract.policies import find
from kg.model import Extraction

Given = Callable[..., Draft]
Told = Callable[..., list[str]]

NAMES = {
    "Norway": "Country", "Norwegian": "Country:Norway", "Ghana": "Country", "Ghanaian": "Country:Ghana",
    "U.S.": "Country:United States", "China": "Country", "Chinese": "Country:China", "Iran": "Country",
    "Ada Mensah": "Person", "Mensah": "Person:Ada Mensah", "Kari Solheim": "Person", "Volta Mining": "Company",
    "Bank of Ghana": "PublicBody", "House of Representatives": "PublicBody",
}  # fmt: skip


@pytest.fixture
def policies(given: Given) -> Callable[[str], Draft]:
    return lambda text: given(text, NAMES, [find])


def named(draft: Draft) -> dict[str, str]:
    return {e.name: e.attributes["policyKind"] for e in draft.named("Policy")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tariffs on China hurt.", {"tariffs on China": "tariff"}),
        ("They spoke of the levies.", {"levies": "tariff"}),
        ("A 12% duty on cocoa is unfair.", {"tariffs": "tariff"}),
        ("New sanctions against Iran loom.", {"sanctions on Iran": "sanction"}),
        ("Export controls will follow.", {"export controls": "exportControl"}),
        ("The Home Battery Support Bill passed.", {"Home Battery Support Bill": "bill"}),
        ("He cited the Storage Industry Act.", {"Storage Industry Act": "law"}),
        ("They signed the Auckland Memorandum.", {"Auckland Memorandum": "agreement"}),
        ("She issued an executive order.", {"executive order": "executiveOrder"}),
        ("A trade deal is near.", {"trade deal": "agreement"}),
        ("Fuel subsidies cost a lot.", {"fuel subsidies": "subsidy"}),
        ("A travel ban was next.", {"travel ban": "other"}),
    ],
)
def test_what_names_a_policy(policies: Callable[[str], Draft], text: str, expected: dict[str, str]) -> None:
    assert named(policies(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She was on duty at night.",
        "Household bills will rise.",
        "It is against the law.",
        "It was a great deal of work.",
        "Mortgage interest rates rose.",
        "The referee applied a sanction.",
        "He took control of the ball.",
    ],
)
def test_what_names_none(policies: Callable[[str], Draft], text: str) -> None:
    assert named(policies(text)) == {}


@pytest.mark.parametrize(
    ("text", "issued", "targets"),
    [
        ("Norway's levy on Ghanaian cocoa drew protests.", "Norway", "Ghana"),
        ("U.S. tariffs on China stay.", "United States", "China"),
        ("The tariffs imposed by Norway on cells made in Ghana stay.", "Norway", "Ghana"),
        ("The duty hit Ghana after Norway imposed tariffs on Ghana.", "Norway", "Ghana"),
        ("Norway slapped tariffs on goods from Ghana.", "Norway", "Ghana"),
        ("Norway hit Ghana with new tariffs.", "Norway", "Ghana"),
        ("Norwegian sanctions against Volta Mining remain in force.", "Norway", "Volta Mining"),
        ("U.S. sanctions targeting Iran bite.", "United States", "Iran"),
    ],
)
def test_issuer_and_target(policies: Callable[[str], Draft], told: Told, text: str, issued: str, targets: str) -> None:
    draft = policies(text)
    assert {line.split(" ISSUED_BY ")[1] for line in told(draft, "ISSUED_BY")} == {issued}
    assert {line.split(" TARGETS ")[1] for line in told(draft, "TARGETS")} == {targets}
    assert len(draft.named("Policy")) == 1


def test_a_country_as_a_noun_before_sanctions_is_their_target(policies: Callable[[str], Draft], told: Told) -> None:
    draft = policies("The Iran sanctions stay.")
    assert told(draft) == ["sanctions on Iran TARGETS Iran"]


def test_a_pair_of_countries_is_read_by_the_rest_of_the_article(policies: Callable[[str], Draft], told: Told) -> None:
    draft = policies("He will abolish all tariffs on China. They spoke of U.S.-China tariffs and of the U.S. side.")
    assert told(draft, "ISSUED_BY") == ["United States tariffs on China ISSUED_BY United States"]
    assert told(draft, "TARGETS") == ["United States tariffs on China TARGETS China"]


def test_tariffs_and_the_answer_to_them_are_two(policies: Callable[[str], Draft]) -> None:
    draft = policies("U.S. tariffs on China stay. Chinese tariffs on the U.S. stay too. The tariffs hurt.")
    assert sorted(named(draft)) == ["China tariffs on United States", "United States tariffs on China"]


def test_later_mentions_are_of_the_policy_named_before(policies: Callable[[str], Draft]) -> None:
    draft = policies("Norway's tariffs on Ghana stay. The high tariffs hurt. The levies, the duty and the measures do.")
    (policy,) = draft.named("Policy")
    texts = [draft.parse.text[m.lo : m.hi] for m in policy.mentions]
    assert texts == ["tariffs on Ghana", "The high tariffs", "The levies", "the duty", "the measures"]
    assert {m.kind for m in policy.mentions} == {"nominal"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway suspended its tariffs on Ghana.", ["Norway change=suspend"]),
        ("Ghana will cut the tariffs on Norway to 12.5 percent.",
         ["Ghana bound=exact change=cut unit=percent value=12.5"]),
        ("Norway imposed a 20% tariff on Ghana.", ["Norway bound=exact change=impose unit=percent value=20"]),
        ("The tariffs on Ghana were abolished by Norway.", ["Norway change=abolish"]),
        ("Mensah hinted at a potential review of the tariffs on Ghana.", ["Ada Mensah (possible) change=review"]),
        ("Mensah pledged a significant reduction in the tariffs.", ["Ada Mensah (planned) change=cut"]),
        ("Mensah ruled out a further increase in the tariffs.", ["Ada Mensah (denied) change=raise"]),
        ("Mensah's threat to impose tariffs on Norway failed.", ["Ada Mensah (possible) change=impose"]),
        ("Ghana renewed its sanctions on Iran.", ["Ghana change=extend"]),
        ("The Bank of Ghana raised its policy rate.", ["Bank of Ghana change=raise"]),
        ("Norway put off the tariffs.", ["Norway change=suspend"]),
        ("Norway put the tariffs first.", []),
    ],
)  # fmt: skip
def test_who_changes_a_policy_and_how(
    policies: Callable[[str], Draft], told: Told, text: str, expected: list[str]
) -> None:
    draft = policies(text)
    (policy,) = draft.named("Policy")
    lines = told(draft, "CHANGES_POLICY")
    assert [line.replace(f"CHANGES_POLICY {policy.name} ", "") for line in lines] == expected


def test_a_pronoun_for_the_policy_takes_the_agent_of_its_sentence(policies: Callable[[str], Draft], told: Told) -> None:
    draft = policies("Mensah pledged a reduction in the tariffs on Norway, although they will not be abolished.")
    assert told(draft, "CHANGES_POLICY") == [
        "Ada Mensah CHANGES_POLICY tariffs on Norway (denied) change=abolish",
        "Ada Mensah CHANGES_POLICY tariffs on Norway (planned) change=cut",
    ]


def test_the_evidence_covers_agent_trigger_and_policy(policies: Callable[[str], Draft]) -> None:
    draft = policies("On Friday Ada Mensah hinted at a review of the high tariffs there.")
    (claim,) = [c for c in draft.claims if c.type == "CHANGES_POLICY"]
    assert draft.parse.span_text(claim.start, claim.end) == "Ada Mensah hinted at a review of the high tariffs"


def test_who_could_abolish_tariffs_issues_them_as_an_inference(policies: Callable[[str], Draft], told: Told) -> None:
    draft = policies("If Norway wants peace, Norway should abolish all tariffs on Ghana.")
    issued = [c for c in draft.claims if c.type == "ISSUED_BY"]
    assert told(draft, "ISSUED_BY") == ["Norway tariffs on Ghana ISSUED_BY Norway"]
    assert [(c.inferred, [p.type for p in c.premises]) for c in issued] == [(True, ["CHANGES_POLICY"])]


def test_proposed_tariffs_are_planned(policies: Callable[[str], Draft], told: Told) -> None:
    assert told(policies("Norway's proposed tariffs on Ghana worry many."), "TARGETS") == [
        "Norway tariffs on Ghana TARGETS Ghana (planned)"
    ]


def test_sanctions_of_one_on_another(policies: Callable[[str], Draft], told: Told) -> None:
    assert told(policies("Norway's sanctions on Volta Mining remain in force."), "SANCTIONS") == [
        "Norway SANCTIONS Volta Mining"
    ]


def test_a_threat_to_raise_tariffs_threatens_their_target(policies: Callable[[str], Draft], told: Told) -> None:
    draft = policies("Norway's tariffs on Ghana stay. Norway threatened to raise the tariffs.")
    assert told(draft, "THREATENS") == ["Norway THREATENS Ghana"]


def test_a_named_policy_found_as_another_type_becomes_a_policy(given: Given) -> None:
    draft = given("The Paris Agreement holds.", {"Paris Agreement": "Event"}, [find])
    assert named(draft) == {"Paris Agreement": "agreement"}


def test_the_bill_means_the_bill_named_before(policies: Callable[[str], Draft], told: Told) -> None:
    draft = policies("The House of Representatives passed the Home Battery Support Bill. Mensah likes the bill.")
    (policy,) = draft.named("Policy")
    assert [draft.parse.text[m.lo : m.hi] for m in policy.mentions] == ["Home Battery Support Bill", "the bill"]
    assert told(draft, "ISSUED_BY") == ["Home Battery Support Bill ISSUED_BY House of Representatives"]


def test_a_tariff_that_is_cut_by_nobody_in_particular_is_cut_by_the_country_whose_it_is(
    extracted: Callable[..., Extraction],
) -> None:
    found = extracted("Norway's tariff on Ghanaian cocoa was suspended for a year.")
    names = {e.id: e.name for e in found.entities}
    changes = [(names[c.subject], c.qualifiers["change"]) for c in found.relations if c.type == "CHANGES_POLICY"]
    assert changes == [("Norway", "suspend")]


def test_who_considers_a_ban_may_impose_it(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Iran is considering a ban on British ships.")
    changes = [(c.qualifiers["change"], c.status) for c in found.relations if c.type == "CHANGES_POLICY"]
    assert changes == [("impose", "possible")]
