"""What the ledger answers with, besides the records of `kg.model`."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command; times are UTC, `ended` and `outcome` null while it runs or if it was killed."""

    n: int
    command: str
    version: str
    started: str
    ended: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class FailedInput:
    """An input that did not become an article."""

    source: str
    line: int | None
    reason: str
    run: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an article; `at` is UTC."""

    event: str
    detail: str | None
    run: int | None
    at: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in the graph. `kind` is article, entity, relation, claim or mentions (id: the article)."""

    seq: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is; `articles` by status, `entities` by type, `unresolved` articles."""

    articles: dict[str, int] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=dict)
    claims: int = 0
    relations: int = 0
    mentions: int = 0
    failures: int = 0
    unresolved: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that goes by a name; `exact` if it is one of its names as a whole."""

    id: str
    type: str
    name: str
    articles: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cluster is one: a key that `size` members share, or a link of two keys that `size` members tell of."""

    kind: str
    key: str
    other: str | None
    size: int
