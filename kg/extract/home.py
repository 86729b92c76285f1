"""The country an article is about: what a body or an office without a country of its own most likely belongs to."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from kg.extract import gazetteer
from kg.extract.draft import Draft, DraftEntity, Zone

_WRITTEN_THERE = 4
"""What the place of a report's desk weighs, in halves of a mention of its country."""


def weights(draft: Draft, *, named: bool = False) -> Counter[str]:
    """For each ISO code how much of the article speaks of the country: by its names, bodies and places.

    `named`: by the names of countries and places alone.
    """
    found: Counter[str] = Counter()
    for entity in draft.entities:
        iso = entity.identifiers.get("iso3166")
        if iso is not None:
            found[iso] += 2 * len(entity.mentions)
            continue
        if named and entity.type != "Place":
            continue
        known = gazetteer.known().get(entity.name)
        owner = entity.attributes.get("country") or (known.owner if known else "")
        if owner in gazetteer.countries():
            found[owner] += len(entity.mentions)
    for zone in draft.zones:
        if zone.kind in {"dateline", "byline"}:
            found.update(dict.fromkeys(_desk(draft, zone), _WRITTEN_THERE))
    return +found


def _desk(draft: Draft, zone: Zone) -> set[str]:
    """The countries of the cities in a dateline or byline: where the report was written."""
    words = draft.parse.words[zone.start : zone.end]
    pairs = [*words, *(" ".join(pair) for pair in pairwise(words))]
    codes = gazetteer.country_codes()
    return {codes[word.title()] for word in pairs if word.title() in codes}


def main(draft: Draft, fits: Callable[[str], bool] = lambda _: True, lead: float = 1.0) -> str | None:
    """The country that fits and weighs most; None where the next one weighs more than `1 / lead` of it."""
    ranked = sorted(((n, iso) for iso, n in weights(draft).items() if fits(iso)), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] < lead * ranked[1][0]):
        return None
    return ranked[0][1]


def country(draft: Draft, iso: str) -> DraftEntity:
    """The article's entity for a country, made where the text names it only by implication."""
    for entity in draft.entities:
        if entity.identifiers.get("iso3166") == iso:
            return entity
    entity = draft.entity("Country", gazetteer.countries()[iso].name)
    entity.identifiers["iso3166"] = iso
    return entity
