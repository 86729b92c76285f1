"""Several names of one entity: surnames, given names, acronyms, shortened names of organisations."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from kg.extract import gazetteer
from kg.extract.candidates import ORGANIZATION
from kg.extract.draft import Draft, DraftEntity
from kg.extract.senses import class_of

_LEGAL = gazetteer.word_set("aliases.legal")
_SMALL = frozenset({"of", "the", "and", "for", "on", "in", "&", "de", "to", "'s", "’s", ","})
_STATE = re.compile(r"^(?:the )?(?:US|U\.S\.|UK|U\.K\.|UN|U\.N\.|EU|United States|United Nations|European Union) ")
_SHORTEST_PREFIX = 3
_KIN = gazetteer.word_set("affiliations.kin")
_SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii"})


def merge(draft: Draft) -> None:
    """Make one entity of each set of names that are one."""
    _merge_people(draft)
    for same in (_same_words, _is_acronym, _is_short_form):
        _merge_organizations(draft, same)
    _expand_brackets(draft)


def _first(entity: DraftEntity) -> int:
    return min((m.start for m in entity.mentions), default=0)


def _merge_people(draft: Draft) -> None:
    people = sorted(draft.named("Person"), key=_first)
    full = [p for p in people if " " in p.name]
    for person in sorted(full, key=lambda p: len(p.name.split())):
        fuller = [p for p in full if p is not person and p in draft.entities and _same_person(person.name, p.name)]
        if len(fuller) == 1 and person in draft.entities:
            draft.merge(fuller[0], person)
    full = [p for p in full if p in draft.entities]
    for person in people:
        if " " not in person.name and person in draft.entities:
            _merge_single(draft, person, full)


def _merge_single(draft: Draft, person: DraftEntity, full: list[DraftEntity]) -> None:
    """A single name joins the person of that surname; where there are several, each mention the last one named."""
    owners = [p for p in full if _bare(person.name) in map(_bare, _surnames(p.name))]
    owners = owners or [p for p in full if person.name in p.name.split()]
    owners = [p for p in owners if not _is_relative(draft, p)] or [p for p in owners if _first(p) < _first(person)]
    if len(owners) == 1:
        draft.merge(owners[0], person)
    elif owners:
        for mention in person.mentions:
            before = [(m.start, p) for p in owners for m in p.mentions if m.start < mention.start]
            owner = max(before, key=lambda pair: pair[0])[1] if before else owners[0]
            draft.mention(owner, mention.start, mention.end, mention.kind, over=True)
        draft.entities.remove(person)


def _is_relative(draft: Draft, person: DraftEntity) -> bool:
    """Whether a person is named beside a bearer of the same surname: as "Jr.", or after "his wife"."""
    if _suffix(person.name):
        return True
    k = _first(person) - 1
    k -= k > 0 and draft.parse.words[k] == ","
    return k >= 0 and draft.parse.lower[k] in _KIN


def _surnames(name: str) -> set[str]:
    words = name.split()
    if words[0] in gazetteer.words("surnames_first.txt"):
        return {words[0], " ".join(words[1:])}
    return {words[-1], " ".join(words[1:])}


@lru_cache(maxsize=20_000)
def _bare(surname: str) -> str:
    """A surname without what writers leave out or write apart: "al-Sharif", "El Sharif" and "Sharif" are one."""
    plain = surname.lower().replace("-", " ")
    return plain.split(" ", 1)[1] if plain.startswith(("al ", "el ")) else plain


def _same_person(short: str, long: str) -> bool:
    """Whether a name of several words is a form of a longer one: "George Bush", "George W. Bush"."""
    a, b = _plain(short), _plain(long)
    if _suffix(short) != _suffix(long):
        return False
    if len(a) >= len(b) or a[-1] != b[-1]:
        return a == b and short != long and (len(short), short) < (len(long), long)
    rest = iter(b)
    return all(any(_initial(x, y) for y in rest) for x in a)


def _plain(name: str) -> list[str]:
    return [w for w in re.sub(r"[^\w\s.-]", "", name).split() if w.lower() not in _SUFFIXES]


def _suffix(name: str) -> str:
    """What tells a son from his father of the same name ("jr"), empty where nothing does."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    return last.rstrip(".") if last in _SUFFIXES else ""


def _initial(a: str, b: str) -> bool:
    return (
        a == b or (len(a.rstrip(".")) == 1 and b.startswith(a[0])) or (len(b.rstrip(".")) == 1 and a.startswith(b[0]))
    )


def _merge_organizations(draft: Draft, same: Callable[[str, str], bool]) -> None:
    """Join what `same(shorter, longer)` says is one; a shorter name that fits two longer ones stays alone."""
    bodies = sorted((e for e in draft.entities if class_of(e.type) == ORGANIZATION), key=_first)
    for short in sorted(bodies, key=lambda e: len(e.name)):
        owners = [e for e in bodies if e is not short and e in draft.entities and _fits(short, e, same)]
        shortest = min(owners, key=lambda e: len(e.name), default=None)
        if shortest is not None and short in draft.entities and all(e.name.startswith(shortest.name) for e in owners):
            _join(draft, short, shortest)


def _fits(short: DraftEntity, long: DraftEntity, same: Callable[[str, str], bool]) -> bool:
    if short.type != long.type and ORGANIZATION not in {short.type, long.type}:
        return False
    return any(same(a, b) for a in _names(short) for b in _names(long))


def _names(entity: DraftEntity) -> Iterable[str]:
    return [entity.name, *sorted(entity.aliases)]


def _join(draft: Draft, short: DraftEntity, long: DraftEntity) -> None:
    # What the lexicon knows keeps its name; otherwise the longer name is the main one.
    known = gazetteer.known()
    kept, gone = (short, long) if short.name in known and long.name not in known else (long, short)
    if kept.type == ORGANIZATION != gone.type:
        kept.type = gone.type
    draft.merge(kept, gone)


@lru_cache(maxsize=20_000)
def _core(name: str) -> tuple[str, ...]:
    words = [w for w in _STATE.sub("", name).replace(",", " ").split() if w.lower() not in _SMALL]
    while len(words) > 1 and words[-1].lower() in _LEGAL:
        words.pop()
    if len(words) > 2 and words[0] in gazetteer.demonyms():  # noqa: PLR2004 - "American Express" is no Express
        words = words[1:]
    return tuple(w.lower() for w in words)


def _same_words(short: str, long: str) -> bool:
    return short != long and _core(short) == _core(long)


def _is_acronym(short: str, long: str) -> bool:
    letters = short.replace(".", "").replace(" ", "")
    if not (letters.isupper() and 2 <= len(letters) <= 7 and " " in long):  # noqa: PLR2004 - no acronym is longer
        return False
    words = [w for w in re.split(r"[\s-]+", long) if w]
    strict = "".join(w[0] for w in words if w.lower() not in _SMALL)
    capitals = "".join(c for c in long if c.isupper())
    return letters.lower() in {strict.lower(), "".join(w[0] for w in words).lower(), capitals.lower()}


def _is_short_form(short: str, long: str) -> bool:
    """Whether a name is the beginning of a longer one: "Alibaba", "Alibaba Group Holding"."""
    a, b = _core(short), _core(long)
    if " " not in short and short.lower() in _GENERIC - {"house"} and short[0].isupper():
        return long.rsplit(maxsplit=1)[-1] == short
    if not a or len(a) >= len(b) or len(short) <= _SHORTEST_PREFIX or short in gazetteer.country_codes():
        return False
    if short in gazetteer.known() or {"of", "for"} & set(long.split()[len(short.split()) :]):
        return False
    if len(a) == 1 and (short.lower() in _GENERIC or short in gazetteer.cities() or short in gazetteer.known()):
        return False
    return b[: len(a)] == a and not {"of", "for"} & set(short.split())


_GENERIC = gazetteer.word_set("aliases.generic")


def _expand_brackets(draft: Draft) -> None:
    """Of the form "World Trade Organization (WTO)": what stands in brackets after a name of its class is the same."""
    parse = draft.parse
    for i, word in enumerate(parse.words):
        if word != "(" or not 0 < i < len(parse) - 2:
            continue
        long, short = draft.cover[i - 1], draft.cover[i + 1]
        if long is None or short is None or long is short or parse.words[_end(draft, i + 1)] != ")":
            continue
        if (
            class_of(long.type) == class_of(short.type) == ORGANIZATION
            and short.name.isupper()
            and _shares(short, long)
        ):
            _join(draft, short, long)


def _shares(short: DraftEntity, long: DraftEntity) -> bool:
    # An acronym of a foreign name shares at least its first letter or most of its letters with the translation.
    letters = [c for c in short.name if c.isalpha()]
    capitals = {c for c in long.name if c.isupper()}
    return bool(letters) and sum(c in capitals for c in letters) * 2 >= len(letters)


def _end(draft: Draft, i: int) -> int:
    owner = draft.cover[i]
    while i < len(draft.cover) - 1 and draft.cover[i] is owner:
        i += 1
    return i
