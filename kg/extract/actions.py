"""What agents do to each other: meet, contact, negotiate, sign, sanction, criticise, support, threaten."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """What agents do to each other: meet, contact, negotiate, sign, sanction, criticise, support, threaten."""
