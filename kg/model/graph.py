"""The records a graph store holds: the ledger's content over canonical ids.

Every store, every export and the networkx view is made from these five and from nothing else,
so that all of them say the same.
"""

from kg.model.records import Record, Time


class GraphArticle(Record, frozen=True, kw_only=True):
    """An article as a node; `extractor` is the version of the rules that read it."""

    id: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    extractor: str | None = None


class GraphEntity(Record, frozen=True, kw_only=True):
    """A canonical entity: one node for a whole cluster.

    `members` are the local ids that redirect here (itself left out). `first_seen` and `last_seen`
    are publication dates. A `Statement` is an entity too; its own fields are in `statement`.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: dict[str, str] = {}
    attributes: dict[str, str] = {}
    members: tuple[str, ...] = ()
    articles: int = 1
    first_seen: str | None = None
    last_seen: str | None = None
    statement: "GraphStatement | None" = None


class GraphStatement(Record, frozen=True, kw_only=True):
    """What a Statement node carries beyond an entity; `text` is what was said, `sentence` the text around it."""

    article: str
    text: str
    quoted: bool
    act: str
    stance: str
    time: Time | None = None
    confidence: float
    rule: str
    start: int
    end: int
    quote: str
    sentence: str
    sentence_start: int
    sentence_end: int


class GraphRelation(Record, frozen=True, kw_only=True):
    """All claims with one subject, predicate, object, status and key qualifiers.

    `support` counts claims, `independent` the articles that are no near-copies of each other
    (one publisher counts once); inferred claims count in neither.
    """

    id: str
    type: str
    subject: str
    object: str
    status: str
    qualifiers: dict[str, str] = {}
    support: int
    independent: int
    confidence: float
    first_seen: str | None = None
    last_seen: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    inferred: bool = False


class GraphClaim(Record, frozen=True, kw_only=True):
    """A claim over canonical ids, with its evidence spelled out."""

    id: str
    relation: str
    article: str
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
    start: int
    end: int
    quote: str
    sentence: str
    sentence_start: int
    sentence_end: int


class GraphMention(Record, frozen=True, kw_only=True):
    """That an article mentions a canonical entity: how often, and the first place.

    `MENTIONS`, by far the most frequent relation, needs no claim: it is its own evidence.
    """

    article: str
    entity: str
    count: int
    start: int
    end: int
    quote: str


GraphRecord = GraphArticle | GraphEntity | GraphRelation | GraphClaim | GraphMention
