"""Tickers, and what rose or fell, by how much, and why."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse
from kg.extract.patterns import lexicon, objects, prepositional, surface_subjects, where
from kg.extract.phrases import proper_start
from kg.extract.tickers import find_tickers, instrument, instruments

__all__ = ["find_moves", "find_tickers"]

_REACH = 9
"""Tokens behind a verb in which its amount stands."""
_LONGEST_CAUSE = 30


class Amount(NamedTuple):
    """How far: tokens, decimal value, unit, and whether it is a bound."""

    start: int
    end: int
    value: str
    unit: str
    bound: str


@cache
def _directions() -> dict[str, str]:
    return {word: way for way, words in lexicon("markets")["verbs"].items() for word in words}


@cache
def _ways() -> dict[str, str]:
    return {word: way for way, words in lexicon("markets")["words"].items() for word in words}


@cache
def _bounds() -> list[tuple[tuple[str, ...], str]]:
    rows = [(tuple(p.split()), bound) for bound, phrases in lexicon("markets")["bounds"].items() for p in phrases]
    return sorted(rows, key=lambda row: -len(row[0]))


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(lexicon("markets")[name])


def find_moves(draft: Draft) -> None:
    """Add an event and a claim for each company and instrument that moved."""
    parse = draft.parse
    for v, tag in enumerate(parse.tags):
        direction = _directions().get(parse.lemma(v)) if tag.startswith("VB") else None
        if direction is not None:
            _move(draft, v, direction)


def _move(draft: Draft, v: int, direction: str) -> None:
    parse = draft.parse
    amount = _amount(parse, v)
    end = amount.end if amount else v + 1
    if direction == "flat" and parse.lower[v - 1] not in {"little", "barely"}:
        return
    if direction in {"neutral", "causative"}:
        found = _way(parse, v, amount, end)
        if found is None or (direction == "causative" and amount is None):
            return
        way, end = found
    else:
        way = direction
    if amount is None and way != "flat" and not _moves_alone(parse, v):
        return
    sure = amount is not None or (way == "flat" and _is_market_report(draft))
    movers = _objects_moved(draft, v) if direction == "causative" else _movers(draft, v, sure=sure)
    if not movers:
        return
    cause = _cause(parse, v, end)
    for mover, i in movers:
        _tell(draft, mover, (i, v, end), way, None if way == "flat" else amount, cause)


def _tell(
    draft: Draft,
    mover: DraftEntity,
    at: tuple[int, int, int],
    way: str,
    amount: Amount | None,
    cause: tuple[int, int] | None,
) -> None:
    i, v, end = at
    event = draft.entity("Event", _name(mover, way, amount))
    event.attributes |= {"eventKind": "marketMove", "direction": way}
    if amount is not None:
        event.attributes |= {"value": amount.value, "unit": amount.unit, "bound": amount.bound}
    if cause is not None:
        event.attributes["cause"] = draft.parse.span_text(*cause)
    draft.mention(event, v, end, "nominal")
    place = where(draft, i, v, end - 1)
    draft.claim("MOVED", mover, event, place, 0.9 if amount else 0.8, "market.move")
    for policy in _policies(draft, cause):
        draft.claim("AFFECTS", policy, event, (place[0], cause[1] if cause else end), 0.6, "market.cause")


def _name(mover: DraftEntity, way: str, amount: Amount | None) -> str:
    if amount is None:
        return f"{mover.name} {way}"
    bound = {"moreThan": "more than ", "lessThan": "almost ", "about": "about "}.get(amount.bound, "")
    unit = "%" if amount.unit == "percent" else f" {amount.unit}"
    return f"{mover.name} {way} {bound}{amount.value}{unit}"


def _policies(draft: Draft, cause: tuple[int, int] | None) -> list[DraftEntity]:
    if cause is None:
        return []
    covered = (draft.cover[i] for i in range(*cause))
    return list(dict.fromkeys(e for e in covered if e is not None and e.type == "Policy"))


# ---- how far -----------------------------------------------------------------------------------------------


def amounts(parse: Parse, start: int, end: int) -> Iterator[Amount]:
    """The percentages and points between two tokens."""
    for i in range(start, end - 1):
        if parse.tags[i] == "CD" and (value := decimal(parse.words[i])) is not None:
            found = _unit(parse, i + 1)
            if found is not None:
                first, bound = bound_before(parse, i, start)
                yield Amount(first, found[1], value, found[0], bound)


def decimal(word: str) -> str | None:
    """A number as a plain decimal, None where a word is no number."""
    plain = word.replace(",", "")
    return plain if plain.replace(".", "", 1).isascii() and plain.replace(".", "", 1).isdigit() else None


def _unit(parse: Parse, i: int) -> tuple[str, int] | None:
    pair = " ".join(parse.lower[i : i + 2])
    if pair == "per cent":
        return "percent", i + 2
    if pair in {"basis points", "percentage points", "percentage point"}:
        return ("basisPoints" if pair[0] == "b" else "percentagePoints"), i + 2
    unit = lexicon("markets")["units"].get(parse.lower[i])
    return None if unit is None else (unit, i + 1)


def bound_before(parse: Parse, i: int, first: int) -> tuple[int, str]:
    """Where a number with the words before it begins, and whether they make it a bound ("more than 2")."""
    for words, bound in _bounds():
        if i - len(words) >= first and tuple(parse.lower[i - len(words) : i]) == words:
            return i - len(words), bound
    return i, "exact"


def _amount(parse: Parse, v: int) -> Amount | None:
    end = min(parse.sentences[parse.sentence_of[v]].end, v + _REACH)
    for j in range(v + 1, end):
        if parse.words[j] in {";", ",", "to", "from"} or (parse.tags[j].startswith("VB") and parse.tags[j] != "VBN"):
            end = j
            break
    found = next(amounts(parse, v + 1, end + 1 if end == v + _REACH else end), None)
    return found if found and not _measures_a_noun(parse, found) else None


def _measures_a_noun(parse: Parse, amount: Amount) -> bool:
    """Whether an amount belongs to a noun behind it ("gained 3% market share")."""
    head = parse.heads[amount.end - 1]
    return head >= amount.end and parse.tags[head] in {"NN", "NNS"}


def _way(parse: Parse, v: int, amount: Amount | None, end: int) -> tuple[str, int] | None:
    """The direction that a word near a verb gives, and the end of the phrase with it."""
    last = parse.sentences[parse.sentence_of[v]].end
    for j in range(v + 1, min(end + 2, last) if amount else min(v + 4, last)):
        way = _ways().get(parse.lower[j])
        if way is not None and (amount is None) == (way == "flat"):
            return way, max(end, j + 1)
        if amount is None and parse.lower[j : j + 2] == ["little", "changed"]:
            return "flat", j + 2
    return None


def _moves_alone(parse: Parse, v: int) -> bool:
    """Whether a verb of motion without an amount tells of a market: past, not negated, and without an object."""
    return parse.tags[v] == "VBD" and not parse.is_negated(v) and parse.child(v, "dobj", "xcomp", "ccomp") is None


# ---- what --------------------------------------------------------------------------------------------------


def _movers(draft: Draft, v: int, *, sure: bool) -> list[tuple[DraftEntity, int]]:
    found: dict[int, tuple[DraftEntity, int]] = {}
    heads = _subjects(draft, v)
    for i in [*heads, *_listed_before(draft, v, heads)]:
        for entity, j in _mover(draft, i, sure=sure):
            found.setdefault(id(entity), (entity, j))
    return sorted(found.values(), key=lambda pair: pair[1])


def _subjects(draft: Draft, v: int) -> list[int]:
    """The subject of a verb; the name right before it where the parser looked beyond another verb."""
    parse, heads = draft.parse, surface_subjects(draft.parse, v)
    before = draft.cover[v - 1] if v else None
    if before is None or before.type not in {"Company", "Instrument"}:
        return heads
    if any(h < v and not any(parse.tags[k] in {"VBD", "VBZ", "VBP"} for k in range(h, v)) for h in heads):
        return heads
    return [v - 1]


def _objects_moved(draft: Draft, v: int) -> list[tuple[DraftEntity, int]]:
    parse = draft.parse
    heads = objects(parse, v) or [
        t for c in parse.children[v] if parse.deps[c] in {"nsubj", "ccomp"} for t in [c, *parse.children[c]]
    ]
    return [pair for i in heads for pair in _mover(draft, i, sure=True)]


def _mover(draft: Draft, i: int, *, sure: bool) -> list[tuple[DraftEntity, int]]:
    parse, entity = draft.parse, draft.cover[i]
    if entity is not None and entity.type == "Instrument":
        return [(entity, i)]
    if parse.lemma(i) in _set("shares") and (entity is None or entity.type != "Company"):
        return _shares_of(draft, i)
    if entity is None:
        return _moving_word(draft, i)
    if sure and entity.type == "Organization" and _is_market_report(draft):
        entity.type = "Company"
    return [(entity, i)] if sure and entity.type == "Company" else []


def _is_market_report(draft: Draft) -> bool:
    """Whether an article speaks of markets: then what rose by two per cent is a company."""
    words = {"shares", "stock", "stocks", "investors", "traders", "markets"}
    return any(e.type == "Instrument" for e in draft.entities) or not words.isdisjoint(draft.parse.lower)


def _shares_of(draft: Draft, i: int) -> list[tuple[DraftEntity, int]]:
    """The companies behind "shares of X and Y", "X shares", "its stock"; whoever has shares is a company."""
    parse = draft.parse
    tokens = [t for p in ("of", "in") for t in prepositional(parse, i, p)]
    tokens += [c for c in parse.children[i] if c < i and parse.deps[c] in {"poss", "compound", "nmod"}]
    found = []
    for t in tokens:
        entity = draft.cover[t] or _unknown_company(draft, t)
        if entity is not None and entity.type in {"Company", "Organization"}:
            entity.type = "Company"
            found.append((entity, t))
    return found


def _unknown_company(draft: Draft, t: int) -> DraftEntity | None:
    """A name with shares that no earlier stage knew: "shares in Murray Grid rose"."""
    parse, start = draft.parse, proper_start(draft, t)
    if parse.tags[t] not in {"NNP", "NNPS"} or start == t or any(draft.cover[i] is not None for i in range(start, t)):
        return None
    company = draft.entity("Company", parse.span_text(start, t + 1))
    draft.mention(company, start, t + 1, "name")
    return company


def _moving_word(draft: Draft, i: int) -> list[tuple[DraftEntity, int]]:
    """An instrument with a common word for a name ("gold", "the dollar") that ends at token i."""
    for start, end, name, kind in instruments(draft.parse, "moving"):
        if start <= i < end:
            if i == end - 1 or all(draft.parse.heads[k] == i for k in range(start, end) if k != i):
                return [(instrument(draft, start, end, name, kind), i)]
            return []
    return []


_BETWEEN = frozenset({",", "and", "&", "(", ")", "the", ":"})


def _listed_before(draft: Draft, v: int, heads: list[int]) -> list[int]:
    """The members of a list of companies before a verb, where the parser lost some ("A, B and C, Inc rose")."""
    found, j = [], v - 1
    while j >= 0:
        entity = draft.cover[j]
        if entity is not None and entity.type in {"Company", "Instrument"}:
            found.append(j)
        elif draft.parse.words[j] not in _BETWEEN:
            break
        j -= 1
    return found if any(j < i < v for i in heads) else []


# ---- why ---------------------------------------------------------------------------------------------------


def _cause(parse: Parse, v: int, start: int) -> tuple[int, int] | None:
    """The tokens of the reason that the sentence gives behind a move, with the word that introduces it."""
    last = parse.sentences[parse.sentence_of[v]].end
    for j in range(start, last):
        if parse.words[j] == ";" or (j > start and _directions().get(parse.lemma(j)) in {"up", "down"}):
            return None
        if parse.lower[j] in _set("causes") and _introduces(parse, j):
            return j, _cause_end(parse, j, last)
    return None


def _introduces(parse: Parse, j: int) -> bool:
    if parse.lower[j] == "as" or parse.deps[j] == "mark":
        return parse.deps[j] == "mark"
    nouns = [c for c in parse.children[j] if parse.deps[c] in {"pobj", "pcomp"}]
    if parse.lower[j] == "on":
        return any(parse.lemma(c) in _set("on_causes") for c in nouns)
    return not nouns or not any(parse.lemma(c) in _set("not_causes") or parse.tags[c] == "CD" for c in nouns)


def _cause_end(parse: Parse, j: int, last: int) -> int:
    top = parse.heads[j] if parse.deps[j] == "mark" else j
    end = min(parse.edges[top].end, last, j + _LONGEST_CAUSE)
    for k in range(j, end):
        if parse.words[k] == ";" or (parse.words[k] == "," and k + 1 < end and parse.lower[k + 1] == "while"):
            end = k
            break
    while end > j + 1 and not parse.words[end - 1][0].isalnum():
        end -= 1
    return end
