"""Typed mentions of names: one entity a name; what else names the same is found in `coreference`."""

from collections import defaultdict
from collections.abc import Iterator

from kg.extract import candidates as known_names
from kg.extract import clubs, event_names, gazetteer, metonyms, model_names, name_shapes
from kg.extract.candidates import ORGANIZATION, PARTICLES, PERSON, Candidate, is_capital, organization_kind
from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse
from kg.extract.senses import Senses, class_of, key_of

_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "that", "this", "what"})
_SKIPPED = frozenset({"byline", "credit", "label"})


def find(draft: Draft) -> None:
    """Add an entity for every name, with all its mentions, and of countries their demonyms and metonyms."""
    parse = draft.parse
    closed = _closed(draft) | event_names.tokens(parse)
    candidates = [c for c in [*_wires(draft), *_all(parse)] if not closed & set(range(c.start, c.end))]
    senses = Senses(parse, candidates)
    candidates += _repeated(parse, senses, candidates)
    spans = _chosen(parse, candidates, senses, _title_case(draft))
    spans += _refound(parse, senses, spans, closed)
    book = _Book(draft, senses, clubs.find(parse, spans, senses))
    for start, end in sorted(spans):
        book.add(start, end)


def _all(parse: Parse) -> list[Candidate]:
    return [*known_names.find(parse), *name_shapes.find(parse), *model_names.find(parse)]


def _wires(draft: Draft) -> Iterator[Candidate]:
    """What stands in brackets in a dateline sent the report: "CANBERRA (Pacific Wire) -"."""
    words = draft.parse.words
    for zone in draft.zones:
        inside = range(zone.start, zone.end) if zone.kind == "dateline" else ()
        opening = next((i for i in inside if words[i] == "("), None)
        closing = next((i for i in inside if words[i] == ")"), None)
        if opening is not None and closing is not None and opening + 1 < closing:
            yield Candidate(opening + 1, closing, "MediaOutlet", 4.0)


def _closed(draft: Draft) -> set[int]:
    return {i for zone in draft.zones if zone.kind in _SKIPPED for i in range(zone.start, zone.end)}


def _title_case(draft: Draft) -> set[int]:
    """The tokens of headlines that write most words with a capital, and of footers, where a capital tells nothing."""
    words = draft.parse.words
    tokens: set[int] = set()
    for zone in draft.zones:
        if zone.kind == "footer":
            tokens |= set(range(zone.start, zone.end))
        long = [words[i] for i in range(zone.start, zone.end) if len(words[i]) > 3]  # noqa: PLR2004 - small words are small in any headline
        if zone.kind == "headline" and sum(map(is_capital, long)) > 0.7 * len(long):
            tokens |= set(range(zone.start, zone.end))
    return tokens


def _chosen(parse: Parse, candidates: list[Candidate], senses: Senses, title_case: set[int]) -> list[tuple[int, int]]:
    """The candidates that stay: typed, the longer before the shorter, none over another."""
    body = {key_of(parse, c.start, c.end) for c in candidates if c.start not in title_case}
    taken: set[int] = set()
    spans = []
    for c in sorted(candidates, key=lambda c: (-(c.end - c.start), -c.weight, c.start)):
        key = key_of(parse, c.start, c.end)
        if senses.type_of(key) is None or not taken.isdisjoint(range(c.start, c.end)):
            continue
        if c.start in title_case and c.known is None and key not in body:
            continue
        taken.update(range(c.start, c.end))
        spans.append((c.start, c.end))
    return spans


def _repeated(parse: Parse, senses: Senses, candidates: list[Candidate]) -> list[Candidate]:
    """Every place where a name of several words stands, so that it wins over a part of it that was seen there."""
    sought: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    for c in candidates:
        words = parse.words[c.start : c.end]
        type_ = senses.type_of(key_of(parse, c.start, c.end)) if len(words) > 1 else None
        if type_ is not None and tuple(words) not in seen:
            seen.add(tuple(words))
            sought[words[0]].append((words, type_))
    found = []
    for i, word in enumerate(parse.words):
        for words, type_ in sought.get(word, ()):
            if parse.words[i : i + len(words)] == words:
                found.append(Candidate(i, i + len(words), type_, 1.0))
    return found


def _refound(parse: Parse, senses: Senses, spans: list[tuple[int, int]], closed: set[int]) -> list[tuple[int, int]]:
    """Every further place where a name stands that was seen once; for people also their surname alone."""
    taken = closed | {i for start, end in spans for i in range(start, end)}
    sought: dict[str, list[list[str]]] = defaultdict(list)
    for start, end in spans:
        for words in _forms(parse, start, end, senses):
            if words not in sought[words[0]]:
                sought[words[0]].append(words)
    found = []
    for i, word in enumerate(parse.words):
        for words in sorted(sought.get(word, ()), key=len, reverse=True):
            end = i + len(words)
            if parse.words[i:end] == words and taken.isdisjoint(range(i, end)) and _stands_alone(parse, i, end):
                taken.update(range(i, end))
                found.append((i, end))
                break
    return found


def _forms(parse: Parse, start: int, end: int, senses: Senses) -> list[list[str]]:
    words = parse.words[start:end]
    forms = [words]
    if len(words) > 1 and senses.type_of(key_of(parse, start, end)) == PERSON:
        surname = _surname(parse, start, end)
        forms += [surname, [surname[0].capitalize(), *surname[1:]], [words[0]]]
        if len(surname) > 1 and surname[1] != "-":
            forms.append([words[-1]])
    return forms


def _surname(parse: Parse, start: int, end: int) -> list[str]:
    """The last word of a name with its particles and hyphens: "de Maizière", "El-Sonni"."""
    k = end - 1
    while k - 1 > start and (
        parse.words[k - 1] == "-"
        or parse.words[k] == "-"
        or parse.lower[k - 1] in PARTICLES
        or parse.starts[k] == parse.ends[k - 1]
    ):
        k -= 1
    return parse.words[k:end]


def _stands_alone(parse: Parse, start: int, end: int) -> bool:
    # One word must look like a name where it stands: tagged as one, or a capital where grammar asks for none.
    if end - start > 1:
        return True
    word = parse.words[start]
    if not is_capital(word) or (start and parse.words[start - 1] == "-" and is_capital(parse.words[start - 2])):
        return False
    if parse.tags[start].startswith("NNP") or (
        parse.tags[start] in {"NN", "NNS"} and word.lower() not in parse.vocabulary
    ):
        return True
    if parse.lower[start] not in _PRONOUNS and (parse.deps[start] == "nsubj" or _before_verb(parse, start)):
        return True
    return is_capital_inside(parse, start)


def _before_verb(parse: Parse, i: int) -> bool:
    # "So said", "So would not discuss"; but "So did he".
    tags = parse.tags[i + 1 : i + 3]
    return len(tags) > 1 and tags[0] in {"VBD", "VBZ", "MD"} and tags[1] not in {"PRP", "DT", "NNP", "NN", "NNS"}


def is_capital_inside(parse: Parse, i: int) -> bool:
    """Whether token i has a capital although no sentence, quotation or line begins there."""
    first = parse.sentences[parse.sentence_of[i]].start
    return (
        i > first and is_capital(parse.words[i]) and parse.words[i - 1][-1:].isalpha() and parse.words[i - 1].islower()
    )


class _Book:
    """The entities of an article by their names, as they are entered."""

    def __init__(self, draft: Draft, senses: Senses, club_spans: set[tuple[int, int]]) -> None:
        self._draft = draft
        self._senses = senses
        self._clubs = club_spans
        self._dateline = {i for z in draft.zones if z.kind == "dateline" for i in range(z.start, z.end)}
        self._entities: dict[tuple[str, str], DraftEntity] = {}

    def add(self, start: int, end: int) -> None:
        parse, draft = self._draft.parse, self._draft
        key = key_of(parse, start, end)
        if (start, end) in self._clubs:
            draft.mention(self._entity(key, ORGANIZATION), start, end, "name")
            return
        type_ = self._senses.type_of(key) or PERSON
        known = self._senses.known.get(key)
        if known is None or class_of(known.type) != class_of(type_):
            draft.mention(self._unknown(key, type_), start, end, "name")
            return
        if known.kind == "capital" and start not in self._dateline and metonyms.stands_for_country(parse, end - 1):
            country = gazetteer.countries()[known.owner]
            entity = self._entity(country.name, "Country")
            entity.identifiers.setdefault("iso3166", country.iso)
            draft.mention(entity, start, end, "metonym")
            return
        entity = self._known(known)
        if key != entity.name and known.kind != "demonym":
            entity.aliases.add(key)
        draft.mention(entity, start, end, "demonym" if known.kind == "demonym" else "name")

    def _unknown(self, key: str, type_: str) -> DraftEntity:
        entity = self._entity(key, type_)
        if type_ == "PublicBody":
            kind = organization_kind(key.split())
            entity.attributes.setdefault("bodyKind", kind[1] if kind and kind[1] else "agency")
        return entity

    def _known(self, known: gazetteer.Known) -> DraftEntity:
        entity = self._entity(known.name, known.type)
        if known.type == "Country":
            entity.identifiers.setdefault("iso3166", known.owner)
        if known.body_kind:
            entity.attributes.setdefault("bodyKind", known.body_kind)
        return entity

    def _entity(self, name: str, type_: str) -> DraftEntity:
        entity = self._entities.get((name, type_))
        if entity is None:
            entity = self._entities[name, type_] = self._draft.entity(type_, name)
        return entity
