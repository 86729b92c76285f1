"""Public bodies and the countries they belong to; bodies within bodies."""

from collections.abc import Iterator

from kg.extract import citizens, gazetteer, home, implied, name_origins, seats
from kg.extract.atlas import Atlas, ends, first_mention
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity
from kg.extract.nearby import POSSESSIVE
from kg.extract.senses import class_of

_BESIDE, _DEFAULT = 0.9, 0.55
_CLEARLY = 2.0
"""How many times as much as the next an article must speak of a country to be about it."""
_OF_MANY = frozenset(
    {"European", "International", "World", "Global", "UN", "EU", "Nations", "Europe", "African", "Arab"}
)


def find(draft: Draft) -> None:
    """Add AGENCY_OF and PART_OF, the seats of bodies and the places in places (`seats`), and what follows from all."""
    atlas = Atlas(draft)
    main = home.main(draft, lead=_CLEARLY)
    for entity in list(draft.entities):
        if class_of(entity.type) == ORGANIZATION:
            whole = _whole(atlas, entity)
            if whole is not None:
                _part_of(atlas, entity, whole)
            elif entity.type == "PublicBody" and not _is_unions(entity):
                _agency_of(atlas, entity, main)
            seats.of_body(atlas, entity)
            if entity.type == "PoliticalParty" and main in atlas.written:
                _of_main_country(atlas, entity, atlas.written[main])
        elif entity.type == "Place":
            seats.of_place(atlas, entity)
    seats.follow(atlas)
    citizens.find(atlas)
    implied.find(draft)


def _of_main_country(atlas: Atlas, party: DraftEntity, country: DraftEntity) -> None:
    known = gazetteer.known().get(party.name)
    if not atlas.seated(party) and (known is None or not known.owner):
        atlas.claim("BASED_IN", party, country, first_mention(party), _DEFAULT, "seat.main_country")


def _is_unions(body: DraftEntity) -> bool:
    """Whether the body belongs to an organisation of states that the article does not name."""
    known = gazetteer.known().get(body.name)
    return known is not None and known.owner != "" and known.owner not in gazetteer.countries()


def _whole(atlas: Atlas, body: DraftEntity) -> DraftEntity | None:
    """The organisation that a body is a part of: known, or named in its own name ("… of the Council of Europe")."""
    known = gazetteer.known().get(body.name)
    names = [known.owner] if known is not None and known.owner else [p for p in ends(body.name) if f" {p}" in body.name]
    found = [*(atlas.named.get(name) for name in names), *_owners(atlas, body)]
    return next((e for e in found if e is not None and e is not body and class_of(e.type) == ORGANIZATION), None)


def _owners(atlas: Atlas, body: DraftEntity) -> Iterator[DraftEntity]:
    """The union of states before a body: "the EU's border agency Frontex"."""
    parse, cover = atlas.draft.parse, atlas.draft.cover
    for mention in body.mentions:
        k = mention.start - 2
        owner = cover[k] if k >= 0 and parse.lower[k + 1] in POSSESSIVE else None
        if owner is not None and owner.type == "IntergovernmentalOrganization":
            yield owner


def _part_of(atlas: Atlas, body: DraftEntity, whole: DraftEntity) -> None:
    if body.type == "PublicBody" and whole.type == "IntergovernmentalOrganization":
        atlas.claim("AGENCY_OF", body, whole, first_mention(body), 0.95, "agency.of_organization")
    atlas.claim("PART_OF", body, whole, first_mention(body), 0.95, "agency.of_organization")


def _country_of_names(draft: Draft, body: DraftEntity) -> str | None:
    """The country the article is clearly about, of those whose names the people of the body could have."""
    people = [c.subject.name for c in draft.claims if c.object is body and isinstance(c.subject, DraftEntity)]
    if not people:
        return None
    return home.main(draft, lambda iso: all(name_origins.fits(name, iso) for name in people), lead=_CLEARLY)


def _is_of_state(draft: Draft, body: DraftEntity) -> bool:
    """Whether the words of a body, or those before it, make it one of a state or town ("the state Supreme Court")."""
    lower = draft.parse.lower
    before = {lower[m.start - 1] for m in body.mentions if m.start}
    named = f" {body.name} "
    if body.name.split()[0] in gazetteer.cities():
        return True  # "Oslo Police Department"
    return "state" in before or any(f" {state} " in named for state in gazetteer.states().values())


def _agency_of(atlas: Atlas, body: DraftEntity, main: str | None) -> None:
    iso, confidence, rule = body.attributes.get("country"), _BESIDE, "agency.beside"
    if iso is None:
        main = main or _country_of_names(atlas.draft, body)
        if main is None or _OF_MANY & set(body.name.split()) or _is_of_state(atlas.draft, body):
            return
        iso, confidence, rule = main, _DEFAULT, "agency.main_country"
    body.attributes["country"] = iso
    country, where = atlas.country(iso), first_mention(body)
    atlas.claim("AGENCY_OF", body, country, where, confidence, rule)
    if body.mentions and not seats.is_abroad(body):
        atlas.claim("BASED_IN", body, country, where, confidence * 0.95, "seat.of_state_body")
