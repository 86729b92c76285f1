"""Words that announce speech: verbs, "according to", nouns such as "the claim that"."""

from typing import NamedTuple

from kg.extract.lexicon import rows, words
from kg.extract.parse import Parse, Tokens


class Cue(NamedTuple):
    """A word that may announce speech. `head` carries it, [start, end) are all its words with auxiliaries."""

    head: int
    start: int
    end: int
    kind: str
    lemma: str


SPEECH_VERBS = frozenset(row[0] for row in rows("speech_verbs.tsv"))
_AUXILIARY = frozenset({"aux", "auxpass", "neg", "prt"})


def find(parse: Parse) -> list[Cue]:
    """All candidates in the order of the text; which of them announce speech is decided with their content."""
    return [cue for i in range(len(parse)) if (cue := at(parse, i)) is not None]


def at(parse: Parse, i: int) -> Cue | None:
    """The cue that token i carries, if any."""
    tag = parse.tags[i]
    if parse.lower[i] == "according" and i + 1 < len(parse) and parse.lower[i + 1] == "to":
        return Cue(i, i, i + 2, "according", "according")
    if tag.startswith("VB") and parse.lemma(i) in SPEECH_VERBS and parse.deps[i] not in _AUXILIARY:
        span = verb_group(parse, i)
        return Cue(i, span.start, span.end, "verb", parse.lemma(i))
    if tag in {"NN", "NNS"} and parse.lemma(i) in words("speech_nouns.tsv"):
        return Cue(i, i, i + 1, "noun", parse.lemma(i))
    return None


def verb_group(parse: Parse, verb: int) -> Tokens:
    """The verb with its auxiliaries, negation and particle, where they stand next to it."""
    start = verb
    while start > 0 and parse.heads[start - 1] == verb and parse.deps[start - 1] in _AUXILIARY | {"advmod"}:
        start -= 1
    while start < verb and parse.deps[start] == "advmod":
        start += 1
    end = verb + 1
    while end < len(parse) and parse.heads[end] == verb and parse.deps[end] in {"prt", "neg"}:
        end += 1
    return Tokens(start, end)
