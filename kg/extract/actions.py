"""What agents do to each other: meet, contact, negotiate, sign, sanction, criticise, support, threaten."""

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse
from kg.extract.patterns import apply, entities_at, first_conjunct, patterns, possessors, prepositional, subjects, where

_DISPUTE = "action.dispute"
_LEADS_TO_COUNTRY = frozenset({"CITIZEN_OF", "REPRESENTS", "HEAD_OF", "MINISTER_OF", "SPOKESPERSON_FOR", "AGENCY_OF"})
_CLIMB = 4
"""Steps up from "tensions" to who speaks of them in "Bessent's comments on the tensions"."""


def find(draft: Draft) -> None:
    """Add what the patterns of `lexicons/actions.yaml` find, and the disputes whose other side is the speaker's."""
    apply(draft, "actions")
    _disputes_of_office_holders(draft)


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
