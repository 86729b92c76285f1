"""What the triples of a record leave open: triples have no order, and a number in RDF has one way of being written.

It is a JSON object of whole fields, rare and short; a record is its triples with these fields put over them.
"""

import json
from collections.abc import Iterable, Mapping
from functools import singledispatch

from kg.model.graph import (
    GraphArticle,
    GraphClaim,
    GraphEntity,
    GraphMention,
    GraphRecord,
    GraphRelation,
    GraphStatement,
)
from kg.model.ontology import ENTITY_TYPES, IDENTIFIERS, PROPERTY_IRIS, QUALIFIERS
from kg.store import values

ENTITY_NAMES = frozenset({"name", "aliases", "articles", "firstSeen", "lastSeen"})
"""What an entity says of itself besides its identifiers and attributes."""

STATEMENT_NAMES = frozenset({
    "text", "quoted", "act", "stance", "confidence", "rule", "statedIn", "generatedBy", "selector",
    "timeText", "edtf", "earliest", "latest", "anchor", "precision",
    "sentence", "sentenceStart", "sentenceEnd", "quote", "start", "end",
})  # fmt: skip
"""What a statement says besides."""

_PLACE = ("start", "end", "sentence", "sentence_start", "sentence_end")
_FREE = PROPERTY_IRIS.keys() - ENTITY_NAMES - {*IDENTIFIERS, "quote", "start", "end", "redirectsTo", "asRecorded"}

Fields = dict[str, object]


def left_open(record: GraphRecord) -> str | None:
    """The fields, as JSON; none where the triples say it all."""
    fields = _open(record)
    return json.dumps(fields, ensure_ascii=False, sort_keys=True) if fields else None


@singledispatch
def _open(record: GraphRecord) -> Fields:
    raise TypeError(type(record).__name__)


@_open.register
def _(article: GraphArticle) -> Fields:
    return _ordered(authors=article.authors)


@_open.register
def _(entity: GraphEntity) -> Fields:
    fields = _ordered(aliases=entity.aliases, members=entity.members)
    if not _plain(entity):
        fields |= {"identifiers": entity.identifiers, "attributes": entity.attributes}
    if entity.statement is not None and (place := _unquoted(entity.statement)):
        fields["statement"] = place
    return fields


@_open.register
def _(relation: GraphRelation) -> Fields:
    return _qualifiers(relation.qualifiers)


@_open.register
def _(claim: GraphClaim) -> Fields:
    return _ordered(premises=claim.premises) | _qualifiers(claim.qualifiers) | _unquoted(claim)


@_open.register
def _(mention: GraphMention) -> Fields:
    return {} if mention.end == mention.start + len(mention.quote) else {"end": mention.end}


def _ordered(**fields: tuple[str, ...]) -> Fields:
    """The lists that are not in the alphabet's order, or say something twice."""
    return {name: listed for name, listed in fields.items() if len(listed) > 1 and list(listed) != sorted(set(listed))}


def _plain(entity: GraphEntity) -> bool:
    if not entity.identifiers and not entity.attributes:
        return True
    free = _FREE - STATEMENT_NAMES if entity.statement else _FREE
    return (
        all(name in IDENTIFIERS for name in entity.identifiers)
        and all(name in free for name in entity.attributes)
        and _as_written(entity.attributes, ENTITY_TYPES[entity.type].attributes)
    )


def _qualifiers(qualifiers: Mapping[str, str]) -> Fields:
    known: Iterable[str] = QUALIFIERS
    plain = qualifiers.keys() <= set(known) and _as_written(qualifiers, QUALIFIERS)
    return {} if plain else {"qualifiers": dict(qualifiers)}


def _as_written(texts: Mapping[str, str], datatypes: Mapping[str, str]) -> bool:
    return all(values.as_written(text, datatypes.get(name, "string")) for name, text in texts.items())


def _unquoted(record: GraphClaim | GraphStatement) -> Fields:
    """The place of an empty quote, where it has one."""
    if record.quote:
        return {}
    fields = {name: getattr(record, name) for name in _PLACE}
    return fields if any(fields.values()) else {}
