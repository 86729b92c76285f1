"""Records to rows and back. Quotes are cut out of the article's text, so a row holds offsets alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from kg.errors import ExtractionError
from kg.ledger.database import Row
from kg.model import Article, Claim, Entity, Evidence, Mention, Metadata, Span, Statement, Time
from kg.model.records import Record

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
_decode_time = msgspec.json.Decoder(Time).decode

ARTICLE_COLUMNS = "id, source, url, title, publisher, authors, published, modified, language"
ENTITY_COLUMNS = "id, type, name, aliases, identifiers, attributes, mentions"
CLAIM_COLUMNS = (
    "id, type, subject, object, status, qualifiers, time, valid_from, valid_to, confidence, rule, attributed_to, "
    'inferred, premises, derived, start, "end", sentence_start, sentence_end'
)

_NAME_LENGTH = 80


def to_json(value: Any) -> str | None:
    """JSON of a value that is not empty, or none."""
    return _encode(value).decode() if value else None


def from_json(text: str | None, empty: Any) -> Any:
    """The value back, `empty` where there was none."""
    return empty if text is None else _decode(text)


def time_of(text: str | None) -> Time | None:
    """A `Time` from its JSON."""
    return None if text is None else _decode_time(text)


def born(published: str | None) -> str:
    """The day of publication as it sorts: what has none comes last."""
    return published[:10] if published else "~"


def article_row(metadata: Metadata) -> Row:
    """The values of `ARTICLE_COLUMNS`."""
    m = metadata
    authors = _encode(m.authors).decode()
    return m.id, m.source, m.url, m.title, m.publisher, authors, m.published, m.modified, m.language


def metadata_of(row: Row) -> Metadata:
    """Metadata back from `ARTICLE_COLUMNS`."""
    own_id, source, url, title, publisher, authors, published, modified, language = row
    return Metadata(
        id=own_id,
        source=source,
        url=url,
        title=title,
        publisher=publisher,
        authors=tuple(_decode(authors)),
        published=published,
        modified=modified,
        language=language,
    )


def entity_row(entity: Entity) -> Row:
    """The values of `ENTITY_COLUMNS`, then how many mentions and where the first one is."""
    first = min(entity.mentions, key=lambda m: (m.start, m.end), default=None)
    return (
        entity.id,
        entity.type,
        entity.name,
        to_json(entity.aliases),
        to_json(entity.identifiers),
        to_json(entity.attributes),
        to_json([(m.start, m.end, m.kind) for m in entity.mentions]),
        len(entity.mentions),
        None if first is None else first.start,
        None if first is None else first.end,
    )


def entity_of(row: Row, text: str) -> Entity:
    """An entity back from `ENTITY_COLUMNS`."""
    own_id, type_, name, aliases, identifiers, attributes, mentions = row
    return Entity(
        id=own_id,
        type=type_,
        name=name,
        aliases=tuple(from_json(aliases, ())),
        identifiers=from_json(identifiers, {}),
        attributes=from_json(attributes, {}),
        mentions=tuple(Mention(start=a, end=b, text=text[a:b], kind=kind) for a, b, kind in from_json(mentions, ())),
    )


def claim_row(claim: Claim, n_of: Mapping[str, int], *, derived: bool) -> Row:
    """The values of `CLAIM_COLUMNS`; `n_of` gives the key of each entity of the article."""
    evidence = claim.evidence
    return (
        claim.id,
        claim.type,
        n_of[claim.subject],
        n_of[claim.object],
        claim.status,
        to_json(claim.qualifiers),
        None if claim.time is None else _encode(claim.time).decode(),
        claim.valid_from,
        claim.valid_to,
        claim.confidence,
        claim.rule,
        None if claim.attributed_to is None else n_of[claim.attributed_to],
        claim.inferred,
        to_json(claim.premises),
        derived,
        evidence.start,
        evidence.end,
        *evidence.sentence,
    )


def claim_of(row: Row, id_of: Mapping[int, str], text: str) -> Claim:
    """A claim back from `CLAIM_COLUMNS`."""
    (own_id, type_, subject, object_, status, qualifiers, time, valid_from, valid_to, confidence, rule) = row[:11]
    attributed_to, inferred, premises, _, start, end, sentence_start, sentence_end = row[11:]
    return Claim(
        id=own_id,
        type=type_,
        subject=id_of[subject],
        object=id_of[object_],
        status=status,
        qualifiers=from_json(qualifiers, {}),
        time=time_of(time),
        valid_from=valid_from,
        valid_to=valid_to,
        confidence=confidence,
        rule=rule,
        attributed_to=None if attributed_to is None else id_of[attributed_to],
        inferred=bool(inferred),
        premises=tuple(from_json(premises, ())),
        evidence=Evidence(start=start, end=end, text=text[start:end], sentence=(sentence_start, sentence_end)),
    )


class StatementBody(Record, frozen=True, kw_only=True):
    """A statement without its texts."""

    speaker: str | None
    speaker_span: Span | None
    cue_span: Span | None
    content_spans: tuple[Span, ...]
    quoted: bool
    act: str
    stance: str
    about: tuple[str, ...]
    addressed_to: str | None
    reported_by: tuple[str, ...]
    time: Time | None
    confidence: float
    rule: str
    start: int
    end: int
    sentence: tuple[int, int]


_decode_body = msgspec.json.Decoder(StatementBody).decode


def said(text: str, spans: Sequence[Span]) -> str:
    """What was said: the parts of the text, with a space between them."""
    return " ".join(text[span.start : span.end] for span in spans)


def short(text: str) -> str:
    """What a statement is called: its beginning, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= _NAME_LENGTH else line[: _NAME_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def statement_json(s: Statement) -> str:
    """The JSON of a statement's body."""
    body = StatementBody(
        speaker=s.speaker,
        speaker_span=s.speaker_span,
        cue_span=s.cue_span,
        content_spans=s.content_spans,
        quoted=s.quoted,
        act=s.act,
        stance=s.stance,
        about=s.about,
        addressed_to=s.addressed_to,
        reported_by=s.reported_by,
        time=s.time,
        confidence=s.confidence,
        rule=s.rule,
        start=s.evidence.start,
        end=s.evidence.end,
        sentence=s.evidence.sentence,
    )
    return _encode(body).decode()


def body_of(json: str) -> StatementBody:
    """A statement's body back from its JSON."""
    return _decode_body(json)


def statement_of(own_id: str, body: StatementBody, text: str) -> Statement:
    """A statement back from its body."""
    return Statement(
        id=own_id,
        speaker=body.speaker,
        speaker_span=body.speaker_span,
        cue_span=body.cue_span,
        content_spans=body.content_spans,
        text=said(text, body.content_spans),
        quoted=body.quoted,
        act=body.act,
        stance=body.stance,
        about=body.about,
        addressed_to=body.addressed_to,
        reported_by=body.reported_by,
        time=body.time,
        confidence=body.confidence,
        rule=body.rule,
        evidence=Evidence(start=body.start, end=body.end, text=text[body.start : body.end], sentence=body.sentence),
    )


def check_quotes(
    article: Article, entities: Sequence[Entity], claims: Sequence[Claim], statements: Sequence[Statement]
) -> None:
    """Every quote stands in the text at its offsets; raises `ExtractionError` for the first that does not."""
    text = article.text
    check = _checker(article)
    for entity in entities:
        for mention in entity.mentions:
            check(mention.text, text[mention.start : mention.end], mention.start)
    for claim in claims:
        check(claim.evidence.text, text[claim.evidence.start : claim.evidence.end], claim.evidence.start)
    for statement in statements:
        evidence = statement.evidence
        check(evidence.text, text[evidence.start : evidence.end], evidence.start)
        check(statement.text, said(text, statement.content_spans), evidence.start)


def _checker(article: Article) -> Callable[[str, str, int], None]:
    def check(quote: str, found: str, start: int) -> None:
        if quote != found:
            raise ExtractionError(
                f"The extraction of article {article.id} quotes {short(quote)!r} at {start}, where its text has "
                f"{short(found)!r}; extract it from the same text again."
            )

    return check
