"""Reads an office phrase: its title, who or what it belongs to, and whether it is held no more or not yet.

"the U.S. Treasury Secretary", "former German chancellor", "head of the economics department at Deutsche Bank".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.extract import bodies, gazetteer, nominals
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity
from kg.extract.senses import class_of

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_STATUS = {
    "former": "ended", "ex": "ended", "ex-": "ended", "then": "ended", "then-": "ended", "late": "ended", "onetime": "ended",
    "ousted": "ended", "outgoing": "asserted", "incoming": "planned", "designate": "planned", "elect": "planned",
    "previous": "ended", "retired": "ended", "erstwhile": "ended", "deposed": "ended", "would-be": "planned",
}  # fmt: skip
_RANKS = frozenset({"deputy", "vice", "assistant", "associate", "junior", "undersecretary"})
_FILLERS = frozenset(
    {
        "-",
        "–",
        "acting",
        "interim",
        "current",
        "new",
        "longtime",
        "first",
        "senior",
        "chief",
        "top",
        "newly",
        "embattled",
        "conservative",
        "federal",
        "prime",
        "then",
        ",",
        "veteran",
        "hardline",
        "right-wing",
        "left-wing",
        "populist",
        "long-time",
        "national",
        "executive",
        "managing",
        "regional",
    }
)
_OF = frozenset({"of", "for", "at", "in", "to", "with", "from"})
_NOT_THE_STATE = gazetteer.word_set("titles.not_the_state")


@dataclass(eq=False, slots=True)
class Title:
    """An office phrase over the tokens [start, end); `at` is its last title word.

    `scope` is the body that its own words name, `country` the country or place. `far`: the body stands not right after
    the preposition; `open`: what stands there was not recognised.
    """

    start: int
    end: int
    at: int
    category: str
    name: str
    head: int = 0
    scope: DraftEntity | None = None
    country: DraftEntity | None = None
    portfolio: str | None = None
    status: str = "asserted"
    rank: bool = False
    not_state: bool = False
    far: bool = False
    open: bool = False
    extra: list[DraftEntity] = field(default_factory=list)


@cache
def _lexicon() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for title, category, name, *_ in gazetteer.rows("offices.tsv"):
        words = tuple(title.replace("-", " - ").split())
        found.setdefault(words[0], []).append((words, category, name))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def read(draft: Draft) -> Iterator[Title]:
    """All office phrases of an article, in its order."""
    lexicon = _lexicon()
    lower = draft.parse.lower
    i = 0
    while i < len(lower):
        title = _at(draft, i, lexicon.get(lower[i], ()))
        if title is None:
            i += 1
            continue
        _read_left(draft, title)
        _read_right(draft, title)
        yield title
        i = max(title.at + 1, i + 1)


def _at(draft: Draft, i: int, entries: object) -> Title | None:
    lower, tags = draft.parse.lower, draft.parse.tags
    for words, category, name in entries:  # type: ignore[attr-defined]
        end = i + len(words)
        if tuple(lower[i:end]) == words and all(c is None for c in draft.cover[i:end]):
            if tags[end - 1].startswith(("N", "J")) or draft.parse.words[i][0].isupper() or words[-1].endswith("."):
                return Title(i, end, end - 1, category, name, head=i)
    return None


def _read_left(draft: Draft, title: Title) -> None:
    """Take in the modifiers to the left, as far as they belong to the phrase."""
    parse, lower = draft.parse, draft.parse.lower
    first = parse.sentences[parse.sentence_of[title.start]].start
    others = 0
    while title.start > first:
        k = title.start - 1
        owner = draft.cover[k]
        if owner is not None:
            if not _own(draft, title, k, owner):
                return
            title.start = _mention_start(draft, k, owner)
        elif lower[k] in _POSSESSIVE and k > first and draft.cover[k - 1] is not None and parse.tags[k] == "POS":
            title.start = k
        elif (
            (hit := bodies.portfolio_before(lower, k + 1)) is not None
            and title.category in {"minister", "spokesperson", "head", "deputy"}
            and title.portfolio is None
        ):
            title.portfolio, title.start = hit
        elif lower[k] == "state" and title.category in {"government", "president"}:
            title.not_state, title.start = True, k
        elif (
            lower[k] in {"ministry", "department", "party", "company", "government", "administration"}
            and parse.words[k] != "Government"
        ):
            body = nominals.stands_for(draft, k)
            if body is not None:
                title.scope = title.scope or body
            title.start, title.not_state = k, title.not_state or lower[k] == "party"
        elif lower[k] in _STATUS:
            title.status, title.start = _STATUS[lower[k]], k
        elif lower[k] in _RANKS:
            title.rank, title.start = True, k
        elif lower[k] in _FILLERS and (lower[k] != "," or parse.tags[k - 1].startswith("J")):
            title.start = k
        elif (
            others < 3
            and parse.tags[k] in {"JJ", "NN", "NNP", "VBN", "VBG", "HYPH", "NNS"}
            and parse.heads[k] in range(k, title.at + 1)
        ):
            title.not_state = title.not_state or lower[k] in _NOT_THE_STATE
            others += 1
            title.start = k
        else:
            return


def _own(draft: Draft, title: Title, k: int, owner: DraftEntity) -> bool:
    """Take an entity to the left as what the office belongs to; False where it cannot be."""
    if owner.type in {"Country", "Place"}:
        if title.country is None:
            title.country = owner
        return True
    if class_of(owner.type) == ORGANIZATION:
        if title.scope is None:
            title.scope = owner
        else:
            title.extra.append(owner)
        return True
    return False


def _mention_start(draft: Draft, k: int, owner: DraftEntity) -> int:
    return min((m.start for m in owner.mentions if m.start <= k < m.end), default=k)


def _read_right(draft: Draft, title: Title) -> None:
    """Take in what follows "of", "for", "at": a body, a country, or a portfolio and its country."""
    parse, lower = draft.parse, draft.parse.lower
    limit = parse.sentences[parse.sentence_of[title.at]].end
    end = title.end
    if lower[end : end + 2] in (["-", "elect"], ["-", "designate"]):
        title.status, title.end, end = "planned", end + 2, end + 2
    if end >= limit - 1 or lower[end] not in _OF:
        return
    start = end + 1 + (lower[end + 1] in {"the", "its", "a", "an"})
    hit = bodies.portfolio_after(lower, start) if title.category in {"minister", "deputy"} else None
    if hit is not None and draft.cover[start] is None:
        title.portfolio, title.end = hit
        if lower[title.end : title.end + 1] == ["of"] and title.end + 2 < limit:
            _take(draft, title, title.end + 1 + (lower[title.end + 1] == "the"), near=True)
        return
    title.open = draft.cover[start] is None if start < limit else False
    if title.category == "employee" and lower[end] == "of" and (at := _at_within(draft, start, limit)):
        start = at
    for k in range(start, min(start + 9, limit)):
        if draft.cover[k] is not None:
            _take(draft, title, k, near=k - start < 3)  # noqa: PLR2004 - "of the ruling Social Democrats"
            return
        if lower[k] in {",", ";", "and", "who", "that", ".", "(", "said"} or parse.tags[k].startswith(("V", "MD")):
            return


def _at_within(draft: Draft, start: int, limit: int) -> int | None:
    # "professor of International Relations at Karachi University": the body stands after "at".
    lower = draft.parse.lower
    for k in range(start, min(start + 8, limit - 1)):
        if lower[k] in {"at", "with"}:
            return k + 1 + (lower[k + 1] == "the")
        if lower[k] in {",", "."}:
            return None
    return None


def _take(draft: Draft, title: Title, k: int, *, near: bool) -> None:
    owner = draft.cover[k]
    if owner is None or any(m.kind == "demonym" for m in owner.mentions if m.start == k):
        return
    end = max((m.end for m in owner.mentions if m.start <= k < m.end), default=k + 1)
    if end < len(draft.parse) and draft.parse.lower[end] in _POSSESSIVE:
        follower = draft.cover[min(end + 1, len(draft.cover) - 1)]
        if follower is not None and class_of(follower.type) == ORGANIZATION:
            title.country = title.country or (owner if owner.type == "Country" else None)
            owner, end = follower, max(m.end for m in follower.mentions if m.start <= end + 1 < m.end)
        else:
            return
    if owner.type in {"Country", "Place"}:
        if title.scope is None or title.category != "head":
            title.country = owner
    elif class_of(owner.type) == ORGANIZATION:
        title.scope = owner
    else:
        return
    title.end, title.far = end, not near
