"""What tells whether a reading is right in speaker and content, as feature names for the last of the models."""

import math
from collections.abc import Iterator, Sequence

from kg.extract import cues, telling
from kg.extract.parse import Tokens
from kg.extract.readings import Reading
from kg.extract.speech_context import SpeechContext

_SAME = 0.5
"""Overlap of two contents from which one reading is a double of the other."""

_WHOLE = 0.9
_NOUNS = frozenset({"NN", "NNS"})


class Neighbours:
    """The readings of an article by the tokens of their contents, by cue and by sentence."""

    def __init__(self, context: SpeechContext, readings: Sequence[Reading]) -> None:
        self.tokens = {reading.cue.head: tokens_of(reading) for reading in readings}
        self.holding: dict[int, list[Reading]] = {}
        self.in_sentence: dict[int, list[Reading]] = {}
        for reading in readings:
            self.in_sentence.setdefault(context.parse.sentence_of[reading.cue.head], []).append(reading)
            for i in self.tokens[reading.cue.head]:
                self.holding.setdefault(i, []).append(reading)

    def around(self, reading: Reading) -> list[Reading]:
        """The other readings in whose content the cue stands."""
        return [other for other in self.holding.get(reading.cue.head, ()) if other is not reading]

    def overlapping(self, reading: Reading) -> list[tuple[Reading, int]]:
        """The other readings that share tokens of the content, with how many."""
        shared: dict[int, tuple[Reading, int]] = {}
        for i in self.tokens[reading.cue.head]:
            for other in self.holding[i]:
                if other is not reading:
                    shared[other.cue.head] = other, shared.get(other.cue.head, (other, 0))[1] + 1
        return [shared[head] for head in sorted(shared)]


def tokens_of(reading: Reading) -> set[int]:
    """The tokens of a reading's content."""
    return {i for piece in reading.content for i in range(*piece)}


def features(context: SpeechContext, reading: Reading, neighbours: Neighbours) -> list[str]:
    """All that is known of a reading: its scores, its words, what tells of speech, and what stands around it."""
    return [
        *_scores(context, reading),
        *_signals(context, reading),
        *_beside(context, reading, neighbours),
        *_speaker(context, reading),
        *_words(context, reading),
    ]


def _scores(context: SpeechContext, found: Reading) -> list[str]:
    parse, head = context.parse, found.cue.head
    lemma, tag, kind = context.lemmas[head], parse.tags[head][:2], found.kinds[0]
    cue, said, by = step(found.cue_score), share(found.content_chance), share(found.speaker_chance)
    label = "" if found.source is None else context.labels[found.source]
    way = "none" if found.source is None else f"{parse.deps[found.source]} {parse.tags[found.source]}"
    length = min(6, sum(end - start for start, end in found.content).bit_length())
    quoted = context.in_speech[found.content[0].start]
    return [
        f"cue {cue}",
        f"said {said}",
        f"by {by}",
        f"cue {cue} said {said}",
        f"cue {cue} by {by}",
        f"said {said} by {by}",
        f"all {cue // 2} {said // 2} {by // 2}",
        f"score {step(found.content_score)}",
        f"a {cues.verb_act(lemma)} {cue}",
        f"l {lemma}",
        f"l {lemma} {kind}",
        f"l {lemma} {length}",
        f"k {kind}",
        f"k {kind} {tag} {cue}",
        f"k {kind} {said}",
        f"len {length} {tag}",
        f"len {length} {quoted} {cue}",
        f"way {way}",
        f"way {way} {cue}",
        f"who {label} {cues.verb_act(lemma)}",
        f"in {context.in_speech[head]} {quoted} {cue}",
        f"tag {parse.tags[head]} {parse.deps[head]}",
    ]


def _signals(context: SpeechContext, found: Reading) -> list[str]:
    """What the lexicons say: whether the verb, the speaker and the form tell of speech."""
    head = found.cue.head
    told = telling.signals(context, head, found.source, found.content)
    cue, act = step(found.cue_score), cues.verb_act(context.lemmas[head])
    helpers = _helpers(context, head)
    return [
        f"tells {told.tells}",
        f"tells {told.tells} {cue}",
        f"verb {told.kind} {told.has_verb} {told.real}",
        f"verb {told.kind} {told.quoted} {told.speaks}",
        f"speaks {told.speaks} {told.kind}",
        f"speaks {told.speaks} {cue}",
        f"real {told.real} {act} {told.kind}",
        f"reader {told.reader}",
        f"substance {told.substance}",
        f"quoted {told.quoted} {share(found.content_chance)}",
        f"act {act} {told.has_verb} {told.real}",
        f"has verb {told.has_verb} {act}",
        f"links {told.links}",
        f"aux {helpers}",
        f"aux {helpers} {act}",
    ]


def _helpers(context: SpeechContext, head: int) -> str:
    parse = context.parse
    return " ".join(sorted(parse.lower[c] for c in parse.children[head] if parse.deps[c] in {"aux", "auxpass", "neg"}))


def _beside(context: SpeechContext, found: Reading, neighbours: Neighbours) -> Iterator[str]:
    """Whether it stands in another one's content, or has the same content, and what else its sentence tells."""
    own, head = neighbours.tokens[found.cue.head], found.cue.head
    yield from _inside(context, found, neighbours)
    same = 0
    for other, shared in neighbours.overlapping(found):
        if 2 * shared >= _SAME * (len(own) + len(neighbours.tokens[other.cue.head])):
            same += 1
            yield f"double {step(other.cue_score - found.cue_score) // 2} {other.cue.head < head}"
    yield f"same {min(same, 2)}"
    yield f"holds {min(2, sum(i in neighbours.tokens for i in own))}"
    beside = [r for r in neighbours.in_sentence[context.parse.sentence_of[head]] if r is not found]
    yield f"beside {min(len(beside), 3)} {step(max((r.cue_score for r in beside), default=-3)) // 2}"


def _inside(context: SpeechContext, found: Reading, neighbours: Neighbours) -> Iterator[str]:
    around = neighbours.around(found)
    if not around:
        yield "inside no"
        return
    outer = max(around, key=lambda r: r.cue_score)
    own, again = neighbours.tokens[found.cue.head], outer.source == found.source
    within = max(len(own & neighbours.tokens[r.cue.head]) / len(own) for r in around)
    yield f"inside {step(outer.cue_score)} {again} {context.in_speech[found.cue.head]}"
    yield f"inside {cues.verb_act(context.lemmas[outer.cue.head])} {again}"
    yield f"within {within > _WHOLE} {step(outer.cue_score)}"


def _speaker(context: SpeechContext, found: Reading) -> list[str]:
    parse, head, source = context.parse, found.cue.head, found.source
    if source is None:
        return []
    tag, subject = context.tags[source], parse.child(head, "nsubj")
    word = context.lemmas[source] if tag in _NOUNS or not tag.startswith("NN") else f"#{context.labels[source]}"
    back = parse.sentence_of[head] - parse.sentence_of[source]
    return [
        f"speaker {word}",
        f"speaker {tag} {context.in_speech[source]} {context.in_speech[head]}",
        f"back {back} {share(found.speaker_chance)}",
        f"subject {subject == source} {subject is not None} {parse.deps[head]}",
        f"in content {any(start <= source < end for start, end in found.content)}",
    ]


def _words(context: SpeechContext, found: Reading) -> Iterator[str]:
    """The words at the ends of the content and around the cue."""
    parse, head, first = context.parse, found.cue.head, found.content[0].start
    lemma, above = context.lemmas[head], parse.heads[head]
    yield f"first {context.lower[first]}"
    yield f"first {context.lower[first]} {cues.verb_act(lemma)}"
    yield f"pieces {len(found.content)}"
    yield f"size {sum(end - start for start, end in found.content) // 3}"
    yield f"gap {max(-3, min(6, first - found.cue.end))} {parse.tags[head][:2]}"
    yield f"frame {lemma} {cues.frame(parse, head)}"
    yield f"above {context.lemmas[above]} {parse.deps[head]}"
    yield f"start {parse.sentence_of[head] == 0}"
    yield f"next {context.lower[head + 1]}"
    yield f"before {context.lower[head - 1]}"
    top = _dependent(found.content, parse.heads, head)
    if top is not None:
        yield f"tie {parse.deps[top]} {parse.tags[top]}"
        yield f"tie {parse.deps[top]} {parse.tags[top]} {lemma}"


def _dependent(content: Sequence[Tokens], heads: Sequence[int], head: int) -> int | None:
    """The word of the content that hangs on the cue."""
    return next((i for piece in content for i in range(*piece) if heads[i] == head), None)


def step(score: float) -> int:
    """A log-odds in halves, from -3 to 6."""
    return max(-6, min(12, math.floor(score * 2)))


def share(chance: float) -> int:
    """A probability in tenths."""
    return min(9, int(chance * 10))
