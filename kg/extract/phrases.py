"""Noun phrases: where a proper name begins, and whether capitals tell anything."""

from kg.extract.draft import Draft
from kg.extract.parse import Parse

_LONGEST_NAME = 6
_TITLE_CASE = 0.7
_SHORT_WORD = 3
_JOINTS = frozenset({"and", "of", "for", "the", "on", "to", "&", "-"})
_NO_NAME_TAGS = frozenset({"DT", "PRP$", "IN", "MD", "PRP", "VBD", "VBZ", "VBP", "POS", "CC", "WDT", "WP", "RB", "TO"})
_BEFORE_NOUN = frozenset({"det", "amod", "compound", "nummod", "nmod", "quantmod", "punct", "predet"})


def is_title_case(parse: Parse, i: int) -> bool:
    """Whether the sentence of token i writes most words with capitals, its verbs too, as headlines do."""
    a, b = parse.sentences[parse.sentence_of[i]]
    if any(
        parse.tags[k][0] == "V" and parse.words[k].islower() and len(parse.words[k]) > _SHORT_WORD for k in range(a, b)
    ):
        return False
    words = [w for w in parse.words[a:b] if w[0].isalpha() and len(w) > _SHORT_WORD]
    return len(words) > _SHORT_WORD and sum(w[0].isupper() for w in words) > _TITLE_CASE * len(words)


def proper_start(draft: Draft, i: int) -> int:
    """Where a proper name that ends at token i begins ("Home Battery Support Bill"); i where it is none."""
    parse = draft.parse
    if not parse.words[i][0].isupper() or is_title_case(parse, i):
        return i
    start, first = i, parse.sentences[parse.sentence_of[i]].start
    while start > max(first, i - _LONGEST_NAME) and _is_name_word(draft, start - 1, i):
        start -= 1
    while start < i and (parse.lower[start] in _JOINTS or (start == first and parse.tags[start][:2] != "NN")):
        start += 1
    return start


def _is_name_word(draft: Draft, k: int, end: int) -> bool:
    parse, owner = draft.parse, draft.cover[k]
    if owner is not None and owner.type in {"Person", "Country"} and k < end - 1:
        return False
    if parse.words[k] in {"and", "of", "for", "&", "-"}:
        return k > 0 and parse.words[k - 1][0].isupper() and draft.cover[k - 1] is None
    return parse.words[k][0].isupper() and parse.tags[k] not in _NO_NAME_TAGS


def phrase_start(parse: Parse, i: int) -> int:
    """Where the noun phrase with head i begins, without a possessor."""
    owner = parse.child(i, "poss")
    first = parse.edges[owner].end if owner is not None and owner < i else 0
    starts = [parse.edges[c].start for c in parse.children[i] if c < i and parse.deps[c] in _BEFORE_NOUN]
    return min(i, max(first, min(starts, default=i)))
