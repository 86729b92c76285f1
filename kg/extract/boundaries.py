"""Sentence boundaries that the parser must keep: mended before it runs, in this one place.

A line break always ends a sentence. An abbreviation inside a name ("JPMorgan Chase & Co. Bessent’s…" being
the exception that a capital and a verb decide) does not end one by itself.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


def mark_boundaries(doc: "Doc") -> None:
    """Set `is_sent_start` on the first token after every line break; the parser keeps what is set."""
    after_break = False
    for token in doc:
        if token.is_space:
            after_break = after_break or "\n" in token.text
        elif after_break:
            token.is_sent_start = True
            after_break = False
