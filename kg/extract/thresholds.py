"""What is left of an extraction where only the surer claims and statements are wanted."""

import msgspec

from kg.model import Claim, Extraction

SAID = 0.6
"""How sure a statement must be to come into the graph: of those below it a reader found one of nine right."""


def above(extraction: Extraction, minimum: float, said: float | None = None) -> Extraction:
    """The extraction without what is less sure than `minimum` (0 to 1), and without what stands on that.

    A claim falls with its statement and with any of its premises; entities stay. `said` is the minimum of statements,
    where it is another.
    """
    least = minimum if said is None else said
    statements = tuple(s for s in extraction.statements if s.confidence >= least)
    gone = {s.id for s in extraction.statements} - {s.id for s in statements}
    return msgspec.structs.replace(
        extraction, relations=_standing(extraction.relations, gone, minimum), statements=statements
    )


def _standing(claims: tuple[Claim, ...], gone: set[str], minimum: float) -> tuple[Claim, ...]:
    left = [c for c in claims if c.confidence >= minimum and gone.isdisjoint({c.subject, c.object, c.attributed_to})]
    while True:
        known = {c.id for c in left}
        standing = [c for c in left if known.issuperset(c.premises)]
        if len(standing) == len(left):
            return tuple(standing)
        left = standing
