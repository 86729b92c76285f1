"""The likeliest reading of every cue: who speaks and what is said, as three linear models rank it."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract import content_features, contents, cues, speakers
from kg.extract.contents import Pieces
from kg.extract.cues import Cue
from kg.extract.linear import Linear
from kg.extract.parse import Tokens
from kg.extract.speech_context import SpeechContext

MIN_CUE = -1.6
"""Log-odds under which a word is not looked at as a cue any further."""


class Reading(NamedTuple):
    """The likeliest reading of a cue, with the figures that tell how sure it is.

    `source` is the token that heads the speaker's words; `kinds` tells how the content was come by.
    """

    cue: Cue
    source: int | None
    speaker: Tokens | None
    content: Pieces
    kinds: list[str]
    cue_score: float
    speaker_chance: float
    content_chance: float
    content_score: float


def find(context: SpeechContext, models: dict[str, Linear]) -> list[Reading]:
    """The readings of all cues that score high enough, by `models` "cue", "speaker" and "content"."""
    found = []
    for i in cues.candidates(context, models["cue"].words):
        score = models["cue"].score(cues.features(context, i))
        if score >= MIN_CUE and (reading := _read(context, i, score, models)) is not None:
            found.append(reading)
    return found


def _read(context: SpeechContext, head: int, cue_score: float, models: dict[str, Linear]) -> Reading | None:
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
    return Reading(cue, source, speaker, pieces, kinds, cue_score, speaker_chance, _chance(scores, best), scores[best])


def _speaker(context: SpeechContext, head: int, model: Linear) -> tuple[int | None, float]:
    if (name := speakers.inverted(context, head)) is not None:
        return name, 1.0
    found = speakers.candidates(context, head)
    if not found or speakers.is_passive(context.parse, head):
        return None, 0.0
    scores = [model.score(f) for f in speakers.features(context, head, found)]
    best = max(range(len(scores)), key=scores.__getitem__)
    return speakers.by_subject(context, head, found[best]), _chance(scores, best)


def _chance(scores: Sequence[float], best: int) -> float:
    """The probability of the best of several options."""
    return 1 / sum(math.exp(score - scores[best]) for score in scores)
