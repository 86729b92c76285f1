"""What ties statements to each other and to events: MADE_AT, ECHOES, RESPONDS_TO."""

from collections.abc import Iterator

from kg.extract.draft import Draft, DraftEntity, DraftStatement
from kg.extract.lexicon import rows, words
from kg.extract.parse import Parse
from kg.extract.said import Said
from kg.model.ontology import is_a

_AT = frozenset({"during", "at", "in", "on"})
_TIES = {row[0]: row[1] for row in rows("speech_ties.tsv")}
_KIN = frozenset(
    {
        "AGENCY_OF",
        "SPOKESPERSON_FOR",
        "HEAD_OF",
        "MINISTER_OF",
        "EMPLOYED_BY",
        "MEMBER_OF",
        "REPRESENTS",
        "PART_OF",
        "CITIZEN_OF",
    }
)


def find(draft: Draft, said: list[Said]) -> None:
    """Add the claims between what was said, where, and in answer to whom."""
    _venues(draft, said)
    for tie, at, source, target in _ties(draft):
        subject = _subject(draft, said, at, source)
        other = _target(draft, said, at, target, subject)
        if subject is not None and other is not None and subject is not other:
            draft.claim(
                tie, subject, other, draft.parse.sentences[draft.parse.sentence_of[at]], 0.7, f"speech:{tie.lower()}"
            )


def _venues(draft: Draft, said: list[Said]) -> None:
    """A statement is made at the event named beside its cue, or where its speaker just spoke in the same paragraph."""
    last: tuple[int, DraftEntity | None, DraftEntity] | None = None
    for one in said:
        paragraph = draft.parse.paragraph_of[one.found.head]
        event = _venue(draft, one) or _venue_before(draft, one)
        if event is None and last is not None and last[0] == paragraph and one.speaker is not None:
            event = last[2] if last[1] is one.speaker else None
        if event is not None:
            where = (one.statement.start, one.statement.end)
            draft.claim("MADE_AT", one.statement, event, where, 0.75, "speech:venue")
            last = paragraph, one.speaker, event


def _venue(draft: Draft, one: Said) -> DraftEntity | None:
    """An event in the cue's sentence, outside what is said, at which the cue or its speaker was."""
    for i, preposition in _places(draft, draft.parse.sentence_of[one.found.head]):
        if not one.contains(i) and _hangs_on(draft, preposition, one):
            return draft.cover[i]
    return None


def _venue_before(draft: Draft, one: Said) -> DraftEntity | None:
    """The event of the sentence before, if that names words of the same speaker at it: "remarks by X at a summit"."""
    parse, sentence = draft.parse, draft.parse.sentence_of[one.found.head] - 1
    if sentence < 0 or one.speaker is None:
        return None
    start, end = parse.sentences[sentence]
    if parse.paragraph_of[start] != parse.paragraph_of[one.found.head] or one.speaker not in draft.cover[start:end]:
        return None
    return next((draft.cover[i] for i, at in _places(draft, sentence) if _is_speech(parse, parse.heads[at])), None)


def _places(draft: Draft, sentence: int) -> Iterator[tuple[int, int]]:
    """Mentions of events after "at", "during" and the like, with that word."""
    for i in range(*draft.parse.sentences[sentence]):
        entity, preposition = draft.cover[i], draft.parse.heads[i]
        if entity is None or entity.type != "Event" or entity.attributes.get("eventKind") in _NO_VENUE:
            continue
        if draft.parse.lower[preposition] in _AT:
            yield i, preposition


_NO_VENUE = frozenset({"marketMove", "attack", "deal"})


def _hangs_on(draft: Draft, preposition: int, one: Said) -> bool:
    """Whether "at the summit" says where the cue, its speaker's clause or a noun of speech was."""
    parse, above = draft.parse, draft.parse.heads[preposition]
    if above in {one.found.head, parse.heads[one.found.head]} or _is_speech(parse, above):
        return True
    speaker = one.found.speaker
    return speaker is not None and speaker.start <= above < speaker.end and preposition >= speaker.end - 1


def _is_speech(parse: Parse, i: int) -> bool:
    return parse.lemma(i) in words("speech_nouns.tsv") or parse.lemma(i) in _SPEAKING


_SPEAKING = frozenset({"make", "speak", "tell", "interview"})


def _ties(draft: Draft) -> Iterator[tuple[str, int, int | None, int]]:
    """(relation, token, whose words answer or echo, whose words are answered or echoed)."""
    parse = draft.parse
    for i, word in enumerate(parse.lower):
        tie = _TIES.get(parse.lemma(i) if parse.tags[i].startswith("V") else word)
        if tie is None or _is_refused(parse, i):
            continue
        target = _other_end(draft, i)
        if target is not None:
            yield tie, i, _own_end(draft, i), target


def _is_refused(parse: Parse, i: int) -> bool:
    """Whether nobody answered, or only a request: "did not respond to", "in response to a request for comment"."""
    above = parse.heads[i]
    refused = parse.is_negated(i) or (parse.deps[i] == "xcomp" and parse.lemma(above) in _REFUSING)
    return refused or not _ASKED.isdisjoint(parse.lower[i : i + _NEAR_TIE])


_REFUSING = frozenset({"decline", "refuse", "fail"})
_ASKED = frozenset({"request", "requests", "email", "emails", "inquiry", "inquiries", "questions"})
_NEAR_TIE = 5


def _own_end(draft: Draft, i: int) -> int | None:
    parse = draft.parse
    for verb in (i, parse.heads[i], parse.heads[parse.heads[i]]):
        subject = parse.child(verb, "nsubj")
        if subject is not None:
            return parse.child(subject, "poss") if parse.child(subject, "poss") is not None else subject
        owner = parse.child(verb, "poss")
        if owner is not None:
            return owner
    return None


def _other_end(draft: Draft, i: int) -> int | None:
    """The first agent named after a tie in its sentence, not beyond a clause of another verb of speech."""
    parse = draft.parse
    end = parse.sentences[parse.sentence_of[i]].end
    for j in range(i + 1, min(end, i + _REACH)):
        if parse.words[j] in {";", "“", '"', ","} and j > i + 2:
            return None
        entity = draft.cover[j]
        if entity is not None and is_a(entity.type, "Agent") and not _is_modifier(draft, j):
            return j
    return None


_REACH = 16


def _is_modifier(draft: Draft, i: int) -> bool:
    """Whether a name only stands before another one ("U.S. Treasury Secretary Scott Bessent")."""
    parse, top = draft.parse, i
    while parse.deps[top] in _BEFORE and parse.heads[top] > top:
        top = parse.heads[top]
    other = draft.cover[top]
    return top != i and other is not None and other is not draft.cover[i] and is_a(other.type, "Agent")


_BEFORE = frozenset({"compound", "amod", "nmod", "poss"})


def _subject(draft: Draft, said: list[Said], at: int, source: int | None) -> DraftStatement | None:
    """The statement that answers or echoes: in the same sentence, else the latest before by that speaker or kin."""
    entity = None if source is None else draft.cover[source]
    if entity is not None and not is_a(entity.type, "Agent"):
        entity = None
    sentence = draft.parse.sentence_of[at]
    own = [one for one in said if draft.parse.sentence_of[one.found.head] == sentence]
    for one in own:
        if one.found.head != at and (entity is None or one.speaker is entity):
            return one.statement
    before = [one for one in said if one.found.head < at and one not in own]
    for one in reversed(before):
        if entity is not None and (one.speaker is entity or _are_kin(draft, one.speaker, entity)):
            return one.statement
    return None


def _are_kin(draft: Draft, a: DraftEntity | None, b: DraftEntity) -> bool:
    """Whether someone speaks for a body or a country, at most two steps away."""
    if a is None:
        return False
    near = [c.object for c in draft.claims if c.subject is a and c.type in _KIN]
    return b in near or any(c.object is b for c in draft.claims if c.type in _KIN and c.subject in near)


def _target(
    draft: Draft, said: list[Said], at: int, target: int, subject: DraftStatement | None
) -> DraftStatement | DraftEntity | None:
    """The other's statement in this sentence or the next two, else the other one."""
    entity = draft.cover[target]
    sentence = draft.parse.sentence_of[at]
    for one in said:
        near = 0 <= draft.parse.sentence_of[one.found.head] - sentence <= _AHEAD
        if near and one.speaker is entity and one.statement is not subject and one.found.head > at:
            return one.statement
    return entity


_AHEAD = 1
