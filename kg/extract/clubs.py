"""Sport: where the name of a city is a club's ("a 2-1 win over Nuremberg"), unless it stands after "in"."""

from kg.extract import gazetteer
from kg.extract.candidates import PERSON, PLACE
from kg.extract.parse import Parse
from kg.extract.senses import Senses, key_of

_SPORT = gazetteer.word_set("clubs.sport")
_PLACE_BEFORE = frozenset({"in", "at", "from", "near", "of", "around", "outside", "to"})
_LEAST = 6


def find(parse: Parse, spans: list[tuple[int, int]], senses: Senses) -> set[tuple[int, int]]:
    """The spans that name clubs; empty where the article is not on team sport."""
    if sum(word in _SPORT for word in parse.lower) < max(_LEAST, len(parse) // 100):
        return set()
    return {span for span in spans if _is_club(parse, *span, senses)}


def _is_club(parse: Parse, start: int, end: int, senses: Senses) -> bool:
    if start and parse.lower[start - 1] in _PLACE_BEFORE:
        return False
    key = key_of(parse, start, end)
    words = key.split()
    city = words[-1] in gazetteer.cities() and words[0] not in gazetteer.given_names()
    if senses.type_of(key) == PLACE:
        return key not in gazetteer.known() or gazetteer.known()[key].kind == "capital"
    # "Borussia Dortmund", "Jahn Regensburg": a club that the model takes for a person.
    return senses.class_of(key) == PERSON and city
