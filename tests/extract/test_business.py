"""Who owns, buys, supplies, partners or competes with whom; seats and listings."""

from collections.abc import Callable

import pytest

from kg.extract.business import find
from kg.extract.draft import Draft
from kg.extract.markets import find_tickers

Given = Callable[..., Draft]
Told = Callable[..., list[str]]

NAMES = {
    "Kestrel Bank": "Company", "Volta Mining": "Company", "Yarra Cells": "Company", "Orbel": "Company",
    "Ada Mensah": "Person", "Berlin": "Place", "Accra": "Place", "Ghana": "Country", "Norway": "Country",
    "Harbour Authority": "PublicBody", "Civic Union": "PoliticalParty",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kestrel Bank acquired Volta Mining in 2019.", ["Kestrel Bank ACQUIRES Volta Mining"]),
        ("Volta Mining was bought by Kestrel Bank.", ["Kestrel Bank ACQUIRES Volta Mining"]),
        ("Volta Mining, which Kestrel Bank has agreed to buy, fell.", ["Kestrel Bank ACQUIRES Volta Mining"]),
        ("Kestrel Bank's acquisition of Volta Mining failed.", ["Kestrel Bank ACQUIRES Volta Mining"]),
        ("Kestrel Bank's bid for Volta Mining failed.", ["Kestrel Bank ACQUIRES Volta Mining (planned)"]),
        ("Kestrel Bank owns Volta Mining.", ["Kestrel Bank OWNS Volta Mining"]),
        ("Volta Mining, a firm owned by Kestrel Bank, grew.", ["Kestrel Bank OWNS Volta Mining"]),
        ("Ada Mensah, the owner of Volta Mining, left.", ["Ada Mensah OWNS Volta Mining"]),
        ("Volta Mining's owner, Ada Mensah, left.", ["Ada Mensah OWNS Volta Mining"]),
        ("Kestrel Bank holds a 30% stake in Volta Mining.", ["Kestrel Bank OWNS Volta Mining share=30"]),
        ("Kestrel Bank sold its stake in Volta Mining.", ["Kestrel Bank OWNS Volta Mining (ended)"]),
        ("Volta Mining, a subsidiary of Kestrel Bank, grew.", ["Volta Mining SUBSIDIARY_OF Kestrel Bank"]),
        ("Volta Mining is a unit of Kestrel Bank.", ["Volta Mining SUBSIDIARY_OF Kestrel Bank"]),
        ("Kestrel Bank, the parent of Volta Mining, grew.", ["Volta Mining SUBSIDIARY_OF Kestrel Bank"]),
        ("Kestrel Bank invested $3 million in Volta Mining.", ["Kestrel Bank INVESTS_IN Volta Mining"]),
        ("Volta Mining supplies lithium to Yarra Cells.", ["Volta Mining SUPPLIES Yarra Cells"]),
        ("Orbel supplies Yarra Cells and Volta Mining.",
         ["Orbel SUPPLIES Volta Mining", "Orbel SUPPLIES Yarra Cells"]),
        ("Yarra Cells, which buys lithium from Volta Mining, grew.", ["Volta Mining SUPPLIES Yarra Cells"]),
        ("Yarra Cells, a customer of Volta Mining, grew.", ["Volta Mining SUPPLIES Yarra Cells"]),
        ("Orbel partnered with Yarra Cells.", ["Orbel PARTNERS_WITH Yarra Cells"]),
        ("Orbel competes with Yarra Cells and Volta Mining.",
         ["Orbel COMPETES_WITH Volta Mining", "Orbel COMPETES_WITH Yarra Cells"]),
        ("Ada Mensah founded Volta Mining in 2001.", ["Volta Mining FOUNDED_BY Ada Mensah"]),
        ("Volta Mining was founded by Ada Mensah.", ["Volta Mining FOUNDED_BY Ada Mensah"]),
        ("Volta Mining founder Ada Mensah left.", ["Volta Mining FOUNDED_BY Ada Mensah"]),
        ("The Harbour Authority fined Kestrel Bank.", ["Harbour Authority REGULATES Kestrel Bank"]),
        ("Berlin-based Orbel grew.", ["Orbel BASED_IN Berlin"]),
        ("Orbel, headquartered in Berlin, grew.", ["Orbel BASED_IN Berlin"]),
        ("Volta Mining, a miner registered in Ghana, grew.", ["Volta Mining BASED_IN Ghana"]),
    ],
)  # fmt: skip
def test_a_business_relation(given: Given, told: Told, text: str, expected: list[str]) -> None:
    assert told(given(text, NAMES, [find])) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ada Mensah bought a house in Berlin.",
        "Norway bought wheat from Ghana.",
        "Kestrel Bank owns up to errors.",
        "Volta Mining supplied the figures.",
        "Analysts at Kestrel Bank cover Volta Mining.",
        "The Civic Union competes with nobody in Ghana.",
        "Ada Mensah founded her case on Ghana.",
        "A Berlin-based analyst likes Orbel.",
    ],
)
def test_no_business_relation(given: Given, told: Told, text: str) -> None:
    assert told(given(text, NAMES, [find])) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kestrel Bank (NYSE: KSB) rose.", ["Kestrel Bank LISTED_ON New York Stock Exchange"]),
        ("Kestrel Bank <KSB.L> rose.", ["Kestrel Bank LISTED_ON London Stock Exchange"]),
        ("Kestrel Bank (KSBK) rose.", []),
    ],
)
def test_a_listing(given: Given, told: Told, text: str, expected: list[str]) -> None:
    assert told(given(text, NAMES, [find_tickers, find])) == expected
