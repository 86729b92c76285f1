"""What happened when, to one entity: what was done, planned, denied and said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import UsageError
from kg.ledger import GraphReader
from kg.model.graph import GraphClaim
from kg.model.ontology import RELATIONS
from kg.query.cards import Backing, Link, Named, Saying, Shelf, choose, is_speech

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_STATES = {"office", "structure"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day: a statement, or a relation with its first claim and the number of claims on that day.

    `reported` is true where the text gives no date and the day is the article's.
    """

    date: str | None
    reported: bool
    link: Link | None
    backing: Backing | None
    saying: Saying | None
    claims: int = 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries of an entity in order of time, the undated last; `left_out` counts those outside the dates."""

    entity: Named
    entries: list[Entry]
    left_out: int
    others: int


def timeline(graph: GraphReader, name: str, start: str | None = None, end: str | None = None) -> Timeline:
    """What happened when, from `start` to `end` (days, months or years, both included).

    States (an office held, a seat) count as happenings where a time is told or where they began or ended.
    Raises `NotFoundError` for a name nobody goes by, `UsageError` for what is no date.
    """
    for date in filter(None, (start, end)):
        if not _DATE.fullmatch(date):
            raise UsageError(f"{date!r} is no date; write it as 2025-04-24, 2025-04 or 2025.")
    chosen = choose(graph, name)
    shelf = Shelf(graph)
    entries = [*_happenings(shelf, chosen.entity.id), *_sayings(shelf, chosen.entity.id)]
    kept = [entry for entry in entries if _within(entry.date, start, end)]
    return Timeline(chosen.named, sorted(kept, key=_order), len(entries) - len(kept), chosen.others)


def _within(date: str | None, start: str | None, end: str | None) -> bool:
    if date is None:
        return start is None and end is None
    return (start or "") <= date and (end is None or date[: len(end)] <= end)


def _order(entry: Entry) -> tuple[str, str, str, int, str]:
    thing = entry.backing or entry.saying
    source, id_ = (thing.source.id, thing.id) if thing else ("", "")
    type_ = entry.link.type if entry.link else ""
    return entry.date or "9999", source, type_, thing.quote.start if thing else 0, id_


def _happenings(shelf: Shelf, entity: str) -> Iterator[Entry]:
    """The claims on an entity, those of one relation and one day together."""
    together: dict[tuple[str, str | None], list[GraphClaim]] = {}
    for claim in _claims(shelf.graph, entity):
        if _happens(claim):
            together.setdefault((claim.relation, _date(shelf, claim)), []).append(claim)
    links = {relation.id: shelf.link(relation) for relation in shelf.graph.relations({key[0] for key in together})}
    for (relation, date), claims in together.items():
        first = min(claims, key=lambda claim: (shelf.source(claim.article).date or "9999", claim.article, claim.start))
        reported = _told(shelf, first) is None
        yield Entry(date, reported, links[relation], shelf.backing(first), None, len(claims))


def _claims(graph: GraphReader, entity: str) -> Iterator[GraphClaim]:
    yield from graph.claims_of(subject=entity)
    yield from (claim for claim in graph.claims_of(object=entity) if claim.subject != entity)


def _happens(claim: GraphClaim) -> bool:
    if is_speech(claim.type):
        return False
    timed = claim.valid_from or claim.valid_to or (claim.time and claim.time.earliest)
    return RELATIONS[claim.type].area not in _STATES or bool(timed) or claim.status != "asserted"


def _told(shelf: Shelf, claim: GraphClaim) -> str | None:
    """The day as the text tells it: of the claim, or else of the event it is on."""
    if claim.time and claim.time.earliest:
        return claim.time.earliest
    if claim.valid_from:
        return claim.valid_from
    ends = shelf.graph.entities([claim.subject, claim.object])
    days = (end.attributes.get("earliest") for end in ends if end.type == "Event")
    return next(filter(None, days), None)


def _date(shelf: Shelf, claim: GraphClaim) -> str | None:
    return _told(shelf, claim) or shelf.source(claim.article).date


def _sayings(shelf: Shelf, entity: str) -> Iterator[Entry]:
    for relation in shelf.graph.relations_of(entity):
        if relation.type == "SAID" and relation.subject == entity:
            saying = shelf.saying(relation.object)
            yield Entry(saying.date, saying.date == saying.source.date, None, None, saying)
