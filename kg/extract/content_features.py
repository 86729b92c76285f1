"""What a candidate for the content of a cue looks like, as feature names."""

from bisect import bisect_right

from kg.extract.contents import Pieces
from kg.extract.cues import Cue, verb_act
from kg.extract.parse import Tokens
from kg.extract.speech_context import SpeechContext

_MANY = 6
_TRAILING = 2
_SIZES = (2, 4, 8, 16, 40)
_CLAUSAL = ("ccomp", "xcomp")


def around(context: SpeechContext, cue: Cue, speaker: Tokens | None) -> list[str]:
    """The surroundings of a cue, which every candidate's kind is seen together with."""
    parse, head = context.parse, cue.head
    lemma, tag, dep = context.lemmas[head], parse.tags[head], parse.deps[head]
    children = parse.children[head]
    right = next((parse.deps[c] for c in children if c > head and parse.deps[c] in _CLAUSAL), "")
    left = next((parse.deps[c] for c in children if c < head and parse.deps[c] in {"ccomp", "parataxis", "dep"}), "")
    thing = any(parse.deps[c] == "dobj" for c in children)
    where = _place(context, cue, speaker)
    near = context.sentence_has_quote[parse.sentence_of[head]]
    last = parse.edges[head].end
    frame = f"{left}<{right} {thing}"
    return [
        lemma,
        f"{tag} {dep}",
        f"act {verb_act(lemma)} {bool(right)} {thing}",
        f"{frame} {where}",
        f"{where} {near} {tag}",
        f"{lemma} {where} {bool(right)}",
        f"{near} {context.lower[cue.end]}",
        f"{context.lower[cue.start - 1]} {near} {where}",
        f"{dep} {frame} {last >= context.sentence(head).end - 1}",
    ]


def _place(context: SpeechContext, cue: Cue, speaker: Tokens | None) -> str:
    """Where the speaker stands to the cue."""
    if speaker is None:
        return "none"
    sentence = context.sentence(cue.head)
    if not sentence.start <= speaker.start < sentence.end:
        return "far"
    first = speaker.start <= sentence.start or context.parse.words[speaker.start - 1] in {"“", '"', ",", "''"}
    return ("before" if speaker.start < cue.start else "after") + str(first)


def shape(context: SpeechContext, cue: Cue, pieces: Pieces) -> list[str]:
    """What the pieces themselves look like: where they begin and end, how long, what quotations they cut."""
    parse, first, last = context.parse, pieces[0], pieces[-1]
    lemma = context.lemmas[cue.head]
    length = sum(end - start for start, end in pieces)
    size = bisect_right(_SIZES, length)
    opening, closing = _cuts(context, pieces)
    start_word, before, after = context.lower[first.start], context.lower[first.start - 1], context.lower[last.end]
    side = "L" if last.end <= cue.start else "R" if first.start >= cue.end else "B"
    gap = first.start - cue.end if side == "R" else cue.start - last.end
    cut = f"{opening}{closing}"
    return [
        f"#{len(pieces)} {side}",
        f"size{size} {lemma}",
        f"size{size} {side} {parse.tags[cue.head]}",
        f"start {start_word}",
        f"start {start_word} {lemma}",
        f"st {parse.tags[first.start]} {lemma}",
        f"st {parse.tags[first.start]} {side} {before if not before.isalpha() else 'w'}",
        f"end {parse.tags[last.end - 1]} {after if not after.isalpha() else context.tags[last.end]} {side}",
        f"after {after} {side}",
        f"before {before} {side}",
        f"cut {cut} {side}",
        f"quote {cut} {parse.words[first.start] in _MARKS} {parse.words[last.end - 1] in _MARKS} {side}",
        f"gap {min(gap, _MANY)} {side} {size > 1}",
        f"gap {min(gap, _MANY)} {lemma} {side}",
        f"verb {_has_verb(context, pieces)} {lemma} {side}",
        f"over {_beyond(context, cue, pieces)} {cut} {side}",
        f"part {_part_of(context, cue, pieces)} {lemma}",
        f"part {_part_of(context, cue, pieces)} {side}",
        f"in {context.in_speech[first.start]} {context.in_speech[last.end - 1]} {context.in_speech[cue.head]}",
    ]


_MARKS = frozenset({'"', "“", "”", "''", "``", "‘", "’", "'"})


def _cuts(context: SpeechContext, pieces: Pieces) -> tuple[str, str]:
    """Whether the candidate begins or ends in the middle of a quotation."""
    opening = closing = ""
    for start, end in pieces:
        first, last = context.quotes.of(start), context.quotes.of(end - 1)
        if first is not None and first.start < start:
            opening = "o"
        if last is not None and last.end > end + 1:
            closing = "c"
    return opening, closing


def _part_of(context: SpeechContext, cue: Cue, pieces: Pieces) -> str:
    """The dependent of the cue of which a candidate is only a part, as "it left" is of "that it left"."""
    parse = context.parse
    for c in parse.children[cue.head]:
        start, end = parse.edges[c]
        before, after = pieces[0].start - start, end - pieces[-1].end
        if before >= 0 and after >= 0 and (before > 1 or after > _TRAILING):
            return parse.deps[c]
    return ""


def _has_verb(context: SpeechContext, pieces: Pieces) -> bool:
    tags = context.parse.tags
    return any(
        tags[i][:2] == "VB" or tags[i] == "MD" for start, end in pieces for i in range(start, min(end, start + 25))
    )


def _beyond(context: SpeechContext, cue: Cue, pieces: Pieces) -> str:
    of = context.parse.sentence_of
    own = of[cue.head]
    return f"{max(-2, of[pieces[0].start] - own)} {min(2, of[pieces[-1].end - 1] - own)}"
