"""Who belongs to what without an office: "the German footballer X", "X of Greenpeace", "X (SPD)", "Sen. X (D-Ohio)"."""

import re
from collections.abc import Iterator

from kg.extract import gazetteer
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity, DraftMention
from kg.extract.nearby import after_article, kind_at, mention_end, owner_before
from kg.extract.senses import class_of

_PARTIES = {"D": "Democratic Party", "R": "Republican Party"}
_SEAT = re.compile(r",? ?[(\[]?([DR])[-–—]([A-Z][\w. ]{1,20}?)[)\],]")
_MEMBERSHIPS = frozenset({"PoliticalParty", "IntergovernmentalOrganization", "PublicBody"})
_OF_MEMBERS = frozenset(
    {"Committee", "Caucus", "Council", "Senate", "House", "Party", "Association", "Union", "Movement", "Front"}
)
_KIN = gazetteer.word_set("affiliations.kin")
_PLACE_NOUNS = gazetteer.word_set("agencies.place_nouns")
_HIRED = frozenset({"coach", "manager", "trainer", "boss", "expert", "correspondent", "bureau", "chief"})
"""What a foreigner often is for a country."""
_NO_MEMBERS = frozenset({"founder", "co", "owner", "critic", "opponent", "rival", "victim", "supporter", "fan"})
_MODIFIERS, _FAR_HEAD, _FAR_BODY = 4, 8, 14

Found = tuple[DraftEntity, tuple[int, int], float, str]
"""A body or country, the tokens that tie a person to it, how sure that is, and the rule's name."""


def find(draft: Draft) -> None:
    """Add membership, employment, citizenship and kinship that the words beside a person's name tell."""
    known = {(id(c.subject), id(c.object)) for c in draft.claims}
    for person in draft.named("Person"):
        for mention in [m for m in person.mentions if m.kind == "name"]:
            _seat(draft, person, mention)
            for found in _beside(draft, mention):
                _claim(draft, person, found, known)
        for found in _known(draft, person):
            _claim(draft, person, found, known)
    _families(draft)


def _claim(draft: Draft, person: DraftEntity, found: Found, known: set[tuple[int, int]]) -> None:
    object_, where, confidence, rule = found
    key = id(person), id(object_)
    if class_of(object_.type) == ORGANIZATION:
        member = object_.type in _MEMBERSHIPS or object_.name.rsplit(maxsplit=1)[-1] in _OF_MEMBERS
        type_ = "MEMBER_OF" if member else "EMPLOYED_BY"
    elif object_.type == "Country" and rule != "affiliation.bracket":
        type_ = "CITIZEN_OF"
    else:
        return
    if key not in known:
        known.add(key)
        draft.claim(type_, person, object_, where, confidence, rule)


def _beside(draft: Draft, mention: DraftMention) -> Iterator[Found]:
    yield from _in_brackets(draft, mention)
    yield from _of(draft, mention)
    yield from _before(draft, mention)
    yield from _in_apposition(draft, mention)


def _seat(draft: Draft, person: DraftEntity, mention: DraftMention) -> None:
    """Party and state in "Sen. Jane Doe (D-Ohio)"."""
    parse = draft.parse
    match = _SEAT.match(parse.text, mention.hi)
    if match is None:
        return
    where = mention.start, parse.token_at(match.end() - 1) + 1
    party = _named(draft, "PoliticalParty", _PARTIES[match[1]])
    draft.claim("MEMBER_OF", person, party, where, 0.95, "affiliation.seat")
    place = next((draft.cover[k] for k in range(mention.end, where[1]) if draft.cover[k] is not None), None)
    state = gazetteer.states().get(match[2].strip(" ."))
    if place is None and state is not None:
        place = _named(draft, "Place", state)
    if place is not None and place.type == "Place":
        draft.claim("REPRESENTS", person, place, where, 0.95, "affiliation.seat")


def _named(draft: Draft, type_: str, name: str) -> DraftEntity:
    return next((e for e in draft.named(type_) if e.name == name), None) or draft.entity(type_, name)


def _known(draft: Draft, person: DraftEntity) -> Iterator[Found]:
    """The country and party of who held high office, where the article names them."""
    told = gazetteer.who((person.name, *sorted(person.aliases)))
    mention = next((m for m in person.mentions if m.kind == "name"), None)
    if told is None or mention is None:
        return
    for entity in draft.named("Country", "PoliticalParty", "Organization"):
        ours = entity.identifiers.get("iso3166") == told.country or entity.name == told.party
        if ours and any(m.kind == "name" for m in entity.mentions):
            yield entity, (mention.start, mention.end), 0.8, "affiliation.lexicon"


def _in_brackets(draft: Draft, mention: DraftMention) -> Iterator[Found]:
    parse, k = draft.parse, mention.end
    k += 1 + 2 * (parse.lower[k + 1 : k + 3] == ["of", "the"])
    if parse.words[mention.end : mention.end + 1] == ["("] and k < len(parse) and (body := draft.cover[k]) is not None:
        end = mention_end(body, k)
        if parse.words[end : end + 1] == [")"]:
            yield body, (mention.start, end), 0.85, "affiliation.bracket"


def _of(draft: Draft, mention: DraftMention) -> Iterator[Found]:
    """The body or country in "Jane Doe of Greenpeace", "Jane Doe from Italy", "Jane Doe of Britain's BBC"."""
    parse, k = draft.parse, mention.end
    if parse.words[k : k + 1] == ["("] and parse.words[k + 2 : k + 3] == [")"]:
        k += 3  # "Jane Doe (pictured) of Greenpeace"
    preposition = parse.lower[k : k + 1]
    if preposition not in (["of"], ["from"], ["at"]):
        return
    k = after_article(parse, k + 1)
    while k + 1 < len(parse) and parse.tags[k] in {"JJ", "HYPH"} and draft.cover[k] is None:
        k += 1
    while k + 2 < len(parse) and draft.cover[k] is not None and parse.words[k + 1] in {"'s", "’s"}:
        k += 2
    body = draft.cover[k] if k < len(parse) else None
    if body is None or (body.type == "Country" and preposition == ["at"]):
        return
    sure = body.type == "Country"
    yield body, (mention.start, k + 1), 0.6 if sure else 0.8, "affiliation.from" if sure else "affiliation.of"


def _before(draft: Draft, mention: DraftMention) -> Iterator[Found]:
    """What stands before, in "Greenpeace energy expert Jane Doe", "German footballer Jane Doe"."""
    hit = owner_before(draft, mention.start, _MODIFIERS)
    if hit is None:
        return
    k, owner = hit
    parse = draft.parse
    between, kind = k < mention.start - 1, kind_at(owner, k)
    if owner.type == "Country" and kind == "demonym":
        yield owner, (k, mention.end), 0.8, "affiliation.demonym_before"
    elif owner.type == "Country" and kind == "name" and _is_role(draft, k + 1, mention.start):
        yield owner, (k, mention.end), 0.7, "affiliation.country_before"
    elif owner.type != "Country" and between and kind == "name" and parse.lower[mention.start - 1] not in _NO_MEMBERS:
        yield owner, (k, mention.end), 0.75, "affiliation.body_before"


def _is_role(draft: Draft, start: int, end: int) -> bool:
    """Whether the words before a name end in one that tells what the person is ("medalist"), and not where from."""
    parse, k = draft.parse, end - 1
    if "based" in parse.lower[start:end] or parse.tags[k] != "NN" or not parse.words[k].islower():
        return False
    return parse.lower[k] not in _PLACE_NOUNS | _HIRED


def _in_apposition(draft: Draft, mention: DraftMention) -> Iterator[Found]:
    """What stands after, in "Jane Doe, a lecturer in law at Karachi University, said", "Jane Doe, a Democrat"."""
    head = _appositive(draft, mention)
    if head is None:
        return
    party = draft.cover[head]
    if party is not None:
        if party.type == "PoliticalParty":
            yield party, (mention.start, head + 1), 0.88, "affiliation.apposition"
        return
    for j in _body_tokens(draft, mention.end + 1, head):
        owner = draft.cover[j]
        if owner is None:
            continue
        if owner.type == "Country" and j < head and kind_at(owner, j) == "demonym":
            yield owner, (mention.start, head + 1), 0.75, "affiliation.apposition"
        if class_of(owner.type) == ORGANIZATION:
            yield owner, (mention.start, j + 1), 0.75, "affiliation.apposition"
            return


def _appositive(draft: Draft, mention: DraftMention) -> int | None:
    """The noun in apposition after a comma; None where there is none or it is too far."""
    parse, k = draft.parse, mention.end
    if parse.words[k : k + 1] != [","] or parse.lower[k + 1 : k + 2] in (["and"], ["who"], ["but"]):
        return None
    heads = (c for i in range(mention.start, k) for c in parse.children[i] if parse.deps[c] == "appos")
    head = next((c for c in heads if k < c <= k + _FAR_HEAD), None)
    if head is None or not parse.tags[head].startswith("NN") or parse.lower[head] in _PLACE_NOUNS | _NO_MEMBERS:
        return None
    return head


def _body_tokens(draft: Draft, start: int, head: int) -> Iterator[int]:
    parse = draft.parse
    for j in range(start, min(parse.edges[head].end, start + _FAR_BODY)):
        if parse.lower[j] in {"who", "which", "that", ";"} or parse.tags[j] in {"VBD", "VBZ", "VBP"}:
            return
        yield j


def _families(draft: Draft) -> None:
    """Two people and a word for kin between them: "his wife, Jane Doe", "Jane Doe's brother John"."""
    parse = draft.parse
    for i, word in enumerate(parse.lower):
        if word not in _KIN or draft.cover[i] is not None:
            continue
        owner = _whose(draft, i)
        k = i + 1 + (parse.words[i + 1 : i + 2] == [","])
        other = draft.cover[k] if k < len(parse) else None
        if owner is not None and other is not None and owner is not other and owner.type == other.type == "Person":
            claim = draft.claim("FAMILY_OF", owner, other, (i, k + 1), 0.85, "affiliation.kin")
            claim.qualifiers["kinship"] = word


def _whose(draft: Draft, i: int) -> DraftEntity | None:
    poss = draft.parse.child(i, "poss")
    return None if poss is None else draft.cover[poss]
