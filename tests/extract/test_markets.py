"""Tickers in every shape; what rose or fell, by how much, and why."""

from collections.abc import Callable

import pytest

from kg.extract.draft import Draft, DraftEntity
from kg.extract.markets import find_moves, find_tickers
from kg.extract.policies import find as find_policies
from kg.model import Extraction

Given = Callable[..., Draft]
Told = Callable[..., list[str]]


def tickers_of(draft: Draft) -> dict[str, str]:
    return {e.name: e.identifiers["ticker"] for e in draft.entities if "ticker" in e.identifiers}


def moves(draft: Draft) -> dict[str, dict[str, str]]:
    found = {}
    for claim in draft.claims:
        if claim.type == "MOVED" and isinstance(claim.subject, DraftEntity) and isinstance(claim.object, DraftEntity):
            attributes = dict(claim.object.attributes)
            assert attributes.pop("eventKind") == "marketMove"
            found[claim.subject.name] = attributes
    return found


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Orbel Group Holding ORBL climbed.", {"Orbel Group Holding": "Organization"}, {"Orbel Group Holding": "ORBL"}),
        ("Tirana, Inc TRNA rose.", {"Tirana": "Place", "Inc": "Organization"}, {"Tirana, Inc": "TRNA"}),
        ("Kestrel (NASDAQ: KSTR) rose.", {"Kestrel": "Organization"}, {"Kestrel": "KSTR"}),
        ("Kestrel (NYSE:KST) rose.", {"Kestrel": "Organization"}, {"Kestrel": "KST"}),
        ("Volta Corp <VLT.N> said net rose.", {"Volta Corp": "Organization"}, {"Volta Corp": "VLT"}),
        ("Volta Corp <VLT> said net rose.", {"Volta Corp": "Organization"}, {"Volta Corp": "VLT"}),
        ("Kestrel Bank (KSB.L) fell.", {"Kestrel Bank": "Organization"}, {"Kestrel Bank": "KSB"}),
        ("Smaller rival Dune Cells Inc. (DNCL) fell.", {"Dune Cells Inc.": "Company"}, {"Dune Cells Inc.": "DNCL"}),
        ("Traders love $KSTR today.", {}, {"KSTR": "KSTR"}),
        ("Chilean Brine Works SA BRWK rose.", {"Chilean": "Country:Chile"}, {"Brine Works SA": "BRWK"}),
    ],
)
def test_a_ticker_names_the_company_before_it(
    given: Given, text: str, names: dict[str, str], expected: dict[str, str]
) -> None:
    draft = given(text, names, [find_tickers])
    assert tickers_of(draft) == expected
    company = next(e for e in draft.entities if e.name in expected)
    assert company.type == "Company"
    assert [draft.parse.text[m.lo : m.hi] for m in company.mentions] == list(expected)


@pytest.mark.parametrize(
    "text",
    [
        "The Department of Harbour Trade (DHT) said no.",
        "Kestrel Bank CEO Ada Mensah resigned.",
        "The World Cocoa Organization (WCO) met.",
        "It costs $5 in the US.",
        "Perth Avon (PA) said nothing.",
    ],
)
def test_an_acronym_is_no_ticker(given: Given, text: str) -> None:
    names = {"Department of Harbour Trade": "PublicBody", "Kestrel Bank": "Company", "Perth Avon": "Place"}
    assert tickers_of(given(text, names, [find_tickers])) == {}


def test_three_companies_with_tickers_share_one_verb(given: Given) -> None:
    draft = given(
        "Orbel Group Holding ORBL, PDQ Holdings Inc PDQ and Tirana, Inc TRNA climbed over 2% on Wednesday, "
        "amid optimism over a truce.",
        {"Orbel Group Holding ORBL": "Organization", "PDQ Holdings Inc": "Organization", "Tirana": "Place"},
        [find_tickers, find_moves],
    )
    expected = {
        "direction": "up", "value": "2", "unit": "percent", "bound": "moreThan", "cause": "amid optimism over a truce",
    }  # fmt: skip
    assert moves(draft) == {"Orbel Group Holding": expected, "PDQ Holdings Inc": expected, "Tirana, Inc": expected}


@pytest.mark.parametrize(
    ("text", "mover", "expected"),
    [
        ("Shares in Kestrel Bank slid 4.8% in Oslo on Wednesday.", "Kestrel Bank", "down 4.8 percent exact"),
        ("Kestrel Bank shares gained 1.4 percent.", "Kestrel Bank", "up 1.4 percent exact"),
        ("Kestrel Bank lost nearly 3 per cent to 45.20.", "Kestrel Bank", "down 3 percent lessThan"),
        ("Kestrel Bank closed 2.4% lower on Monday.", "Kestrel Bank", "down 2.4 percent exact"),
        ("Stock in Kestrel Bank is up about 3.7%.", "Kestrel Bank", "up 3.7 percent about"),
        ("The KOSPI lost 0.9%.", "KOSPI", "down 0.9 percent exact"),
        ("The Nikkei 225 rose 112.5 points.", "Nikkei 225", "up 112.5 points exact"),
        ("Brent crude fell 2 percent.", "Brent crude", "down 2 percent exact"),
        ("Gold jumped more than 1%.", "gold", "up 1 percent moreThan"),
        ("The move sent the Australian dollar up 0.4 per cent.", "Australian dollar", "up 0.4 percent exact"),
        ("The S&P/ASX 200 closed flat.", "S&P/ASX 200", "flat"),
        ("The yen was little changed.", "yen", "flat"),
        ("The yen eased to 151.2 per dollar.", "yen", "down"),
    ],
)
def test_a_move_has_direction_value_unit_and_bound(given: Given, text: str, mover: str, expected: str) -> None:
    draft = given(text, {"Kestrel Bank": "Company"}, [find_tickers, find_moves])
    found = moves(draft)
    assert list(found) == [mover]
    attributes = found[mover]
    assert " ".join(attributes[k] for k in ("direction", "value", "unit", "bound") if k in attributes) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sales at Kestrel Bank rose 5%.",
        "Kestrel Bank gained 3% market share.",
        "Kestrel Bank lost its appeal.",
        "Kestrel Bank added a branch.",
        "The euro does not rise.",
        "He fell ill.",
    ],
)
def test_what_is_no_move_of_a_price(given: Given, text: str) -> None:
    assert moves(given(text, {"Kestrel Bank": "Company"}, [find_tickers, find_moves])) == {}


def test_a_clause_between_subject_and_verb(given: Given) -> None:
    draft = given(
        "Murray Grid Ltd MGLD, which buys its cells from Orbel, sank 7.5% on fears of dearer imports.",
        {"Murray Grid Ltd": "Company", "Orbel": "Company"},
        [find_tickers, find_moves],
    )
    assert list(moves(draft)) == ["Murray Grid Ltd"]
    assert moves(draft)["Murray Grid Ltd"]["cause"] == "on fears of dearer imports"


def test_a_weekday_is_no_cause(given: Given) -> None:
    draft = given("Shares of Kestrel Bank rose 2% on Friday.", {"Kestrel Bank": "Company"}, [find_tickers, find_moves])
    assert "cause" not in moves(draft)["Kestrel Bank"]


def test_the_policy_in_a_cause_affects_the_move(given: Given, told: Told) -> None:
    draft = given(
        "Shares in Kestrel Bank fell 3% after Norway imposed tariffs on Ghana.",
        {"Kestrel Bank": "Company", "Norway": "Country", "Ghana": "Country"},
        [find_tickers, find_policies, find_moves],
    )
    assert told(draft, "AFFECTS") == ["Norway tariffs on Ghana AFFECTS Kestrel Bank down 3%"]


def test_whoever_has_shares_is_a_company(given: Given) -> None:
    draft = given("Shares of Yarra rose 2%.", {"Yarra": "Organization"}, [find_tickers, find_moves])
    assert [e.type for e in draft.entities if e.name == "Yarra"] == ["Company"]


def test_a_later_bare_ticker_is_the_company(given: Given) -> None:
    draft = given(
        "Orbel Group Holding ORBL rose. ORBL had fallen before.",
        {"Orbel Group Holding": "Organization", "ORBL": "Organization"},
        [find_tickers],
    )
    assert [e.name for e in draft.entities] == ["Orbel Group Holding"]


def test_a_name_with_shares_is_a_company_whoever_knew_it(extracted: Callable[..., Extraction]) -> None:
    found = extracted("Shares in Murray Grid Storage rose 2.1 per cent in early trade.")
    names = {e.id: (e.type, e.name) for e in found.entities}
    assert [names[c.subject] for c in found.relations if c.type == "MOVED"] == [("Company", "Murray Grid Storage")]


def test_shares_in_a_town_are_nobodys(extracted: Callable[..., Extraction]) -> None:
    assert [c for c in extracted("Shares in Seoul rose 2 percent.").relations if c.type == "MOVED"] == []
