"""What follows from other claims: a head of government is a citizen and represents the country.

Each is marked by its premises, carries their evidence and is never surer than the least sure of them.
"""

from kg.extract import gazetteer
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftClaim, DraftEntity
from kg.extract.senses import class_of

Consequence = tuple[str, DraftEntity, float, str]
"""A relation, its object, the share of the premise's confidence, and the rule's name."""


def find(draft: Draft) -> None:
    """Add what follows from the claims on offices."""
    known = {(c.type, id(c.subject), id(c.object)) for c in draft.claims}
    for claim in list(draft.claims):
        for type_, object_, share, rule in _consequences(draft, claim):
            key = (type_, id(claim.subject), id(object_))
            if key not in known and claim.subject is not object_:
                known.add(key)
                _infer(draft, claim, type_, object_, share, rule)


def _infer(draft: Draft, claim: DraftClaim, type_: str, object_: DraftEntity, share: float, rule: str) -> None:
    inferred = draft.claim(type_, claim.subject, object_, (claim.start, claim.end), claim.confidence * share, rule)
    inferred.premises = [claim]
    # Who held an office is a citizen still; who will hold one is a citizen already.
    inferred.status = "asserted" if type_ == "CITIZEN_OF" else claim.status


def _consequences(draft: Draft, claim: DraftClaim) -> list[Consequence]:
    object_, subject = claim.object, claim.subject
    if not isinstance(object_, DraftEntity) or not isinstance(subject, DraftEntity) or subject.type != "Person":
        return []
    if object_.type in {"Country", "Place"}:
        return _of_place(claim.type, object_)
    if claim.type in {"HEAD_OF", "SPOKESPERSON_FOR"} and class_of(object_.type) == ORGANIZATION:
        return [("MEMBER_OF", object_, 0.95, "implied.head_member"), *_citizenship(draft, object_)]
    return _citizenship(draft, object_) if claim.type == "MEMBER_OF" else []


def _of_place(type_: str, place: DraftEntity) -> list[Consequence]:
    is_country, found = place.type == "Country", []
    if type_ == "HEAD_OF" or (type_ == "MINISTER_OF" and is_country):
        found.append(("REPRESENTS", place, 0.97 if is_country else 0.9, "implied.office_represents"))
    if type_ in {"HEAD_OF", "MINISTER_OF", "REPRESENTS"} and is_country:
        found.append(("CITIZEN_OF", place, 0.9 if type_ == "REPRESENTS" else 0.95, "implied.office_citizen"))
    return found


def _citizenship(draft: Draft, body: DraftEntity) -> list[Consequence]:
    """Who belongs to a country's party or to a body of its state is most likely its citizen."""
    if body.type not in {"PoliticalParty", "PublicBody"}:
        return []
    known = gazetteer.known().get(body.name)
    iso = body.attributes.get("country") or (known.owner if known else None)
    country = next((c for c in draft.named("Country") if c.identifiers.get("iso3166") == iso), None)
    if iso is None:
        seats = (c.object for c in draft.claims if c.subject is body and c.type == "BASED_IN")
        country = next((c for c in seats if isinstance(c, DraftEntity) and c.type == "Country"), None)
    return [] if country is None else [("CITIZEN_OF", country, 0.8, "implied.body_citizen")]
