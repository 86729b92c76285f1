"""Arguments of verbs and nouns, and the pattern files."""

from collections.abc import Callable

import pytest

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse
from kg.extract.patterns import apposed, conjuncts, extent, lexicon, noun_agents, objects, patterns, subjects, where
from kg.model.ontology import ENTITY_TYPES, RELATIONS, STATUSES, allows
from kg.paths import data_folder

FILES = ("actions", "business", "policy_effects")
Read = Callable[[str], Parse]


def at(parse: Parse, word: str) -> int:
    return parse.words.index(word)


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Norway praised Ghana.", "praised", ["Norway"]),
        ("Ghana was praised by Norway.", "praised", ["Norway"]),
        ("Norway and Iran praised Ghana.", "praised", ["Norway", "Iran"]),
        ("Norway met Iran and praised Ghana.", "praised", ["Norway"]),
        ("Norway plans to praise Ghana.", "praise", ["Norway"]),
        ("Norway urged Iran to praise Ghana.", "praise", ["Iran"]),
        ("Norway, which praised Ghana, left.", "praised", ["Norway"]),
        ("Norway's plan to praise Ghana failed.", "praise", ["Norway"]),
        ("After praising Ghana, Norway voted.", "praising", ["Norway"]),
        ("Norway accused Iran of praising Ghana.", "praising", ["Iran"]),
        ("There was praise.", "was", []),
    ],
)
def test_the_logical_subject(parse: Read, text: str, verb: str, expected: list[str]) -> None:
    found = parse(text)
    assert [found.words[i] for i in subjects(found, at(found, verb))] == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Norway praised Ghana and Iran.", "praised", ["Ghana", "Iran"]),
        ("Ghana was praised by Norway.", "praised", ["Ghana"]),
        ("Ghana, praised by Norway, left.", "praised", ["Ghana"]),
        ("Ghana, which Norway praised, left.", "praised", ["Ghana"]),
        ("Ghana, which Norway agreed to buy, left.", "buy", ["Ghana"]),
    ],
)
def test_the_logical_object(parse: Read, text: str, verb: str, expected: list[str]) -> None:
    found = parse(text)
    assert [found.words[i] for i in objects(found, at(found, verb))] == expected


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("Mensah pledged a review of it.", "review", ["Mensah"]),
        ("Mensah hinted at a review of it.", "review", ["Mensah"]),
        ("Norway's review of it failed.", "review", ["Norway"]),
        ("The review by Norway failed.", "review", ["Norway"]),
    ],
)
def test_who_does_what_a_noun_of_action_names(parse: Read, text: str, noun: str, expected: list[str]) -> None:
    found = parse(text)
    assert [found.words[i] for i in noun_agents(found, at(found, noun))] == expected


@pytest.mark.parametrize(
    "text",
    ["Mensah, the owner of Volta, left.", "Mensah is the owner of Volta.", "Volta acts as owner of Mensah."],
)
def test_what_a_noun_of_role_is_said_of(parse: Read, text: str) -> None:
    found = parse(text)
    assert apposed(found, at(found, "owner")) == [0]


def test_a_possessor_is_no_member_of_a_list(parse: Read) -> None:
    found = parse("They met Iran and Ghana.")
    assert [found.words[i] for i in conjuncts(found, at(found, "Iran"))] == ["Iran", "Ghana"]


def test_evidence_takes_names_whole(given: Callable[..., Draft]) -> None:
    draft = given("Old Ada Mensah met Kari Solheim there.", {"Ada Mensah": "Person", "Kari Solheim": "Person"}, [])
    assert extent(draft, 2) == (1, 3)
    assert draft.parse.span_text(*where(draft, 2, 4)) == "Ada Mensah met Kari Solheim"


@pytest.mark.parametrize("name", FILES)
def test_every_pattern_can_give_its_relation(name: str) -> None:
    for rows in (*patterns(name).verbs.values(), *patterns(name).nouns.values()):
        for row in rows:
            assert row.relation in RELATIONS
            assert row.status in STATUSES
            assert 0 < row.confidence < 1
            assert {*row.subject_types, *row.object_types} <= set(ENTITY_TYPES)
            ends = [(s, o) for s in row.subject_types or ENTITY_TYPES for o in row.object_types or ENTITY_TYPES]
            assert any(allows(row.relation, s, o) for s, o in ends), row.rule


@pytest.mark.parametrize("name", FILES)
def test_rules_have_names_of_their_own(name: str) -> None:
    rules = [row["rule"] for row in lexicon(name)]
    assert len(rules) == len(set(rules))
    assert all(rule.split(".")[0] in {"action", "business", "policy"} for rule in rules)


def test_an_empty_text_has_no_claims(given: Callable[..., Draft]) -> None:
    assert given("", {}, []).claims == []


@pytest.mark.parametrize(
    "article", ["01-tariff-wire", "02-market-report", "09-merger", "12-sanctions-release", "20-live-brief"]
)
def test_all_claims_on_real_looking_news_are_allowed(drafted: Callable[..., Draft], article: str) -> None:
    draft = drafted((data_folder("ingest") / "sample" / "articles" / f"{article}.txt").read_text(), until="times")
    own = [c for c in draft.claims if c.rule.split(".")[0] in {"policy", "event", "market", "action", "business"}]
    assert own
    for claim in own:
        assert isinstance(claim.subject, DraftEntity)
        assert isinstance(claim.object, DraftEntity)
        assert allows(claim.type, claim.subject.type, claim.object.type), claim.rule
        assert claim.start < claim.end
        assert claim.status in STATUSES
