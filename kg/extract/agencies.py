"""Public bodies and the countries they belong to; bodies within bodies; seats; places within places."""

from kg.extract import gazetteer, home
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity, DraftMention
from kg.extract.senses import class_of

_UNION = "European Union"
_EVERYWHERE = frozenset({"IntergovernmentalOrganization"})


def find(draft: Draft) -> None:
    """Add AGENCY_OF, PART_OF, BASED_IN and LOCATED_IN."""
    atlas = _Atlas(draft)
    for entity in list(draft.entities):
        if class_of(entity.type) == ORGANIZATION:
            atlas.owner(entity)
            atlas.seat(entity)
        elif entity.type == "Place":
            atlas.container(entity)


class _Atlas:
    """The article's countries and what lies in them."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._countries = {e.identifiers["iso3166"]: e for e in draft.named("Country") if "iso3166" in e.identifiers}
        self._main = home.main(draft, lead=2.0)
        self._names = {e.name: e for e in draft.entities if e.mentions}
        self._known: set[tuple[str, int, int]] = {(c.type, id(c.subject), id(c.object)) for c in draft.claims}

    def _claim(
        self,
        type_: str,
        subject: DraftEntity,
        object_: DraftEntity,
        where: tuple[int, int],
        confidence: float,
        rule: str,
    ) -> None:
        key = (type_, id(subject), id(object_))
        if subject is not object_ and key not in self._known:
            self._known.add(key)
            self._draft.claim(type_, subject, object_, where, confidence, rule)

    def country(self, iso: str) -> DraftEntity:
        """The article's entity for a country, made where it names it only by implication."""
        entity = self._countries[iso] = self._countries.get(iso) or home.country(self._draft, iso)
        return entity

    def owner(self, body: DraftEntity) -> None:
        """The state or union that a public body belongs to."""
        known = gazetteer.known().get(body.name)
        owner = known.owner if known else ""
        if owner and owner not in gazetteer.countries():
            self._part_of(body, owner)
            return
        whole = next(
            (
                part
                for part in _ends(body.name)
                if f" {part}" in body.name and part in self._names and class_of(self._names[part].type) == ORGANIZATION
            ),
            None,
        )
        if whole is not None and whole != body.name:
            self._part_of(body, whole)
            return
        if body.type != "PublicBody":
            return
        iso, confidence, rule = body.attributes.get("country"), 0.9, "agency.beside"
        if iso is None and _is_of_many(body.name):
            return
        if iso is None:
            iso, confidence, rule = self._main, 0.55, "agency.main_country"
        if iso is not None and iso in gazetteer.countries():
            body.attributes["country"] = iso
            self._claim("AGENCY_OF", body, self.country(iso), _where(body), confidence, rule)
            if body.mentions:
                self._claim(
                    "BASED_IN", body, self.country(iso), _where(body), confidence * 0.95, "agency.seat_of_state_body"
                )

    def _part_of(self, body: DraftEntity, owner: str) -> None:
        whole = self._names.get(owner)
        if whole is None:
            return
        if body.type == "PublicBody" and whole.type == "IntergovernmentalOrganization":
            self._claim("AGENCY_OF", body, whole, _where(body), 0.95, "agency.lexicon")
        self._claim("PART_OF", body, whole, _where(body), 0.95, "agency.lexicon")

    def seat(self, body: DraftEntity) -> None:
        """Where a body has its seat: said beside it, in its name, or known."""
        for mention in body.mentions:
            if mention.kind == "name":
                self._seat_beside(body, mention)
        self._seat_in_name(body)
        known = gazetteer.known().get(body.name)
        if known is None:
            return
        country = self._countries.get(known.owner)
        if country is not None:
            self._claim("BASED_IN", body, country, _where(body), 0.85, "seat.lexicon")
        seat_country = gazetteer.country_codes().get(known.seat) or gazetteer.cities().get(known.seat, ("",))[0]
        if known.seat and seat_country in self._countries and body.type not in _EVERYWHERE and not known.owner:
            self._claim("BASED_IN", body, self.country(seat_country), _where(body), 0.7, "seat.lexicon_country")

    def _seat_beside(self, body: DraftEntity, mention: DraftMention) -> None:
        """Of the form "the German magazine Focus", "Bergen-based Norvik", "Norvik, based in Bergen", "Norvik in Bergen"."""
        parse, draft = self._draft.parse, self._draft
        k, between = mention.start - 1, 0
        while (
            k >= 0
            and draft.cover[k] is None
            and between < 4
            and parse.tags[k] in {"NN", "JJ", "HYPH", "NNP", "VBN", "POS"}
        ):
            k -= 1
            between += 1
        before = draft.cover[k] if k >= 0 else None
        if (
            before is not None
            and before.type in {"Country", "Place"}
            and parse.sentence_of[k] == parse.sentence_of[mention.start]
        ):
            words = parse.lower[k + 1 : mention.start]
            if "based" in words:
                self._claim("BASED_IN", body, before, (k, mention.end), 0.95, "seat.based")
            elif not {"'s", "’s"} & set(words) and body.type not in _EVERYWHERE and body.name not in gazetteer.known():
                self._claim("BASED_IN", body, before, (k, mention.end), 0.75, "seat.adjective")
            elif body.type not in _EVERYWHERE and before.type == "Country":
                self._claim("BASED_IN", body, before, (k, mention.end), 0.75, "seat.possessive")
        self._seat_after(body, mention)

    def _seat_after(self, body: DraftEntity, mention: DraftMention) -> None:
        parse, draft = self._draft.parse, self._draft
        k = mention.end + (parse.lower[mention.end : mention.end + 1] == [","])
        said = parse.lower[k : k + 2] in (["based", "in"], ["headquartered", "in"])
        k += 1 if said else 0
        if k + 1 >= len(parse) or parse.lower[k] not in {"in", "of"} or (not said and k != mention.end):
            return
        k += 1 + (parse.lower[k + 1] == "the")
        place = draft.cover[k] if k < len(parse) else None
        if place is None or place.type not in {"Country", "Place"}:
            return
        if not said and body.type in {"Company", "MediaOutlet", "PoliticalParty"}:
            return
        attached = said or parse.heads[mention.end] in range(mention.start, mention.end)
        if attached and (body.type not in _EVERYWHERE or said):
            self._claim(
                "BASED_IN",
                body,
                place,
                (mention.start, k + 1),
                0.95 if said else 0.65,
                "seat.based" if said else "seat.in",
            )

    def _seat_in_name(self, body: DraftEntity) -> None:
        if body.type in _EVERYWHERE | {"MediaOutlet"} and body.type in _EVERYWHERE:
            return
        codes = gazetteer.country_codes()
        for name in (body.name, *sorted(body.aliases)):
            for part in _ends(name):
                country = self._countries.get(codes.get(part, ""))
                if country is not None:
                    self._claim("BASED_IN", body, country, _where(body), 0.75, "seat.name")
                place = self._names.get(part)
                if place is not None and place.type == "Place":
                    self._claim("BASED_IN", body, place, _where(body), 0.7, "seat.name")

    def container(self, place: DraftEntity) -> None:
        """The country a place lies in: said beside it, known, or by a list of cities among the article's countries."""
        for mention in place.mentions:
            self._container_after(place, mention)
        known = gazetteer.known().get(place.name)
        if known is not None and known.kind in {"capital", "name"} and known.type == "Place":
            iso: str | None = known.owner
        else:
            iso = self._city(place)
        if iso and iso in self._countries and _is_written(place):
            self._claim("LOCATED_IN", place, self._countries[iso], _where(place), 0.9, "place.gazetteer")

    def _city(self, place: DraftEntity) -> str | None:
        """The country of a city: the largest of that name if the article names its country, else the one it names."""
        codes = gazetteer.cities().get(place.name, ())
        named = [iso for iso in codes if iso in self._countries]
        return named[0] if named and (named[0] == codes[0] or len(named) == 1) else None

    def _container_after(self, place: DraftEntity, mention: DraftMention) -> None:
        """Of the form "Bhopal, India", "the Iraqi city of Basra"."""
        parse, draft = self._draft.parse, self._draft
        k = mention.end
        if k + 1 < len(parse) and parse.words[k] == ",":
            other = draft.cover[k + 1]
            after = max((m.end for m in other.mentions if m.start == k + 1), default=0) if other else 0
            if other is not None and after and other.type in {"Country", "Place"} and parse.words[after : after + 1] in (
                [","], ["."], [")"], [";"],
            ):  # fmt: skip
                if _may_hold(place, other) and parse.sentence_of[k] == parse.sentence_of[k + 1]:
                    self._claim("LOCATED_IN", place, other, (mention.start, after), 0.8, "place.comma")
        self._container_before(place, mention)

    def _container_before(self, place: DraftEntity, mention: DraftMention) -> None:
        parse, draft = self._draft.parse, self._draft
        k, between = mention.start - 1, 0
        while k >= 0 and draft.cover[k] is None and between < 5 and (  # noqa: PLR2004 - "the northern Iraqi port city of"
            parse.tags[k] in {"NN", "JJ", "HYPH", "POS"} or parse.lower[k] == "of"
        ):  # fmt: skip
            k -= 1
            between += 1
        owner = draft.cover[k] if k >= 0 else None
        words = parse.lower[k + 1 : mention.start]
        if owner is not None and owner.type == "Country" and between and _PLACE_NOUNS & set(words):
            self._claim("LOCATED_IN", place, owner, (k, mention.end), 0.88, "place.adjective")


_PLACE_NOUNS = gazetteer.word_set("agencies.place_nouns")


def _ends(name: str) -> list[str]:
    """What a body's name begins with, or ends with after "of": there a place tells where it is."""
    words = name.split()
    return [" ".join(words[:1]), " ".join(words[:2])][: len(words) - 1] + [
        name.rpartition(f" {link} ")[2].removeprefix("the ") for link in ("of", "in") if f" {link} " in name
    ]


def _is_of_many(name: str) -> bool:
    """Whether a body's name says that it belongs to no single state."""
    return bool(
        {"European", "International", "World", "Global", "UN", "EU", "Nations", "Europe", "African", "Arab"}
        & set(name.split())
    )


def _is_written(place: DraftEntity) -> bool:
    return any(m.kind == "name" for m in place.mentions)


def _may_hold(place: DraftEntity, other: DraftEntity) -> bool:
    """Whether "A, B" can mean that A lies in B: B is a country or a known region, and A is neither."""
    known, holder = gazetteer.known().get(place.name), gazetteer.known().get(other.name)
    if other.type != "Country" and (holder is None or holder.kind == "capital"):
        return False
    return known is None or known.kind == "capital" or (known.owner != "" and other.type == "Country")


def _where(entity: DraftEntity) -> tuple[int, int]:
    named = [m for m in entity.mentions if m.kind == "name"] or entity.mentions
    return (named[0].start, named[0].end) if named else (0, 0)
