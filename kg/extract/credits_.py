"""Who published, wrote, edited and photographed the article."""

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.draft import Draft, DraftEntity, TheArticle
from kg.extract.patterns import lexicon
from kg.model import normalise

_NAME = r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|la|van|von|der|den|bin|al|&)){0,4}"
_CREDIT = re.compile(
    r"\b(?P<word>[A-Za-z]+)(?: credits?)?(?: by|:| via| courtesy of| from)\s+(?P<names>[^;()\n]{2,200})", re.IGNORECASE
)
_BYLINE = re.compile(r"\b(?:By|BY|Written by|Posted by)[ :]+(?P<names>[^\n]{2,160})")
_PIECE = re.compile(rf"(?P<name>{_NAME})")
_PUBLISHED = re.compile(rf"\bpublished (?:by|in|on) (?:the )?(?P<name>{_NAME})(?: editors| staff| newsroom)?")
_SLUG = re.compile(rf"\((?P<name>{_NAME})\) ?[-–—]{{1,2}} ")
_SIGNED = re.compile(rf"(?m)^[–—-] (?P<name>{_NAME})\s*$")
_SPLIT = re.compile(r",| and | & |/|\|| with | for | in ")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("credits")[name])


def find(draft: Draft) -> None:
    """Add publisher and authors, from the metadata first, then from byline, credits, dateline and footer."""
    _publisher(draft)
    for author in _listed(draft):
        _author(draft, author, "reporter", None)
    for zone in draft.zones:
        lo, hi = draft.parse.offsets(zone.start, zone.end)
        if zone.kind == "byline":
            _authors(draft, _BYLINE.search(draft.parse.text, lo, hi), "reporter")
        elif zone.kind == "credit":
            _credits(draft, lo, hi)
    _agency(draft)


def _listed(draft: Draft) -> tuple[str, ...]:
    """The metadata's authors; none where it lists many and the text has a byline: a page's furniture was taken."""
    authors = draft.article.metadata.authors
    has_byline = any(
        zone.kind == "byline" and _BYLINE.search(draft.parse.text, *draft.parse.offsets(zone.start, zone.end))
        for zone in draft.zones
    )
    return () if len(authors) > _MANY and has_byline else tuple(authors)


_MANY = 3

# ---- publisher ---------------------------------------------------------------------------------------------


def _publisher(draft: Draft) -> None:
    publisher = draft.article.metadata.publisher
    if publisher:
        _published_by(draft, publisher, None, 0.95, "credit.metadata")
        return
    for zone in draft.zones:
        if zone.kind in {"footer", "credit"}:
            match = _PUBLISHED.search(draft.parse.text, *draft.parse.offsets(zone.start, zone.end))
            if match is not None:
                _published_by(draft, match["name"], match.span("name"), 0.85, "credit.footer")
                return
    slug = _slug(draft)
    if slug is not None:
        _published_by(draft, slug["name"], slug.span("name"), 0.7, "credit.slug")


def _published_by(draft: Draft, name: str, span: tuple[int, int] | None, confidence: float, rule: str) -> None:
    outlet = _entity(draft, name, "MediaOutlet", span)
    if outlet.type == "MediaOutlet":
        draft.claim("PUBLISHED_BY", TheArticle(), outlet, _tokens(draft, span), confidence, rule)


def _slug(draft: Draft) -> re.Match[str] | None:
    """The agency between a dateline's place and its dash: "CANBERRA, March 4 (Pacific Wire) - "."""
    return _SLUG.search(draft.parse.text, 0, 200)


def _agency(draft: Draft) -> None:
    """An agency whose text another outlet prints made it."""
    publisher = normalise(draft.article.metadata.publisher or "")
    for match in (_slug(draft), _SIGNED.search(draft.parse.text)):
        if match is not None and publisher and normalise(match["name"]) not in {publisher, ""}:
            _author(draft, match["name"], "reporter", match.span("name"))


# ---- authors -----------------------------------------------------------------------------------------------


def _credits(draft: Draft, lo: int, hi: int) -> None:
    roles = {word: role for role, words in lexicon("credits")["roles"].items() for word in words}
    for match in _CREDIT.finditer(draft.parse.text, lo, hi):
        role = roles.get(match["word"].lower())
        if role is not None:
            _authors(draft, match, role)


def _authors(draft: Draft, match: re.Match[str] | None, role: str) -> None:
    if match is None:
        return
    for name, span in _names(match["names"], match.start("names")):
        _author(draft, name, role, span)


def _names(text: str, offset: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names in "Ada Mensah and Lotte Visser in Accra, trade reporter": the pieces that are names and no places."""
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _SPLIT.finditer(text)), (len(text), len(text))]:
        piece, joint = text[start:end].lstrip(), text[max(0, start - 4) : start]
        match = _PIECE.match(piece)
        if match and (start == 0 or _is_further_name(match, piece, joint)) and not _is_no_name(match["name"]):
            name = match["name"].rstrip(".")
            lo = offset + end - len(piece)
            yield name, (lo, lo + len(name))
        elif start == 0:
            return
        start = after


def _is_further_name(match: re.Match[str], piece: str, joint: str) -> bool:
    """Whether a piece behind the first is a name: whole, not after "in", and no single word, which is a place."""
    words = match["name"].lower().split()
    known = len(words) > 1 or joint.endswith("/") or not _words("bodies").isdisjoint(words)
    return known and not piece[match.end() :].strip(" .") and not joint.endswith((" in ", "for "))


def _is_no_name(name: str) -> bool:
    return any(word.lower() in _words("not_names") for word in name.split()[:1]) or len(name) < 3  # noqa: PLR2004


def _author(draft: Draft, name: str, role: str, span: tuple[int, int] | None) -> None:
    author = _entity(draft, name, _type(name, role), span)
    claims = [
        c for c in draft.claims if c.type == "AUTHORED_BY" and c.object is author and c.qualifiers["role"] == role
    ]
    if claims and span is not None and claims[0].start == claims[0].end:
        claims[0].start, claims[0].end = _tokens(draft, span)
    elif not claims:
        rule = "credit.metadata" if span is None else f"credit.{role}"
        claim = draft.claim("AUTHORED_BY", TheArticle(), author, _tokens(draft, span), 0.9, rule)
        claim.qualifiers["role"] = role


def _type(name: str, role: str) -> str:
    words = {word.lower() for word in re.findall(r"\w+", name)}
    if words & _words("outlets"):
        return "MediaOutlet"
    if words & _words("bodies") or (role == "photographer" and len(words) == 1):
        return "Organization"
    return "Person" if len(words) > 1 else "Organization"


def _entity(draft: Draft, name: str, type_: str, span: tuple[int, int] | None) -> DraftEntity:
    """The article's entity of this name, or a new one; its mention in a credit names it."""
    written = name.title() if name.isupper() and " " in name else name
    key = normalise(written)
    entity = next(
        (e for e in draft.entities if key in {normalise(n) for n in (e.name, *e.aliases)} and _agrees(e, type_)), None
    )
    if entity is None:
        entity = draft.entity(type_, written)
    elif type_ == "MediaOutlet" and entity.type in {"Company", "Organization"}:
        entity.type = "MediaOutlet"
    if span is not None and not any(m.lo < span[1] and span[0] < m.hi for m in entity.mentions):
        draft.mention(entity, *_tokens(draft, span), "name")
    return entity


def _agrees(entity: DraftEntity, type_: str) -> bool:
    return (entity.type == "Person") == (type_ == "Person") and entity.type not in {
        "Country",
        "Place",
        "Policy",
        "Event",
        "Position",
    }


def _tokens(draft: Draft, span: tuple[int, int] | None) -> tuple[int, int]:
    if span is None:
        return 0, 0
    return draft.parse.token_at(span[0]), draft.parse.token_at(span[1] - 1) + 1
