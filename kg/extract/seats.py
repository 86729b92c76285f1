"""Where bodies have their seat, and which country a place lies in."""

from kg.extract import gazetteer
from kg.extract.atlas import Atlas, ends, first_mention
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import DraftClaim, DraftEntity, DraftMention
from kg.extract.nearby import POSSESSIVE, after_article, mention_end, owner_before

_PLACES = frozenset({"Country", "Place"})
_PLACE_NOUNS = gazetteer.word_set("agencies.place_nouns")
_MODIFIERS, _NOUNS = 4, 3
_DIRECTIONS = frozenset({"northern", "southern", "eastern", "western", "central", "northeastern", "northwestern"})
_OF_TOWNS = ("University of ", "Bank of ", "Port of ")
_ELSEWHERE = frozenset({"Company", "MediaOutlet", "PoliticalParty"})
"""What is often somewhere without having its seat there ("Boeing in India")."""


def of_body(atlas: Atlas, body: DraftEntity) -> None:
    """Add BASED_IN as it is said beside the body, told by its name, or known."""
    for mention in body.mentions:
        if mention.kind == "name":
            _said(atlas, body, mention)
    if body.type != "IntergovernmentalOrganization":
        for mention in body.mentions:
            if mention.kind == "name":
                _in(atlas, body, mention)
    if body.type != "IntergovernmentalOrganization" and not is_abroad(body):
        for mention in body.mentions:
            if mention.kind == "name":
                _before(atlas, body, mention)
        if body.mentions:
            _in_name(atlas, body)
        _known(atlas, body)


def is_abroad(body: DraftEntity) -> bool:
    """Whether a body stands in another country than its own."""
    return not {"Embassy", "Consulate"}.isdisjoint(body.name.split())


def _said(atlas: Atlas, body: DraftEntity, mention: DraftMention) -> None:
    """The place in "Norvik, based in Bergen" and "Bergen-based Norvik"."""
    parse, draft = atlas.draft.parse, atlas.draft
    k = mention.end + (parse.words[mention.end : mention.end + 1] == [","])
    if parse.lower[k : k + 2] in (["based", "in"], ["headquartered", "in"]):
        k = after_article(parse, k + 2)
        place = draft.cover[k] if k < len(parse) else None
        if place is not None and place.type in _PLACES:
            atlas.claim("BASED_IN", body, place, (mention.start, k + 1), 0.95, "seat.based_in")
    hit = owner_before(draft, mention.start, _MODIFIERS + _NOUNS)
    if hit is not None and hit[1].type in _PLACES and "based" in parse.lower[hit[0] + 1 : mention.start]:
        atlas.claim("BASED_IN", body, hit[1], (hit[0], mention.end), 0.95, "seat.place_based")


def _before(atlas: Atlas, body: DraftEntity, mention: DraftMention) -> None:
    """The country in "the German magazine Focus" and "Britain's Guardian"."""
    hit = owner_before(atlas.draft, mention.start, _MODIFIERS)
    if hit is None or hit[1].type not in _PLACES:
        return
    k, place = hit
    possessive = bool(POSSESSIVE & set(atlas.draft.parse.lower[k + 1 : mention.start]))
    if possessive:
        atlas.claim("BASED_IN", body, place, (k, mention.end), 0.75, "seat.possessive")
    elif body.type != "PoliticalParty":
        atlas.claim("BASED_IN", body, place, (k, mention.end), 0.75, "seat.adjective")


def _in(atlas: Atlas, body: DraftEntity, mention: DraftMention) -> None:
    """The place in "the school in Newtown"."""
    parse = atlas.draft.parse
    known_mover = body.type == ORGANIZATION and body.name in gazetteer.known()
    link = parse.lower[mention.end : mention.end + 1]
    if link not in (["in"], ["of"]) or (body.type in _ELSEWHERE and link == ["in"]):
        return
    k = after_article(parse, mention.end + 1)
    place = atlas.draft.cover[k] if k < len(parse) else None
    if place is None or place.type not in _PLACES or parse.heads[mention.end] not in range(mention.start, mention.end):
        return
    if place.type == "Country" and link == ["in"]:
        return  # "Greenpeace in Germany" is a part of it
    if not known_mover or place.name == gazetteer.known()[body.name].seat:
        atlas.claim("BASED_IN", body, place, (mention.start, k + 1), 0.65, "seat.in")


def _in_name(atlas: Atlas, body: DraftEntity) -> None:
    codes = gazetteer.country_codes()
    for part in [part for name in (body.name, *sorted(body.aliases)) for part in ends(name)]:
        country, place = atlas.countries.get(codes.get(part, "")), atlas.named.get(part)
        if country is None and place is None and body.name.startswith(_OF_TOWNS):
            country = atlas.written.get(next(iter(gazetteer.cities().get(part, ())), ""))
        if country is not None:
            atlas.claim("BASED_IN", body, country, first_mention(body), 0.75, "seat.name")
        if place is not None and place.type == "Place":
            atlas.claim("BASED_IN", body, place, first_mention(body), 0.7, "seat.name")


def _known(atlas: Atlas, body: DraftEntity) -> None:
    """The country of a known party, outlet or company, where the article names that country."""
    known = gazetteer.known().get(body.name)
    if known is None:
        return
    seat = gazetteer.country_codes().get(known.seat) or next(iter(gazetteer.cities().get(known.seat, ())), "")
    country = atlas.written.get(known.owner or seat)
    if country is not None:
        atlas.claim("BASED_IN", body, country, first_mention(body), 0.85 if known.owner else 0.7, "seat.lexicon")


def of_place(atlas: Atlas, place: DraftEntity) -> None:
    """Add LOCATED_IN as it is said beside the place, or by the lists of places and cities."""
    for mention in place.mentions:
        _after_comma(atlas, place, mention)
        _by_adjective(atlas, place, mention)
    country = atlas.written.get(_listed(atlas, place))
    if country is not None and any(m.kind == "name" for m in place.mentions):
        atlas.claim("LOCATED_IN", place, country, first_mention(place), 0.9, "place.gazetteer")


def follow(atlas: Atlas) -> None:
    """Add what follows: what has its seat, or lies, in a place that lies in a country is in that country."""
    around: dict[int, list[DraftClaim]] = {}
    for claim in atlas.draft.claims:
        if claim.type == "LOCATED_IN":
            around.setdefault(id(claim.subject), []).append(claim)
    for claim in [c for c in atlas.draft.claims if c.type in {"BASED_IN", "LOCATED_IN"}]:
        for outer in around.get(id(claim.object), ()):
            atlas.infer(claim, outer, "seat.within" if claim.type == "BASED_IN" else "place.within")


def _listed(atlas: Atlas, place: DraftEntity) -> str:
    """The country of a place: of several of that name the largest, or the only one in a country the article names."""
    known = gazetteer.known().get(place.name)
    if known is not None:
        return known.owner if known.type == "Place" else ""
    codes = gazetteer.cities().get(place.name, ())
    named = [iso for iso in codes if iso in atlas.countries]
    if named and (named[0] == codes[0] or len(named) == 1):
        return named[0]
    named = [iso for iso in gazetteer.regions().get(place.name, ()) if iso in atlas.countries]
    return named[0] if len(named) == 1 else ""


def _after_comma(atlas: Atlas, place: DraftEntity, mention: DraftMention) -> None:
    """The country in "Bhopal, India,"."""
    parse, k = atlas.draft.parse, mention.end + 1
    if mention.kind == "demonym":
        return
    k += parse.lower[k : k + 1] != [] and parse.lower[k] in _DIRECTIONS
    other = atlas.draft.cover[k] if k < len(parse) and parse.words[mention.end] == "," else None
    if other is None or other.type not in _PLACES or parse.sentence_of[k] != parse.sentence_of[mention.start]:
        return
    end = mention_end(other, k)
    if parse.words[end : end + 2] == [",", "and"] or parse.lower[mention.start - 1 : mention.start] == ["the"]:
        return  # a list of places
    if parse.words[end : end + 1] in ([","], ["."], [")"], [";"]) and _may_hold(place, other):
        atlas.claim("LOCATED_IN", place, other, (mention.start, end), 0.8, "place.comma")


def _may_hold(place: DraftEntity, other: DraftEntity) -> bool:
    """Whether "A, B" can mean that A lies in B: B is a country or a known region, and A is neither."""
    known, holder = gazetteer.known().get(place.name), gazetteer.known().get(other.name)
    if other.type != "Country" and (holder is None or holder.kind == "capital"):
        return False
    return known is None or known.kind == "capital" or (known.owner != "" and other.type == "Country")


def _by_adjective(atlas: Atlas, place: DraftEntity, mention: DraftMention) -> None:
    """The country in "the northern Iraqi port city of Basra" and "Iraq's Basra"."""
    hit = owner_before(atlas.draft, mention.start, _MODIFIERS, "of")
    if hit is None or hit[1].type != "Country":
        return
    between = atlas.draft.parse.lower[hit[0] + 1 : mention.start]
    if _PLACE_NOUNS & set(between) or (len(between) == 1 and between[0] in POSSESSIVE):
        atlas.claim("LOCATED_IN", place, hit[1], (hit[0], mention.end), 0.88, "place.adjective")
