"""Small steps along a sentence that several stages take."""

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_MODIFIERS = frozenset({"NN", "JJ", "HYPH", "NNP", "VBN", "POS", "CD"})
_BEFORE_NOUN = frozenset({"det", "amod", "compound", "poss", "nmod", "nummod"})


def noun_phrase(parse: Parse, i: int) -> tuple[int, int]:
    """The determiner and modifiers directly before a noun, and the noun."""
    start = i
    while start and parse.heads[start - 1] in range(start, i + 1) and parse.deps[start - 1] in _BEFORE_NOUN:
        start -= 1
    return start, i + 1


def owner_before(draft: Draft, start: int, most: int, *also: str) -> tuple[int, DraftEntity] | None:
    """The entity to the left of a token and where its mention ends, over at most `most` modifiers or `also` words."""
    parse = draft.parse
    first = parse.sentences[parse.sentence_of[start]].start
    for k in range(start - 1, max(first, start - most - 1) - 1, -1):
        owner = draft.cover[k]
        if owner is not None:
            return k, owner
        if parse.tags[k] not in _MODIFIERS and parse.lower[k] not in also:
            return None
    return None


def kind_at(entity: DraftEntity, i: int) -> str:
    """The kind of the entity's mention over token i."""
    return next((m.kind for m in entity.mentions if m.start <= i < m.end), "name")


def mention_end(entity: DraftEntity, i: int) -> int:
    """Where the entity's longest mention that begins at token i ends; `i + 1` where none begins there."""
    return max((m.end for m in entity.mentions if m.start == i), default=i + 1)


def after_article(parse: Parse, i: int) -> int:
    """Token i, or the next where i is an article."""
    return i + (parse.lower[i : i + 1] in (["the"], ["a"], ["an"], ["its"]))
