"""Reads an office phrase: its title, who or what it belongs to, and whether it is held no more or not yet.

"the U.S. Treasury Secretary", "former German chancellor", "head of the economics department at Deutsche Bank".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract import bodies, gazetteer, nominals
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity
from kg.extract.nearby import POSSESSIVE, after_article
from kg.extract.senses import class_of

_STATUS = {
    "former": "ended", "ex": "ended", "then": "ended", "late": "ended", "onetime": "ended", "ousted": "ended",
    "outgoing": "asserted", "incoming": "planned", "designate": "planned", "elect": "planned",
    "next": "planned", "likely": "planned", "future": "planned", "presumptive": "planned",
    "previous": "ended", "retired": "ended", "erstwhile": "ended", "deposed": "ended", "would-be": "planned",
}  # fmt: skip
_RANKS = frozenset({"deputy", "vice", "assistant", "associate", "junior", "undersecretary"})
_FILLERS = gazetteer.word_set("titles.fillers")
_OF = frozenset({"of", "for", "at", "in", "to", "with", "from"})
_NOT_THE_STATE = gazetteer.word_set("titles.not_the_state")


@dataclass(eq=False, slots=True)
class Title:
    """An office phrase over the tokens [start, end); `at` is its last title word.

    `scope` is the body that its own words name, `country` the country or place. `far`: the body stands not right after
    the preposition; `open`: what stands there was not recognised; `chamber`: that it is a parliament without a name;
    `government`: the government of a country that the phrase leaves unsaid.
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
    chamber: bool = False
    government: bool = False
    others: int = 0


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


def _at(draft: Draft, i: int, entries: Iterable[tuple[tuple[str, ...], str, str]]) -> Title | None:
    lower, tags = draft.parse.lower, draft.parse.tags
    for words, category, name in entries:
        end = i + len(words)
        if tuple(lower[i:end]) != words or any(draft.cover[i:end]):
            continue
        if tags[end - 1].startswith(("N", "J")) or draft.parse.words[i][0].isupper() or words[-1].endswith("."):
            return Title(i, end, end - 1, category, name, head=i)
    return None


def _read_left(draft: Draft, title: Title) -> None:
    """Take in the modifiers to the left, as far as they belong to the phrase."""
    first = draft.parse.sentences[draft.parse.sentence_of[title.start]].start
    while title.start > first and any(step(draft, title, title.start - 1) for step in _STEPS):
        pass


def _entity(draft: Draft, title: Title, k: int) -> bool:
    """A country or body before the title: what the office belongs to."""
    owner = draft.cover[k]
    if owner is None:
        return draft.parse.tags[k] == "POS" and _possessive(draft, title, k)
    if owner.type in {"Country", "Place"}:
        title.country = title.country or owner
    elif class_of(owner.type) == ORGANIZATION:
        title.scope = title.scope or owner
    else:
        return False
    title.start = min((m.start for m in owner.mentions if m.start <= k < m.end), default=k)
    return True


_STATES = frozenset({"country", "nation"})


def _possessive(draft: Draft, title: Title, k: int) -> bool:
    if k == 0 or (draft.cover[k - 1] is None and draft.parse.lower[k - 1] not in _STATES):
        return False
    if draft.cover[k - 1] is None:
        title.government, k = True, k - 1  # "the country's president"
    title.start = k
    return True


def _portfolio(draft: Draft, title: Title, k: int) -> bool:
    if title.category not in _WITH_PORTFOLIO or title.portfolio is not None or draft.cover[k] is not None:
        return False
    hit = bodies.portfolio_before(draft.parse.lower, k + 1)
    if hit is None:
        return False
    title.portfolio, title.start = hit
    return True


def _bare_body(draft: Draft, title: Title, k: int) -> bool:
    """A common noun for a body ("Ministry Spokesman"), or "state" before the head of a federal state."""
    word = draft.parse.lower[k]
    if draft.cover[k] is not None or word not in _BARE_BODIES:
        return False
    if word == "state":
        if title.category not in {"government", "president"}:
            return False
        title.not_state = True
    title.scope = title.scope or nominals.stands_for(draft, k)
    title.not_state = title.not_state or word == "party"
    title.government = word == "government" and title.scope is None
    title.start = k
    return True


def _qualifier(draft: Draft, title: Title, k: int) -> bool:
    """Words that tell the status or rank of the office, or nothing of it."""
    word = draft.parse.lower[k]
    if draft.cover[k] is not None or not (word in _STATUS or word in _RANKS or word in _FILLERS):
        return False
    if word == "," and not draft.parse.tags[k - 1].startswith("J"):
        return False
    title.status = _STATUS.get(word, title.status)
    title.rank = title.rank or word in _RANKS
    title.start = k
    return True


def _modifier(draft: Draft, title: Title, k: int) -> bool:
    """Up to three other modifiers, some of which tell that the office is none of the state."""
    parse = draft.parse
    if draft.cover[k] is not None or title.others == _MOST_MODIFIERS or parse.tags[k] not in _MODIFIER_TAGS:
        return False
    if parse.heads[k] not in range(k, title.at + 1):
        return False
    title.not_state = title.not_state or parse.lower[k] in _NOT_THE_STATE
    title.others += 1
    title.start = k
    return True


_STEPS = (_entity, _portfolio, _bare_body, _qualifier, _modifier)
_WITH_PORTFOLIO = frozenset({"minister", "spokesperson", "head", "deputy"})
_BARE_BODIES = frozenset({"ministry", "department", "party", "company", "government", "administration", "state"})
_MODIFIER_TAGS = frozenset({"JJ", "NN", "NNP", "VBN", "VBG", "HYPH", "NNS"})
_MOST_MODIFIERS = 3


def _read_right(draft: Draft, title: Title) -> None:
    """Take in what follows "of", "for", "at": a body, a country, or a portfolio and its country."""
    parse, lower = draft.parse, draft.parse.lower
    limit = parse.sentences[parse.sentence_of[title.at]].end
    if lower[title.end : title.end + 2] in (["-", "elect"], ["-", "designate"]):
        title.status, title.end = "planned", title.end + 2
    if title.end >= limit - 1 or lower[title.end] not in _OF:
        return
    start = after_article(parse, title.end + 1)
    if start >= limit or _portfolio_after(draft, title, start):
        return
    if title.category == "envoy" and lower[title.end] not in {"of", "from"}:
        return  # where an ambassador is posted is not whom he represents
    title.open = draft.cover[start] is None
    if title.category == "employee" and lower[title.end] == "of":
        start = _at_within(draft, start, limit) or start
    _complement(draft, title, start, limit)


def _portfolio_after(draft: Draft, title: Title, start: int) -> bool:
    if title.category not in {"minister", "deputy"} or draft.cover[start] is not None:
        return False
    hit = bodies.portfolio_after(draft.parse.lower, start)
    if hit is None:
        return False
    title.portfolio, title.end = hit
    if draft.parse.lower[title.end : title.end + 1] == ["of"] and title.end + 2 < len(draft.parse):
        _take(draft, title, after_article(draft.parse, title.end + 1), near=True)
    return True


def _complement(draft: Draft, title: Title, start: int, limit: int) -> None:
    parse = draft.parse
    for k in range(start, min(start + _FAR, limit)):
        if draft.cover[k] is not None:
            _take(draft, title, k, near=k - start <= _NEAR)
            return
        if parse.lower[k] in _PHRASE_ENDS or parse.tags[k].startswith(("V", "MD")):
            return


_CHAMBERS = frozenset({"house", "parliament", "assembly", "chamber", "senate", "congress", "legislature"})
_LOCAL = frozenset({"state", "county", "local", "regional"})
"""Who heads "the state Democratic Party" heads a part of the party."""
_NEAR, _FAR = 2, 9
_PHRASE_ENDS = frozenset({",", ";", "and", "who", "that", ".", "("})


def _at_within(draft: Draft, start: int, limit: int) -> int | None:
    # "professor of International Relations at Karachi University": the body stands after "at".
    lower = draft.parse.lower
    for k in range(start, min(start + _FAR - 1, limit - 1)):
        if lower[k] in {"at", "with"}:
            return after_article(draft.parse, k + 1)
        if lower[k] in {",", "."}:
            return None
    return None


def _of_chamber(draft: Draft, title: Title, owner: DraftEntity, start: int) -> None:
    """Of the form "a member of Norway's lower house": who sits in a country's chamber stands for the country."""
    if owner.type == "Country" and title.category == "member":
        following = draft.parse.lower[start : start + _NEAR + 1]
        title.chamber = not _CHAMBERS.isdisjoint(following)
        title.country = owner if title.chamber else title.country


def _take(draft: Draft, title: Title, k: int, *, near: bool) -> None:
    """Set what the office belongs to from the mention at token k, or from the body after its "'s"."""
    owner = draft.cover[k] if k < len(draft.cover) else None
    if owner is None or any(m.kind == "demonym" for m in owner.mentions if m.start == k):
        return
    end = max((m.end for m in owner.mentions if m.start <= k < m.end), default=k + 1)
    if draft.parse.lower[end : end + 1] and draft.parse.lower[end] in POSSESSIVE:
        follower = draft.cover[end + 1] if end + 1 < len(draft.cover) else None
        if follower is None or (class_of(follower.type) != ORGANIZATION and follower.type != "Place"):
            _of_chamber(draft, title, owner, end + 1)
            return
        title.country = title.country or (owner if owner.type == "Country" else None)
        owner, end = follower, max(m.end for m in follower.mentions if m.start <= end + 1 < m.end)
    if owner.type in {"Country", "Place"}:
        title.country = owner if title.scope is None or title.category != "head" else title.country
        end += draft.parse.lower[end : end + 1] in (["state"], ["province"], ["region"])
    elif class_of(owner.type) == ORGANIZATION:
        title.scope = owner
    else:
        return
    title.rank = title.rank or draft.parse.lower[k - 1] in _LOCAL
    title.end, title.far = end, not near
