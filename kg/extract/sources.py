"""The entity behind words that name a source: a known one, or a Group for people without a name."""

from kg.extract.draft import Draft, DraftEntity
from kg.extract.lexicon import words
from kg.extract.parse import Parse, Tokens
from kg.extract.speakers import noun_phrase
from kg.model.ontology import is_a

_ARTICLES = frozenset({"the", "a", "an"})
# "State media" is an outlet, "the media" is everybody.
_MODIFIERS = ("amod", "compound", "nmod", "poss")
_RELATIVE = frozenset({"WP", "WDT", "WP$"})


def head_of(parse: Parse, span: Tokens) -> int:
    """The token of a span that hangs on something outside it."""
    return next((i for i in range(*span) if not span.start <= parse.heads[i] < span.end), span.end - 1)


def entity_of(draft: Draft, span: Tokens) -> DraftEntity | None:
    """The agent that a span names; null for a pronoun that nothing resolves."""
    parse = draft.parse
    head = head_of(parse, span)
    if parse.tags[head] in _RELATIVE:
        return _antecedent(draft, head)
    known = _agent(draft, head) or _agent_inside(draft, span, head) or _apposed(draft, head)
    if known is not None or parse.tags[head] not in {"NN", "NNS", "NNP", "NNPS", "CD", "JJ"}:
        return known
    return _unnamed(draft, span, head)


def outlet_at(draft: Draft, i: int) -> DraftEntity | None:
    """The media outlet that token i names, or heads the words for ("state media")."""
    entity = draft.cover[i]
    if entity is not None:
        return entity if entity.type == "MediaOutlet" else None
    if draft.parse.lower[i] not in words("media_nouns.txt") or draft.parse.child(i, *_MODIFIERS) is None:
        return None
    return _unnamed(draft, noun_phrase(draft.parse, i), i)


def _agent(draft: Draft, i: int) -> DraftEntity | None:
    entity = draft.cover[i]
    return entity if entity is not None and is_a(entity.type, "Agent") else None


def _agent_inside(draft: Draft, span: Tokens, head: int) -> DraftEntity | None:
    """The name in an apposition or after a title ("Treasury Secretary Bessent" parsed with the wrong head)."""
    for i in reversed(range(*span)):
        entity = _agent(draft, i)
        if entity is not None and entity.type == "Person" and draft.parse.heads[i] == head and i > head:
            return entity
    return None


def _apposed(draft: Draft, head: int) -> DraftEntity | None:
    """The person whom words without a name describe: "the country's trade minister, X, said"."""
    people = (_agent(draft, c) for c in draft.parse.children[head] if draft.parse.deps[c] == "appos")
    return next((entity for entity in people if entity is not None and entity.type == "Person"), None)


def _antecedent(draft: Draft, pronoun: int) -> DraftEntity | None:
    """Whom "who" stands for: the noun that its clause hangs on; "that" and "which" only for agents known already."""
    parse = draft.parse
    i = pronoun
    while parse.heads[i] != i:
        if parse.deps[i] == "relcl":
            noun = parse.heads[i]
            who = parse.tags[pronoun].startswith("WP")
            return entity_of(draft, noun_phrase(parse, noun)) if who else _agent(draft, noun)
        i = parse.heads[i]
    return None


def _type(parse: Parse, start: int, end: int, head: int) -> str:
    """A name of two words or more that no earlier stage knew is a person's; all other words are people without one."""
    if parse.lower[head] in words("media_nouns.txt"):
        return "MediaOutlet"
    named = end - start > 1 and all(parse.tags[i] == "NNP" and parse.words[i].istitle() for i in range(start, end))
    return "Person" if named else "Group"


def _unnamed(draft: Draft, span: Tokens, head: int) -> DraftEntity:
    """A Group (or an outlet such as "state media") of this article; the same words are the same Group."""
    parse = draft.parse
    start = span.start + (parse.lower[span.start] in _ARTICLES and span.start < head)
    name = " ".join(parse.span_text(start, span.end).split())
    type_ = _type(parse, start, span.end, head)
    same = (e for e in draft.named(type_) if e.name.lower() == name.lower())
    entity = next(same, None) or draft.entity(type_, name)
    if not any(m.start == start and m.end == span.end for m in entity.mentions):
        draft.mention(entity, start, span.end, "name" if type_ == "Person" else "nominal")
    return entity
