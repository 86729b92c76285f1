"""Through whom a statement reached the article: "told Reuters", "as cited by CNBC", "reported the Post".

attach(draft, said)  ->  the statements without those in which an outlet only passes another one on
"""

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.draft import Draft, DraftEntity
from kg.extract.lexicon import rows
from kg.extract.parse import Parse, Tokens
from kg.extract.said import Said
from kg.extract.sources import outlet_at
from kg.extract.speakers import noun_phrase

_TOLD, _BY = 0, 1
_LINKS = {(row[0], row[1]): int(row[2]) for row in rows("reporting_phrases.tsv")}
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


class Report(NamedTuple):
    """An outlet that passes something on. `order` is 0 where it was told by the speaker, 1 where it tells."""

    order: int
    at: int
    verb: int
    outlet: DraftEntity


def attach(draft: Draft, said: list[Said]) -> list[Said]:
    """Fill `reported_by` of every statement, the nearest to the speaker first."""
    by_sentence: dict[int, list[Said]] = {}
    for one in said:
        by_sentence.setdefault(draft.parse.sentence_of[one.found.head], []).append(one)
    passing: set[int] = set()
    for report in _reports(draft):
        for one in said:
            _cut(draft, one, report)
        for one in _carried(draft, report, by_sentence):
            _report(one, report)
        passing |= {id(one) for one in said if _only_passes_on(one, report, said)}
    return [one for one in said if id(one) not in passing]


def _cut(draft: Draft, one: Said, report: Report) -> None:
    """Take a report clause off the end of a content: "…, as cited by CNBC" is not what was said."""
    parse, piece = draft.parse, one.found.content[-1]
    start = _clause_start(parse, report)
    if report.order == _TOLD or one.found.head == report.verb or not start <= report.at < piece.end:
        return
    if piece.end - report.at > _TAIL or not _is_set_off(parse, start):
        return
    end = start - 1 if parse.words[start - 1] == "," else start
    rest = [Tokens(piece.start, end)] if piece.start < end else []
    if rest or len(one.found.content) > 1:
        one.found.content[-1:] = rest
        one.statement.content = [parse.offsets(*each) for each in one.found.content]


def _is_set_off(parse: Parse, start: int) -> bool:
    return start > 0 and (parse.words[start - 1] in {",", "”", '"', "''"} or parse.lower[start] == "according")


_TAIL = 6
"""Tokens that may follow an outlet's name in a report clause at the end of a content."""


def _clause_start(parse: Parse, report: Report) -> int:
    start = parse.edges[report.verb].start
    return start if report.verb - start <= 1 else report.verb


def _report(one: Said, report: Report) -> None:
    chain = one.statement.reported_by
    if report.outlet in chain or one.speaker is report.outlet:
        return
    if report.order == _TOLD:
        chain.insert(0, report.outlet)
    else:
        chain.append(report.outlet)


def _reports(draft: Draft) -> Iterator[Report]:
    last: DraftEntity | None = None
    for i in range(len(draft.parse)):
        outlet = outlet_at(draft, i)
        if outlet is None or (outlet is last and draft.cover[i - 1] is outlet and draft.parse.heads[i - 1] != i):
            last = outlet
            continue
        link = _link(draft.parse, i)
        if link is not None:
            yield Report(link[0], i, link[1], outlet)
        last = outlet


def _link(parse: Parse, i: int) -> tuple[int, int] | None:
    """How an outlet's name hangs in the sentence, and on which verb or noun of speech; null for any other way."""
    above, dep = parse.heads[i], parse.deps[i]
    if above == i:
        return None
    inverted = above < i and noun_phrase(parse, i).start == above + 1
    if dep in _SUBJECT or inverted:
        order = _LINKS.get(("subject", parse.lemma(above)))
        if order is not None:
            return order, above
    if dep in {"dobj", "dative", "nsubj"} and (order := _LINKS.get(("object", parse.lemma(above)))) is not None:
        return order, above
    if dep == "pobj":
        return _of_preposition(parse, above)
    return None


def _of_preposition(parse: Parse, preposition: int) -> tuple[int, int] | None:
    word, above = parse.lower[preposition], parse.heads[preposition]
    if word == "to" and parse.lower[preposition - 1] == "according":
        return _BY, preposition - 1
    order = _LINKS.get((word, parse.lemma(above)))
    return None if order is None else (order, above)


def _carried(draft: Draft, report: Report, by_sentence: dict[int, list[Said]]) -> list[Said]:
    """The statements that an outlet passes on: of its sentence, or those right before where it stands alone."""
    parse = draft.parse
    k = parse.sentence_of[report.at]
    own = [one for one in by_sentence.get(k, []) if not one.contains(report.at) or one.found.head == report.verb]
    own = [one for one in own if one.speaker is not report.outlet]
    if report.order == _TOLD:
        return own
    trails = parse.edges[report.verb].end >= parse.sentences[k].end - 1 and report.at > report.verb
    if not trails:
        return own
    paragraph = parse.paragraph_of[report.at]
    before = [
        one
        for j in range(max(0, k - 3), k)
        for one in by_sentence.get(j, [])
        if parse.paragraph_of[one.found.head] == paragraph and one.speaker is not report.outlet
    ]
    if not own:
        return before[-1:]
    speakers = {id(one.speaker) for one in own if one.speaker is not None}
    return own + [one for one in before if id(one.speaker) in speakers and not one.statement.reported_by]


def _only_passes_on(one: Said, report: Report, said: list[Said]) -> bool:
    """Whether a statement is the outlet's report of somebody else's statement and nothing more."""
    if one.speaker is not report.outlet:
        return False
    return any(
        other is not one and one.contains(other.found.head) and report.outlet in other.statement.reported_by
        for other in said
    ) or any(
        other is not one and other.found.content == one.found.content and other.speaker is not report.outlet
        for other in said
    )
