"""Names as they are compared across articles."""

import re
import unicodedata
from functools import cache
from pathlib import Path

_LEXICONS = Path(__file__).with_name("lexicons")
_DOTTED = re.compile(r"\b(?:\w\.){2,}|\b\w\.(?=\w\b)")
_POSSESSIVE = re.compile(r"['’]s\b")
_WORD = re.compile(r"[^\W_]+")
_SPELLING = re.compile(r"is(ation|ing|ed|e)(s?)\b")

GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_FUNCTION_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "at", "to", "a", "an"})
# Names with these words are said in either order: Department of Justice, Justice Department.
_TURNED = frozenset({"department", "ministry", "office", "bureau", "agency", "commission", "committee"})


def _lines(name: str) -> list[str]:
    text = (_LEXICONS / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(_lines(name))


@cache
def _nicknames() -> frozenset[tuple[str, str]]:
    pairs = [tuple(line.split("\t")) for line in _lines("nicknames.tsv")]
    return frozenset((a, b) for a, b in pairs) | frozenset((b, a) for a, b in pairs)


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a name, folded: no case, diacritics, dots, possessives, punctuation or leading article."""
    text = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", name))
    text = _DOTTED.sub(lambda m: m.group().replace(".", ""), text).replace("&", " and ")
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    found = tuple(_WORD.findall(plain))
    return found[1:] if len(found) > 1 and found[0] in {"the", "a", "an"} else found


def person(name: str) -> tuple[str, str] | None:
    """A full name without honorifics and middle initials, and those initials; none for less than a full name.

    Ada B. Mensah Jr. is ("ada mensah jr", "b"); a surname alone, or one with an initial, is nobody's for sure.
    """
    parts = list(words(name))
    while len(parts) > 1 and parts[0] in _lexicon("honorifics.txt"):
        parts.pop(0)
    while len(parts) > 2 and len(parts[0]) < 3 and len(parts[1]) == 1:  # noqa: PLR2004 - J. D. is a name as JD is
        parts[:2] = [parts[0] + parts[1]]
    generation = GENERATIONS.get(parts[-1], "") if parts else ""
    if generation:
        parts.pop()
    initials = "".join(part for part in parts[1:-1] if len(part) == 1)
    full = [part for i, part in enumerate(parts) if len(part) > 1 or i in {0, len(parts) - 1}]
    if len(full) < 2 or len(full[0]) == 1 or len(full[-1]) == 1:  # noqa: PLR2004 - a given name and a surname
        return None
    return " ".join([*full, generation]).strip(), initials


def same_person(name: str, alias: str) -> bool:
    """Whether an alias may stand for a full name: equal surname and generation, and a first name that fits."""
    one, other = name.split(), alias.split()
    if (one[-1] in GENERATIONS) != (other[-1] in GENERATIONS) or one[-1] != other[-1]:
        return False
    if one[-1] in GENERATIONS and one[-2:] != other[-2:]:
        return False
    return one[0] == other[0] or (one[0], other[0]) in _nicknames()


def organisation(name: str) -> str:
    """A name without legal form, in one spelling; the words of a ministry or office in alphabetical order."""
    parts = list(words(name))
    while len(parts) > 1 and parts[-1] in _lexicon("legal_forms.txt"):
        parts.pop()
    if len(parts) > 1 and parts[-1] == "and":
        parts.pop()
    if _TURNED.intersection(parts):
        parts = sorted(part for part in parts if part not in _FUNCTION_WORDS)
    return _SPELLING.sub(r"iz\1\2", " ".join(parts))


def is_generic(name: str) -> bool:
    """Whether many bodies are called so: a ministry of commerce, a supreme court."""
    return all(word in _lexicon("generic_words.txt") or word.isdigit() for word in words(name))


def is_acronym(short: str, name: str) -> bool:
    """Whether `short`, in capitals, is made of the first letters of the words of `name`."""
    letters = "".join(words(short))
    if not short.replace(".", "").isupper() or not 2 <= len(letters) <= 8:  # noqa: PLR2004 - lengths of acronyms
        return False
    every = "".join(word[0] for word in words(name))
    main = "".join(word[0] for word in words(name) if word not in _FUNCTION_WORDS)
    return letters in {every, main}


def is_short_form(short: str, name: str) -> bool:
    """Whether `short` is the beginning of `name`: Goldman of Goldman Sachs."""
    one, other = words(short), words(name)
    return short[:1].isupper() and 0 < len(one) < len(other) and other[: len(one)] == one and not is_generic(short)


def is_proper(name: str) -> bool:
    """Whether all words that count are written with a capital or a digit first, and one is no common word."""
    written = [word for word in re.findall(r"[\w.'’&-]+", name) if word.casefold() not in _FUNCTION_WORDS]
    capital = bool(written) and all(word[0].isupper() or word[0].isdigit() for word in written)
    return capital and (len(written) > 1 or (name.isupper() and len(name) > 2)) and not is_generic(name)  # noqa: PLR2004
