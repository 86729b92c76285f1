"""Talks, meetings, summits, press conferences, elections, protests, attacks: what they are and who takes part."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.extract.actions import country_of, speaking_country, spoken_for
from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse
from kg.extract.patterns import (
    entities_at,
    entity_at,
    governing_verb,
    lexicon,
    modifiers,
    prepositional,
    subjects,
    where,
)
from kg.extract.phrases import phrase_start, proper_start
from kg.extract.policy_mentions import countries_in
from kg.model.ontology import PLOVER_OF_EVENT_KIND, allows, is_a

_CLIMB = 4
"""Steps up from "discussions" over "rumors of discussions" to the verb that denies them."""
_FEW = 2


@dataclass(slots=True)
class _Party:
    entity: DraftEntity
    token: int
    confidence: float
    rule: str


@dataclass(slots=True)
class _Mention:
    """A noun phrase that names an event. `denied` also where only a verb over it says so."""

    head: int
    start: int
    kind: str
    proper: bool = False
    parties: list[_Party] = field(default_factory=list)
    status: str = "asserted"
    words: list[str] = field(default_factory=list)
    target: str = ""

    @property
    def specific(self) -> bool:
        return bool(self.parties or self.target or self.proper)


@dataclass(slots=True)
class _Event:
    entity: DraftEntity
    kind: str
    mentions: list[_Mention] = field(default_factory=list)

    def parties(self) -> list[DraftEntity]:
        return list(dict.fromkeys(p.entity for m in self.mentions for p in m.parties))


@cache
def _set(*path: str) -> frozenset[str]:
    table: Any = lexicon("events")
    for name in path:
        table = table[name]
    return frozenset(table)


def find(draft: Draft) -> None:
    """Add the article's events, with who takes part in them and who hosts them."""
    events: list[_Event] = []
    for i, tag in enumerate(draft.parse.tags):
        mention = _mention(draft, i) if tag.startswith("NN") else None
        if mention is not None:
            event = _event_of(draft, events, mention)
            event.mentions.append(mention)
            _cover(draft, event, mention)
    for event in events:
        _name(draft, event)
        for mention in event.mentions:
            _claims(draft, event, mention)


# ---- mentions ----------------------------------------------------------------------------------------------


def _mention(draft: Draft, i: int) -> _Mention | None:
    parse, covered = draft.parse, draft.cover[i]
    lemma = parse.lower[i].removesuffix("s") if parse.tags[i] in {"NNP", "NNPS"} else parse.lemma(i)
    entry = lexicon("events")["nouns"].get(lemma)
    if covered is not None:
        return _named(draft, i, covered, entry)
    if entry is None:
        return None
    start = proper_start(draft, i)
    kind: str = lexicon("events")["kind_of_modifier"].get(lemma, {}).get(parse.lower[i - 1], entry["kind"])
    if start < i and not _is_weak_name(draft, start, i):
        return _read(draft, _Mention(i, start, kind, proper=True))
    if not _is_event_noun(parse, i, entry):
        return None
    mention = _read(draft, _Mention(i, phrase_start(parse, i), kind))
    return mention if kind != entry["kind"] or not entry.get("told") or _is_told(mention) else None


def _is_event_noun(parse: Parse, i: int, entry: Any) -> bool:
    """Whether a common noun names an event here, by its number and the words before it."""
    before = set(parse.lower[phrase_start(parse, i) : i])
    if entry.get("proper") or (entry.get("plural") and parse.tags[i] != "NNS"):
        return False
    return ("with" not in entry or not before.isdisjoint(entry["with"])) and before.isdisjoint(entry.get("without", ()))


def _is_weak_name(draft: Draft, start: int, i: int) -> bool:
    """Whether capitals before an event's noun are but a country or person ("China Talks")."""
    return all(draft.cover[k] is not None for k in range(start, i))


def _is_told(mention: _Mention) -> bool:
    if mention.kind in _set("agents_tell"):
        return bool(mention.parties)
    return bool(mention.parties or mention.target or mention.words)


def _named(draft: Draft, i: int, covered: DraftEntity, entry: Any) -> _Mention | None:
    span = next((m for m in covered.mentions if m.end - 1 == i), None)
    if span is None or covered.attributes.get("eventKind") == "marketMove":
        return None
    if covered.type == "Organization" and entry is not None and _is_attended(draft.parse, i):
        covered.type = "Event"  # "at the Pacific Supply Forum": what one attends is no body
    if covered.type != "Event":
        return None
    kind = entry["kind"] if entry else "other"
    return _read(draft, _Mention(i, span.start, kind, proper=True))


def _is_attended(parse: Parse, i: int) -> bool:
    up = parse.heads[i]
    if parse.deps[i] == "pobj":
        return parse.lower[up] in {"at", "during"}
    return parse.deps[i] in {"dobj", "nsubjpass"} and parse.lemma(up) in _set("attends")


def _read(draft: Draft, mention: _Mention) -> _Mention:
    parse, head = draft.parse, mention.head
    table = lexicon("events")
    for preposition in table["parties"].get(mention.kind, ()):
        _add(draft, mention, _all_prepositional(parse, head, preposition), 0.85, preposition)
    owner = parse.child(head, "poss")
    if owner is not None and mention.kind not in {"election", "attack", "conference"}:
        _add(draft, mention, [owner], 0.8, "possessor")
    if not mention.proper:
        _read_modifiers(draft, mention)
    for preposition in table["targets"].get(mention.kind, ()):
        for t in prepositional(parse, head, preposition):
            entity = entity_at(draft, t)
            bodily = mention.kind != "attack" or (entity is not None and entity.type not in {"Person", "Group"})
            if entity is not None and bodily and not mention.target:
                mention.target = f"{preposition} {entity.name}"
    mention.status = _status(draft, mention)
    _add_speaker(draft, mention)
    return mention


def _add_speaker(draft: Draft, mention: _Mention) -> None:
    """Who speaks of "talks with X", where nobody else is said to hold them, speaks of its own country's."""
    if mention.kind not in _RELATION or len(mention.parties) != 1 or mention.parties[0].rule != "with":
        return
    country = speaking_country(draft, mention.head) if not _attending(draft, mention) else None
    if country is not None and country[0] is not mention.parties[0].entity:
        mention.parties.append(_Party(*country, 0.6, "speaker"))


def _all_prepositional(parse: Parse, head: int, preposition: str) -> list[int]:
    """The objects of a preposition on the noun, or on a noun behind it ("negotiations on trade between A and B")."""
    tokens = prepositional(parse, head, preposition)
    if not tokens and preposition in {"between", "with", "among"}:
        for c in parse.children[head]:
            for noun in parse.children[c] if c > head and parse.deps[c] == "prep" else ():
                tokens += prepositional(parse, noun, preposition)
    return tokens


def _add(draft: Draft, mention: _Mention, tokens: list[int], confidence: float, rule: str) -> None:
    for entity, t in [*entities_at(draft, tokens), *_the_two(draft, tokens)]:
        if allows("PARTICIPATES_IN", entity.type, "Event") and all(p.entity is not entity for p in mention.parties):
            mention.parties.append(_Party(entity, t, confidence, rule))


def _the_two(draft: Draft, tokens: list[int]) -> list[tuple[DraftEntity, int]]:
    """Of the form "between the two countries": the two that were named last before it."""
    parse = draft.parse
    for t in tokens:
        if parse.lemma(t) in _set("sides") and any(parse.lower[c] in {"two", "both"} for c in parse.children[t]):
            last = {
                id(e): (max((m.start for m in e.mentions if m.start < t), default=-1), e)
                for e in draft.named("Country")
            }
            named = sorted((pair for pair in last.values() if pair[0] >= 0), key=lambda pair: -pair[0])
            return [(e, t) for _, e in named[:_FEW]] if len(named) >= _FEW else []
    return []


def _read_modifiers(draft: Draft, mention: _Mention) -> None:
    parse = draft.parse
    for c in modifiers(parse, mention.head):
        pair = countries_in(draft, c)
        if len(pair) == _FEW:
            mention.parties += [_Party(e, c, 0.85, "pair") for e in pair]
        elif draft.cover[c] is None:
            if _tells(parse, c):
                mention.words.append(parse.lower[c])
        elif mention.kind in {"talks", "summit"} and draft.cover[c] is not None:
            _add_modifier(draft, mention, c)
    if mention.kind == "election":
        mention.words = [parse.lower[c] for c in parse.children[mention.head] if parse.tags[c] == "CD"] + mention.words


def _add_modifier(draft: Draft, mention: _Mention, c: int) -> None:
    entity = draft.cover[c]
    known = any(party.entity is entity for party in mention.parties)
    if entity is not None and not known and allows("PARTICIPATES_IN", entity.type, "Event"):
        mention.parties.append(_Party(entity, c, 0.75, "modifier"))


def _tells(parse: Parse, c: int) -> bool:
    """Whether a modifier says which event it is: a noun ("trade talks"), or one of a few adjectives."""
    word = parse.lower[c]
    if parse.tags[c][0] == "J":
        return word in _set("telling")
    return parse.tags[c][0] == "N" and word.isalpha() and word not in _set("empty") and parse.words[c - 1] != "-"


def _status(draft: Draft, mention: _Mention) -> str:
    """What the phrase itself, or a verb of denial over it, says: "no talks", "possible talks", "denied any talks"."""
    parse = draft.parse
    words = {parse.lower[c] for c in parse.children[mention.head]}
    if words & {"no", "neither"}:
        return "denied"
    verb = _verb_above(parse, mention.head)
    if verb is not None and parse.lemma(verb) in _set("denials"):
        _add_deniers(draft, mention, subjects(parse, verb))
        return "denied"
    for status in ("planned", "possible"):
        if words & _set("modal_modifiers", status):
            return status
    return "asserted"


def _add_deniers(draft: Draft, mention: _Mention, tokens: list[int]) -> None:
    """Who denies talks with another speaks of its own: a ministry of its country's."""
    for entity, i in entities_at(draft, tokens):
        country = next((c.object for c in draft.claims if c.type == "AGENCY_OF" and c.subject is entity), entity)
        known = any(party.entity is country for party in mention.parties)
        if mention.parties and not known and isinstance(country, DraftEntity) and country.type in {"Country", "Person"}:
            mention.parties.append(_Party(country, i, 0.6, "denier"))


def _verb_above(parse: Parse, i: int) -> int | None:
    """The verb of which a noun is the object, also through "rumors of …" and "claims of progress in …"."""
    for _ in range(_CLIMB):
        verb = governing_verb(parse, i)
        if verb is not None:
            return verb if parse.deps[i] != "pobj" or parse.lower[parse.heads[i]] in {"of", "to", "in"} else None
        if parse.deps[i] != "pobj" or parse.lower[parse.heads[i]] not in {"of", "in", "about"}:
            return None
        i = parse.heads[parse.heads[i]]
    return None


# ---- which mentions are one event --------------------------------------------------------------------------


def _event_of(draft: Draft, events: list[_Event], mention: _Mention) -> _Event:
    covered = draft.cover[mention.head]
    if covered is not None:
        known = next((e for e in events if e.entity is covered), None)
        return known or _new(events, covered, mention)
    name = draft.parse.span_text(mention.start, mention.head + 1).replace("\n", " ")
    if mention.proper:
        same = next((e for e in events if e.entity.name == name), None)
        return same or _new(events, draft.entity("Event", name), mention)
    for event in reversed(events):
        if _is_one(draft, event, mention):
            return event
    return _new(events, draft.entity("Event", name), mention)


def _new(events: list[_Event], entity: DraftEntity, mention: _Mention) -> _Event:
    entity.attributes["eventKind"] = mention.kind
    if mention.kind in PLOVER_OF_EVENT_KIND:
        entity.attributes["plover"] = PLOVER_OF_EVENT_KIND[mention.kind]
    event = _Event(entity, mention.kind)
    events.append(event)
    return event


def _is_one(draft: Draft, event: _Event, mention: _Mention) -> bool:
    """Whether a phrase can mean an event named before: same kind, same standing, and no party or word against it."""
    last = event.mentions[-1]
    if event.kind != mention.kind or any(m.proper for m in event.mentions):
        return _points_at_name(draft, event, mention)
    if (mention.status in {"possible", "planned"}) != (last.status in {"possible", "planned"}):
        return False
    determiner = draft.parse.lower[mention.start]
    if determiner in {"a", "an", "another"} and mention.kind != "talks":
        return False
    if mention.kind in _set("same_word") and draft.parse.lemma(last.head) != draft.parse.lemma(mention.head):
        return False
    known, own = event.parties(), [p.entity for p in mention.parties]
    if mention.kind == "pressConference":
        known = known or [e for m in event.mentions for e, _ in _attending(draft, m)]
        own = own or [e for e, _ in _attending(draft, mention)]
    if known and own and not (set(map(id, known)) & set(map(id, own))):
        return False
    targets = {m.target for m in (*event.mentions, mention) if m.target}
    words = {w for m in event.mentions for w in m.words}
    return len(targets) < _FEW and not (words and mention.words and not words & set(mention.words))


def _points_at_name(draft: Draft, event: _Event, mention: _Mention) -> bool:
    """Whether "the summit" can mean "the Oslo Arctic Summit"."""
    return (
        event.kind == mention.kind
        and not mention.specific
        and not mention.words
        and draft.parse.lower[mention.start] in {"the", "this"}
    )


def _cover(draft: Draft, event: _Event, mention: _Mention) -> None:
    if draft.cover[mention.head] is not event.entity:
        draft.mention(event.entity, mention.start, mention.head + 1, "name" if mention.proper else "nominal")
        draft.cover[mention.head] = event.entity


def _name(draft: Draft, event: _Event) -> None:
    if any(m.proper for m in event.mentions):
        return
    if event.kind == "pressConference":
        _name_press_conference(draft, event)
        return
    parties = sorted(e.name for e in event.parties())
    first = max(event.mentions, key=lambda m: len(m.words))
    words = [w for w in first.words if w not in {"press", "news"}]
    noun = " ".join([*words, draft.parse.lower[first.head]])
    target = next((m.target for m in event.mentions if m.target), "")
    if len(parties) > 1:
        noun = f"{'–'.join(parties)} {noun}"
    elif parties and any(p.rule == "modifier" for m in event.mentions for p in m.parties):
        noun = f"{parties[0]} {noun}"
    elif parties:
        noun = f"{noun} of {parties[0]}" if event.kind in {"visit", "protest"} else f"{noun} with {parties[0]}"
    event.entity.name = f"{noun} {target}".strip()


def _name_press_conference(draft: Draft, event: _Event) -> None:
    """Name it after the body of the one who speaks there, where the article tells it, else after the speaker."""
    for mention in event.mentions:
        speakers = [p.entity for p in mention.parties] or [e for e, _ in _attending(draft, mention)]
        for speaker in speakers:
            body = next(
                (c.object.name for c in draft.claims if c.type == "SPOKESPERSON_FOR"
                 if c.subject is speaker and isinstance(c.object, DraftEntity)),
                speaker.name,
            )  # fmt: skip
            event.entity.name = f"press conference of {body}"
            return
    event.entity.name = "press conference"


# ---- who takes part ----------------------------------------------------------------------------------------


def _claims(draft: Draft, event: _Event, mention: _Mention) -> None:
    for party in mention.parties:
        claim = draft.claim(
            "PARTICIPATES_IN",
            party.entity,
            event.entity,
            where(draft, party.token, mention.head),
            party.confidence,
            f"event.{party.rule}",
        )
        claim.status = mention.status
    _between(draft, mention)
    for entity, i in _attending(draft, mention):
        if all(p.entity is not entity for p in mention.parties) and allows("PARTICIPATES_IN", entity.type, "Event"):
            place = where(draft, i, mention.head)
            draft.claim("PARTICIPATES_IN", entity, event.entity, place, 0.8, "event.attends")
    _hosts(draft, event, mention)


_RELATION = {"talks": "NEGOTIATES_WITH", "meeting": "MEETS", "call": "CONTACTS"}


def _between(draft: Draft, mention: _Mention) -> None:
    """Add what talks, a meeting or a call say of each two that take part."""
    relation = _RELATION.get(mention.kind)
    sure = [_for_country(draft, party) for party in (*mention.parties, *_holders(draft, mention))]
    if relation is None:
        return
    for n, a in enumerate(sure):
        for b in sure[n + 1 :]:
            if a.entity is not b.entity and allows(relation, a.entity.type, b.entity.type):
                first, second = (b, a) if relation == "CONTACTS" and b.rule in {"holder", "possessor"} else (a, b)
                claim = draft.claim(
                    relation,
                    first.entity,
                    second.entity,
                    where(draft, a.token, mention.head, b.token),
                    min(a.confidence, b.confidence),
                    f"event.{mention.kind}",
                )
                claim.status = mention.status


def _for_country(draft: Draft, party: _Party) -> _Party:
    """A public body talks for its country."""
    country = country_of(draft, party.entity) if party.entity.type == "PublicBody" else None
    return party if country is None else _Party(country, party.token, party.confidence, party.rule)


def _holders(draft: Draft, mention: _Mention) -> list[_Party]:
    """Who "holds talks" or "is in talks" with those that the phrase names."""
    return [
        _Party(e, i, 0.8, "holder")
        for e, i in _attending(draft, mention)
        if all(p.entity is not e for p in mention.parties)
    ]


def _attending(draft: Draft, mention: _Mention) -> list[tuple[DraftEntity, int]]:
    """Who holds, joins or is at the event by the verb over it."""
    parse, head = draft.parse, mention.head
    dep, up = parse.deps[head], parse.heads[head]
    if dep in {"dobj", "nsubjpass"} and parse.lemma(up) in _set("holds"):
        return _people(draft, subjects(parse, up))
    if dep != "pobj" or mention.kind not in _set("attended"):
        return []
    verb = parse.heads[up]
    if parse.lower[up] not in _set("places") or parse.tags[verb][0] != "V" or parse.lemma(verb) in _set("hosts"):
        return []
    if mention.kind == "talks" and parse.lemma(verb) not in {"be", "remain", "participate", "engage"}:
        return []
    return _people(draft, subjects(parse, verb))


def _people(draft: Draft, tokens: list[int]) -> list[tuple[DraftEntity, int]]:
    kinds = ("Person", "Group", "Country", "PublicBody")
    tokens = [s for t in tokens for s in spoken_for(draft, t)]
    sent = [pair for t in tokens for pair in entities_at(draft, prepositional(draft.parse, t, "from"), "Country")]
    if len(sent) > 1:  # "negotiators from A and B"
        return sent
    return [pair for pair in entities_at(draft, tokens) if any(is_a(pair[0].type, k) for k in kinds)]


def _hosts(draft: Draft, event: _Event, mention: _Mention) -> None:
    parse, head = draft.parse, mention.head
    for v in [c for c in parse.children[head] if parse.deps[c] in {"acl", "relcl"}]:
        if parse.lemma(v) in _set("hosts"):
            _host(draft, event, mention, [t for t in subjects(parse, v) if t != head], v)
    up = parse.heads[head]
    if parse.deps[head] in {"dobj", "nsubjpass"} and up != head:
        lemma = parse.lemma(up)
        if lemma in _set("hosts") or (lemma == "hold" and mention.kind in _set("hosted_by_holder")):
            _host(draft, event, mention, subjects(parse, up), up)


def _host(draft: Draft, event: _Event, mention: _Mention, tokens: list[int], v: int) -> None:
    for entity, i in entities_at(draft, tokens):
        if allows("HOSTS", entity.type, "Event"):
            claim = draft.claim("HOSTS", entity, event.entity, where(draft, i, v, mention.head), 0.9, "event.hosts")
            claim.status = mention.status
