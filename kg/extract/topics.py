"""What a statement is about: the weightiest entities in its content."""

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Tokens
from kg.model.ontology import is_a

MOST = 5
"""A statement is about at most so many."""

_WEIGHT = {"Policy": 0, "Event": 0, "Instrument": 1, "Group": 3, "Position": 4}


def find(draft: Draft, content: list[Tokens], speaker: DraftEntity | None) -> list[DraftEntity]:
    """At most `MOST` entities: policies and events before agents and places, then in the order of the content."""
    seen: dict[int, tuple[int, int, DraftEntity]] = {}
    for start, end in content:
        for i in range(start, end):
            entity = draft.cover[i]
            if entity is not None and entity is not speaker and id(entity) not in seen:
                seen[id(entity)] = (_weight(entity), i, entity)
    ranked = sorted(seen.values(), key=lambda item: item[:2])
    return [entity for _, _, entity in ranked[:MOST]]


def _weight(entity: DraftEntity) -> int:
    if entity.type in _WEIGHT:
        return _WEIGHT[entity.type]
    return 2 if is_a(entity.type, "Agent") or is_a(entity.type, "Place") else 3
