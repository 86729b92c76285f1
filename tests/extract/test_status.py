from collections.abc import Callable

import pytest

from kg.extract.draft import Draft, DraftClaim

Drafted = Callable[..., Draft]


def claim(draft: Draft, type_: str) -> DraftClaim:
    return next(claim for claim in draft.claims if claim.type == type_)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Mensah met Kari Solheim in Geneva.", "asserted"),
        ("Ada Mensah will meet Kari Solheim in Geneva.", "planned"),
        ("Ada Mensah plans to meet Kari Solheim in Geneva.", "planned"),
        ("Ada Mensah is set to meet Kari Solheim in Geneva.", "planned"),
        ("Ada Mensah may meet Kari Solheim in Geneva.", "possible"),
        ("Ada Mensah did not meet Kari Solheim in Geneva.", "denied"),
    ],
)
def test_the_articles_own_voice(drafted: Drafted, text: str, status: str) -> None:
    found = claim(drafted(text), "MEETS")
    assert (found.status, found.attributed_to) == (status, None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Osei Boateng said that Ada Mensah met Kari Solheim in Geneva.", "alleged"),
        ("Osei Boateng denied that Ada Mensah met Kari Solheim in Geneva.", "denied"),
        ("Osei Boateng said that Ada Mensah never met Kari Solheim.", "denied"),
        ("Osei Boateng said that Ada Mensah would meet Kari Solheim in Geneva.", "planned"),
        ("Osei Boateng said that Ada Mensah might meet Kari Solheim in Geneva.", "possible"),
    ],
)
def test_what_a_speaker_says_is_attributed_to_the_statement(drafted: Drafted, text: str, status: str) -> None:
    draft = drafted(text)
    found = claim(draft, "MEETS")
    assert found.status == status
    assert found.attributed_to is draft.statements[0]


def test_denied_negotiations(drafted: Drafted) -> None:
    found = claim(drafted("“There are no negotiations between Ghana and Norway,” Ada Mensah said."), "NEGOTIATES_WITH")
    assert found.status == "denied"
    assert found.attributed_to is not None


def test_an_office_named_beside_the_speaker_is_the_articles_own(drafted: Drafted) -> None:
    draft = drafted("German Chancellor Petra Vogt said that there were no negotiations with Norway.")
    held = claim(draft, "HOLDS_POSITION")
    assert (held.status, held.attributed_to) == ("asserted", None)


def test_an_office_named_in_a_quotation_is_alleged(drafted: Drafted) -> None:
    draft = drafted("“German Chancellor Petra Vogt is wrong,” Ada Mensah said.")
    held = claim(draft, "HOLDS_POSITION")
    assert (held.status, held.attributed_to) == ("alleged", draft.statements[0])


def test_what_follows_from_a_claim_shares_its_status(drafted: Drafted) -> None:
    draft = drafted("“German Chancellor Petra Vogt is wrong,” Ada Mensah said.")
    stands_for = claim(draft, "REPRESENTS")
    assert stands_for.inferred
    assert (stands_for.status, stands_for.attributed_to) == ("alleged", draft.statements[0])


def test_whose_citizen_somebody_is_stays_so_whoever_names_the_office(drafted: Drafted) -> None:
    for text in (
        "“German Chancellor Petra Vogt is wrong,” Ada Mensah said.",
        "Former German Chancellor Petra Vogt spoke to students in Lyon.",
    ):
        citizen = claim(drafted(text), "CITIZEN_OF")
        assert (citizen.status, citizen.attributed_to) == ("asserted", None)


def test_the_title_of_somebody_who_is_criticised_is_the_articles_own(drafted: Drafted) -> None:
    draft = drafted("Ada Mensah criticised German Chancellor Petra Vogt.")
    held = claim(draft, "HOLDS_POSITION")
    assert (held.status, held.attributed_to) == ("asserted", None)
