"""Whether a person's name is of the kind that a country's people have: enough to lend no Briton to Korea."""

import re

from kg.extract import gazetteer

_SURNAME_FIRST = gazetteer.word_set("origins.surname_first")
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]+-[a-z]+")


def fits(name: str, iso: str) -> bool:
    """Whether a name can well be of a country: one that writes family names first is of those that do so.

    A name that tells nothing, such as a single word, fits everywhere.
    """
    words = name.split()
    if len(words) < 2:  # noqa: PLR2004 - a surname alone
        return True
    if _is_surname_first(words):
        return iso in _SURNAME_FIRST
    return iso not in _SURNAME_FIRST or not gazetteer.words("surnames_first.txt").isdisjoint(words)


def _is_surname_first(words: list[str]) -> bool:
    return words[0] in gazetteer.words("surnames_first.txt") and _TWO_SYLLABLES.fullmatch(words[1]) is not None
