"""Ministries and other bodies of a state under one name each: "Ministry of Commerce of China", however it is written.

"China's Ministry of Commerce", "the Chinese Ministry of Commerce", "the commerce ministry" and, for the United States,
"the Treasury Department" name a portfolio and, somewhere near, a country.
"""

from functools import cache

from kg.extract import gazetteer, home
from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse

_NOUNS = frozenset({"ministry", "department"})
_DEPARTMENTS = "US"


@cache
def _portfolios() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for name, forms, *_ in gazetteer.rows("portfolios.tsv"):
        for form in (name.lower(), *forms.split("|")):
            found.setdefault(tuple(form.split()), name)
    return found


def portfolio_before(words: list[str], end: int) -> tuple[str, int] | None:
    """The portfolio named by the lower-case words that end at `end`, and where it starts; None if there is none."""
    for length in (5, 4, 3, 2, 1):
        if length <= end and tuple(words[end - length : end]) in _portfolios():
            return _portfolios()[tuple(words[end - length : end])], end - length
    return None


def portfolio_after(words: list[str], start: int) -> tuple[str, int] | None:
    """The portfolio named by the lower-case words from `start` on, and where it ends; None if there is none."""
    for length in (5, 4, 3, 2, 1):
        if tuple(words[start : start + length]) in _portfolios():
            return _portfolios()[tuple(words[start : start + length])], start + length
    return None


@cache
def _departments() -> dict[str, str]:
    prefix = "United States Department of "
    return {name.removeprefix(prefix): name for name in gazetteer.known() if name.startswith(prefix)}


def canonical(portfolio: str, iso: str | None) -> str:
    """The name of the body that has a portfolio in a country, e.g. "Ministry of Finance of Japan"."""
    if iso == _DEPARTMENTS:
        american = {"Defence": "Defense", "Labour": "Labor", "Foreign Affairs": "State", "Finance": "the Treasury"}
        part = american.get(portfolio, portfolio)
        return _departments().get(part, f"United States Department of {part}")
    if iso is None:
        return f"Ministry of {portfolio}"
    return f"Ministry of {portfolio} of {the(gazetteer.countries()[iso].name)}"


def the(country: str) -> str:
    """A country's name as it stands after "of"."""
    plural = country.endswith(
        ("States", "Kingdom", "Republic", "Emirates", "Netherlands", "Philippines", "Islands", "Union")
    )
    return f"the {country}" if plural else country


def find(draft: Draft) -> None:
    """Give every ministry its country and canonical name, join those that are one, and add those in small letters."""
    _disown(draft)
    _add_nominals(draft)
    for body in draft.named("PublicBody"):
        iso = country_of(draft, body)
        if iso is not None:
            body.attributes["country"] = iso
    for body in draft.named("PublicBody"):
        portfolio = portfolio_of(body.name)
        if portfolio is not None:
            _settle(draft, body, portfolio)
    _join_equal(draft)


def _disown(draft: Draft) -> None:
    """A parliament whose name other countries use too is America's only in an article that speaks of America."""
    spoken = home.weights(draft, named=True)
    if not spoken or "US" in spoken:
        return
    for body in draft.named("PublicBody"):
        known = gazetteer.known().get(body.name)
        shared = body.attributes.get("bodyKind") == "parliament" or body.name.startswith("United States Department")
        if known is not None and known.owner == "US" and shared and body.aliases:
            body.name = max(body.aliases, key=lambda alias: (len(alias), alias))
            body.aliases.discard(body.name)


def _add_nominals(draft: Draft) -> None:
    """Of the form "the German foreign ministry", "the commerce ministry": bodies that are written in small letters."""
    parse = draft.parse
    for i, word in enumerate(parse.lower):
        if word in _NOUNS and draft.cover[i] is None:
            hit = portfolio_before(parse.lower, i)
            if hit is not None and parse.sentence_of[hit[1]] == parse.sentence_of[i]:
                body = draft.entity("PublicBody", f"Ministry of {hit[0]}")
                body.attributes["bodyKind"] = "ministry"
                draft.mention(body, hit[1], i + 1, "name" if parse.words[i][0].isupper() else "nominal")


def portfolio_of(name: str) -> str | None:
    """The portfolio in the name of a ministry or department: "Chinese Foreign Ministry" -> "Foreign Affairs"."""
    words = name.lower().replace("&", "and").split()
    for k, word in enumerate(words):
        if word not in _NOUNS:
            continue
        if words[k + 1 : k + 2] == ["of"]:
            rest = words[k + 2 :]
            hit = portfolio_after(rest, 0)
            return hit[0] if hit else None
        before = portfolio_before(words, k)
        return before[0] if before else None
    return None


def country_of(draft: Draft, body: DraftEntity) -> str | None:
    """The ISO code of the state a body belongs to, where the words show it."""
    known = gazetteer.known().get(body.name)
    if known is not None and known.owner in gazetteer.countries() and known.name == body.name:
        return known.owner
    people = gazetteer.country_codes()
    for name in (body.name, *sorted(body.aliases)):
        words = name.split()
        if words[0] in people:
            return people[words[0]]
        if len(words) > 2 and words[-2] == "of" and words[-1] in people:  # noqa: PLR2004 - "Bank of England"
            return people[words[-1]]
    for mention in body.mentions:
        iso = beside(draft.parse, mention.start, mention.end)
        if iso is not None:
            return iso
    return None


def beside(parse: Parse, start: int, end: int) -> str | None:
    """The country right before ("China's …", "the German …", "the U.S. …") or after ("… of Japan") the tokens."""
    codes = gazetteer.country_codes()
    k = start - 1
    while k >= 0 and parse.lower[k] in {"'s", "’s", "'", "’", "federal", "national", "own", "new"}:
        k -= 1
    for length in (3, 2, 1):
        before = " ".join(parse.words[max(0, k + 1 - length) : k + 1])
        if k >= 0 and before in codes:
            return codes[before]
    if end + 1 < len(parse) and parse.lower[end] in {"of", "in"}:
        j = end + 1 + (parse.lower[end + 1] == "the")
        for length in (3, 2, 1):
            after = " ".join(parse.words[j : j + length])
            if after in codes:
                return codes[after]
    return None


def _settle(draft: Draft, body: DraftEntity, portfolio: str) -> None:
    iso = body.attributes.get("country") or _shared_country(draft, body, portfolio)
    if iso is not None:
        body.attributes["country"] = iso
    if not body.name.startswith("United States "):
        body.aliases.add(body.name)
        body.name = canonical(portfolio, iso)
        body.aliases.discard(body.name)


def _shared_country(draft: Draft, body: DraftEntity, portfolio: str) -> str | None:
    """The country of the only other body with the same portfolio."""
    found = {
        other.attributes["country"]
        for other in draft.named("PublicBody")
        if other is not body and "country" in other.attributes and portfolio_of(other.name) == portfolio
    }
    return found.pop() if len(found) == 1 else None


def _join_equal(draft: Draft) -> None:
    first: dict[str, DraftEntity] = {}
    for body in draft.named("PublicBody"):
        kept = first.setdefault(body.name, body)
        if kept is not body:
            draft.merge(kept, body)
