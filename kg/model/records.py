"""The records that travel from stage to stage, and the output contract of `kg extract`.

All offsets count Unicode code points of the article's text exactly as it was given.
Every record is immutable and encodes to JSON with its fields in the order written here,
so that equal records are equal bytes.
"""

from functools import cached_property

import msgspec


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all records: immutable, compared by value."""


class Span(Record, frozen=True, kw_only=True):
    """A half-open range of code points."""

    start: int
    end: int


class Metadata(Record, frozen=True, kw_only=True):
    """What is known of an article besides its text.

    `source` is the path or URL as it was given, `url` the canonical URL, `published` and
    `modified` ISO 8601 dates or date-times, `language` an ISO 639-1 code.
    """

    id: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None


class Article(Record, frozen=True, kw_only=True, dict=True):
    """One published text with its metadata. `text` is never changed after reading."""

    metadata: Metadata
    text: str

    @cached_property
    def id(self) -> str:
        """The article's id, for short."""
        return self.metadata.id


class Mention(Record, frozen=True, kw_only=True):
    """A span that names an entity; `kind` is one of `kg.model.ontology.MENTION_KINDS`."""

    start: int
    end: int
    text: str
    kind: str


class Entity(Record, frozen=True, kw_only=True):
    """An entity as one article shows it; `id` is local to the article."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: dict[str, str] = {}
    attributes: dict[str, str] = {}
    mentions: tuple[Mention, ...] = ()


class Time(Record, frozen=True, kw_only=True):
    """A time as written, and what it resolves to.

    `edtf` is an Extended Date/Time Format string, `earliest` and `latest` ISO dates; all three are
    null where the text gives no anchor. `anchor` is the date the resolution stands on, `precision`
    one of day, week, month, quarter, year, decade.
    """

    text: str
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None
    precision: str | None = None


class Evidence(Record, frozen=True, kw_only=True):
    """The exact quote a claim stands on, and the sentence around it as (start, end).

    A claim that comes from the metadata alone has an empty quote at 0.
    """

    start: int
    end: int
    text: str
    sentence: tuple[int, int]


class Claim(Record, frozen=True, kw_only=True):
    """One relation as one article states it. `subject` and `object` are ids of entities, statements or the article."""

    id: str
    type: str
    subject: str
    object: str
    status: str
    qualifiers: dict[str, str] = {}
    time: Time | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    confidence: float
    rule: str
    attributed_to: str | None = None
    inferred: bool = False
    premises: tuple[str, ...] = ()
    evidence: Evidence


class Statement(Record, frozen=True, kw_only=True):
    """Reported speech: someone said something. `speaker` is null where the text does not tell."""

    id: str
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    content_spans: tuple[Span, ...]
    text: str
    quoted: bool
    act: str
    stance: str
    about: tuple[str, ...] = ()
    addressed_to: str | None = None
    reported_by: tuple[str, ...] = ()
    time: Time | None = None
    confidence: float
    rule: str
    evidence: Evidence


class Extraction(Record, frozen=True, kw_only=True):
    """All that one article gives: the output contract, one JSON object an article."""

    article: Metadata
    entities: tuple[Entity, ...]
    relations: tuple[Claim, ...]
    statements: tuple[Statement, ...]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Extraction)


def encode_extraction(extraction: Extraction) -> bytes:
    """The contract's JSON object as one line of UTF-8 without its line end."""
    return _encoder.encode(extraction)


def decode_extraction(line: bytes | str) -> Extraction:
    """Read one line of the contract back; raises `msgspec.ValidationError` where it is not one."""
    return _decoder.decode(line)
