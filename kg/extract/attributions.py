"""All acts of speech in an article: for every cue the likeliest speaker and content, and whether that is to be kept.

Four linear models decide, one after the other; training/speech.py learns them.
"""

import math
from collections.abc import Iterable

from kg.extract import acceptance, contents, cues, linear, readings, telling
from kg.extract.attribution import Attribution
from kg.extract.contents import Pieces
from kg.extract.lexicon import words
from kg.extract.parse import Parse, Tokens
from kg.extract.readings import Reading
from kg.extract.speech_context import SpeechContext

MIN_ACCEPT = 0.35
"""Probability of being right in speaker and content under which nothing is said."""

MIN_ATTITUDE = 0.5
"""The same where words are not told as speech: "wants", "supports", "is expected"."""

MIN_STRANGE = 0.7
"""The same where the verb is not even one of attitude."""

MIN_THING = 0.8
"""The same where the speaker is nobody who can speak."""

MIN_REPORTED = 0.12
"""The same for words that are wholly what somebody else says."""

MIN_SPEAKER = 0.2
"""Probability under which a speaker is left open."""

_LESS = 0.6
"""What the confidence of an attitude is multiplied with: what was said comes before what is felt."""


def find(context: SpeechContext) -> list[Attribution]:
    """Every act of speech, in the order of the cues; no two with the same content unless one reports the other."""
    models = {name: linear.load(f"speech_{name}") for name in ("cue", "speaker", "content", "accept")}
    found = readings.find(context, models)
    neighbours = acceptance.Neighbours(context, found)
    scored = [
        (_logistic(models["accept"].score(acceptance.features(context, reading, neighbours))), reading)
        for reading in found
    ]
    sure = [pair for pair in scored if pair[0] >= _bar(context, pair[1])]
    reported = {_top(context, found.content) for _, found in sure if _is_outlet(context, found)}
    unsure = [pair for pair in scored if MIN_REPORTED <= pair[0] < MIN_ACCEPT]
    inside = [pair for pair in unsure if _is_reported(context, pair[1], reported) or _is_carried(context, pair[1])]
    best = _without_doubles(sure + inside, reported)
    kept = [_attribution(context, chance, found) for chance, found in best if not _is_own_noun(context, found, best)]
    for one in kept:
        _leave_to_others(context.parse, one, kept)
    taken = {i for one in kept for piece in one.content for i in range(*piece)}
    for one in kept:
        one.content[:0] = _begun_before(context, one, taken)
    return kept


def _begun_before(context: SpeechContext, one: Attribution, taken: set[int]) -> list[Tokens]:
    """The paragraphs before, left open, of a quotation that goes on in this one's content and is nobody else's."""
    quote = context.quotes.of(one.content[0].start)
    begun: list[Tokens] = []
    while quote is not None and quote.continues:
        before = context.quotes.all[context.quotes.at[quote.start] - 1]
        if before.closed or not taken.isdisjoint(range(before.start, before.end)):
            break
        begun.insert(0, Tokens(before.start, before.end))
        quote = before
    return begun


def _tells(context: SpeechContext, found: Reading) -> bool:
    return telling.tells(context, found.cue.head, found.source, found.content)


def _is_own_noun(context: SpeechContext, found: Reading, best: list[tuple[float, Reading]]) -> bool:
    """Whether a noun of speech is only part of what its speaker says: "called on them to heed calls for reason"."""
    head = found.cue.head
    if not context.tags[head].startswith("N"):
        return False
    around = (other for _, other in best if any(start <= head < end for start, end in other.content))
    return any(other.source == found.source for other in around)


def _bar(context: SpeechContext, found: Reading) -> float:
    """How sure a reading must be to be kept."""
    head = found.cue.head
    if _tells(context, found):
        return MIN_ACCEPT
    if telling.is_unsaid(context, head, found.source, found.content):
        return math.inf
    if found.source is not None and not telling.can_speak(context, found.source):
        return MIN_THING
    known = not cues.is_verb(context.parse, head) or cues.verb_act(context.lemmas[head])
    return MIN_ATTITUDE if known else MIN_STRANGE


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


def _is_outlet(context: SpeechContext, found: Reading) -> bool:
    """Whether the speaker may be an outlet that passes on what others say."""
    if found.source is None:
        return False
    return context.labels[found.source] == "ORG" or context.lower[found.source] in words("media_nouns.txt")


def _is_carried(context: SpeechContext, found: Reading) -> bool:
    """Whether only an outlet's report at its end makes a reading unsure: "stressed that it is so, reported Reuters"."""
    if not _tells(context, found):
        return False
    start, end = found.content[-1]
    near = range(max(start, end - _TAIL), end)
    return any(context.lower[i] in _REPORTING and context.parse.words[i - 1] == "," for i in near)


_TAIL = 5
_REPORTING = frozenset({"reported", "reports", "wrote", "writes"})


def _is_reported(context: SpeechContext, found: Reading, reported: set[int]) -> bool:
    """Whether somebody's words are all that an outlet's words are about: "Reuters said that the ministry said …"."""
    return found.cue.head in reported and cues.verb_act(context.lemmas[found.cue.head]) != ""


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _without_doubles(scored: Iterable[tuple[float, Reading]], reported: set[int]) -> list[tuple[float, Reading]]:
    """Of two readings with nearly the same content the likelier one; what is reported stays beside its report."""
    kept: list[tuple[float, Reading, set[int]]] = []
    for chance, found in sorted(scored, key=lambda pair: (-pair[0], pair[1].cue.head)):
        own = {i for piece in found.content for i in range(*piece)}
        rivals = (other for _, rival, other in kept if not {found.cue.head, rival.cue.head} & reported)
        if all(2 * len(own & other) < _SAME * (len(own) + len(other)) for other in rivals):
            kept.append((chance, found, own))
    return sorted(((chance, found) for chance, found, _ in kept), key=lambda pair: pair[1].cue.head)


_SAME = 0.8


def _attribution(context: SpeechContext, chance: float, found: Reading) -> Attribution:
    sure = found.speaker_chance >= MIN_SPEAKER
    return Attribution(
        head=found.cue.head,
        cue=Tokens(found.cue.start, found.cue.end),
        speaker=found.speaker if sure else None,
        content=[contents.with_marks(context, piece) for piece in found.content],
        confidence=chance if _tells(context, found) else chance * _LESS,
        rule="speech:learned",
    )
