"""How spans are compared by the field's scorers: articles and possessives do not matter; overlap counts in words."""

import re
from collections.abc import Iterable

_ARTICLE = re.compile(r"(?i)(the|a|an)\s+")
_POSSESSIVE = re.compile(r"(['’]s|['’])$")
_WORD = re.compile(r"\w+")

Offsets = tuple[int, int]


def trimmed(text: str, start: int, end: int) -> Offsets:
    """A span without the article before a name and the possessive ending after it."""
    if match := _ARTICLE.match(text[start:end]):
        start += match.end()
    if match := _POSSESSIVE.search(text[start:end]):
        end -= len(match.group(0))
    return start, end


def words(text: str, spans: Iterable[Offsets]) -> set[Offsets]:
    """The words that lie in some spans, as offsets."""
    return {(a + m.start(), a + m.end()) for a, b in spans for m in _WORD.finditer(text[a:b])}


def shared(one: set[Offsets], other: set[Offsets]) -> float:
    """F1 of two sets of words; 0 where one is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def half_overlap(one: Offsets, other: Offsets) -> bool:
    """Whether two spans share at least half of the longer one."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > 0 and common >= 0.5 * max(one[1] - one[0], other[1] - other[0])
