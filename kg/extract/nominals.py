"""Common nouns that stand for an entity named before: "the ministry", "the company", "the German government".

Only where the article leaves one entity it can mean; office-holders ("the Treasury Secretary") are found in `offices`,
which knows who holds what.
"""

from functools import cache

from kg.extract import gazetteer
from kg.extract.draft import Draft, DraftEntity
from kg.extract.nearby import noun_phrase
from kg.model.ontology import ENTITY_TYPES

_FAR = 160
"""Tokens within which a common noun still means what was named last."""


@cache
def _nouns() -> dict[str, tuple[str, str]]:
    return {word: (type_, kind) for word, type_, kind, *_ in gazetteer.rows("nominals.tsv")}


def find(draft: Draft) -> None:
    """Add nominal mentions of bodies, and groups of people without a name."""
    parse = draft.parse
    nouns = _nouns()
    groups = gazetteer.words("group_nouns.txt")
    for i, word in enumerate(parse.lower):
        if word == "state" and parse.lower[i + 1 : i + 2] in _STATE_MEDIA and draft.cover[i] is None:
            _state_media(draft, i)
        if draft.cover[i] is None and word in nouns and parse.tags[i] in {"NN", "NNP"}:
            _refer(draft, i, *nouns[word])
        elif draft.cover[i] is None and word in groups and parse.tags[i] in {"NNS", "NNPS"}:
            _group(draft, i)


_STATE_MEDIA = (["media"], ["television"], ["tv"], ["radio"])


def _state_media(draft: Draft, i: int) -> None:
    """Of the form "according to state media": an outlet without a name, of the country named last before it."""
    countries = [
        (m.start, e)
        for e in draft.named("Country")
        for m in e.mentions
        if m.start < i and m.kind in {"name", "demonym", "metonym"}
    ]
    of = max(countries, key=lambda pair: pair[0])[1] if countries else None
    name = "state media" if of is None else f"state media of {of.name}"
    outlet = next((e for e in draft.named("MediaOutlet") if e.name == name), None) or draft.entity("MediaOutlet", name)
    draft.mention(outlet, i, i + 2, "nominal")


def _refer(draft: Draft, i: int, type_: str, kind: str) -> None:
    parse = draft.parse
    start, end = noun_phrase(parse, i)
    if parse.lower[start] not in {"the", "this", "its", "that"} or end - start > 3:  # noqa: PLR2004 - a longer phrase says something new
        return
    owner = _last_named(draft, i, type_, kind, parse.lower[start + 1 : i])
    if owner is not None:
        draft.mention(owner, start, end, "nominal")


def stands_for(draft: Draft, i: int) -> DraftEntity | None:
    """What a bare noun before a title means ("Ministry Spokesman"): the body of its kind that was named last."""
    noun = _nouns().get(draft.parse.lower[i])
    return None if noun is None else _last_named(draft, i, *noun, [])


def _last_named(draft: Draft, i: int, type_: str, kind: str, modifiers: list[str]) -> DraftEntity | None:
    """The entity of this type that was named last before token i and has the modifiers in its name."""
    best: tuple[int, DraftEntity] | None = None
    for entity in draft.entities:
        if type_ not in ENTITY_TYPES[entity.type].parents or (kind and entity.attributes.get("bodyKind") != kind):
            continue
        names = " ".join([entity.name, *entity.aliases]).lower()
        if not all(word in names for word in modifiers):
            continue
        near = max((m.start for m in entity.mentions if i - _FAR < m.start < i), default=-1)
        if near >= 0 and (best is None or near > best[0]):
            best = near, entity
    return None if best is None else best[1]


def _group(draft: Draft, i: int) -> None:
    """A plural of people ("senior officials from Beijing"): its own entity, where it acts or comes from somewhere."""
    parse = draft.parse
    start, end = noun_phrase(parse, i)
    if parse.lower[start] in {"the", "these", "those"} and end - start < 3:  # noqa: PLR2004 - "the officials" were named before
        return
    prep = next((c for c in parse.children[i] if parse.lower[c] in {"from", "of", "in", "at"} and c == i + 1), None)
    place = None if prep is None else draft.cover[min(prep + 1, len(parse) - 1)]
    if place is not None and prep is not None:
        end = parse.edges[prep].end if parse.edges[prep].end - prep <= 4 else prep + 2  # noqa: PLR2004 - "from the Foreign Ministry"
    acts = parse.deps[i] in {"nsubj", "pobj"} and parse.tags[parse.heads[i]] != "TO"
    if place is None and not (acts and parse.deps[i] == "nsubj"):
        return
    start += parse.lower[start] in {"the", "a"}
    group = draft.entity("Group", parse.span_text(start, end).replace("\n", " "))
    draft.mention(group, start, end, "nominal")
