"""Public bodies and the countries they belong to; bodies within bodies; places within places."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Public bodies and the countries they belong to; bodies within bodies; places within places."""
