"""When: times as written, resolved only where there is an anchor, for statements, claims and events."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kg.extract.dates import expressions, parse_day
from kg.extract.draft import Draft, DraftClaim, DraftStatement
from kg.extract.lexicon import words
from kg.extract.parse import Parse
from kg.model import Time

_HAPPENING = frozenset(
    {
        "MEETS",
        "CONTACTS",
        "NEGOTIATES_WITH",
        "SIGNED",
        "SANCTIONS",
        "CRITICISES",
        "SUPPORTS",
        "THREATENS",
        "IN_DISPUTE_WITH",
        "PARTICIPATES_IN",
        "HOSTS",
        "MOVED",
        "CHANGES_POLICY",
        "ISSUED_BY",
        "ACQUIRES",
        "INVESTS_IN",
        "FOUNDED_BY",
    }
)
_LASTING = frozenset(
    {"HOLDS_POSITION", "HEAD_OF", "MINISTER_OF", "SPOKESPERSON_FOR", "MEMBER_OF", "EMPLOYED_BY", "OWNS"}
)
_FUTURE = frozenset({"will", "wo", "shall", "'ll", "’ll", "would"})
_FUTURE_VERBS = frozenset({"plan", "schedule", "expect", "set", "intend", "due", "slate"})


class Written(NamedTuple):
    """A time in the text: tokens [start, end), the verb it belongs to, and what it comes to."""

    start: int
    end: int
    verb: int
    time: Time


def find(draft: Draft) -> None:
    """Give statements, claims and events the times that are written beside them."""
    anchor = parse_day(draft.article.metadata.published)
    written = list(_written(draft.parse, anchor))
    by_sentence: dict[int, list[Written]] = {}
    for one in written:
        by_sentence.setdefault(draft.parse.sentence_of[one.start], []).append(one)
    _of_statements(draft, by_sentence)
    for claim in draft.claims:
        if claim.start < claim.end:
            _of_claim(draft, claim, by_sentence)


def _written(parse: Parse, anchor: date | None) -> Iterator[Written]:
    for expression in expressions(parse.text):
        start, end = parse.token_at(expression.start), parse.token_at(expression.end - 1) + 1
        if start >= end:
            continue
        verb = _verb_above(parse, start, end)
        yield Written(start, end, verb, expression.resolve(anchor, _tense(parse, verb)))


def _verb_above(parse: Parse, start: int, end: int) -> int:
    """The first verb that a span hangs on; where there is none, the root."""
    i = next((j for j in range(start, end) if not start <= parse.heads[j] < end), start)
    while parse.heads[i] != i:
        i = parse.heads[i]
        if parse.tags[i].startswith("V"):
            return i
    return i


def _tense(parse: Parse, verb: int) -> str:
    for i in (verb, parse.heads[verb]):
        helpers = [parse.lower[c] for c in parse.children[i] if parse.deps[c] == "aux"]
        if _FUTURE.intersection(helpers):
            return "future"
        if i == verb and parse.tags[i] in {"VBD", "VBN", "VBP"} and parse.lemma(i) not in _FUTURE_VERBS:
            return "past"
        if parse.lemma(i) in _FUTURE_VERBS or (i == verb and "to" in helpers):
            return "future"
    return "past"


def _of_statements(draft: Draft, by_sentence: dict[int, list[Written]]) -> None:
    before: DraftStatement | None = None
    for statement in draft.statements:
        if statement.cue is None:
            continue
        cue = draft.parse.token_at(statement.cue[1] - 1)
        near = [w for w in by_sentence.get(draft.parse.sentence_of[cue], []) if not _inside(draft, w, statement)]
        statement.time = _nearest(draft.parse, near, cue)
        if statement.time is None and before is not None and _goes_on(draft, statement, before, cue):
            statement.time = before.time
        before = statement


def _inside(draft: Draft, written: Written, statement: DraftStatement) -> bool:
    lo = draft.parse.starts[written.start]
    return any(a <= lo < b for a, b in statement.content)


def _nearest(parse: Parse, near: Iterable[Written], cue: int) -> Time | None:
    """The time that hangs on the cue itself, or on nothing nearer."""
    own = [w for w in near if cue in {w.verb, parse.heads[w.verb]}]
    return min(own, key=lambda w: (w.verb != cue, abs(w.start - cue))).time if own else None


def _goes_on(draft: Draft, statement: DraftStatement, before: DraftStatement, cue: int) -> bool:
    """Whether a statement is another of the same occasion: "he also said", "he added"."""
    parse = draft.parse
    same_paragraph = parse.paragraph_of[cue] == parse.paragraph_of[before.start]
    if not same_paragraph or statement.speaker is None or statement.speaker is not before.speaker:
        return False
    return parse.lemma(cue) in _FURTHER or any(parse.lower[c] in {"also", "further"} for c in parse.children[cue])


_FURTHER = frozenset({"add", "continue", "conclude", "go"})


def _of_claim(draft: Draft, claim: DraftClaim, by_sentence: dict[int, list[Written]]) -> None:
    near = by_sentence.get(draft.parse.sentence_of[claim.start], [])
    if claim.type in _LASTING:
        _of_lasting(draft.parse, claim, near)
    elif claim.type in _HAPPENING and claim.time is None:
        verb = _verb_of(draft.parse, claim)
        own = [w for w in near if w.verb == verb or claim.start <= w.start < claim.end]
        claim.time = min(own, key=lambda w: abs(w.start - verb)).time if own else None
    _of_event(claim)


def _verb_of(parse: Parse, claim: DraftClaim) -> int:
    """The verb of a claim's evidence, or the one above it."""
    verbs = [i for i in range(claim.start, claim.end) if parse.tags[i].startswith("V")]
    top = [i for i in verbs if parse.heads[i] not in verbs]
    return top[0] if top else _verb_above(parse, claim.start, claim.end)


def _of_lasting(parse: Parse, claim: DraftClaim, near: Iterable[Written]) -> None:
    """Let "since 2021" and "until March" bound an office; any other time is when something else was."""
    verb = _verb_of(parse, claim)
    for one in near:
        preposition = parse.lower[one.start] if one.end - one.start > 1 else ""
        if preposition not in words("bounding_words.txt"):
            preposition = parse.lower[one.start - 1] if one.start else ""
        if one.verb != verb or one.time.earliest is None:
            continue
        if preposition == "since" and claim.valid_from is None:
            claim.valid_from = one.time.edtf
        elif preposition == "until" and claim.valid_to is None:
            claim.valid_to = one.time.edtf


def _of_event(claim: DraftClaim) -> None:
    """An event is when its first dated claim has it, unless it is dated already."""
    event = next((end for end in (claim.object, claim.subject) if getattr(end, "type", "") == "Event"), None)
    if event is None or claim.time is None:
        return
    attributes = getattr(event, "attributes", {})
    if "timeText" in attributes:
        return
    fields = {"timeText": claim.time.text, "edtf": claim.time.edtf, "earliest": claim.time.earliest}
    fields |= {"latest": claim.time.latest, "anchor": claim.time.anchor, "precision": claim.time.precision}
    attributes.update({name: value for name, value in fields.items() if value is not None})
