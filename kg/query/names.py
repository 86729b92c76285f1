"""From what a person types to an entity: by id, name, alias or code, whatever the case; near misses are named."""

import re

from rapidfuzz import fuzz, process

from kg.errors import NotFoundError
from kg.ledger import Candidate, GraphReader
from kg.ledger.find import name_key
from kg.model.graph import GraphEntity

_ID = re.compile(r"(?:ent|sta)-[0-9a-f]{20}")
_NEAR = 75  # of 100: two letters wrong in a surname still count as near
_SUGGESTIONS = 3
_NAMED_AFTER = {"Event", "Policy", "Position"}  # their names are made of others' names


def candidates(graph: GraphReader, name: str) -> list[Candidate]:
    """The entities that go by a name, alias, code or id, those with the most articles first; raises `NotFoundError`.

    Where nobody does, the only one with these words in its name will do ("Baidu" for "Baidu, Inc").
    """
    found = _by_id(graph, name) or graph.find(name)
    if found and not found[0].exact:
        found = [candidate for candidate in found if candidate.type not in _NAMED_AFTER] or found
    if not found or not (found[0].exact or len(found) == 1):
        raise NotFoundError(f"No entity is called {name!r}; {_hint(near(graph, name))}")
    return found


def _by_id(graph: GraphReader, text: str) -> list[Candidate]:
    """The entity of an id, its own or that of a member."""
    if not _ID.fullmatch(text):
        return []
    entity = one(graph, graph.canonical(text))
    return [Candidate(entity.id, entity.type, entity.name, entity.articles, exact=True)]


def near(graph: GraphReader, name: str) -> list[str]:
    """Canonical names that a name may be a slip for, or a part of, the likeliest first."""
    names = dict(graph.names())
    scored = process.extract(name_key(name), names.keys(), scorer=fuzz.WRatio, limit=20, score_cutoff=_NEAR)
    ranked = sorted(scored, key=lambda match: (-match[1], match[0]))
    return list(dict.fromkeys(names[key] for key, _, _ in ranked))[:_SUGGESTIONS]


def spelling(graph: GraphReader, name: str) -> str:
    """A name as the graph spells it, so that stores can look it up; raises `NotFoundError`."""
    key = name_key(name)
    first = one(graph, candidates(graph, name)[0].id)
    names = (first.name, *first.aliases)
    if name in names:
        return name
    return next((own for own in names if name_key(own) == key), first.name)


def one(graph: GraphReader, id_: str) -> GraphEntity:
    """The entity of a canonical id."""
    return next(graph.entities([id_]))


def _hint(names: list[str]) -> str:
    if not names:
        return "`kg search` finds entities by words."
    return f"did you mean {', '.join(names[:-1])}{' or ' if names[1:] else ''}{names[-1]}?"
