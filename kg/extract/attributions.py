"""All acts of speech in an article: for every cue the likeliest speaker and content, and whether that is to be kept.

Four linear models decide, one after the other; training/speech.py learns them.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.extract import content_features, contents, cues, linear, speakers, telling
from kg.extract.attribution import Attribution
from kg.extract.contents import Pieces
from kg.extract.cues import Cue
from kg.extract.lexicon import words
from kg.extract.linear import Linear
from kg.extract.parse import Parse, Tokens
from kg.extract.speech_context import SpeechContext

MIN_CUE = -1.0
"""Log-odds under which a word is not looked at as a cue any further."""

MIN_ACCEPT = 0.37
"""Probability of being right in speaker and content under which nothing is said."""

MIN_STRANGE = 0.45
"""The same where neither the verb nor a quotation tells of speech."""

MIN_REPORTED = 0.12
"""The same for words that are wholly what somebody else says."""

MIN_SPEAKER = 0.2
"""Probability under which a speaker is left open."""


class Ranked(NamedTuple):
    """The likeliest reading of a cue, with the figures that tell how sure it is."""

    cue: Cue
    source: int | None
    speaker: Tokens | None
    content: Pieces
    kinds: list[str]
    cue_score: float
    speaker_chance: float
    content_chance: float
    content_score: float


def find(context: SpeechContext) -> list[Attribution]:
    """Every act of speech, in the order of the cues; no two with the same content unless one reports the other."""
    models = {name: linear.load(f"speech_{name}") for name in ("cue", "speaker", "content", "accept")}
    scored = [
        (_logistic(models["accept"].score(accept_features(context, found))), found)
        for found in ranked(context, models)
        if telling.tells(context, found.cue.head, found.source, found.content)
    ]
    sure = [pair for pair in scored if pair[0] >= _bar(context, pair[1])]
    reported = {_top(context, found.content) for _, found in sure if _is_outlet(context, found)}
    inside = [
        pair for pair in scored if MIN_REPORTED <= pair[0] < MIN_ACCEPT and _is_reported(context, pair[1], reported)
    ]
    best = _without_doubles(sure + inside, reported)
    kept = [_attribution(context, chance, found) for chance, found in best if not _is_own_noun(context, found, best)]
    for one in kept:
        _leave_to_others(context.parse, one, kept)
    return kept


def _is_own_noun(context: SpeechContext, found: Ranked, best: list[tuple[float, Ranked]]) -> bool:
    """Whether a noun of speech is only part of what its speaker says: "called on them to heed calls for reason"."""
    head = found.cue.head
    if not context.tags[head].startswith("N"):
        return False
    around = (other for _, other in best if any(start <= head < end for start, end in other.content))
    return any(other.source == found.source for other in around)


def _bar(context: SpeechContext, found: Ranked) -> float:
    """How sure a reading must be to be kept."""
    head = found.cue.head
    quoted = any(context.in_speech[piece.start] for piece in found.content)
    strange = cues.is_verb(context.parse, head) and not cues.verb_act(context.lemmas[head]) and not quoted
    return MIN_STRANGE if strange and context.lower[head] != "according" else MIN_ACCEPT


def _leave_to_others(parse: Parse, one: Attribution, kept: list[Attribution]) -> None:
    """A quotation that goes on after its sentence ends where the next one has a cue of its own."""
    begun = {other.content[0].start for other in kept if parse.sentence_of[other.head] != parse.sentence_of[one.head]}
    for n in range(1, len(one.content)):
        if one.content[n].start in begun:
            del one.content[n:]
            return


def _top(context: SpeechContext, content: Pieces) -> int:
    """The token on which a content hangs."""
    start, end = content[0]
    heads = context.parse.heads
    return next((i for i in range(start, end) if heads[i] == i or not start <= heads[i] < end), start)


def _is_outlet(context: SpeechContext, found: Ranked) -> bool:
    """Whether the speaker may be an outlet that passes on what others say."""
    if found.source is None:
        return False
    return context.labels[found.source] == "ORG" or context.lower[found.source] in words("media_nouns.txt")


def _is_reported(context: SpeechContext, found: Ranked, reported: set[int]) -> bool:
    """Whether somebody's words are all that an outlet's words are about: "Reuters said that the ministry said …"."""
    return found.cue.head in reported and cues.verb_act(context.lemmas[found.cue.head]) != ""


def ranked(context: SpeechContext, models: dict[str, Linear]) -> list[Ranked]:
    """For every cue that scores high enough its likeliest reading."""
    found = []
    for i in cues.candidates(context, models["cue"].words):
        score = models["cue"].score(cues.features(context, i))
        if score >= MIN_CUE and (reading := _read(context, i, score, models)) is not None:
            found.append(reading)
    return found


def _read(context: SpeechContext, head: int, cue_score: float, models: dict[str, Linear]) -> Ranked | None:
    cue = cues.span(context.parse, head)
    source, speaker_chance = _speaker(context, head, models["speaker"])
    speaker = None if source is None else speakers.whole(context.parse, head, source)
    options = contents.candidates(context, cue, speaker)
    if not options:
        return None
    around, model = content_features.around(context, cue, speaker), models["content"]
    scores = [
        model.score(content_features.shape(context, cue, pieces)) + model.score_together(kinds, around)
        for pieces, kinds in options.items()
    ]
    best = max(range(len(scores)), key=scores.__getitem__)
    pieces, kinds = list(options.items())[best]
    return Ranked(cue, source, speaker, pieces, kinds, cue_score, speaker_chance, _chance(scores, best), scores[best])


def _speaker(context: SpeechContext, head: int, model: Linear) -> tuple[int | None, float]:
    if (name := speakers.inverted(context, head)) is not None:
        return name, 1.0
    found = speakers.candidates(context, head)
    if not found or speakers.is_passive(context.parse, head):
        return None, 0.0
    scores = [model.score(f) for f in speakers.features(context, head, found)]
    best = max(range(len(scores)), key=scores.__getitem__)
    return speakers.by_subject(context, head, found[best]), _chance(scores, best)


def accept_features(context: SpeechContext, found: Ranked) -> list[str]:
    """What tells whether a reading is right, as feature names."""
    parse, head = context.parse, found.cue.head
    lemma, tag, kind = context.lemmas[head], parse.tags[head][:2], found.kinds[0]
    cue, said, by = _step(found.cue_score), _share(found.content_chance), _share(found.speaker_chance)
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
        f"score {_step(found.content_score)}",
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


def _step(score: float) -> int:
    return max(-6, min(12, math.floor(score * 2)))


def _share(chance: float) -> int:
    return min(9, int(chance * 10))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _chance(scores: Sequence[float], best: int) -> float:
    """The probability of the best of several options."""
    return 1 / sum(math.exp(score - scores[best]) for score in scores)


def _without_doubles(scored: Iterable[tuple[float, Ranked]], reported: set[int]) -> list[tuple[float, Ranked]]:
    """Of two readings with nearly the same content the likelier one; what is reported stays beside its report."""
    kept: list[tuple[float, Ranked, set[int]]] = []
    for chance, found in sorted(scored, key=lambda pair: (-pair[0], pair[1].cue.head)):
        own = {i for piece in found.content for i in range(*piece)}
        rivals = (other for _, rival, other in kept if not {found.cue.head, rival.cue.head} & reported)
        if all(2 * len(own & other) < _SAME * (len(own) + len(other)) for other in rivals):
            kept.append((chance, found, own))
    return sorted(((chance, found) for chance, found, _ in kept), key=lambda pair: pair[1].cue.head)


_SAME = 0.8


def _attribution(context: SpeechContext, chance: float, found: Ranked) -> Attribution:
    sure = found.speaker_chance >= MIN_SPEAKER
    return Attribution(
        head=found.cue.head,
        cue=Tokens(found.cue.start, found.cue.end),
        speaker=found.speaker if sure else None,
        content=[contents.with_marks(context, piece) for piece in found.content],
        confidence=chance,
        rule="speech:learned",
    )
