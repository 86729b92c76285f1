"""Who owns, buys, supplies, partners or competes with whom; where companies are based and listed."""

from kg.extract.draft import Draft, DraftClaim, DraftEntity
from kg.extract.markets import amounts
from kg.extract.patterns import apply, where
from kg.extract.tickers import tickers
from kg.model.ontology import allows, is_a

_HEARD_OF = {"sell": "ended", "divest": "ended", "dispose": "ended", "offload": "ended", "exit": "ended"}


def find(draft: Draft) -> None:
    """Add what the patterns of `lexicons/business.yaml` find, the seats in "Berlin-based X", and listings."""
    first = len(draft.claims)
    apply(draft, "business")
    for claim in draft.claims[first:]:
        if claim.rule in {"business.stake", "business.takes_stake"}:
            _stake(draft, claim)
    _based(draft)
    _listed(draft)


def _stake(draft: Draft, claim: DraftClaim) -> None:
    """Add how large a stake is, and end it where it is sold."""
    parse = draft.parse
    held = next(amounts(parse, claim.start, claim.end), None)
    if held is not None and held.unit == "percent":
        claim.qualifiers["share"] = held.value
    verbs = {parse.lemma(i) for i in range(claim.start, claim.end) if parse.tags[i][0] == "V"}
    claim.status = next((status for verb, status in _HEARD_OF.items() if verb in verbs), claim.status)


def _based(draft: Draft) -> None:
    parse = draft.parse
    for i, word in enumerate(parse.lower):
        if word not in {"based", "headquartered"} or i < 2 or parse.words[i - 1] != "-":  # noqa: PLR2004 - "Berlin" and "-"
            continue
        place, owner = draft.cover[i - 2], draft.cover[parse.heads[i]]
        if place is not None and owner is not None and _is_seat(owner, place):
            draft.claim("BASED_IN", owner, place, where(draft, i - 2, parse.heads[i]), 0.9, "business.place_based")


def _is_seat(owner: DraftEntity, place: DraftEntity) -> bool:
    return is_a(owner.type, "Organization") and allows("BASED_IN", owner.type, place.type)


def _listed(draft: Draft) -> None:
    for ticker in tickers(draft):
        company = draft.cover[ticker.start]
        if ticker.exchange is not None and company is not None and company.type == "Company":
            exchange = next((e for e in draft.entities if e.name == ticker.exchange), None)
            exchange = exchange or draft.entity("Organization", ticker.exchange)
            if allows("LISTED_ON", company.type, exchange.type) and exchange is not company:
                draft.claim(
                    "LISTED_ON", company, exchange, where(draft, ticker.start, ticker.end - 1), 0.9, "business.ticker"
                )
