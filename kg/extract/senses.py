"""One sense a name an article: which type each name has, by the votes of all its candidates."""

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extract import gazetteer
from kg.extract.candidates import ORGANIZATION, PERSON, PLACE, Candidate, organization_kind
from kg.extract.parse import Parse
from kg.model.ontology import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.extract.gazetteer import Known

_LONGEST_ACRONYM = 5
_VENUES = frozenset({"Stadium", "Arena", "Theater", "Theatre", "Coliseum", "Airport", "Bridge", "Mall"})
_SURE = frozenset({"Country", "IntergovernmentalOrganization", "PublicBody", "MediaOutlet"})
_CLASS = {"Norp": "Norp", "Facility": "Facility", "Country": PLACE}


def class_of(type_: str) -> str:
    """The coarse class of a type: Person, Organization, Place, or a label that names nothing we keep."""
    if type_ in _CLASS:
        return _CLASS[type_]
    return ORGANIZATION if ORGANIZATION in ENTITY_TYPES[type_].parents else type_


def key_of(parse: Parse, start: int, end: int) -> str:
    """A name as it is compared within an article."""
    text = " ".join(parse.span_text(start, end).split())
    return text.title() if text.isupper() and len(text) > _LONGEST_ACRONYM and "." not in text else text


class Senses:
    """The type that each name of an article has."""

    def __init__(self, parse: Parse, candidates: list[Candidate]) -> None:
        self._votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._types: dict[str, str] = {}
        self.known: dict[str, Known] = {}
        for c in candidates:
            key = key_of(parse, c.start, c.end)
            self._votes[key][class_of(c.type)] += c.weight
            if c.known is not None:
                self.known.setdefault(key, c.known)
            if class_of(c.type) == ORGANIZATION and c.type != ORGANIZATION:
                self._types.setdefault(key, c.type)
        self._vote_parts()

    def _vote_parts(self) -> None:
        people = [key for key in self._votes if " " in key and self.class_of(key) == PERSON]
        for key in people:
            parts = key.split()
            if parts[0] in self._votes:
                self._votes[parts[0]][PERSON] += 1.0
            for k in range(1, len(parts)):
                self._decide_surname(" ".join(parts[k:]))
        for key in self._votes:
            votes, first = self._votes[key], key.split()[0]
            if (
                " " in key
                and PERSON in votes
                and first in gazetteer.given_names()
                and not organization_kind(key.split())
            ):
                votes[PERSON] += 0.0 if key in self.known else sum(votes.values())
        bodies = [key for key in self._votes if " " in key and self.class_of(key) == ORGANIZATION]
        for key in bodies:
            self._vote_short_forms(key.split())
            first = key.split()[0]
            if first not in self._votes or first in self.known or any(first in person.split() for person in people):
                continue
            votes, kind = self._votes[first], organization_kind(key.split())
            if kind and kind[0] == "Company" and first not in gazetteer.cities():
                votes[ORGANIZATION] += sum(votes.values())
            elif PERSON not in votes:
                votes[ORGANIZATION] += 1.0

    def _vote_short_forms(self, words: list[str]) -> None:
        """The first words of a company's name mean it: "Perth Avon" of "Perth Avon Lithium Ltd"; not a known place."""
        kind = organization_kind(words)
        for form in (" ".join(words[:k]) for k in range(2, len(words))) if kind and kind[0] == "Company" else ():
            if form in self._votes and form not in self.known and form not in gazetteer.cities():
                self._votes[form][ORGANIZATION] += 2 * sum(self._votes[form].values())

    def _decide_surname(self, surname: str) -> None:
        # Somebody of that name is in the article: only what the lexicons know can mean something else.
        for form in (surname, surname[:1].upper() + surname[1:]):
            votes = self._votes.get(form)
            if votes is not None:
                votes[PERSON] += 2.0 if form in self.known or form in gazetteer.cities() else sum(votes.values())

    def class_of(self, key: str) -> str | None:
        """The class that most candidates of a name speak for."""
        votes = self._votes.get(key)
        if not votes:
            return None
        known = self.known.get(key)
        if (
            known is not None
            and not known.unsure
            and known.type in _SURE
            and votes.get(PERSON, 0) * 2 < sum(votes.values())
        ):
            return class_of(known.type)
        if key not in self.known and key in gazetteer.people():
            return PERSON
        if key not in self.known and key in gazetteer.cities() and PLACE in votes:
            votes = {**votes, PLACE: votes[PLACE] + 0.5}
        return max(votes, key=lambda c: (votes[c], c))

    def type_of(self, key: str) -> str | None:
        """The ontology's type of a name; None for what is no entity (peoples, buildings the model is unsure of)."""
        found, known = self.class_of(key), self.known.get(key)
        if known is not None and class_of(known.type) == found:
            return known.type
        if found == ORGANIZATION and " " in key and key.rsplit(maxsplit=1)[-1] in _VENUES:
            return PLACE
        if found == ORGANIZATION:
            kind = organization_kind(key.split())
            return self._types.get(key) or (kind[0] if kind else ORGANIZATION)
        return found if found in {PERSON, PLACE} else None

    def keys(self) -> list[str]:
        """All names that have a type, in the order they were first seen."""
        return [key for key in self._votes if self.type_of(key) is not None]
