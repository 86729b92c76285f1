"""What agents do to each other: meet, contact, negotiate, sign, sanction, criticise, support, threaten."""

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse
from kg.extract.patterns import apply, entities_at, first_conjunct, patterns, possessors, prepositional, subjects, where

_DISPUTE = "action.dispute"
_LEADS_TO_COUNTRY = frozenset({"CITIZEN_OF", "REPRESENTS", "HEAD_OF", "MINISTER_OF", "SPOKESPERSON_FOR", "AGENCY_OF"})
_SELVES = frozenset({"it", "they", "we", "he", "she", "i"})
_CONTACT = frozenset({"contact", "contacts", "communication", "communications"})
_REPORT_CLIMB = 6
_CLIMB = 4
"""Steps up from "tensions" to who speaks of them in "Bessent's comments on the tensions"."""


def find(draft: Draft) -> None:
    """Add what the patterns of `lexicons/actions.yaml` find, and the disputes whose other side is the speaker's."""
    apply(draft, "actions")
    _disputes_of_office_holders(draft)
    _contacts_of_speakers(draft)


def _disputes_of_office_holders(draft: Draft) -> None:
    """Read "the minister's remarks on the tensions with Norway": the other side is the country that he serves."""
    parse, index = draft.parse, patterns("actions").nouns
    for i, tag in enumerate(parse.tags):
        if tag not in {"NN", "NNS"} or all(p.rule != _DISPUTE for p in index.get(parse.lemma(i), ())):
            continue
        for other, j in entities_at(draft, prepositional(parse, i, "with"), "Country"):
            for owner, k in entities_at(draft, _speakers(parse, i), "Person"):
                country = country_of(draft, owner)
                if country is not None and country is not other:
                    draft.claim(
                        "IN_DISPUTE_WITH", country, other, where(draft, k, i, j), 0.55, "action.dispute_of_office"
                    )


def _speakers(parse: Parse, i: int) -> list[int]:
    """Whose remarks a noun stands in, by the nearest possessor or subject above it."""
    for _ in range(_CLIMB):
        i = first_conjunct(parse, i)
        if parse.deps[i] != "pobj":
            return []
        i = parse.heads[parse.heads[i]]
        if parse.tags[i][0] == "V":
            return subjects(parse, i)
        if found := possessors(parse, i):
            return found
    return []


def _contacts_of_speakers(draft: Draft) -> None:
    """Read "the envoy said that no contact with Norway was planned": the other end is the country that he serves."""
    parse = draft.parse
    for i, word in enumerate(parse.lower):
        if word not in _CONTACT or parse.tags[i] not in {"NN", "NNS"}:
            continue
        own = speaking_country(draft, i)
        for other, j in entities_at(draft, prepositional(parse, i, "with"), "Country") if own else ():
            if own is not None and other is not own[0]:
                draft.claim("CONTACTS", own[0], other, where(draft, i, j), 0.6, "action.contact_of_office")


def speaking_country(draft: Draft, i: int) -> tuple[DraftEntity, int] | None:
    """The country of the one in whose words token i stands ("he said that …"), and the token that names the speaker."""
    v = _reported(draft.parse, i)
    for speaker, k in [] if v is None else entities_at(draft, subjects(draft.parse, draft.parse.heads[v])):
        country = speaker if speaker.type == "Country" else country_of(draft, speaker)
        if country is not None:
            return country, k
    return None


def spoken_for(draft: Draft, i: int) -> list[int]:
    """Token i, or the speaker where it is a pronoun for the speaker: "the ministry denied that it was in talks"."""
    parse = draft.parse
    if draft.cover[i] is not None or parse.lower[i] not in _SELVES:
        return [i]
    v = _reported(parse, i)
    return [i] if v is None else subjects(parse, parse.heads[v])


def _reported(parse: Parse, i: int) -> int | None:
    """The verb of the clause of reported speech that token i is in."""
    for _ in range(_REPORT_CLIMB):
        if parse.deps[i] == "ccomp" and parse.tags[parse.heads[i]][0] == "V":
            return i
        i = parse.heads[i]
    return None


def country_of(draft: Draft, agent: DraftEntity) -> DraftEntity | None:
    """The country that a person or a body serves, as far as the claims made so far lead to one."""
    seen, todo = {id(agent)}, [agent]
    while todo:
        node = todo.pop(0)
        for claim in draft.claims:
            target = claim.object
            if claim.subject is not node or claim.type not in _LEADS_TO_COUNTRY or not isinstance(target, DraftEntity):
                continue
            if target.type == "Country":
                return target
            if id(target) not in seen:
                seen.add(id(target))
                todo.append(target)
    return None
