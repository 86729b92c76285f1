"""What agents do to each other: meet, contact, negotiate, sign, sanction, criticise, support, threaten."""

from kg.extract.draft import Draft
from kg.extract.patterns import apply


def find(draft: Draft) -> None:
    """Add what the patterns of `lexicons/actions.yaml` find."""
    apply(draft, "actions")
