"""Who belongs to what without an office: "the German footballer X", "X of Greenpeace", "X (SPD)", "Sen. X (D-Ohio)"."""

import re

from kg.extract import gazetteer
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity, DraftMention
from kg.extract.senses import class_of

_PARTIES = {"D": "Democratic Party", "R": "Republican Party"}
_SEAT = re.compile(r",? ?[(\[]?([DR])[-–—]([A-Z][\w. ]{1,20}?)[)\],]")
_MEMBERSHIPS = frozenset({"PoliticalParty", "IntergovernmentalOrganization", "PublicBody"})
_KIN = {
    "wife": "wife", "husband": "husband", "son": "son", "daughter": "daughter", "brother": "brother", "sister": "sister",
    "father": "father", "mother": "mother", "widow": "wife", "nephew": "nephew", "niece": "niece", "uncle": "uncle",
    "cousin": "cousin", "grandson": "grandson", "son-in-law": "son-in-law", "ex-wife": "wife",
}  # fmt: skip


def find(draft: Draft) -> None:
    """Add membership, employment, citizenship and kinship that the words beside a person's name tell."""
    known = {(id(c.subject), id(c.object)) for c in draft.claims}
    for person in draft.named("Person"):
        for mention in person.mentions:
            if mention.kind == "name":
                _beside(draft, person, mention, known)
    _families(draft)


def _beside(draft: Draft, person: DraftEntity, mention: DraftMention, known: set[tuple[int, int]]) -> None:
    _seat(draft, person, mention)
    _in_brackets(draft, person, mention, known)
    _of(draft, person, mention, known)
    _before(draft, person, mention, known)
    _appositive(draft, person, mention, known)


def _belongs(
    draft: Draft, person: DraftEntity, body: DraftEntity, where: tuple[int, int], confidence: float, rule: str,
    known: set[tuple[int, int]],
) -> None:  # fmt: skip
    if class_of(body.type) != ORGANIZATION or (id(person), id(body)) in known:
        return
    known.add((id(person), id(body)))
    type_ = "MEMBER_OF" if body.type in _MEMBERSHIPS else "EMPLOYED_BY"
    draft.claim(type_, person, body, where, confidence, rule)


def _citizen(
    draft: Draft,
    person: DraftEntity,
    country: DraftEntity,
    where: tuple[int, int],
    confidence: float,
    rule: str,
    known: set[tuple[int, int]],
) -> None:
    if country.type == "Country" and (id(person), id(country)) not in known:
        known.add((id(person), id(country)))
        draft.claim("CITIZEN_OF", person, country, where, confidence, rule)


def _seat(draft: Draft, person: DraftEntity, mention: DraftMention) -> None:
    """Of the form "Sen. Jane Doe (D-Ohio)": party and state."""
    parse = draft.parse
    match = _SEAT.match(parse.text, mention.hi)
    if match is None:
        return
    end = parse.token_at(match.end() - 1) + 1
    party = next((e for e in draft.entities if e.name == _PARTIES[match[1]]), None)
    if party is None:
        party = draft.entity("PoliticalParty", _PARTIES[match[1]])
    draft.claim("MEMBER_OF", person, party, (mention.start, end), 0.95, "affiliation.seat")
    place = next((draft.cover[k] for k in range(mention.end, end) if draft.cover[k] is not None), None)
    if place is None and (name := gazetteer.states().get(match[2].strip(" ."))) is not None:
        place = next((e for e in draft.named("Place") if e.name == name), None) or draft.entity("Place", name)
    if place is not None and place.type == "Place":
        draft.claim("REPRESENTS", person, place, (mention.start, end), 0.95, "affiliation.seat")


def _in_brackets(draft: Draft, person: DraftEntity, mention: DraftMention, known: set[tuple[int, int]]) -> None:
    parse, k = draft.parse, mention.end
    if k + 2 < len(parse) and parse.words[k] == "(" and (body := draft.cover[k + 1]) is not None:
        end = max((m.end for m in body.mentions if m.start == k + 1), default=k + 2)
        if parse.words[end : end + 1] == [")"]:
            _belongs(draft, person, body, (mention.start, end), 0.85, "affiliation.bracket", known)


def _of(draft: Draft, person: DraftEntity, mention: DraftMention, known: set[tuple[int, int]]) -> None:
    """Of the form "Jane Doe of Greenpeace", "Jane Doe from Italy"."""
    parse, k = draft.parse, mention.end
    if k + 2 >= len(parse) or parse.lower[k] not in {"of", "from", "at"}:
        return
    k += 1 + (parse.lower[k + 1] == "the")
    while k < len(parse) - 1 and draft.cover[k] is not None and parse.words[k + 1 : k + 2] in (["'s"], ["’s"]):
        k += 2
    body = draft.cover[k]
    if body is None:
        return
    _belongs(draft, person, body, (mention.start, k + 1), 0.8, "affiliation.of", known)
    if parse.lower[mention.end] != "at":
        _citizen(draft, person, body, (mention.start, k + 1), 0.6, "affiliation.from", known)


def _before(draft: Draft, person: DraftEntity, mention: DraftMention, known: set[tuple[int, int]]) -> None:
    """Of the form "Greenpeace energy expert X", "German footballer X": up to four common words between."""
    parse = draft.parse
    k = mention.start - 1
    first = parse.sentences[parse.sentence_of[mention.start]].start
    between = 0
    while (
        k >= first
        and draft.cover[k] is None
        and between < 4
        and parse.tags[k] in {"NN", "JJ", "HYPH", "NNP", "VBN", "CD", "POS"}
    ):
        k -= 1
        between += 1
    owner = draft.cover[k] if k >= first else None
    if owner is None or (not between and owner.type not in {"Country", "PoliticalParty"}):
        return
    kind = next((m.kind for m in owner.mentions if m.start <= k < m.end), "name")
    if owner.type == "Country":
        if kind == "demonym":
            _citizen(draft, person, owner, (k, mention.end), 0.8, "affiliation.demonym_before", known)
    elif between and kind == "name":
        _belongs(draft, person, owner, (k, mention.end), 0.75, "affiliation.body_before", known)


def _appositive(draft: Draft, person: DraftEntity, mention: DraftMention, known: set[tuple[int, int]]) -> None:
    """Of the form "Jane Doe, a lecturer in law at Karachi University, said": any noun in apposition and the body after it."""
    parse = draft.parse
    k = mention.end
    if k + 2 >= len(parse) or parse.words[k] != "," or parse.lower[k + 1] in {"and", "who", "but"}:
        return
    head = next(
        (c for i in range(mention.start, mention.end) for c in parse.children[i] if parse.deps[c] == "appos" and c > k),
        None,
    )
    if head is None or head - k > 8 or not parse.tags[head].startswith("NN"):  # noqa: PLR2004 - farther away it is another phrase
        return
    party = draft.cover[head]
    if party is not None:
        if party.type == "PoliticalParty":
            _belongs(draft, person, party, (mention.start, head + 1), 0.88, "affiliation.apposition", known)
        return
    for j in range(k + 1, min(parse.edges[head].end, k + 14)):
        owner = draft.cover[j]
        if parse.lower[j] in {"who", "which", "that", ";"} or parse.tags[j] in {"VBD", "VBZ", "VBP"}:
            return
        if owner is None:
            continue
        if owner.type == "Country":
            if j < head and any(m.kind == "demonym" for m in owner.mentions if m.start == j):
                _citizen(draft, person, owner, (mention.start, head + 1), 0.75, "affiliation.apposition", known)
            continue
        if class_of(owner.type) == ORGANIZATION:
            _belongs(draft, person, owner, (mention.start, j + 1), 0.75, "affiliation.apposition", known)
            return


def _families(draft: Draft) -> None:
    """Of the form "his wife, Jane Doe", "Jane Doe's brother John": two people and a word for kin between them."""
    parse = draft.parse
    for i, word in enumerate(parse.lower):
        if word not in _KIN or draft.cover[i] is not None:
            continue
        owner = _owner(draft, i)
        k = i + 1 + (parse.words[i + 1 : i + 2] == [","])
        other = draft.cover[k] if k < len(parse) else None
        if owner is not None and other is not None and owner is not other and owner.type == other.type == "Person":
            claim = draft.claim("FAMILY_OF", owner, other, (i, k + 1), 0.85, "affiliation.kin")
            claim.qualifiers["kinship"] = _KIN[word]


def _owner(draft: Draft, i: int) -> DraftEntity | None:
    parse = draft.parse
    poss = parse.child(i, "poss")
    if poss is not None and draft.cover[poss] is not None:
        return draft.cover[poss]
    if parse.lower[i + 1 : i + 2] == ["of"] and i + 2 < len(parse):
        return draft.cover[i + 2]
    return None
