"""What agents do to each other, in active, passive and nominal clauses."""

from collections.abc import Callable

import pytest

from kg.extract.actions import find
from kg.extract.draft import Draft
from kg.extract.policies import find as find_policies
from kg.model import Extraction

Given = Callable[..., Draft]
Told = Callable[..., list[str]]

NAMES = {
    "Norway": "Country", "Ghana": "Country", "Iran": "Country", "Ada Mensah": "Person", "Mensah": "Person:Ada Mensah",
    "Kari Solheim": "Person", "Solheim": "Person:Kari Solheim", "Osei Boateng": "Person", "Volta Mining": "Company",
    "Kestrel Bank": "Company", "Ministry of Trade": "PublicBody", "officials from Accra": "Group", "Geneva": "Place",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Mensah met Kari Solheim in Geneva.", ["Ada Mensah MEETS Kari Solheim"]),
        ("Ada Mensah met with Kari Solheim.", ["Ada Mensah MEETS Kari Solheim"]),
        ("Ada Mensah and Kari Solheim met in Geneva.", ["Ada Mensah MEETS Kari Solheim"]),
        ("Ada Mensah, who met Kari Solheim, left.", ["Ada Mensah MEETS Kari Solheim"]),
        ("Ada Mensah plans to meet Kari Solheim.", ["Ada Mensah MEETS Kari Solheim"]),
        ("After meeting Kari Solheim, Ada Mensah left.", ["Ada Mensah MEETS Kari Solheim"]),
        ("The officials from Accra had reached out to Norway.", ["officials from Accra CONTACTS Norway"]),
        ("Solheim telephoned Mensah on Sunday.", ["Kari Solheim CONTACTS Ada Mensah"]),
        ("Solheim wrote to Mensah twice.", ["Kari Solheim CONTACTS Ada Mensah"]),
        ("Norway negotiated with Ghana for a year.", ["Norway NEGOTIATES_WITH Ghana"]),
        ("Norway and Ghana are negotiating.", ["Norway NEGOTIATES_WITH Ghana"]),
        ("Norway blacklisted Volta Mining.", ["Norway SANCTIONS Volta Mining"]),
        ("Volta Mining was sanctioned by Norway.", ["Norway SANCTIONS Volta Mining"]),
        ("Norway imposed sanctions on Volta Mining and Kestrel Bank.",
         ["Norway SANCTIONS Kestrel Bank", "Norway SANCTIONS Volta Mining"]),
        ("Boateng said so. Osei Boateng accused Norway of bad faith.", ["Osei Boateng CRITICISES Norway"]),
        ("Norway was criticised by Ada Mensah and Osei Boateng.",
         ["Ada Mensah CRITICISES Norway", "Osei Boateng CRITICISES Norway"]),
        ("Mensah endorsed Osei Boateng.", ["Ada Mensah SUPPORTS Osei Boateng"]),
        ("Mensah praised Norway and condemned Iran.", ["Ada Mensah CRITICISES Iran", "Ada Mensah SUPPORTS Norway"]),
        ("Ghana threatened Norway.", ["Ghana THREATENS Norway"]),
        ("Volta Mining is suing Kestrel Bank.", ["Volta Mining IN_DISPUTE_WITH Kestrel Bank"]),
        ("Volta Mining filed a lawsuit against Kestrel Bank.", ["Volta Mining IN_DISPUTE_WITH Kestrel Bank"]),
        ("The dispute between Norway and Ghana goes on.", ["Norway IN_DISPUTE_WITH Ghana"]),
        ("Norway's trade dispute with Ghana goes on.", ["Norway IN_DISPUTE_WITH Ghana"]),
    ],
)  # fmt: skip
def test_an_action(given: Given, told: Told, text: str, expected: list[str]) -> None:
    assert told(given(text, NAMES, [find])) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mensah met expectations.",
        "Supporters of Ada Mensah criticised friends of Kari Solheim.",
        "Mensah backed down.",
        "Mensah wrote a book on Norway.",
        "Norway's spokesman praised the weather in Ghana.",
        "Mensah and Solheim deal with disputes.",
        "Mensah met Mensah's own goals.",
    ],
)
def test_no_action(given: Given, told: Told, text: str) -> None:
    assert told(given(text, NAMES, [find])) == []


def test_a_policy_is_signed_and_supported(given: Given, told: Told) -> None:
    draft = given(
        "Ada Mensah and Kari Solheim signed the Geneva Treaty. Osei Boateng welcomed the treaty.",
        NAMES,
        [find_policies, find],
    )
    assert told(draft) == [
        "Ada Mensah SIGNED Geneva Treaty",
        "Kari Solheim SIGNED Geneva Treaty",
        "Osei Boateng SUPPORTS Geneva Treaty",
    ]


def test_the_evidence_runs_from_subject_to_object_with_the_trigger(given: Given) -> None:
    draft = given("On Friday Ada Mensah was criticised by Kari Solheim again.", NAMES, [find])
    (claim,) = draft.claims
    assert draft.parse.span_text(claim.start, claim.end) == "Ada Mensah was criticised by Kari Solheim"
    assert (claim.rule, claim.confidence) == ("action.criticises", 0.85)


def test_the_other_side_of_a_dispute_is_the_country_that_the_speaker_serves(given: Given, told: Told) -> None:
    def minister(draft: Draft) -> None:
        person, country = (next(e for e in draft.entities if e.name == name) for name in ("Ada Mensah", "Ghana"))
        draft.claim("MINISTER_OF", person, country, (0, 1), 0.9, "office.test")

    text = "Ada Mensah is Ghana's trade minister. She heard of Mensah's comments on the tensions with Norway."
    draft = given(text, NAMES, [minister, find])
    assert told(draft, "IN_DISPUTE_WITH") == ["Ghana IN_DISPUTE_WITH Norway"]
    assert told(given(text, NAMES, [find]), "IN_DISPUTE_WITH") == []


def test_a_government_is_its_country(given: Given, told: Told) -> None:
    draft = given("The Norway government condemned Ghana.", NAMES, [find])
    assert told(draft) == ["Norway CRITICISES Ghana"]


def _claims(extraction: Extraction, relation: str) -> set[tuple[str, str, str]]:
    names = {e.id: e.name for e in extraction.entities}
    return {(names[c.subject], names[c.object], c.status) for c in extraction.relations if c.type == relation}


def test_a_ministry_that_denies_talks_denies_them_for_its_country(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Norway's Ministry of Commerce has denied that it was in talks with Ghana over tariffs.")
    assert _claims(found, "NEGOTIATES_WITH") == {("Ghana", "Norway", "denied")}


def test_no_negotiations_between_the_two_countries(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Norway and Ghana quarrel. Ana Kerr said there were no negotiations between the two countries.")
    assert _claims(found, "NEGOTIATES_WITH") == {("Ghana", "Norway", "denied")}


def test_negotiators_from_two_countries_negotiate(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Negotiators from Norway and Ghana have held secret talks in Oslo.")
    assert _claims(found, "NEGOTIATES_WITH") == {("Norway", "Ghana", "asserted")}


def test_no_contact_planned_is_denied_for_the_country_of_the_speaker(extracted: Callable[..., Extraction]) -> None:
    text = "A deal is far. Norway's Foreign Minister, Ana Kerr, said on Monday that no contact with Ghana was planned."
    assert _claims(extracted(text), "CONTACTS") == {("Norway", "Ghana", "denied")}


def test_calling_a_capital_is_contact_and_calling_names_is_not(extracted: Callable[..., Extraction]) -> None:
    assert _claims(extracted("Norway did not call Ghana."), "CONTACTS") == {("Norway", "Ghana", "denied")}
    assert _claims(extracted("Norway called Ghana a liar."), "CONTACTS") == set()


def test_a_dinner_is_a_meeting(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr and Ola Brandt had dinner in Oslo on Monday.")
    assert _claims(found, "MEETS") == {("Ana Kerr", "Ola Brandt", "asserted")}


def test_two_who_will_speak_by_phone(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr and Ola Brandt will speak by phone on Tuesday.")
    assert _claims(found, "CONTACTS") == {("Ana Kerr", "Ola Brandt", "planned")}


def test_who_skips_a_summit_does_not_take_part(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr will skip the Oslo Arctic Summit.")
    assert _claims(found, "PARTICIPATES_IN") == {("Ana Kerr", "Oslo Arctic Summit", "denied")}


def test_who_threatens_to_sue_somebody_threatens_him(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr threatened to sue Ola Brandt over the letter.")
    assert _claims(found, "THREATENS") == {("Ana Kerr", "Ola Brandt", "asserted")}


def test_support_that_is_voiced(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr voiced her support for Ola Brandt on Monday.")
    assert _claims(found, "SUPPORTS") == {("Ana Kerr", "Ola Brandt", "asserted")}


def test_the_two_ministers_are_those_named_last(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Ana Kerr wrote to Ola Brandt in June, and in July the two ministers met in Geneva.")
    assert _claims(found, "MEETS") == {("Ola Brandt", "Ana Kerr", "asserted")}
