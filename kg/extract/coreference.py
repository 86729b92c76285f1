"""Which mentions of one article name the same entity: names first, then common nouns, then pronouns."""

from kg.extract import aliases, bodies, nominals, pronouns
from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Merge entities that are one under several names, then add their nominal and pronominal mentions."""
    aliases.merge(draft)
    bodies.find(draft)
    nominals.find(draft)
    pronouns.find(draft)
