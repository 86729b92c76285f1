"""What follows from other claims: a head of government is a citizen and represents the country.

Each is marked by its premises, carries their evidence and is never surer than the least sure of them.
"""

from kg.extract import gazetteer
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftClaim, DraftEntity
from kg.extract.senses import class_of


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


def _consequences(draft: Draft, claim: DraftClaim) -> list[tuple[str, DraftEntity, float, str]]:
    object_ = claim.object
    if (
        not isinstance(object_, DraftEntity)
        or not isinstance(claim.subject, DraftEntity)
        or claim.subject.type != "Person"
    ):
        return []
    if object_.type == "Country" and claim.type in {"HEAD_OF", "MINISTER_OF"}:
        return [
            ("REPRESENTS", object_, 0.97, "implied.office_represents"),
            ("CITIZEN_OF", object_, 0.95, "implied.office_citizen"),
        ]
    if object_.type == "Country" and claim.type == "REPRESENTS":
        return [("CITIZEN_OF", object_, 0.9, "implied.envoy_citizen")]
    if object_.type == "Place" and claim.type == "HEAD_OF":
        return [("REPRESENTS", object_, 0.9, "implied.office_represents")]
    if class_of(object_.type) == ORGANIZATION and claim.type in {"HEAD_OF", "SPOKESPERSON_FOR"}:
        return [("MEMBER_OF", object_, 0.95, "implied.head_member"), *_citizenship(draft, object_)]
    if claim.type == "MEMBER_OF" and object_.type in {"PoliticalParty", "PublicBody"}:
        return _citizenship(draft, object_)
    return []


def _citizenship(draft: Draft, body: DraftEntity) -> list[tuple[str, DraftEntity, float, str]]:
    """Who belongs to a country's party or to a body of its state is most likely its citizen."""
    if body.type not in {"PoliticalParty", "PublicBody"}:
        return []
    known = gazetteer.known().get(body.name)
    iso = body.attributes.get("country") or (known.owner if known else None)
    country = next((c for c in draft.named("Country") if c.identifiers.get("iso3166") == iso), None)
    return [] if country is None else [("CITIZEN_OF", country, 0.8, "implied.body_citizen")]
