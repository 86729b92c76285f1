"""Positions, who holds them and what they belong to."""

from collections.abc import Callable

from kg.extract import affiliations, bodies, gazetteer, holders, home, name_origins, titles
from kg.extract.draft import Draft, DraftClaim, DraftEntity, DraftMention
from kg.extract.titles import Title

_CONFIDENCE = {
    "office.title_before_name": 0.92,
    "office.title_before_list": 0.85,
    "office.name_comma_title": 0.9,
    "office.name_bracket_title": 0.85,
    "office.title_comma_name": 0.88,
    "office.copula": 0.85,
    "office.served_as": 0.82,
    "office.named_to": 0.8,
}
_FAR, _DEFAULT, _OF_KNOWN = 0.75, 0.55, 0.8
_CLEARLY, _MORE = 3.0, 1.7
"""How many times as much as the next country an article must speak of one lent to a bare title; with a portfolio."""
_NEAR = 2
"""Sentences before a bare spokesperson in which the body stands."""
_STATE = frozenset({"president", "state", "government"})
_SPEAKING = ("PublicBody", "Company", "PoliticalParty")
_RUN = {"leader": ("PoliticalParty", "Organization"), "head": ("Company", "Organization"), "coach": ("Organization",)}
"""What a bare title most likely runs, by its category."""


def find(draft: Draft) -> None:
    """Add positions, the claims on who holds them, what follows from them, and mentions of office-holders by title."""
    desk = _Desk(draft)
    loose = []
    for title in titles.read(draft):
        found = holders.find(draft, title)
        for person, start, end, rule in found:
            desk.enter(title, person, (min(title.start, start), max(title.end, end)), rule)
        if not found:
            loose.append(title)
    desk.settle()
    for title in loose:
        desk.refer(title)
    affiliations.find(draft)


class _Desk:
    """The offices of an article as they are read; those whose scope is not said wait until all are known."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._positions: dict[str, DraftEntity] = {}
        self._held: list[tuple[Title, DraftEntity, tuple[int, int], str]] = []

    def enter(self, title: Title, person: DraftEntity, where: tuple[int, int], rule: str) -> None:
        self._held.append((title, person, where, rule))

    def settle(self) -> None:
        """Make the claims, those with a scope of their own words first."""
        for title, person, where, rule in self._held:
            self._of_ministry(title)
            if title.category == "governor" and title.country is not None and title.country.type == "Country":
                title.country = None  # a state or a bank has a governor, a country has none
            confidence = _CONFIDENCE[rule] * (_FAR if title.far else 1.0)
            if not (title.scope or title.country):
                confidence = min(confidence, self._lend_scope(title, person, rule))
            self._claims(title, person, where, confidence, rule)

    def _of_ministry(self, title: Title) -> None:
        """Give "Homeland Security Secretary" the portfolio and the country of the ministry in it."""
        if title.category == "minister" and title.scope is not None and title.scope.type == "PublicBody":
            title.portfolio = title.portfolio or bodies.portfolio_of(title.scope.name)
            iso = title.scope.attributes.get("country")
            if title.country is None and iso is not None:
                title.country = home.country(self._draft, iso)

    def _lend_scope(self, title: Title, person: DraftEntity, rule: str) -> float:
        """Give a bare title ("President Trump") the scope it has elsewhere, else the likeliest; how sure that is."""
        for other, holder, _, _ in self._held:
            # "president and chief executive of Deak": two titles side by side share what they belong to.
            if holder is person and other.scope and title.end <= other.start <= title.end + 2:
                title.scope, title.country = other.scope, other.country
                return 0.85
        for other, holder, _, _ in self._held:
            if holder is person and _same_office(other, title) and (other.scope or other.country):
                title.scope, title.country = other.scope, other.country
                return 0.85
        if title.open or not (title.government or rule.startswith("office.title_before")):
            return _DEFAULT
        if title.name == "Secretary" and title.portfolio is not None:
            british = title.portfolio in {"Foreign Affairs", "the Interior"} and title.end == title.at + 1
            title.country = home.country(self._draft, "GB" if british else "US")
            return 0.8
        if title.category == "spokesperson" and title.start == title.at:
            title.scope = self._near(title, _SPEAKING)
        elif title.category in _RUN and not title.others and not title.rank:
            title.scope = self._near(title, _RUN[title.category])
        elif title.government or _lends(self._draft, title):
            title.country = self._likeliest(title, person)
        return _DEFAULT if title.country is None or _known(person) is None else _OF_KNOWN

    def _near(self, title: Title, types: tuple[str, ...]) -> DraftEntity | None:
        """The only body of these types named in the sentence of a bare title and the two before it."""
        sentence = self._draft.parse.sentence_of[title.start]
        start = self._draft.parse.sentences[max(0, sentence - _NEAR)].start
        near = self._draft.named(*types)
        named = [e for e in near if any(start <= m.start < title.start for m in e.mentions)]
        return named[0] if len(named) == 1 else None

    def _likeliest(self, title: Title, person: DraftEntity) -> DraftEntity | None:
        """The country of who is known, else the one that the article is clearly about.

        That only if it has such an office, such names and no other holder.
        """
        known = _known(person)
        if known is not None:
            return home.country(self._draft, known.country)
        lead = _CLEARLY if title.portfolio is None else _MORE
        iso = home.main(self._draft, lambda code: name_origins.fits(person.name, code), lead=lead)
        if iso is None or not _HAS.get(title.name, _any_country)(iso):
            return None
        headed = {t.country.identifiers.get("iso3166") for t, *_ in self._held if t.country and _heads(t)}
        # Who once held an office leaves it to another; the others of a country with a head of state are foreigners.
        if title.category in _STATE and title.status != "ended" and iso in headed:
            return None
        return home.country(self._draft, iso)

    def _claims(self, title: Title, person: DraftEntity, where: tuple[int, int], confidence: float, rule: str) -> None:
        draft, found = self._draft, _relation(title)
        position = self._position(title)
        made: list[DraftClaim] = []
        if position is not None:
            made.append(draft.claim("HOLDS_POSITION", person, position, where, confidence, rule))
        if found is not None:
            claim = draft.claim(found[0], person, found[1], where, confidence, rule)
            claim.qualifiers["officeTitle"] = _written(draft, title)
            made.append(claim)
            made += self._of_named_ministry(title, person, where, claim)
        elif title.country is not None and title.country.type == "Country" and _is_adjective(title):
            made.append(draft.claim("CITIZEN_OF", person, title.country, where, confidence * 0.8, "office.nationality"))
        for claim in made:
            claim.status = title.status

    def _of_named_ministry(
        self, title: Title, person: DraftEntity, where: tuple[int, int], of_country: DraftClaim
    ) -> list[DraftClaim]:
        """A minister of a country is the minister of the ministry that the article names for the portfolio."""
        body = _named_ministry(self._draft, title) if of_country.type == "MINISTER_OF" else None
        if body is None or body is of_country.object:
            return []
        claim = self._draft.claim("MINISTER_OF", person, body, where, of_country.confidence, of_country.rule)
        claim.qualifiers |= of_country.qualifiers
        return [claim]

    def _position(self, title: Title) -> DraftEntity | None:
        name = _position_name(title)
        if name is None:
            return None
        position = self._positions.get(name)
        draft = self._draft
        if position is None:
            position = self._positions[name] = draft.entity("Position", name)
            body = _body(draft, title)
            if body is not None:
                draft.claim("POSITION_IN", position, body, (title.start, title.end), 0.9, "office.position_in")
        lo, hi = draft.parse.offsets(title.start, title.end)
        if all(m.lo != lo or m.hi != hi for m in position.mentions):
            position.mentions.append(_mention(title, lo, hi))
        return position

    def refer(self, title: Title) -> None:
        """Of the form "the Treasury Secretary", "the chancellor": a mention of the one who holds that office."""
        parse, draft = self._draft.parse, self._draft
        det = title.start - (parse.lower[title.start] != "the")
        if (
            title.category not in _OFFICES
            or det < 0
            or parse.lower[det] != "the"
            or parse.tags[title.at] in {"NNS", "NNPS"}
        ):
            return
        if title.end > title.at + 1 or any(draft.cover[k] for k in (title.at,)):
            return
        people = [(where, person) for other, person, where, _ in self._held if _refers(title, other)]
        distinct = {id(person): person for where, person in people}
        if len(distinct) == 1:
            person = next(iter(distinct.values()))
        else:
            before = [(where, k) for k, (where, _) in enumerate(people) if where[0] < title.start]
            if not before:
                return
            person = people[max(before)[1]][1]
        draft.mention(person, det, title.end, "nominal")


def _mention(title: Title, lo: int, hi: int) -> DraftMention:
    return DraftMention(title.start, title.end, lo, hi, "nominal")


def _lends(draft: Draft, title: Title) -> bool:
    """Whether a title before a name, with a capital and nothing else in it, can be one of the article's country."""
    if title.not_state or title.others or not draft.parse.words[title.head][0].isupper():
        return False
    if title.category == "deputy":
        return title.start == title.head  # a senior vice president is a company's
    return title.category in _STATE | {"minister"} or title.name in _OF_CHAMBERS


def _known(person: DraftEntity) -> gazetteer.KnownPerson | None:
    return gazetteer.who((person.name, *sorted(person.aliases)))


def _same_office(a: Title, b: Title) -> bool:
    return a.name == b.name and (a.portfolio == b.portfolio or b.portfolio is None)


def _refers(title: Title, other: Title) -> bool:
    """Whether a bare phrase with "the" can mean the holder of another: nothing in it says otherwise."""
    if not _same_office(other, title) or title.status != other.status or title.rank != other.rank:
        return False
    if title.scope is not None and title.scope is not other.scope:
        return False
    return title.country is None or title.country is other.country


def _written(draft: Draft, title: Title) -> str:
    words = draft.parse.words[title.head : title.at + 1]
    return " ".join(words).replace(" - ", "-").lower()


def _is_adjective(title: Title) -> bool:
    return any(
        m.kind == "demonym" and title.start <= m.start < title.end
        for m in (title.country.mentions if title.country else ())
    )


_MONARCHIES = gazetteer.word_set("offices.monarchies")


def _any_country(_iso: str) -> bool:
    return True


_HAS: dict[str, Callable[[str], bool]] = {
    "Chancellor": lambda iso: iso in {"DE", "AT"},
    "King": lambda iso: iso in _MONARCHIES,
    "Queen": lambda iso: iso in _MONARCHIES,
    "Senator": lambda iso: iso == "US",
    "Representative": lambda iso: iso == "US",
    "President": lambda iso: iso not in _MONARCHIES,
    "Prime Minister": lambda iso: iso != "US",
    "Treasurer": lambda iso: iso == "AU",
    "Shadow Treasurer": lambda iso: iso == "AU",
}


def _relation(title: Title) -> tuple[str, DraftEntity] | None:
    """The relation between holder and body, or holder and country, that a title stands for."""
    scope, country = title.scope, title.country
    if title.category == "minister":
        return _of_minister(title)
    if title.category == "spokesperson":
        return _to("SPOKESPERSON_FOR", scope or country)
    if title.category == "envoy":
        return _to("REPRESENTS", country or scope)
    if scope is not None:
        relation = _IN_BODY.get(title.category)
        if relation == "HEAD_OF":
            relation = "EMPLOYED_BY" if title.far or _of_part(title) else "MEMBER_OF" if title.rank else relation
        return _to(relation, scope)
    if title.chamber:
        return _to("REPRESENTS", country)
    return _to("HEAD_OF", country) if _heads(title) else None


def _of_part(title: Title) -> bool:
    """Whether a title is that of the head of a part of its body: "the bank's online chief"."""
    named = title.others > 0 or title.portfolio is not None
    return title.category == "head" and named and title.start < title.head


def _of_minister(title: Title) -> tuple[str, DraftEntity] | None:
    """What ties a minister to the country; a deputy only represents it, a shadow minister not even that."""
    if title.rank and title.scope is None:
        return _to("REPRESENTS", title.country)
    return None if title.name.startswith("Shadow") else _to("MINISTER_OF", title.country or title.scope)


def _to(relation: str | None, object_: DraftEntity | None) -> tuple[str, DraftEntity] | None:
    return None if relation is None or object_ is None else (relation, object_)


def _heads(title: Title) -> bool:
    """Whether the title without a body of its own means the head of its country or place."""
    if title.country is None or title.not_state or title.rank:
        return False
    if title.category in {"leader", "governor"}:
        return (title.country.type == "Country") == (title.category == "leader")
    return title.category in _STATE


_IN_BODY = {
    **dict.fromkeys(("president", "government", "state", "leader", "governor", "head"), "HEAD_OF"),
    **dict.fromkeys(("member", "politician", "deputy"), "MEMBER_OF"),
    **dict.fromkeys(("employee", "player", "rank", "coach"), "EMPLOYED_BY"),
}
_OF_CHAMBERS = frozenset({"Senator", "Representative", "Member of Parliament"})
_OFFICES = gazetteer.word_set("offices.offices")


def _position_name(title: Title) -> str | None:
    """Title, portfolio and whose it is ("Secretary of the Treasury of the United States"); None for an occupation."""
    # "The Maryland police chief" is none of Maryland.
    bare = (title.scope is None and (title.country is None or title.category == "head")) or _of_part(title)
    bare |= title.name == "Minister" and title.portfolio is None and title.scope is None  # of what, is not said
    if title.category not in _OFFICES or not title.name or bare:
        return None
    if title.name in _OF_CHAMBERS and title.scope is not None and title.scope.type == "PoliticalParty":
        return None  # "Republican Sen. Jane Doe" is of the party, her seat is not
    name = f"Deputy {title.name}" if title.rank else title.name
    if title.portfolio is not None:
        name = f"{name} of {title.portfolio}" if title.category == "minister" else name
    if title.category == "spokesperson" and title.scope is None and title.portfolio and title.country:
        return f"{name} of the {bodies.canonical(title.portfolio, title.country.identifiers.get('iso3166'))}"
    if title.country is not None and (title.scope is None or title.category == "minister"):
        return f"{name} of {bodies.the(title.country.name)}"
    if title.scope is None:
        return None
    article = "the " if title.scope.type in {"PublicBody", "IntergovernmentalOrganization", "PoliticalParty"} else ""
    return f"{name} of {article}{title.scope.name}"


def _named_ministry(draft: Draft, title: Title) -> DraftEntity | None:
    """The ministry of a minister's portfolio and country that the article names, wherever it does."""
    iso = title.country.identifiers.get("iso3166") if title.country else None
    if iso is None or title.portfolio is None or title.category != "minister":
        return None
    for body in draft.named("PublicBody"):
        if bodies.portfolio_of(body.name) != title.portfolio:
            continue
        if body.attributes.get("country", home.main(draft)) == iso:
            body.attributes["country"] = iso
            return body
    return None


def _body(draft: Draft, title: Title) -> DraftEntity | None:
    """The body of an office: its scope, else the ministry of its portfolio, else the country or place."""
    if title.scope is not None:
        return title.scope
    if title.portfolio is None or title.country is None or title.country.type != "Country":
        return title.country
    iso = title.country.identifiers.get("iso3166")
    if title.category not in {"minister", "spokesperson"} or iso not in gazetteer.countries():
        return title.country
    name = bodies.canonical(title.portfolio, iso)
    body = _named_ministry(draft, title) or next((e for e in draft.named("PublicBody") if e.name == name), None)
    if body is None and title.portfolio != "the Treasury":
        return title.country  # a ministry that the article does not name
    if body is None:
        body = draft.entity("PublicBody", name)
        body.attributes |= {"bodyKind": "ministry", "country": iso}
        draft.claim("AGENCY_OF", body, title.country, (title.start, title.end), 0.9, "office.body_of_country")
    if title.portfolio == "the Treasury":
        k = next((k for k in range(title.start, title.end) if draft.parse.words[k] == "Treasury"), None)
        if k is not None:
            draft.mention(body, k, k + 1, "nominal")
    return body
