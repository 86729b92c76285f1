"""Asserted, alleged, denied, planned, possible, ended: the status of every claim, and in whose words it stands."""

from kg.extract.acts import calls_untrue_words, denies
from kg.extract.draft import Draft, DraftClaim, DraftStatement
from kg.extract.lexicon import rows, words
from kg.extract.parse import Parse

_PRESUPPOSED = frozenset(
    {
        "HOLDS_POSITION",
        "POSITION_IN",
        "HEAD_OF",
        "MINISTER_OF",
        "SPOKESPERSON_FOR",
        "MEMBER_OF",
        "EMPLOYED_BY",
        "REPRESENTS",
        "CITIZEN_OF",
        "FAMILY_OF",
        "ASSOCIATE_OF",
        "AGENCY_OF",
        "PART_OF",
        "BASED_IN",
        "LOCATED_IN",
        "SUBSIDIARY_OF",
        "REGULATES",
        "LISTED_ON",
        "TARGETS",
        "AFFECTS",
        "ISSUED_BY",
        "HOSTS",
    }
)
"""What a name or a title says in passing stays so whatever the sentence does with it."""

_BACKGROUND = frozenset({"CITIZEN_OF", "BASED_IN", "AGENCY_OF", "LOCATED_IN"})
"""What is so whoever names it: where a ministry is, and whose citizen a former minister is."""

_OF_POLICIES = frozenset({"ISSUED_BY", "TARGETS"})
"""Whose an announced policy is, and on whom, is told as a fact before it is in force."""

_AROUND_SPEECH = frozenset({"CRITICISES", "SUPPORTS", "THREATENS", "SANCTIONS", "CONTACTS", "PARTICIPATES_IN", "HOSTS"})
"""What the article itself tells of the act of speech, where its verb is the cue."""

_SPEECH_TIES = frozenset({"MADE_AT", "ECHOES", "RESPONDS_TO", "PUBLISHED_BY", "AUTHORED_BY"})
_OF_ACT = {row[0]: row[1] for row in rows("status_of_act.tsv")}
_OF_WORD = {row[0]: row[1] for row in rows("status_words.tsv")}
_HALF = 0.6


def find(draft: Draft) -> None:
    """Set `status` and `attributed_to` of every claim; a status that an earlier stage set is kept."""
    for claim in draft.claims:
        if claim.type in _SPEECH_TIES or claim.start >= claim.end or claim.inferred:
            continue
        statement = _innermost(draft, claim)
        claim.attributed_to = statement
        if claim.status == "asserted":
            claim.status = _status(draft.parse, claim, statement)
        if claim.type in _OF_POLICIES and claim.status in {"alleged", "planned"}:
            claim.status, claim.attributed_to = "asserted", None
        if claim.type in _BACKGROUND and claim.status == "alleged" and _is_in_passing(draft.parse, claim):
            claim.status, claim.attributed_to = "asserted", None
    for claim in draft.claims:
        if claim.inferred:
            _inherit(claim)


def _innermost(draft: Draft, claim: DraftClaim) -> DraftStatement | None:
    """The shortest statement in whose content the claim stands."""
    lo, hi = draft.parse.offsets(claim.start, claim.end)
    near = [s for s in draft.statements if any(a < hi and lo < b for a, b in s.content)]
    around = [s for s in near if _is_inside(draft.parse, claim, s)]
    return min(around, key=lambda s: sum(b - a for a, b in s.content), default=None)


def _is_inside(parse: Parse, claim: DraftClaim, statement: DraftStatement) -> bool:
    if statement.cue is not None and parse.lemma(parse.token_at(statement.cue[1] - 1)) in words("intent_words.txt"):
        return False
    if claim.type in _AROUND_SPEECH and _has_cue(parse, claim, statement):
        return False
    if _is_in_passing(parse, claim) and not _is_quoted(
        parse, claim, statement
    ):  # whose minister somebody is, the article tells
        return False
    tokens = [i for i in range(claim.start, claim.end) if parse.words[i][:1].isalnum()]
    inside = sum(any(a <= parse.starts[i] < b for a, b in statement.content) for i in tokens)
    return bool(tokens) and (inside >= _HALF * len(tokens) or _takes_in(parse, claim, statement))


def _takes_in(parse: Parse, claim: DraftClaim, statement: DraftStatement) -> bool:
    """Whether the evidence holds the cue and most of the content: "the ministry denied talks with Norway"."""
    lo, hi = parse.offsets(claim.start, claim.end)
    shared = sum(max(0, min(b, hi) - max(a, lo)) for a, b in statement.content)
    return _has_cue(parse, claim, statement) and shared >= _HALF * sum(b - a for a, b in statement.content)


def _is_in_passing(parse: Parse, claim: DraftClaim) -> bool:
    inside = range(claim.start, claim.end)
    return claim.type in _PRESUPPOSED and not any(parse.tags[i][0] == "V" and parse.deps[i] != "acl" for i in inside)


def _is_quoted(parse: Parse, claim: DraftClaim, statement: DraftStatement) -> bool:
    """Whether the claim stands between the quote marks of a statement, which may be quoted in part."""
    before = parse.text[max(0, statement.content[0][0] - 1) : parse.starts[claim.start]]
    return statement.quoted and (before.count('"') % 2 == 1 or before.count("“") > before.count("”"))


def _has_cue(parse: Parse, claim: DraftClaim, statement: DraftStatement) -> bool:
    lo, hi = parse.offsets(claim.start, claim.end)
    return statement.cue is not None and lo <= statement.cue[0] < hi


def _status(parse: Parse, claim: DraftClaim, statement: DraftStatement | None) -> str:
    own = _of_clause(parse, claim)
    if own is not None and not (own == "planned" and claim.type in _OF_POLICIES):
        return own
    if statement is None:
        return "asserted"
    if _is_in_passing(parse, claim):
        return "alleged"
    if statement.act == "deny" or _is_called_untrue(parse, claim, statement):
        return "denied"
    if statement.stance == "possible":
        return "possible"
    return _OF_ACT.get(statement.act, "alleged" if statement.stance != "neutral" else "possible")


def _is_called_untrue(parse: Parse, claim: DraftClaim, statement: DraftStatement) -> bool:
    lo, hi = statement.content[0][0], statement.content[-1][1]
    first, last = parse.token_at(lo), parse.token_at(hi - 1) + 1
    return statement.stance == "deny" and calls_untrue_words(parse, first, last) and claim.start >= first


def _of_clause(parse: Parse, claim: DraftClaim) -> str | None:
    """What the verb of the claim says of it: that it is not so, is to come, may be, or is over."""
    inside = [i for i in range(claim.start, claim.end) if parse.tags[i].startswith("V")]
    top = next((i for i in inside if parse.heads[i] not in inside), None)
    if _is_in_passing(parse, claim):
        return None
    if any(parse.lower[i] in {"no", "neither"} for i in range(max(0, claim.start - 1), claim.end)):
        return "denied"
    verbs = _verbs(parse, claim.start if top is None else top)
    if top is None and verbs and parse.lemma(verbs[0]) in words("presupposing_verbs.txt"):
        return "planned" if claim.type == "ACQUIRES" else None
    for verb in verbs:
        if claim.type == "THREATENS" and parse.lemma(verb) == "threaten":
            continue
        found = _of_verb(parse, verb)
        if found is not None:
            return found
    return None


def _verbs(parse: Parse, i: int) -> list[int]:
    """The verb of a claim and those that it is the complement of ("plans to meet", "may have agreed to sign")."""
    while not parse.tags[i].startswith("V"):
        if parse.heads[i] == i:
            return []
        i = parse.heads[i]
    chain = [i]
    while parse.deps[i] in {"xcomp", "conj"} and parse.heads[i] != i and parse.tags[parse.heads[i]].startswith("V"):
        i = parse.heads[i]
        chain.append(i)
    return chain


def _of_verb(parse: Parse, verb: int) -> str | None:
    helpers = [parse.lower[c] for c in parse.children[verb] if parse.deps[c] in {"aux", "advmod", "neg"}]
    if "longer" in helpers and "no" in parse.lower[max(0, verb - 4) : verb + 4]:
        return "ended"
    if denies(parse, verb):
        return "denied"
    for word in [*helpers, parse.lemma(verb)]:
        if word in _OF_WORD:
            return _OF_WORD[word]
    if any(helper in words("possible_words.txt") for helper in helpers):
        return "possible"
    if any(parse.lower[c] == "if" for c in parse.children[verb] if parse.deps[c] == "mark"):
        return "possible"
    return None


def _inherit(claim: DraftClaim) -> None:
    """What follows from a claim has its status and its speaker, but for what is so whoever holds an office."""
    harmless = {"asserted", "alleged", "ended", "planned"} if claim.type in _BACKGROUND else {"asserted"}
    weak = next((p for p in claim.premises if p.status not in harmless), None)
    if weak is not None and claim.status == "asserted":
        claim.status, claim.attributed_to = weak.status, weak.attributed_to
