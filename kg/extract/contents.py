"""What was said: candidates for the words that a cue announces, in one or more pieces.

candidates(context, cue, speaker)  ->  {pieces: kinds}, where a kind tells how the pieces were come by
"""

from collections.abc import Iterator

from kg.extract.cues import Cue
from kg.extract.parse import Parse, Tokens
from kg.extract.speech_context import SpeechContext

Pieces = tuple[Tokens, ...]
_TRIMMED = frozenset(",.;:—–-")
_DEPTH = 4
_MAX_CONTINUED = 12
"""Quotations in a row that are taken as one speech."""


def candidates(context: SpeechContext, cue: Cue, speaker: Tokens | None) -> dict[Pieces, list[str]]:
    """All candidates, each with the ways it was come by."""
    found: dict[Pieces, list[str]] = {}
    cleaned: dict[Pieces, Pieces] = {}
    for kind, raw in _raw(context, cue, speaker):
        key = tuple(raw)
        if key not in cleaned:
            cleaned[key] = _clean(context, raw, cue, speaker)
        if cleaned[key]:
            _note(found, cleaned[key], kind)
    for pieces, kinds in list(found.items()):
        more = _continued(context, pieces)
        if more:
            for kind in kinds:
                _note(found, pieces + more, f"{kind}+")
    return found


def _note(found: dict[Pieces, list[str]], pieces: Pieces, kind: str) -> None:
    kinds = found.setdefault(pieces, [])
    if kind not in kinds:
        kinds.append(kind)


def _raw(context: SpeechContext, cue: Cue, speaker: Tokens | None) -> Iterator[tuple[str, list[Tokens]]]:
    parse = context.parse
    sentence = context.sentence(cue.head)
    yield from _below(parse, cue, sentence)
    yield from _sides(parse, cue, speaker, sentence)
    yield from _above(parse, cue, speaker)
    yield from _quoted(context, cue, sentence)
    yield from _beyond(parse, cue, sentence)


def _below(parse: Parse, cue: Cue, sentence: Tokens) -> Iterator[tuple[str, list[Tokens]]]:
    """Subtrees below the cue; from a child to the end of the cue's subtree, and to the end of the sentence."""
    for c in parse.children[cue.head]:
        side, dep, edge = "L" if c < cue.head else "R", parse.deps[c], parse.edges[c]
        if dep in _EMPTY:
            continue
        yield f"sub {dep}{side}", [edge]
        if side == "R":
            yield f"to-conjunct {dep}", [Tokens(edge.start, max(edge.end, _before_conjunct(parse, cue.head)))]
            yield f"to-end {dep}", [Tokens(edge.start, max(edge.end, parse.edges[cue.head].end))]
            yield f"to-stop {dep}", [Tokens(edge.start, sentence.end)]
        yield from _deeper(parse, c, f"{dep}{side}", 2)


def _before_conjunct(parse: Parse, head: int) -> int:
    """Where the last dependent of a word ends before "and" another."""
    end = head + 1
    for c in parse.children[head]:
        if c > head and parse.deps[c] in {"cc", "conj"}:
            break
        end = max(end, parse.edges[c].end)
    return end


_EMPTY = frozenset({"aux", "auxpass", "punct", "neg", "prt", "cc", "case", "mark"})
_DEEP = frozenset({"pobj", "pcomp", "ccomp", "xcomp", "dobj", "acl", "relcl", "conj", "advcl", "attr"})


def _deeper(parse: Parse, node: int, way: str, depth: int) -> Iterator[tuple[str, list[Tokens]]]:
    for c in parse.children[node]:
        if parse.deps[c] in _DEEP:
            yield f"sub {way}>{parse.deps[c]}", [parse.edges[c]]
            if depth < _DEPTH:
                yield from _deeper(parse, c, f"{way}>{parse.deps[c]}", depth + 1)


def _sides(parse: Parse, cue: Cue, speaker: Tokens | None, sentence: Tokens) -> Iterator[tuple[str, list[Tokens]]]:
    """What stands on either side of speaker and cue, in the sentence and in the cue's own clause."""
    near = speaker if speaker is not None and sentence.start <= speaker.start < sentence.end else None
    first = min(cue.start, near.start) if near else cue.start
    last = max(cue.end, near.end) if near else cue.end
    left, right = Tokens(sentence.start, first), Tokens(last, sentence.end)
    clause = parse.edges[cue.head]
    yield "left", [left]
    yield "right", [right]
    yield "both", [left, right]
    yield "left-in", [Tokens(min(clause.start, first), first)]
    yield "right-in", [Tokens(last, max(clause.end, last))]
    yield "after-cue", [Tokens(cue.end, sentence.end)]
    yield "before-clause", [Tokens(sentence.start, clause.start)]
    yield "outside", [Tokens(sentence.start, clause.start), Tokens(clause.end, sentence.end)]


def _above(parse: Parse, cue: Cue, speaker: Tokens | None) -> Iterator[tuple[str, list[Tokens]]]:
    """The subtrees that the cue stands in, without its own; and its sisters."""
    node = cue.head
    for height in range(1, 4):
        up = parse.heads[node]
        if up == node:
            return
        own, whole = parse.edges[cue.head], parse.edges[up]
        yield f"up{height} {parse.deps[node]}", [Tokens(whole.start, own.start), Tokens(own.end, whole.end)]
        if speaker is not None and height == 1:
            hull = Tokens(min(cue.start, speaker.start), max(cue.end, speaker.end))
            yield "up-hull", [Tokens(whole.start, hull.start), Tokens(hull.end, whole.end)]
        for sister in parse.children[up]:
            if sister != node and parse.deps[sister] not in _EMPTY:
                yield f"sister{height} {parse.deps[node]} {parse.deps[sister]}", [parse.edges[sister]]
        node = up


def _quoted(context: SpeechContext, cue: Cue, sentence: Tokens) -> Iterator[tuple[str, list[Tokens]]]:
    inside = [q for q in context.quotes.all if q.start < sentence.end and q.end > sentence.start]
    outside = [q for q in inside if not q.start <= cue.head < q.end]
    left = [Tokens(q.start, q.end) for q in outside if q.end <= cue.start]
    right = [Tokens(q.start, q.end) for q in outside if q.start >= cue.end]
    yield "quotes", left + right
    yield "quotes left", left
    yield "quotes right", right
    if left:
        yield "quote before", left[-1:]
    if right:
        yield "quote after", right[:1]


def _beyond(parse: Parse, cue: Cue, sentence: Tokens) -> Iterator[tuple[str, list[Tokens]]]:
    """Whole sentences and paragraphs beside the cue's own."""
    k, p = parse.sentence_of[cue.head], parse.paragraph_of[cue.head]
    paragraph = parse.paragraphs[p]
    if k:
        yield "sentence before", [parse.sentences[k - 1]]
    if k + 1 < len(parse.sentences):
        yield "sentence after", [parse.sentences[k + 1]]
    if sentence.end >= paragraph.end and p + 1 < len(parse.paragraphs):
        yield "paragraph after", [parse.paragraphs[p + 1]]
    if sentence.start <= paragraph.start and p:
        yield "paragraph before", [parse.paragraphs[p - 1]]
    yield "rest of paragraph", [Tokens(cue.end, paragraph.end)]


def _clean(context: SpeechContext, raw: list[Tokens], cue: Cue, speaker: Tokens | None) -> Pieces:
    pieces = []
    for piece in raw:
        trimmed = _trim(context.parse, _whole_quotes(context, piece, cue))
        if trimmed is None or trimmed.start <= cue.head < trimmed.end:
            continue
        if trimmed != speaker:
            pieces.append(trimmed)
    return tuple(pieces)


def _trim(parse: Parse, piece: Tokens) -> Tokens | None:
    start, end = piece
    while start < end and parse.words[start] in _TRIMMED:
        start += 1
    while start < end and parse.words[end - 1] in _TRIMMED:
        end -= 1
    return Tokens(start, end) if _has_word(parse, start, end) else None


def _whole_quotes(context: SpeechContext, piece: Tokens, cue: Cue) -> Tokens:
    """A piece up to a sentence's end is a piece up to the quotation's end: sentences end inside quotations too."""
    start, end = piece
    if start >= end:
        return piece
    sentences = context.parse.sentences
    first, last = context.quotes.of(start), context.quotes.of(end - 1)
    if first is not None and start == sentences[context.parse.sentence_of[start]].start and cue.head >= first.end:
        start = min(start, first.start)
    if last is not None and end >= sentences[context.parse.sentence_of[end - 1]].end and cue.head < last.start:
        end = max(end, last.end)
    return Tokens(start, end)


def _continued(context: SpeechContext, pieces: Pieces) -> Pieces:
    """Quotations that go on where the sentence ends: in the same paragraph, or in the next where none was closed."""
    parse, more = context.parse, []
    last = context.quotes.of(pieces[-1].end - 1) or context.quotes.of(pieces[0].start)
    if last is None:
        return ()
    at = max(pieces[-1].end, context.sentence(pieces[-1].end - 1).end)
    paragraph = parse.paragraph_of[pieces[-1].end - 1]
    for _ in range(_MAX_CONTINUED):
        while at < len(parse) and parse.words[at] in _TRIMMED:
            at += 1
        quote = context.quotes.of(at) if at < len(parse) else None
        if quote is None or quote.start != at or (parse.paragraph_of[at] != paragraph and not quote.continues):
            break
        more.append(Tokens(quote.start, quote.end))
        at, paragraph = quote.end, parse.paragraph_of[quote.end - 1]
    return tuple(more)


def with_marks(context: SpeechContext, piece: Tokens) -> Tokens:
    """A piece with the marks and stops of the quotations that it holds to the last word."""
    first, last = context.quotes.of(piece.start), context.quotes.of(piece.end - 1)
    start, end = piece
    if last is not None and last.end > end and not _has_word(context.parse, end, last.end):
        end = last.end
    if (
        first is not None
        and first.start < start
        and first.end <= end
        and not _has_word(context.parse, first.start, start)
    ):
        start = first.start
    return Tokens(start, end)


def _has_word(parse: Parse, start: int, end: int) -> bool:
    return any(parse.words[i][:1].isalnum() for i in range(start, end))
