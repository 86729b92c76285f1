"""What a graph says of each record, as named values: the one table that both worlds are made from.

A property graph takes the names as they are, RDF takes their IRIs; because both take the same values,
equal questions give equal rows. Integers, floats, booleans, strings and tuples of strings; what is not known
is left out, never null.
"""

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite

from kg.model.graph import GraphArticle, GraphClaim, GraphEntity, GraphMention, GraphRelation, GraphStatement
from kg.model.ontology import ENTITY_TYPES, QUALIFIERS
from kg.model.records import Time

Value = str | int | float | bool | tuple[str, ...]
Properties = dict[str, Value]

_NAME = 500  # characters of a name; what looks names up by index takes no long texts


def of_article(article: GraphArticle) -> Properties:
    """An article's metadata; one without a title goes by its URL, else by its id."""
    return _known(
        name=(article.title or article.url or article.id)[:_NAME],
        title=article.title,
        source=article.source,
        url=article.url,
        publisher=article.publisher,
        authors=article.authors,
        published=article.published,
        modified=article.modified,
        language=article.language,
    )


def of_entity(entity: GraphEntity) -> Properties:
    """An entity's names, codes and attributes, and of a statement what was said and where."""
    datatypes = ENTITY_TYPES[entity.type].attributes
    own = _known(
        name=entity.name[:_NAME],
        aliases=entity.aliases,
        articles=entity.articles,
        firstSeen=entity.first_seen,
        lastSeen=entity.last_seen,
    )
    said = _of_statement(entity.statement) if entity.statement else {}
    return own | _typed(entity.identifiers, {}) | _typed(entity.attributes, datatypes) | said | own


def of_relation(relation: GraphRelation) -> Properties:
    """A relation's status, figures and qualifiers; its ends and its type are the edge itself."""
    own = _known(
        status=relation.status,
        support=relation.support,
        independent=relation.independent,
        confidence=relation.confidence,
        firstSeen=relation.first_seen,
        lastSeen=relation.last_seen,
        validFrom=relation.valid_from,
        validTo=relation.valid_to,
        inferred=relation.inferred,
    )
    return own | _typed(relation.qualifiers, QUALIFIERS) | own


def of_claim(claim: GraphClaim) -> Properties:
    """A claim's status, time, qualifiers and evidence; what it joins are edges of its own."""
    own = _known(
        status=claim.status,
        confidence=claim.confidence,
        rule=claim.rule,
        inferred=claim.inferred,
        validFrom=claim.valid_from,
        validTo=claim.valid_to,
    )
    return own | _typed(claim.qualifiers, QUALIFIERS) | _of_time(claim.time) | _of_quote(claim) | own


def of_mention(mention: GraphMention) -> Properties:
    """How often an article names an entity, and the first place."""
    return {"count": mention.count, "start": mention.start, "end": mention.end, "quote": _text(mention.quote)}


def _of_statement(statement: GraphStatement) -> Properties:
    own = _known(
        text=statement.text,
        quoted=statement.quoted,
        act=statement.act,
        stance=statement.stance,
        confidence=statement.confidence,
        rule=statement.rule,
    )
    return own | _of_time(statement.time) | _of_quote(statement)


def _of_time(time: Time | None) -> Properties:
    if time is None:
        return {}
    return _known(
        timeText=time.text,
        edtf=time.edtf,
        earliest=time.earliest,
        latest=time.latest,
        anchor=time.anchor,
        precision=time.precision,
    )


def _of_quote(record: GraphClaim | GraphStatement) -> Properties:
    """The words something stands on; what comes from the metadata alone has none."""
    if not record.quote:
        return {}
    return {
        "quote": _text(record.quote),
        "start": record.start,
        "end": record.end,
        "sentence": _text(record.sentence),
        "sentenceStart": record.sentence_start,
        "sentenceEnd": record.sentence_end,
    }


def _known(**values: Value | None) -> Properties:
    return {
        name: _text(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None and value != ()
    }


def _typed(values: Mapping[str, str], datatypes: Mapping[str, str]) -> Properties:
    return {name: _as(_text(value), datatypes.get(name, "string")) for name, value in sorted(values.items())}


def decimal(number: float) -> str:
    """A number as `xsd:decimal` writes it, in its one canonical way; there is no negative zero."""
    return f"{Decimal(repr(number)).normalize() + 0:f}"


def as_written(text: str, datatype: str) -> bool:
    """Whether the value that stands for a text, written as RDF writes it, is that text again."""
    value = _as(text, datatype)
    match value:
        case bool():
            return True
        case float():
            return decimal(value) == text
    return str(value) == text


def _as(text: str, datatype: str) -> Value:
    """The text as its datatype; as it is where it is none."""
    try:
        match datatype:
            case "integer":
                return int(text)
            case "decimal":
                return float(text) if isfinite(float(text)) else text
            case "boolean":
                return {"true": True, "false": False}[text]
    except (ValueError, KeyError):
        pass
    return text


def _text(text: str) -> str:
    """Text that can be written as UTF-8: half a surrogate pair becomes a replacement character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
