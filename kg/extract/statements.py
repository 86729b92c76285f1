"""Who said what: speaker, cue, content, act, stance, addressee, and who reports it."""

from kg.extract.draft import Draft


def find(draft: Draft) -> None:
    """Who said what: speaker, cue, content, act, stance, addressee, and who reports it."""
