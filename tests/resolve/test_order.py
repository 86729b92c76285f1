"""The graph is the same in whatever order, batches and detours its articles came."""

import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg.ledger import GraphReader, Ledger
from kg.model import Article, Extraction
from kg.resolve import rebuild, resolve
from tests.ledger.build import ARTICLE, article, claim, entity, extraction, statement

DAYS = (None, "2018-03-01", "2018-03-20", "2025-01-05", "2025-02-20", "2025-04-24", "2025-04-24T10:00:00Z")
PEOPLE = (
    ("Ada Mensah", "Mensah"),
    ("Ada B. Mensah",),
    ("Dr. Ada C. Mensah", "Ada Mensah"),
    ("Joe Arden", "Joseph Arden"),
    ("Joseph Arden",),
    ("Mensah",),
)
BODIES = (
    ("PublicBody", "Ministry of Trade", "", "GH"),
    ("PublicBody", "Trade Ministry", "", "NO"),
    ("Organization", "Ministry of Trade", "", ""),
    ("IntergovernmentalOrganization", "World Harbour Council", "WHC", ""),
    ("Organization", "WHC", "", ""),
    ("Organization", "Western Hill Club", "WHC", ""),
    ("Company", "Norvik Shipping ASA", "Norvik", ""),
    ("Organization", "Norvik", "", ""),
    ("MediaOutlet", "Norvik Shipping", "", ""),
    ("Company", "NSA Lines", "", ""),
)
COUNTRIES = (("Ghana", "GH"), ("Republic of Ghana", "GH"), ("Norway", "NO"), ("Ghana", ""), ("Georgia", ""))


def _article(index: int, rng: random.Random) -> tuple[Article, Extraction]:
    """One invented article that shares names, offices, policies and events with others."""
    person, other = rng.sample(PEOPLE, 2)
    body, country, second = rng.choice(BODIES), rng.choice(COUNTRIES), rng.choice(COUNTRIES[:3])
    wire = rng.random() < 0.3
    start = (
        "The wire says at length that many ships came into the harbour on that day. " if wire else f"Number {index}. "
    )
    text = f"{start}{person[0]} of {body[1]} in {country[0]} met {other[0]}. The tariff on {second[0]} stays."
    day = rng.choice(DAYS)
    rest = {"published": day} if day else {}
    of = article(
        text, publisher=rng.choice(("Baltic Courier", "The Accra Daily", "Wire")), title=f"No. {index}", **rest
    )
    national = {"country": body[3]} if body[3] else {}
    ticker = "NVK" if body[0] == "Company" and rng.random() < 0.7 else ""
    window = {"earliest": "2025-04-24", "latest": "2025-04-24"} if rng.random() < 0.5 else {}
    entities = [
        entity("Person", person[0], *person[1:]),
        entity("Person", other[0], *other[1:]),
        entity(body[0], body[1], *([body[2]] if body[2] else []), ticker=ticker, **national),
        entity("Country", country[0], iso=country[1]),
        entity("Position", "head"),
        entity("Policy", "tariff", policyKind="tariff", **window),
        entity("Event", "talks", eventKind="talks", earliest="2025-04-24", latest="2025-04-24"),
        entity("Group", "officials"),
    ]
    if second[0] != country[0]:
        entities.append(entity("Country", second[0], iso=second[1]))
    claims = [
        claim("MEETS", person[0], other[0], confidence=0.7),
        claim("HOLDS_POSITION", person[0], "head"),
        claim("POSITION_IN", "head", body[1]),
        claim("ISSUED_BY", "tariff", country[0]),
        claim("TARGETS", "tariff", second[0], status=rng.choice(("asserted", "alleged"))),
        claim("CHANGES_POLICY", country[0], "tariff", qualifiers={"change": rng.choice(("cut", "raise"))}),
        claim("PARTICIPATES_IN", person[0], "talks"),
        claim("PARTICIPATES_IN", country[0], "talks"),
        claim("CITIZEN_OF", person[0], country[0], inferred=True),
        claim("CRITICISES", country[0], second[0]),
        claim("PARTICIPATES_IN", "officials", "talks"),
        claim("AUTHORED_BY", ARTICLE, other[0], qualifiers={"role": "reporter"}),
    ]
    if body[0] == "PublicBody":
        claims.append(claim("AGENCY_OF", body[1], country[0]))
    said = [statement("The tariff", person[0], about=["tariff", second[0]])]
    claims = [c for c in claims if c.subject != c.object]
    return of, extraction(of, entities, claims, said)


def world(seed: int, size: int) -> list[tuple[Article, Extraction]]:
    """Articles that have to do with each other."""
    rng = random.Random(seed)  # noqa: S311 - a test's data
    return [_article(index, rng) for index in range(size)]


def _take(ledger: Ledger, articles: list[tuple[Article, Extraction]]) -> None:
    for of, given_ in articles:
        ledger.put(of)
        ledger.record(given_, "1")


def _fresh(folder: Path, name: str) -> Path:
    path = folder / f"{name}.sqlite"
    for file in folder.glob(f"{name}.sqlite*"):
        file.unlink()
    return path


# Not shrunk: an example takes a fifth of a second, and a failing one says enough.
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 10_000),
    order=st.permutations(range(12)),
    cuts=st.sets(st.integers(1, 11), max_size=5),
    gone=st.sets(st.integers(0, 11), max_size=4),
    again=st.sets(st.integers(0, 11), max_size=3),
    early=st.booleans(),
)
def test_any_order_batches_and_retractions_end_in_the_same_graph(  # noqa: PLR0913, PLR0917 - what may vary
    tmp_path: Path,
    dump: Callable[[Ledger], list[str]],
    seed: int,
    order: list[int],
    cuts: set[int],
    gone: set[int],
    again: set[int],
    early: bool,
) -> None:
    articles = world(seed, 12)
    with Ledger.open(_fresh(tmp_path, "plain")) as plain:
        _take(plain, [pair for i, pair in enumerate(articles) if i not in gone])
        resolve(plain)
        expected = dump(plain)
    with Ledger.open(_fresh(tmp_path, "detour")) as detour:
        bounds = [0, *sorted(cuts), 12]
        for start, end in pairwise(bounds):
            _take(detour, [articles[i] for i in order[start:end]])
            resolve(detour)
        for i in sorted(gone):
            detour.retract(articles[i][0].id)
            if early:
                resolve(detour)
        for i in sorted(again - gone):
            detour.record(articles[i][1], "1")
        resolve(detour)
        assert dump(detour) == expected
        rebuild(detour)
        assert dump(detour) == expected


def _records(graph: GraphReader, kind: str, ids: list[str] | None = None) -> dict[tuple[str, str], str]:
    readers: dict[str, Callable[..., Iterator[Any]]] = {
        "article": graph.articles,
        "entity": graph.entities,
        "relation": graph.relations,
        "claim": graph.claims,
    }
    return {(kind, record.id): repr(record) for record in readers[kind](ids)}


KINDS = ("article", "entity", "relation", "claim")


def _mirror(ledger: Ledger, after: int, held: dict[tuple[str, str], str]) -> int:
    """What a store does: fetch what changed, drop what is gone."""
    graph = ledger.graph
    while changes := graph.changes(after, 40):
        for kind in KINDS:
            ids = [change.id for change in changes if change.kind == kind]
            for own_id in ids:
                held.pop((kind, own_id), None)
            held.update(_records(graph, kind, ids))
        for own_id in [change.id for change in changes if change.kind == "mentions"]:
            held[("mentions", own_id)] = repr(list(graph.mentions([own_id])))
        after = changes[-1].seq
    return after


@pytest.mark.parametrize("seed", range(6))
def test_a_store_that_follows_the_changes_holds_what_one_made_anew_holds(tmp_path: Path, seed: int) -> None:
    articles = world(seed, 16)
    held: dict[tuple[str, str], str] = {}
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        seq = 0
        for start in range(0, 16, 4):
            _take(ledger, articles[start : start + 4])
            resolve(ledger)
            seq = _mirror(ledger, seq, held)
        for of, _ in articles[::5]:
            ledger.retract(of.id)
        resolve(ledger)
        _mirror(ledger, seq, held)
        graph = ledger.graph
        anew = {key: text for kind in KINDS for key, text in _records(graph, kind).items()}
        assert {key: value for key, value in held.items() if key[0] != "mentions"} == anew
        for of, _ in articles:
            assert held["mentions", of.id] == repr(list(graph.mentions([of.id])))
