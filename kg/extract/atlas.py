"""What an article names that things can belong to or lie in."""

from kg.extract import home
from kg.extract.draft import Draft, DraftClaim, DraftEntity


class Atlas:
    """The article's countries by ISO code, its entities by name, and the claims made so far, each but once.

    `written` are the countries that it calls by their names, not by an adjective alone: only to them is a seat or a
    place tied that lists alone know.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.countries = {e.identifiers["iso3166"]: e for e in draft.named("Country") if "iso3166" in e.identifiers}
        self.written = {iso: e for iso, e in self.countries.items() if any(m.kind == "name" for m in e.mentions)}
        self.named = {e.name: e for e in draft.entities if e.mentions}
        self._known = {(c.type, id(c.subject), id(c.object)) for c in draft.claims}

    def claim(
        self, type_: str, subject: DraftEntity, object_: DraftEntity, where: tuple[int, int], sure: float, rule: str
    ) -> None:
        """Add a claim that the article does not have yet."""
        key = type_, id(subject), id(object_)
        if subject is not object_ and key not in self._known:
            self._known.add(key)
            self.draft.claim(type_, subject, object_, where, sure, rule)

    def infer(self, inner: DraftClaim, outer: DraftClaim, rule: str) -> None:
        """Add that the subject of `inner` has its relation to the object of `outer` too, if not known yet."""
        key = inner.type, id(inner.subject), id(outer.object)
        if inner.subject is not outer.object and key not in self._known:
            self._known.add(key)
            sure = 0.95 * min(inner.confidence, outer.confidence)
            where = inner.start, inner.end
            self.draft.claim(inner.type, inner.subject, outer.object, where, sure, rule).premises = [inner, outer]

    def seated(self, body: DraftEntity) -> bool:
        """Whether a claim tells where a body has its seat."""
        return any(c.subject is body and c.type == "BASED_IN" for c in self.draft.claims)

    def country(self, iso: str) -> DraftEntity:
        """The article's entity for a country, made where it names it only by implication."""
        entity = self.countries[iso] = self.countries.get(iso) or home.country(self.draft, iso)
        return entity


def ends(name: str) -> list[str]:
    """What a body's name begins with, or ends with after "of" or "in": a name there tells whose or where it is."""
    words = name.split()
    after = [name.rpartition(f" {link} ")[2].removeprefix("the ") for link in ("of", "in") if f" {link} " in name]
    return [" ".join(words[:1]), " ".join(words[:2])][: len(words) - 1] + after


def first_mention(entity: DraftEntity) -> tuple[int, int]:
    """The tokens of the first mention by name, else of the first; (0, 0) where it is not mentioned."""
    mentions = [m for m in entity.mentions if m.kind == "name"] or entity.mentions
    return (mentions[0].start, mentions[0].end) if mentions else (0, 0)
