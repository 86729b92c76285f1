"""Extractions by hand: short to write, and true to the text they quote.

    talks = article("Ada Mensah met Kari Solheim in Oslo.", published="2025-04-24", publisher="Baltic Courier")
    given = extraction(
        talks,
        entities=[entity("Person", "Ada Mensah"), entity("Person", "Kari Solheim")],
        claims=[claim("MEETS", "Ada Mensah", "Kari Solheim")],
    )

Entities are mentioned wherever their name or an alias stands in the text; claims and statements quote the first place
where their words stand (all of the text, unless told otherwise). Entities are referred to by their names, the
article as ARTICLE, statements by what was said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.model import (
    Article,
    Claim,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Metadata,
    Span,
    Statement,
    Time,
    article_id,
    claim_id,
    entity_id,
    normalise,
    statement_id,
)

ARTICLE = "ARTICLE"


def article(text: str, **metadata: Any) -> Article:
    """An article of bare text; `published`, `publisher`, `url`, `title` and the like as wanted."""
    m = metadata
    own_id = article_id(text, m.get("url"), m.get("publisher"), m.get("published"), m.get("title"))
    return Article(metadata=Metadata(id=own_id, **{"language": "en", **m}), text=text)


@dataclass(frozen=True)
class _Entity:
    type: str
    name: str
    aliases: Sequence[str]
    identifiers: dict[str, str]
    attributes: dict[str, str]


@dataclass(frozen=True)
class _Claim:
    type: str
    subject: str
    object: str
    quote: str | None
    rest: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Statement:
    said: str
    speaker: str | None
    rest: dict[str, Any] = field(default_factory=dict)


def entity(type_: str, name: str, *aliases: str, iso: str = "", ticker: str = "", **attributes: str) -> _Entity:
    """An entity of an article; further words are attributes (`bodyKind="ministry"`)."""
    identifiers = {key: value for key, value in (("iso3166", iso), ("ticker", ticker)) if value}
    return _Entity(type_, name, aliases, identifiers, attributes)


def claim(type_: str, subject: str, object_: str, quote: str | None = None, **rest: Any) -> _Claim:
    """A claim; `rest` are further fields of the record (`status="denied"`, `qualifiers={...}`, `attributed_to=...`)."""
    return _Claim(type_, subject, object_, quote, rest)


def statement(said: str, speaker: str | None = None, **rest: Any) -> _Statement:
    """A statement; `about`, `addressed_to` and `reported_by` are names, `rest` further fields of the record."""
    return _Statement(said, speaker, rest)


def extraction(
    of: Article,
    entities: Sequence[_Entity] = (),
    claims: Sequence[_Claim] = (),
    statements: Sequence[_Statement] = (),
) -> Extraction:
    """The contract's record, with ids as the extractor would give them."""
    ids = _ids(of, entities, statements)
    return Extraction(
        article=of.metadata,
        entities=tuple(_entity(of, given, ids) for given in entities),
        relations=tuple(_claim(of, given, ids) for given in claims),
        statements=tuple(_statement(of, given, ids) for given in statements),
    )


def _ids(of: Article, entities: Sequence[_Entity], statements: Sequence[_Statement]) -> dict[str, str]:
    ids = {ARTICLE: of.id}
    seen: dict[str, int] = {}
    for given in entities:
        ordinal = seen.get(normalise(given.name), 0)
        seen[normalise(given.name)] = ordinal + 1
        ids.setdefault(given.name, entity_id(of.id, given.name, ordinal))
    return ids | {given.said: statement_id(of.id, given.said, 0) for given in statements}


def _entity(of: Article, given: _Entity, ids: dict[str, str]) -> Entity:
    names = "|".join(re.escape(name) for name in sorted((given.name, *given.aliases), key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{names})(?!\w)", of.text)
    return Entity(
        id=ids[given.name],
        type=given.type,
        name=given.name,
        aliases=tuple(sorted(given.aliases)),
        identifiers=given.identifiers,
        attributes=given.attributes,
        mentions=tuple(Mention(start=m.start(), end=m.end(), text=m.group(), kind="name") for m in found),
    )


def _evidence(of: Article, quote: str | None) -> Evidence:
    quote = of.text if quote is None else quote
    start = of.text.index(quote)
    first = max(of.text.rfind(". ", 0, start) + 2, 0) if ". " in of.text[:start] else 0
    last = of.text.find(". ", start + len(quote) - 1)
    return Evidence(
        start=start, end=start + len(quote), text=quote, sentence=(first, len(of.text) if last < 0 else last + 1)
    )


def _claim(of: Article, given: _Claim, ids: dict[str, str]) -> Claim:
    fields: dict[str, Any] = {"status": "asserted", "qualifiers": {}, "attributed_to": None, "confidence": 0.8}
    fields |= {"rule": "by-hand"} | given.rest
    fields["attributed_to"] = ids.get(fields["attributed_to"])
    subject, object_ = ids[given.subject], ids[given.object]
    own_id = claim_id(
        of.id, given.type, subject, object_, fields["status"], fields["qualifiers"], fields["attributed_to"], 0
    )
    evidence = _evidence(of, given.quote)
    return Claim(id=own_id, type=given.type, subject=subject, object=object_, evidence=evidence, **fields)


def _statement(of: Article, given: _Statement, ids: dict[str, str]) -> Statement:
    fields: dict[str, Any] = {"quoted": False, "act": "say", "stance": "affirm", "confidence": 0.8, "rule": "by-hand"}
    fields |= given.rest
    fields["about"] = tuple(ids[name] for name in fields.get("about", ()))
    fields["reported_by"] = tuple(ids[name] for name in fields.get("reported_by", ()))
    fields["addressed_to"] = ids.get(fields.get("addressed_to", ""))
    start = of.text.index(given.said)
    return Statement(
        id=ids[given.said],
        speaker=None if given.speaker is None else ids[given.speaker],
        content_spans=(Span(start=start, end=start + len(given.said)),),
        text=given.said,
        evidence=_evidence(of, given.said),
        **fields,
    )


def day(iso: str, text: str = "") -> Time:
    """A time of one day."""
    return Time(text=text or iso, edtf=iso, earliest=iso, latest=iso, anchor=iso, precision="day")
