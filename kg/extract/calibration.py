"""How sure a claim is, made to mean how often claims of its rule are right, as was observed on gold articles."""

from functools import cache

from kg.extract.draft import Draft, DraftClaim
from kg.extract.lexicon import rows

_MOST = 0.99


def find(draft: Draft) -> None:
    """Correct every confidence by what was observed of the rule; what is inferred is no surer than its premises."""
    done: set[int] = set()
    for claim in draft.claims:
        _calibrate(claim, done)


def _calibrate(claim: DraftClaim, done: set[int]) -> None:
    if id(claim) in done:
        return
    done.add(id(claim))
    for premise in claim.premises:
        _calibrate(premise, done)
    sure = min(_MOST, claim.confidence * _factors().get(claim.rule, 1.0))
    claim.confidence = min([sure, *(premise.confidence for premise in claim.premises)])


@cache
def _factors() -> dict[str, float]:
    """By how much the claims of a rule are more or less often right than the rule says of itself."""
    return {rule: float(factor) for rule, factor, *_ in rows("confidence.tsv")}
