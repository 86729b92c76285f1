"""The words that name the speaker of a cue."""

from collections.abc import Iterator

from kg.extract.cues import Cue
from kg.extract.parse import Parse, Tokens
from kg.extract.quotes import Quotes

_SUBJECT = ("nsubj", "nsubjpass", "csubj")
_LINKED = frozenset({"conj", "advcl", "xcomp", "acl", "pcomp", "prep", "parataxis", "dep"})


def find(parse: Parse, quotes: Quotes, cue: Cue) -> Tokens | None:
    """The noun phrase of the speaker."""
    head = _head(parse, quotes, cue)
    return None if head is None else noun_phrase(parse, head)


def _head(parse: Parse, quotes: Quotes, cue: Cue) -> int | None:
    if cue.kind == "according":
        to = next((c for c in parse.children[cue.head] if parse.lower[c] == "to"), cue.head + 1)
        return parse.child(to, "pobj")
    if cue.kind == "noun":
        return _of_noun(parse, cue.head)
    return _of_verb(parse, quotes, cue.head)


def _of_noun(parse: Parse, noun: int) -> int | None:
    owner = parse.child(noun, "poss")
    if owner is not None:
        return owner
    for prep in (c for c in parse.children[noun] if parse.lower[c] in {"by", "from", "of"} and c > noun):
        return parse.child(prep, "pobj")
    return None


def _of_verb(parse: Parse, quotes: Quotes, verb: int) -> int | None:
    for i in _governors(parse, verb):
        agent = parse.child(i, "agent")
        if agent is not None and (by := parse.child(agent, "pobj")) is not None:
            return by
        subject = next((c for c in parse.children[i] if parse.deps[c] in _SUBJECT), None)
        if subject is not None and not (parse.deps[subject] == "nsubjpass" and i == verb):
            return None if quotes.at[subject] != quotes.at[verb] else subject
        if parse.deps[i] == "acl" and i != parse.heads[i] and parse.tags[i] == "VBG":
            return parse.heads[i]
    return _inverted(parse, verb)


def _governors(parse: Parse, verb: int) -> Iterator[int]:
    """The verb and those above it whose subject it may share."""
    i = verb
    for _ in range(4):
        yield i
        if parse.deps[i] not in _LINKED or parse.heads[i] == i:
            return
        i = parse.heads[i]


def _inverted(parse: Parse, verb: int) -> int | None:
    """In `" confirmed He` the word after the verb, whatever the parser made of it."""
    after = verb + 1
    if after < len(parse) and parse.tags[after] in {"NNP", "PRP"} and parse.heads[after] == verb:
        return after
    return None


_INSIDE = frozenset({"compound", "amod", "det", "poss", "case", "nmod", "nummod", "quantmod", "predet", "cc", "conj"})


def noun_phrase(parse: Parse, head: int) -> Tokens:
    """A noun with what stands before it, and "of …", "from …" right after it."""
    start, end = head, head + 1
    for c in parse.children[head]:
        if c < head and parse.deps[c] in _INSIDE and c <= start:
            start = min(start, parse.edges[c].start)
    while start > 0 and start - 1 in parse.children[head] and parse.deps[start - 1] in _INSIDE:
        start -= 1
    for c in parse.children[head]:
        if c == end and parse.deps[c] in {"case", "prep"} and parse.edges[c].end - c <= _MAX_PREP:
            end = parse.edges[c].end
    return Tokens(start, end)


_MAX_PREP = 8
