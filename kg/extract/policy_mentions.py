"""Noun phrases that name a policy: their kind, and the issuers and targets that stand in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from kg.extract.draft import Draft, DraftEntity
from kg.extract.parse import Parse
from kg.extract.patterns import entity_at, is_passive, lexicon, objects, prepositional, subjects
from kg.extract.phrases import phrase_start, proper_start
from kg.model.ontology import is_a

_PAIR = 2
_SENT = frozenset({"export", "shipment"})
"""A licence for these is one of export controls."""
_LONGEST_PHRASE = 8
"""Tokens of a phrase behind a policy's noun ("on Chinese goods") that belong to its mention."""
_BARE = frozenset({"det", "poss", "case", "punct", "prep", "acl", "relcl", "conj", "cc"})


class Link(NamedTuple):
    """An issuer or a target, the token that names it, how sure, and by which rule."""

    entity: DraftEntity
    token: int
    confidence: float
    rule: str


@dataclass(slots=True)
class PolicyMention:
    """A noun phrase that names a policy.

    `topic` holds what it is on, `compound` the words of that before the noun, `agents` the countries that the verb
    over it says change it.
    """

    head: int
    start: int
    end: int
    kind: str
    noun: str
    proper: bool = False
    anaphoric: bool = False
    definite: bool = False
    indefinite: bool = False
    back: bool = False
    status: str = "asserted"
    issuers: list[Link] = field(default_factory=list)
    targets: list[Link] = field(default_factory=list)
    pair: list[DraftEntity] = field(default_factory=list)
    agents: list[DraftEntity] = field(default_factory=list)
    topic: set[str] = field(default_factory=set)
    compound: list[str] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether at most a determiner stands before its noun."""
        return self.head - self.start <= 1

    @property
    def retaliatory(self) -> bool:
        """Whether it answers another policy, and so is not that one."""
        return "retaliatory" in self.topic

    @property
    def specific(self) -> bool:
        """Whether it says whose policy it is, on whom or on what."""
        return bool(self.issuers or self.targets or self.pair or self.topic)


@cache
def _nouns() -> dict[str, Any]:
    return dict(lexicon("policies")["nouns"])


@cache
def _set(*path: str) -> frozenset[str]:
    table = lexicon("policies")
    for name in path:
        table = table[name]
    return frozenset(table)


def mentions(draft: Draft) -> list[PolicyMention]:
    """All mentions of policies, in the order of the text."""
    found: list[PolicyMention] = []
    known: set[str] = set()
    for i, tag in enumerate(draft.parse.tags):
        if tag.startswith("NN"):
            mention = _mention(draft, i, known)
            if mention is not None:
                known.add(mention.kind)
                found.append(mention)
    return found


def _mention(draft: Draft, i: int, known: set[str]) -> PolicyMention | None:
    covered = draft.cover[i]
    lemma = _lemma(draft.parse, i)
    entry = _nouns().get(lemma)
    if covered is not None:
        return _named(draft, i, covered, entry)
    if entry is None:
        return _anaphor(draft, i, lemma, known)
    start = proper_start(draft, i)
    if start < i and _is_policy_name(draft.parse, start, i, entry):
        return PolicyMention(i, start, i + 1, entry["kind"], draft.parse.words[i], proper=True)
    if entry.get("proper"):
        return _back_to_name(draft, i, lemma, entry["kind"]) if entry["kind"] in known else None
    kind = _kind(draft.parse, i, lemma, entry, known)
    if kind is None:
        return _anaphor(draft, i, lemma, known)
    return _described(draft, i, kind)


def _is_policy_name(parse: Parse, start: int, i: int, entry: Any) -> bool:
    """Whether a capitalised name is a policy's: "Geneva Convention" is, "Democratic National Convention" is not."""
    needed = entry.get("name_with")
    return needed is None or not set(needed).isdisjoint(parse.lower[start:i] + parse.lower[i + 1 : i + 2])


def _lemma(parse: Parse, i: int) -> str:
    word = parse.lower[i]
    if parse.tags[i] in {"NNP", "NNPS"}:  # the lemma of a proper noun is itself
        return word.removesuffix("s") if word not in _nouns() else word
    return parse.lemma(i)


def _named(draft: Draft, i: int, covered: DraftEntity, entry: Any) -> PolicyMention | None:
    """A mention by its name: one that the names stage found, also where it took the policy for something else."""
    span = next(((m.start, m.end) for m in covered.mentions if m.start <= i < m.end), None)
    if span is None or span[1] - 1 != i or (covered.type != "Policy" and (entry is None or span[1] - span[0] == 1)):
        return None
    if covered.type not in {"Policy", "Event", "Organization"}:
        return None
    if covered.type != "Policy" and entry.get("kind") not in {"law", "bill", "treaty", "agreement", "executiveOrder"}:
        return None
    kind = entry["kind"] if entry else covered.attributes.get("policyKind", "law")
    return PolicyMention(i, *span, kind, draft.parse.words[i], proper=True)


def _anaphor(draft: Draft, i: int, lemma: str, known: set[str]) -> PolicyMention | None:
    parse = draft.parse
    definite = any(
        parse.deps[c] == "det" and parse.lower[c] in {"the", "these", "those", "this"} for c in parse.children[i]
    )
    if not definite or any(_says_more(parse, c) for c in parse.children[i]):
        return None
    if lemma in _set("anaphors") and known:
        return PolicyMention(i, parse.edges[i].start, i + 1, "", lemma, anaphoric=True)
    if lemma in _set("rate_anaphors") and known & {"tariff", "monetaryPolicy"}:
        kind = "tariff" if "tariff" in known else "monetaryPolicy"
        return PolicyMention(i, parse.edges[i].start, i + 1, kind, lemma, anaphoric=True)
    return None


def _says_more(parse: Parse, c: int) -> bool:
    """Whether a word makes an anaphor a phrase of its own; "the rate to 12.5 percent" still is an anaphor."""
    if parse.deps[c] == "prep":
        return parse.lower[c] not in {"to", "from"}
    return parse.deps[c] in {"amod", "compound", "poss"}


def _back_to_name(draft: Draft, i: int, lemma: str, kind: str) -> PolicyMention | None:
    """Read "the bill" after "the Home Battery Support Bill"."""
    parse = draft.parse
    determiner = parse.child(i, "det")
    if determiner != i - 1 or parse.lower[determiner] not in {"the", "this"}:
        return None
    return PolicyMention(i, determiner, i + 1, kind, lemma, anaphoric=True, back=True)


def _kind(parse: Parse, i: int, lemma: str, entry: Any, known: set[str]) -> str | None:
    if entry.get("plural") and parse.tags[i] not in {"NNS", "NNPS"}:
        return None
    kind: str = entry["kind"]
    words = [parse.lower[c] for c in parse.children[i] if c < i] + [parse.lower[i - 1]]
    words += [parse.lower[d] for c in parse.children[i] if c < i for d in parse.children[c]]
    words += ["export"] if any(parse.lemma(t) in _SENT for t in prepositional(parse, i, "for")) else []
    words += ["on"] if any(_is_thing(parse, t) for t in prepositional(parse, i, "on")) else []
    special = lexicon("policies")["kind_of_modifier"].get(lemma, {})
    kind = next((special[w] for w in words if w in special), kind)
    if "with" not in entry or any(w in entry["with"] for w in words):
        return kind
    bare = all(parse.deps[c] in _BARE for c in parse.children[i])
    return kind if entry.get("known") and kind in known and bare else None


def _is_thing(parse: Parse, t: int) -> bool:
    """Whether a policy can be on it: "a ban on ships", not "a ban on Monday"."""
    return parse.tags[t] in {"NN", "NNS"} or parse.child(t, "amod", "compound") is not None


def _described(draft: Draft, i: int, kind: str) -> PolicyMention | None:
    parse = draft.parse
    mention = PolicyMention(i, phrase_start(parse, i), i + 1, kind, parse.lower[i])
    determiner = parse.child(i, "det", "poss")
    mention.indefinite = determiner is not None and parse.lower[determiner] in {"a", "an"}
    mention.definite = parse.tags[i] == "NN" and determiner is not None and not mention.indefinite
    _read_before(draft, mention)
    _read_behind(draft, mention)
    _read_clause(draft, mention)
    words = {parse.lower[c] for c in parse.children[i] if c < i}
    if words & {"no", "any"} and not mention.specific:
        return None
    # Whose an announced tariff is, and on whom, is told as a fact also before it is in force.
    unsure = (s for s in ("planned", "possible") if words & _set("modal_modifiers", s) - _set("announced"))
    mention.status = next(unsure, "asserted")
    return mention


# ---- before the noun ---------------------------------------------------------------------------------------


def _read_before(draft: Draft, mention: PolicyMention) -> None:
    parse = draft.parse
    for c in parse.children[mention.head]:
        if c > mention.head:
            break
        if parse.deps[c] == "poss":
            _add_issuer(draft, mention, c, 0.9, "possessor")
        elif parse.deps[c] in {"compound", "amod", "nmod", "npadvmod"}:
            _read_modifier(draft, mention, c)


def _add_issuer(draft: Draft, mention: PolicyMention, token: int, confidence: float, rule: str) -> None:
    entity = entity_at(draft, token)
    if entity is None or entity.type == "MediaOutlet":
        return
    if any(is_a(entity.type, t) for t in ("Country", "Person", "Organization")):
        mention.issuers.append(Link(entity, token, confidence, rule))


def _read_modifier(draft: Draft, mention: PolicyMention, c: int) -> None:
    parse, entity = draft.parse, draft.cover[c]
    pair = countries_in(draft, c)
    if len(pair) == _PAIR:
        mention.pair = pair
    elif entity is not None and entity.type == "Country":
        _read_country(draft, mention, c, entity)
    elif entity is not None and is_a(entity.type, "IntergovernmentalOrganization"):
        mention.issuers.append(Link(entity, c, 0.85, "adjective"))
    elif entity is not None and entity.type == "Person" and mention.kind == "tariff":
        mention.issuers.append(Link(entity, c, 0.7, "adjective"))
    elif parse.lower[c] in {"retaliatory", "reciprocal"}:
        mention.topic.add("retaliatory")
    elif entity is None and _tells(parse, c):
        mention.compound.append(parse.lower[c])
        mention.topic.add(parse.lemma(c))


@cache
def _gates() -> frozenset[str]:
    return frozenset(word for entry in _nouns().values() for word in entry.get("with", ()))


def _tells(parse: Parse, c: int) -> bool:
    """Whether a modifier says what a policy is on: a noun, or an adjective that makes the noun a policy's."""
    word = parse.lower[c]
    if word in _set("empty_modifiers"):
        return False
    return parse.tags[c] == "NN" or (parse.tags[c] == "JJ" and word in _gates())


def _read_country(draft: Draft, mention: PolicyMention, c: int, entity: DraftEntity) -> None:
    """Read "U.S. tariffs" and "Chinese tariffs" as the country's, "Iran sanctions" as sanctions on it."""
    word = draft.parse.lower[c]
    if draft.parse.words[mention.head].isupper():  # "AUSTRALIA SANCTIONS NORVIK" may be a verb
        return
    noun_form = draft.parse.tags[c].startswith("NNP") and word not in _set("issuer_codes")
    if noun_form and word in {entity.name.lower(), entity.name.lower().split()[-1]}:
        if mention.kind in {"tariff", "sanction", "exportControl", "other"}:
            mention.targets.append(Link(entity, c, 0.75, "of_country"))
    else:
        mention.issuers.append(Link(entity, c, 0.8, "adjective"))


def countries_in(draft: Draft, c: int) -> list[DraftEntity]:
    """The two countries of "U.S.-China", which may be one token or several."""
    parse = draft.parse
    halves = parse.words[c].replace("–", "-").split("-")
    if len(halves) == _PAIR and all(halves):
        known = {name.lower(): e for e in draft.named("Country") for name in (e.name, *e.aliases, *_forms(parse, e))}
        found = [known[h.lower()] for h in halves if h.lower() in known]
        return found if len(found) == _PAIR and found[0] is not found[1] else []
    if c >= _PAIR and parse.words[c - 1] in {"-", "–", "/"}:
        pair = [draft.cover[c - 2], draft.cover[c]]
        if all(e is not None and e.type == "Country" for e in pair) and pair[0] is not pair[1]:
            return [e for e in pair if e is not None]
    return []


def _forms(parse: Parse, entity: DraftEntity) -> Iterator[str]:
    return (parse.text[m.lo : m.hi] for m in entity.mentions)


# ---- behind the noun ---------------------------------------------------------------------------------------


def _read_behind(draft: Draft, mention: PolicyMention) -> None:
    """Read "tariffs on Chinese goods placed by …", "sanctions against X", "a ban by Y"."""
    parse = draft.parse
    for c in parse.children[mention.head]:
        if c < mention.head:
            continue
        word = parse.lower[c]
        if parse.deps[c] == "prep" and word in _set("target_prepositions"):
            _read_targets(draft, mention, prepositional(parse, mention.head, word))
            if parse.edges[c].end - c <= _LONGEST_PHRASE:
                mention.end = max(mention.end, _phrase_end(parse, c))
        elif word == "for" and parse.deps[c] == "prep":
            shipments = [t for t in prepositional(parse, mention.head, "for") if parse.lemma(t) in _SENT]
            _read_targets(draft, mention, [g for t in shipments for g in prepositional(parse, t, "to")])
        elif word == "by" and parse.deps[c] in {"prep", "agent"}:
            for t in prepositional(parse, mention.head, "by"):
                _add_issuer(draft, mention, t, 0.85, "by")
        elif parse.deps[c] in {"acl", "relcl"} and parse.lemma(c) in _set("imposed"):
            _read_imposed(draft, mention, c)


def _phrase_end(parse: Parse, prep: int) -> int:
    """The end of a preposition's phrase without clauses that hang on its noun."""
    nouns = [c for c in parse.children[prep] if parse.deps[c] == "pobj"]
    return nouns[0] + 1 if nouns else prep


def _read_imposed(draft: Draft, mention: PolicyMention, v: int) -> None:
    parse = draft.parse
    if parse.tags[v] == "VBG":  # "sanctions targeting Iran"
        _read_targets(draft, mention, [c for c in parse.children[v] if parse.deps[c] == "dobj"])
        return
    for preposition in ("on", "against", "at"):
        _read_targets(draft, mention, prepositional(parse, v, preposition))
    for t in subjects(parse, v):
        if t != mention.head:
            _add_issuer(draft, mention, t, 0.85, "imposed_by")


def _read_targets(draft: Draft, mention: PolicyMention, tokens: list[int]) -> None:
    parse = draft.parse
    for t in tokens:
        entity = draft.cover[t]
        if entity is not None:
            _add_target(mention, entity, t, 0.9, "on_target")
            continue
        lemma = parse.lemma(t)
        if lemma not in _set("goods"):
            mention.topic.add(lemma)
        for c in parse.children[t]:
            _read_goods(draft, mention, c)
        if parse.lower[t + 1 : t + 2] == ["from"] and parse.heads[t + 1] != t:  # hung on the verb by the parser
            _add_origins(draft, mention, prepositional(parse, parse.heads[t + 1], "from"))


def _add_target(mention: PolicyMention, entity: DraftEntity, token: int, confidence: float, rule: str) -> None:
    if any(is_a(entity.type, t) for t in ("Country", "Person", "Organization", "Group")):
        mention.targets.append(Link(entity, token, confidence, rule))


def _read_goods(draft: Draft, mention: PolicyMention, c: int) -> None:
    """Take the country from "Chinese goods", "goods from China", "cells made in South Korea"."""
    parse, entity = draft.parse, draft.cover[c]
    if parse.deps[c] in {"amod", "compound", "nmod", "poss"}:
        if entity is not None and entity.type == "Country":
            _add_target(mention, entity, c, 0.85, "on_goods_of")
        elif entity is None and parse.tags[c] in {"NN", "NNS"}:
            mention.topic.add(parse.lemma(c))
        return
    if parse.deps[c] == "prep" and parse.lower[c] == "from":
        tokens = prepositional(parse, parse.heads[c], "from")
    elif parse.deps[c] == "acl" and parse.lemma(c) in _set("made"):
        tokens = [t for p in ("in", "by", "from") for t in prepositional(parse, c, p)]
    else:
        return
    _add_origins(draft, mention, tokens)


def _add_origins(draft: Draft, mention: PolicyMention, tokens: list[int]) -> None:
    for t in tokens:
        origin = draft.cover[t]
        if origin is not None and origin.type == "Country":
            _add_target(mention, origin, t, 0.85, "on_goods_of")


def _read_changer(draft: Draft, mention: PolicyMention, v: int) -> None:
    """Who imposes a policy issues it; whichever country cuts or lifts it, it is no other country's."""
    lemma = draft.parse.lemma(v)
    table = lexicon("policies")["changes"]["verbs"]
    if mention.kind not in _set("imposable"):
        return
    for t in subjects(draft.parse, v):
        if lemma in table["impose"]:
            _add_issuer(draft, mention, t, 0.8, "imposed")
        elif any(lemma in words for words in table.values()):
            entity = entity_at(draft, t)
            if entity is not None and entity.type == "Country":
                mention.agents.append(entity)


def _read_clause(draft: Draft, mention: PolicyMention) -> None:
    """Read the verb over the noun: "imposed tariffs on X", "hit X with tariffs", "tariffs were imposed on X"."""
    parse, head = draft.parse, mention.head
    dep, v = parse.deps[head], parse.heads[head]
    if dep in {"dobj", "nsubjpass"} and parse.tags[v].startswith("VB"):
        _read_changer(draft, mention, v)
        if dep == "nsubjpass" or not is_passive(parse, v):
            for preposition in ("on", "against"):
                _read_targets(draft, mention, prepositional(parse, v, preposition))
    elif dep == "pobj" and parse.lower[v] in {"with", "under"}:
        hit = parse.heads[v]
        if parse.lemma(hit) in _set("hits"):
            for t in objects(parse, hit):
                entity = entity_at(draft, t)
                if entity is not None:
                    _add_target(mention, entity, t, 0.8, "hit_with")
            for t in subjects(parse, hit):
                _add_issuer(draft, mention, t, 0.7, "hits_with")
