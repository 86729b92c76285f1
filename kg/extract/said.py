"""A statement together with the token ranges that it was made from, for the stages that look around it."""

from typing import NamedTuple

from kg.extract.attribution import Attribution
from kg.extract.draft import DraftEntity, DraftStatement


class Said(NamedTuple):
    """One act of speech as tokens and as a statement."""

    found: Attribution
    statement: DraftStatement

    @property
    def speaker(self) -> DraftEntity | None:
        """Who said it."""
        return self.statement.speaker

    def contains(self, i: int) -> bool:
        """Whether token i is in the content."""
        return any(start <= i < end for start, end in self.found.content)
