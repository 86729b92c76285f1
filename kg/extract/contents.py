"""What was said: the words that a cue announces, in one or more pieces."""

from kg.extract.cues import Cue
from kg.extract.parse import Parse, Tokens
from kg.extract.quotes import Quotes

_COMPLEMENT = frozenset({"ccomp", "xcomp", "dobj", "prep", "oprd", "attr", "advcl", "acomp", "acl", "relcl", "dative"})
_LEFT = frozenset({"ccomp", "parataxis", "dep", "advcl"})
_PUNCTUATION = frozenset(",.;:—–-")


def find(parse: Parse, quotes: Quotes, cue: Cue, speaker: Tokens | None) -> list[Tokens]:
    """The pieces of the content in the order of the text; empty where the cue announces nothing."""
    sentence = parse.sentences[parse.sentence_of[cue.head]]
    if cue.kind == "according":
        return _around(parse, sentence, parse.edges[cue.head])
    if cue.kind == "noun":
        return _of_noun(parse, cue)
    left = _left(parse, cue, sentence)
    right = _right(parse, quotes, cue, speaker)
    pieces = [p for p in (left, right) if p is not None]
    if left is not None and right is None:
        pieces += _next(parse, quotes, sentence, left)
    if not pieces and parse.deps[cue.head] in {"parataxis", "ccomp", "advcl"}:
        pieces = _around(parse, sentence, parse.edges[cue.head])
    return pieces


def _trim(parse: Parse, start: int, end: int) -> Tokens | None:
    while start < end and parse.words[start] in _PUNCTUATION:
        start += 1
    while start < end and parse.words[end - 1] in _PUNCTUATION:
        end -= 1
    return Tokens(start, end) if start < end else None


def _around(parse: Parse, sentence: Tokens, hole: Tokens) -> list[Tokens]:
    sides = (_trim(parse, sentence.start, hole.start), _trim(parse, hole.end, sentence.end))
    return [side for side in sides if side is not None]


def _left(parse: Parse, cue: Cue, sentence: Tokens) -> Tokens | None:
    """A clause before the verb, as in "X is Y, he said"."""
    clauses = [c for c in parse.children[cue.head] if parse.deps[c] in _LEFT and parse.edges[c].end <= cue.start]
    before = [c for c in clauses if parse.deps[c] != "advcl"]
    if not before:
        return None
    return _trim(parse, max(sentence.start, parse.edges[cue.head].start), parse.edges[before[-1]].end)


def _right(parse: Parse, quotes: Quotes, cue: Cue, speaker: Tokens | None) -> Tokens | None:
    after = [
        c
        for c in parse.children[cue.head]
        if c >= cue.end and parse.deps[c] in _COMPLEMENT and not (speaker and speaker.start <= c < speaker.end)
    ]
    clause = [c for c in after if parse.deps[c] in {"ccomp", "xcomp"}]
    first = clause[0] if clause else next((c for c in after if parse.deps[c] in {"dobj", "prep", "oprd", "attr"}), None)
    if first is None:
        return None
    return _trim(parse, parse.edges[first].start, max(parse.edges[first].end, parse.edges[cue.head].end))


def _of_noun(parse: Parse, cue: Cue) -> list[Tokens]:
    clause = next((c for c in parse.children[cue.head] if parse.deps[c] in {"acl", "relcl", "ccomp"} and c > cue.head), None)
    if clause is None:
        return []
    start, end = parse.edges[clause]
    return [Tokens(start, end)] if parse.lower[start] in {"that", "to"} else []


def _next(parse: Parse, quotes: Quotes, sentence: Tokens, left: Tokens) -> list[Tokens]:
    """Quotations that go on after `… ," he said.` in the same paragraph."""
    pieces: list[Tokens] = []
    at = sentence.end
    if quotes.at[left.end - 1] < 0 and quotes.at[left.start] < 0:
        return pieces
    while at < len(parse) and parse.paragraph_of[at] == parse.paragraph_of[left.start]:
        quote = quotes.of(at)
        if quote is None or quote.start != at:
            break
        pieces.append(Tokens(quote.start, quote.end))
        at = quote.end
        while at < len(parse) and parse.words[at] in _PUNCTUATION:
            at += 1
    return pieces
