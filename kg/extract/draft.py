"""An article's graph in the making: what the stages add to, one after the other.

Stages refer to entities, statements and claims as objects; ids are given at the very end,
in `kg.extract.assemble`, when it is known what there is.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.parse import Parse
from kg.model import Article, Time


class Zone(NamedTuple):
    """A token range that is no prose: "headline", "byline", "dateline", "label", "credit" or "footer"."""

    kind: str
    start: int
    end: int


@dataclass(eq=False, slots=True)
class DraftMention:
    """A mention as a range of tokens, and as code points."""

    start: int
    end: int
    lo: int
    hi: int
    kind: str


@dataclass(eq=False, slots=True)
class DraftEntity:
    """An entity of this article; compared by identity."""

    type: str
    name: str
    mentions: list[DraftMention] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    identifiers: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class DraftStatement:
    """Reported speech. Spans are code points; `start` and `end` are the tokens from cue, speaker and content."""

    start: int
    end: int
    content: list[tuple[int, int]]
    act: str
    stance: str
    quoted: bool
    confidence: float
    rule: str
    cue: tuple[int, int] | None = None
    speaker: DraftEntity | None = None
    speaker_span: tuple[int, int] | None = None
    about: list["DraftEntity"] = field(default_factory=list)
    addressed_to: DraftEntity | None = None
    reported_by: list[DraftEntity] = field(default_factory=list)
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class TheArticle:
    """Stands for the article itself as an end of a claim."""


Node = DraftEntity | DraftStatement | TheArticle


@dataclass(eq=False, slots=True)
class DraftClaim:
    """A claim in the making. `start` and `end` are the tokens of its evidence; start == end: the metadata alone."""

    type: str
    subject: Node
    object: Node
    start: int
    end: int
    confidence: float
    rule: str
    status: str = "asserted"
    qualifiers: dict[str, str] = field(default_factory=dict)
    time: Time | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    attributed_to: DraftStatement | None = None
    premises: list["DraftClaim"] = field(default_factory=list)

    @property
    def inferred(self) -> bool:
        """Whether it follows from other claims instead of the text."""
        return bool(self.premises)


class Draft:
    """The article, its parse, and what has been found so far."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.article = article
        self.parse = parse
        self.zones: list[Zone] = []
        self.entities: list[DraftEntity] = []
        self.statements: list[DraftStatement] = []
        self.claims: list[DraftClaim] = []
        # For each token the entity whose mention covers it; a longer or later mention of the same token wins
        # only through `mention(..., over=True)`.
        self.cover: list[DraftEntity | None] = [None] * len(parse)

    def entity(self, type_: str, name: str) -> DraftEntity:
        """Add a new entity without a mention."""
        entity = DraftEntity(type_, name)
        self.entities.append(entity)
        return entity

    def mention(self, entity: DraftEntity, start: int, end: int, kind: str, *, over: bool = False) -> DraftMention:
        """Add a mention over the tokens [start, end); tokens that are taken stay so unless `over`."""
        lo, hi = self.parse.offsets(start, end)
        mention = DraftMention(start, end, lo, hi, kind)
        entity.mentions.append(mention)
        for i in range(start, end):
            if over or self.cover[i] is None:
                self.cover[i] = entity
        return mention

    def merge(self, kept: DraftEntity, gone: DraftEntity) -> None:
        """Make two entities one: `gone` gives its mentions, aliases and attributes to `kept`, in entities alone.

        Only for stages that run before any claim or statement refers to `gone`.
        """
        kept.mentions.extend(gone.mentions)
        kept.aliases |= gone.aliases | {gone.name}
        kept.aliases.discard(kept.name)
        kept.identifiers = gone.identifiers | kept.identifiers
        kept.attributes = gone.attributes | kept.attributes
        self.entities.remove(gone)
        for i, owner in enumerate(self.cover):
            if owner is gone:
                self.cover[i] = kept

    def claim(
        self, type_: str, subject: Node, object_: Node, where: tuple[int, int], confidence: float, rule: str
    ) -> DraftClaim:
        """Add a claim that stands on the tokens `where`."""
        claim = DraftClaim(type_, subject, object_, where[0], where[1], confidence, rule)
        self.claims.append(claim)
        return claim

    def named(self, *types: str) -> list[DraftEntity]:
        """The entities of exactly these types, in the order they were found."""
        return [entity for entity in self.entities if entity.type in types]
