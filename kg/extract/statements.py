"""Who said what: speaker, cue, content, act, stance, topic, addressee, and who reports it."""

from kg.extract import acts, addressees, attributions, remarks, reporting, signatures, speech_links, topics, turns
from kg.extract.attribution import Attribution
from kg.extract.draft import Draft, DraftEntity, DraftStatement, Zone
from kg.extract.lexicon import words
from kg.extract.parse import Tokens
from kg.extract.said import Said
from kg.extract.sources import entity_of
from kg.extract.speakers import noun_phrase
from kg.extract.speech_context import SpeechContext

_NO_PROSE = frozenset({"byline", "credit", "footer"})


def find(draft: Draft) -> None:
    """Add a statement for every act of speech, and the claims that tie statements to each other and to events."""
    skipped = {i for zone in draft.zones if zone.kind in _NO_PROSE for i in range(zone.start, zone.end)}
    context = SpeechContext(draft.parse)
    found = attributions.find(context)
    spoken = turns.find(draft)
    found = [one for one in found if not _is_in_own_turn(draft, one, spoken)]
    known = {one.head for one in found}
    signed = [one for one in signatures.find(context) if one.head not in known]
    found = sorted([*spoken, *found, *signed, *remarks.find(context, found)], key=lambda attribution: attribution.head)
    found = [attribution for attribution in found if attribution.head not in skipped]
    apart = {i: zone for zone in draft.zones for i in range(zone.start, zone.end)}
    for attribution in found:
        attribution.content = addressees.without_addressee(draft.parse, attribution)
        attribution.content = _prose(attribution, apart)
    said = reporting.attach(draft, [Said(one, _statement(draft, one)) for one in found])
    _first_persons(draft, said)
    for one in said:
        one.statement.addressed_to = addressees.find(draft, one)
        one.statement.about = topics.find(draft, one.found.content, one.speaker)
        draft.statements.append(one.statement)
    speech_links.find(draft, said)


def _prose(one: Attribution, apart: dict[int, Zone]) -> list[Tokens]:
    """The content without a dateline, byline or heading that it begins with, unless the cue stands there too."""
    pieces = []
    for start, end in one.content:
        first = start
        while first < end and first in apart and apart[first] is not apart.get(one.head):
            first = apart[first].end
        if first < end:
            pieces.append(Tokens(first, end))
    return pieces or one.content


def _first_persons(draft: Draft, said: list[Said]) -> None:
    """Who says "I" inside somebody's words is that somebody."""
    for one in said:
        own = one.found.speaker
        if own is None or one.speaker is not None or draft.parse.lower[own.start] != "i":
            continue
        around = [other for other in said if other is not one and other.contains(one.found.head) and other.speaker]
        if around:
            one.statement.speaker = min(around, key=lambda other: other.statement.end - other.statement.start).speaker


def _is_in_own_turn(draft: Draft, one: Attribution, spoken: list[Attribution]) -> bool:
    """Whether somebody's turn in a transcript holds the words already: "I think that …"."""
    own = one.speaker is not None and draft.parse.lower[one.speaker.start] in _OWN
    return own and any(start <= one.head < end for turn in spoken for start, end in turn.content)


_OWN = frozenset({"i", "we", "you"})


def _statement(draft: Draft, found: Attribution) -> DraftStatement:
    parse = draft.parse
    act = acts.of(parse, found)
    ranges = [found.cue, *found.content, *([found.speaker] if found.speaker else [])]
    content = [parse.offsets(*piece) for piece in found.content]
    return DraftStatement(
        start=min(r.start for r in ranges),
        end=max(r.end for r in ranges),
        content=content,
        act=act.act,
        stance=act.stance,
        quoted=any(mark in parse.text[lo:hi] for lo, hi in content for mark in '"“”'),
        confidence=found.confidence,
        rule=found.rule,
        cue=parse.offsets(*found.cue),
        speaker=_speaker(draft, found) if found.speaker else None,
        speaker_span=parse.offsets(*found.speaker) if found.speaker else None,
    )


def _speaker(draft: Draft, found: Attribution) -> DraftEntity | None:
    """Who speaks: "I" is the one who wrote the article; "he" is nobody who is only named in his own words."""
    if found.speaker is None:
        return None
    if found.rule == turns.RULE:
        return turns.speaker(draft, found.speaker)
    word = draft.parse.lower[found.speaker.start]
    if word == "i":
        authors = [c.object for c in draft.claims if c.type == "AUTHORED_BY" and isinstance(c.object, DraftEntity)]
        return authors[0] if len(authors) == 1 and authors[0].type == "Person" else None
    entity = entity_of(draft, found.speaker)
    if word == "they" and entity is None:
        return _people_before(draft, found)
    if word not in {"he", "she"} or (entity is not None and not _is_named_in(entity, found)):
        return entity
    return _person_before(draft, found, entity)


def _is_named_in(entity: DraftEntity, found: Attribution) -> bool:
    return any(m.kind == "name" and a <= m.start < b for m in entity.mentions for a, b in found.content)


def _person_before(draft: Draft, found: Attribution, other: DraftEntity | None) -> DraftEntity | None:
    """The one person that is a subject or speaks in the sentence before, or in the one before that."""
    parse = draft.parse
    first = parse.sentence_of[min(found.head, found.content[0].start)]
    for k in range(first - 1, max(-1, first - 3), -1):
        people = {
            id(entity): entity
            for i in range(*parse.sentences[k])
            if parse.deps[i] in {"nsubj", "nsubjpass"}
            and (entity := draft.cover[i]) is not None
            and entity.type == "Person"
            and (entity is not other)
        }
        if people:
            return next(iter(people.values())) if len(people) == 1 else None
    return other


def _people_before(draft: Draft, found: Attribution) -> DraftEntity | None:
    """The people that are the one plural subject of the sentence before."""
    parse, k = draft.parse, draft.parse.sentence_of[found.speaker.start if found.speaker else found.head] - 1
    if k < 0:
        return None
    plural = [i for i in range(*parse.sentences[k]) if parse.deps[i] == "nsubj" and parse.tags[i] in {"NNS", "NNPS"}]
    if len(plural) != 1 or parse.deps[parse.heads[plural[0]]] != "ROOT":
        return None
    known = parse.lower[plural[0]] in words("group_nouns.txt") or parse.lemma(plural[0]) in words("speaking_nouns.txt")
    return entity_of(draft, noun_phrase(parse, plural[0])) if known else None
