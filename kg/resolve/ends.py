"""Keys of what is known by its ends: offices by their body, events by who takes part, policies by issuer and target."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kg.model.ontology import is_a
from kg.resolve import names
from kg.resolve.keys import Key, Local

# The relations that tell, seen from the entity: (relation, whether the entity is its subject).
TELLING: Mapping[str, frozenset[tuple[str, bool]]] = {
    "Position": frozenset({("POSITION_IN", True)}),
    "Event": frozenset({("PARTICIPATES_IN", False), ("HOSTS", False), ("MOVED", False)}),
    "Policy": frozenset({("ISSUED_BY", True), ("TARGETS", True)}),
}

# A policy without dates of its own is of the time at which it is in the news. Two that are in the news with less
# than a quarter between them are one.
_AROUND = timedelta(days=45)
_LONGEST = timedelta(days=400)
_WEEK = timedelta(days=7)
# The name of a tariff is what it does; that of a law is its own.
_UNNAMED_POLICIES = frozenset({"tariff", "sanction", "exportControl", "subsidy", "monetaryPolicy"})


class End:
    """What stands at the other end of a telling claim: its cluster, and its type and name in this article."""

    __slots__ = ("cluster", "name", "relation", "type")

    def __init__(self, relation: str, cluster: int, type_: str, name: str) -> None:
        self.relation, self.cluster, self.type, self.name = relation, cluster, type_, name


def key_of(local: Local, ends: Iterable[End], born: str) -> Key | None:
    """The key of a Position, Event or Policy; none if too little is told for it to merge."""
    known = [end for end in ends if end.type != "Group"]
    if local.type == "Position":
        return _position(local, known)
    return _event(local, known) if local.type == "Event" else _policy(local, known, born)


def _position(local: Local, ends: list[End]) -> Key | None:
    if not ends:
        return None
    # A body before a place; of several the first by name, so that it is the same one everywhere.
    body = min(ends, key=lambda end: (not is_a(end.type, "Organization"), " ".join(names.words(end.name))))
    return Key(f"position|{' '.join(names.words(local.name))}|{body.cluster}")


def _event(local: Local, ends: list[End]) -> Key | None:
    days = _days(local)
    if not ends or days is None or days[1] - days[0] > _WEEK:
        return None
    kind = f"{local.attributes.get('eventKind', 'other')}|{local.attributes.get('direction', '')}"
    return Key(f"event|{kind}|{_joined(ends)}", "/".join(day.isoformat() for day in days))


def _policy(local: Local, ends: list[End], born: str) -> Key | None:
    kind = local.attributes.get("policyKind", "other")
    if kind not in _UNNAMED_POLICIES and names.is_proper(local.name):
        return Key(f"law|{' '.join(names.words(local.name))}")
    issuers = [end for end in ends if end.relation == "ISSUED_BY"]
    targets = [end for end in ends if end.relation == "TARGETS"]
    window = _window(local, born)
    if not issuers or not targets or window is None:
        return None
    return Key(f"policy|{kind}|{_joined(issuers)}|{_joined(targets)}", window)


def _joined(ends: list[End]) -> str:
    return ",".join(str(cluster) for cluster in sorted({end.cluster for end in ends}))


def _days(local: Local) -> tuple[date, date] | None:
    earliest, latest = local.attributes.get("earliest"), local.attributes.get("latest")
    if not earliest or not latest:
        return None
    try:
        return date.fromisoformat(earliest[:10]), date.fromisoformat(latest[:10])
    except ValueError:
        return None


def _window(local: Local, born: str) -> str | None:
    days = _days(local)
    if days is None or days[1] - days[0] > _LONGEST:
        days = _news(born)
    return None if days is None else "/".join(day.isoformat() for day in days)


def _news(born: str) -> tuple[date, date] | None:
    try:
        day = date.fromisoformat(born)
        return day - _AROUND, day + _AROUND
    except (ValueError, OverflowError):
        return None
