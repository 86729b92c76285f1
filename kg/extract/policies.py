"""Tariffs, sanctions, laws and agreements: who issues them, at whom they aim, who changes them and how."""

from kg.extract.draft import Draft, DraftClaim, DraftEntity
from kg.extract.markets import amounts
from kg.extract.parse import Parse
from kg.extract.patterns import (
    apply,
    entities_at,
    first_conjunct,
    governing_verb,
    is_passive,
    lexicon,
    noun_agents,
    prepositional,
    subjects,
    where,
)
from kg.extract.policy_mentions import Link, PolicyMention, mentions
from kg.model.ontology import allows

_NEAR = 2
"""Sentences back to which "the measure" points."""
_PAIR = 2
_OVER_INFINITIVE = {"acl": "infinitives", "xcomp": "governors"}
_ONLY_TOLD = frozenset({"announce", "unveil"})
"""Who announces "it" need not be who imposes it."""
_BY_ITS_ISSUER = 0.55
"""How sure it is that a policy which "was cut" was cut by the country whose it is."""
_GENERIC_ISSUE = frozenset({"tariff", "sanction", "exportControl"})


class _Policy:
    """A policy of the article: its mentions, and what they tell of it together."""

    def __init__(self, entity: DraftEntity, kind: str) -> None:
        self.entity = entity
        self.kind = kind
        self.mentions: list[PolicyMention] = []
        self.issuers: list[DraftEntity] = []
        self.targets: list[DraftEntity] = []
        self.agents: list[DraftEntity] = []
        self.topic: set[str] = set()

    def add(self, mention: PolicyMention) -> None:
        self.mentions.append(mention)
        self.topic |= mention.topic
        self.agents += mention.agents
        for known, links in ((self.issuers, mention.issuers), (self.targets, mention.targets)):
            known.extend(link.entity for link in links if link.entity not in known)

    @property
    def retaliatory(self) -> bool:
        """Whether it answers another policy."""
        return "retaliatory" in self.topic

    def takes(self, mention: PolicyMention) -> bool:
        """Whether a mention can be of this policy: same kind, and neither issuer, target nor topic speak against it."""
        if self.kind != mention.kind or mention.proper:
            return False
        if any(m.proper for m in self.mentions) and (mention.specific or mention.indefinite or not mention.bare):
            return False
        if mention.retaliatory != self.retaliatory and not mention.issuers:
            return False
        return not (
            _conflict([*self.issuers, *self.agents], [*(link.entity for link in mention.issuers), *mention.agents])
            or _conflict(self.targets, [link.entity for link in mention.targets])
            or (mention.pair and _conflict([*self.issuers, *self.targets], mention.pair))
            or self._reversed(mention)
        )

    def fits_topic(self, mention: PolicyMention) -> bool:
        """Whether both are on the same goods, as far as they tell."""
        return not (self.topic and mention.topic and not self.topic & mention.topic)

    def _reversed(self, mention: PolicyMention) -> bool:
        return any(link.entity in self.targets for link in mention.issuers) or any(
            link.entity in self.issuers for link in mention.targets
        )


def _conflict(some: list[DraftEntity], others: list[DraftEntity]) -> bool:
    """Whether two lists of countries have none in common; whom a country's policy names besides does not count."""
    left = {id(e) for e in some if e.type == "Country"}
    right = {id(e) for e in others if e.type == "Country"}
    return bool(left and right and not left & right)


def find(draft: Draft) -> None:
    """Add the article's policies, with issuers, targets and changes."""
    policies = _joined(draft, _clusters(draft))
    for policy in policies:
        for mention in policy.mentions:
            _links(draft, policy, mention)
    changes = [
        change for policy in policies for mention in policy.mentions for change in _changes(draft, policy, mention)
    ]
    changes += _pronoun_changes(draft, policies)
    for policy in policies:
        _infer_issuer(draft, policy, changes)
        _threats(draft, policy, changes)
    apply(draft, "policy_effects")
    _drop_idle_rates(draft, policies)


# ---- which mentions are one policy -------------------------------------------------------------------------


def _clusters(draft: Draft) -> list[_Policy]:
    policies: list[_Policy] = []
    for mention in mentions(draft):
        policy = _policy_of(draft, policies, mention)
        if policy is None:
            continue
        policy.add(mention)
        if draft.cover[mention.head] is not policy.entity:
            kind = "name" if mention.proper else "nominal"
            draft.mention(policy.entity, mention.start, mention.end, kind)
            draft.cover[mention.head] = policy.entity
    return policies


def _policy_of(draft: Draft, policies: list[_Policy], mention: PolicyMention) -> _Policy | None:
    if mention.anaphoric:
        return _pointed_at(draft, policies, mention)
    covered = draft.cover[mention.head]
    if covered is not None:
        return _known(policies, covered) or _new(policies, covered, mention)
    if mention.proper:
        name = draft.parse.span_text(mention.start, mention.end)
        same = next((p for p in policies if p.entity.name == name), None)
        return same or _new(policies, draft.entity("Policy", name), mention)
    open_ = [p for p in policies if p.takes(mention)]
    # "the tariff" is the one spoken of, whatever it is on, where there is but one.
    fitting = open_ if mention.definite and len(open_) == 1 else [p for p in open_ if p.fits_topic(mention)]
    if fitting:
        return max(reversed(fitting), key=lambda p: len(p.topic & mention.topic))
    return _new(policies, draft.entity("Policy", draft.parse.span_text(mention.start, mention.head + 1)), mention)


def _pointed_at(draft: Draft, policies: list[_Policy], mention: PolicyMention) -> _Policy | None:
    """The policy last named at most two sentences before "the measure"; of a kind, where the word tells one."""
    sentence = draft.parse.sentence_of
    near = [
        (p.mentions[-1].head, p)
        for p in policies
        if not mention.back or p.entity.name.lower().endswith(mention.noun)
        if mention.kind in {"", p.kind}
        and (mention.kind or sentence[mention.head] - sentence[p.mentions[-1].head] <= _NEAR)
    ]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _known(policies: list[_Policy], entity: DraftEntity) -> _Policy | None:
    return next((p for p in policies if p.entity is entity), None)


def _new(policies: list[_Policy], entity: DraftEntity, mention: PolicyMention) -> _Policy:
    entity.type = "Policy"
    entity.attributes["policyKind"] = mention.kind
    policy = _Policy(entity, mention.kind)
    policies.append(policy)
    return policy


def _joined(draft: Draft, policies: list[_Policy]) -> list[_Policy]:
    """One policy for all that are of the same issuer, target and kind, and so of the same name."""
    kept: dict[str, _Policy] = {}
    for policy in policies:
        _name(policy)
        first = kept.setdefault(policy.entity.name, policy)
        if first is not policy:
            draft.merge(first.entity, policy.entity)
            for mention in policy.mentions:
                first.add(mention)
    return list(kept.values())


def _name(policy: _Policy) -> None:
    """Give a policy without a name one that says whose it is and on whom: "United States tariffs on China"."""
    if any(m.proper for m in policy.mentions):
        return
    countries = [e for e in policy.issuers if e.type == "Country"] or policy.issuers
    issuer = f"{countries[0].name} " if countries else ""
    longest = max(policy.mentions, key=lambda m: len(m.compound))
    noun = longest.noun
    if policy.kind != "tariff" or any(m.noun in {"tariff", "tariffs", "duty", "duties"} for m in policy.mentions):
        noun = lexicon("policies")["readable"].get(policy.kind) or noun
    noun = " ".join([*(word for word in longest.compound if word not in noun.split()), noun])
    target = f" on {' and '.join(sorted(e.name for e in policy.targets))}" if policy.targets else ""
    policy.entity.name = f"{issuer}{noun}{target}"


# ---- issuers and targets -----------------------------------------------------------------------------------


def _links(draft: Draft, policy: _Policy, mention: PolicyMention) -> None:
    for link in mention.issuers:
        _link(draft, "ISSUED_BY", policy, mention, link)
    for link in mention.targets:
        _link(draft, "TARGETS", policy, mention, link)
    if policy.kind == "sanction":
        for issuer in mention.issuers:
            for target in mention.targets:
                _sanctions(draft, mention, issuer, target)
    _pair(draft, policy, mention)


def _link(draft: Draft, relation: str, policy: _Policy, mention: PolicyMention, link: Link) -> DraftClaim | None:
    if not allows(relation, "Policy", link.entity.type):
        return None
    place = where(draft, mention.head, link.token)
    claim = draft.claim(relation, policy.entity, link.entity, place, link.confidence, f"policy.{link.rule}")
    claim.status = mention.status
    return claim


def _sanctions(draft: Draft, mention: PolicyMention, issuer: Link, target: Link) -> None:
    if issuer.entity is not target.entity and allows("SANCTIONS", issuer.entity.type, target.entity.type):
        place = where(draft, issuer.token, mention.head, target.token)
        confidence = min(issuer.confidence, target.confidence)
        draft.claim(
            "SANCTIONS", issuer.entity, target.entity, place, confidence, "policy.sanctions"
        ).status = mention.status


def _pair(draft: Draft, policy: _Policy, mention: PolicyMention) -> None:
    """Read "U.S.-China tariffs": who issues them is told by the rest of the article, else by the order."""
    if len(mention.pair) != _PAIR:
        return
    first, second = mention.pair
    if first in policy.targets or second in policy.issuers:
        first, second = second, first
    known = first in policy.issuers or second in policy.targets
    confidence = 0.75 if known else 0.55
    for relation, entity, group in (("ISSUED_BY", first, policy.issuers), ("TARGETS", second, policy.targets)):
        _link(draft, relation, policy, mention, Link(entity, mention.head - 1, confidence, "pair"))
        if entity not in group:
            group.append(entity)
    _name(policy)


# ---- changes -----------------------------------------------------------------------------------------------


def _changes(draft: Draft, policy: _Policy, mention: PolicyMention) -> list[DraftClaim]:
    parse = draft.parse
    head = first_conjunct(parse, mention.head)
    if parse.deps[head] in {"dobj", "nsubjpass"}:
        return _verb_change(draft, policy, mention.head, parse.heads[head])
    if parse.deps[head] == "pobj":
        noun = parse.heads[parse.heads[head]]
        if parse.tags[noun] in {"NN", "NNS"} and parse.lower[parse.heads[head]] in {"in", "of", "to", "on"}:
            return _noun_change(draft, policy, mention.head, noun)
    return []


def _change_of(policy: _Policy, word: str, section: str) -> str | None:
    table = lexicon("policies")["changes"]
    special = table["by_kind"].get(policy.kind, {})
    if section == "verbs" and word in special:
        change: str | None = special[word]
    elif section == "phrases":
        change = table["phrases"][word]
    else:
        change = next((c for c, words in table[section].items() if word in words), None)
    allowed = table["allowed"].get(policy.kind)
    return change if allowed is None or change in allowed else None


def _verb_means(parse: Parse, policy: _Policy, v: int) -> str | None:
    """The change that a verb with its particle names ("put off", "roll back"); "put" alone needs an "on"."""
    lemma, table = parse.lemma(v), lexicon("policies")["changes"]
    for c in parse.children[v]:
        phrase = f"{lemma} {parse.lower[c]}"
        if phrase in table["phrases"]:
            return _change_of(policy, phrase, "phrases")
    if lemma in table["needs_on"] and not any(prepositional(parse, n, "on") for n in [v, *parse.children[v]]):
        return None
    return _change_of(policy, lemma, "verbs")


def _verb_change(draft: Draft, policy: _Policy, head: int, v: int) -> list[DraftClaim]:
    change, status = _verb_means(draft.parse, policy, v), _infinitive_status(draft.parse, v)
    if change is None and _is_new(draft.parse, head):
        change, status = _contemplated(draft.parse, policy, v)
    if change is None:
        return []
    claims = []
    agents, sure = entities_at(draft, subjects(draft.parse, v)), 0.85
    if not agents and is_passive(draft.parse, v):
        agents, sure = _own(policy, head), _BY_ITS_ISSUER
    for agent, i in agents:
        claim = _change(draft, policy, (agent, i), change, (i, v, head), sure)
        if claim is not None:
            claim.status = status
            claims.append(claim)
    return claims


def _is_new(parse: Parse, head: int) -> bool:
    """Whether a noun phrase speaks of a policy for the first time: "a ban", "sanctions"."""
    determiner = parse.child(head, "det", "poss")
    return parse.lower[determiner] in {"a", "an"} if determiner is not None else parse.tags[head] == "NNS"


def _contemplated(parse: Parse, policy: _Policy, v: int) -> tuple[str | None, str]:
    table = lexicon("policies")["changes"]["contemplated"]
    status = next((status for status, verbs in table.items() if parse.lemma(v) in verbs), None)
    allowed = lexicon("policies")["changes"]["allowed"].get(policy.kind)
    return (None, "asserted") if status is None or allowed is not None else ("impose", status)


def _own(policy: _Policy, head: int) -> list[tuple[DraftEntity, int]]:
    """The country whose policy it is: it changes what is said to be changed by nobody in particular."""
    return [(e, head) for e in policy.issuers if e.type == "Country"][:1]


def _infinitive_status(parse: Parse, v: int) -> str:
    """What the noun or verb over an infinitive says of it: "his threat to impose tariffs", "threatened to raise it"."""
    section = _OVER_INFINITIVE.get(parse.deps[v])
    if section is None:
        return "asserted"
    governor, table = parse.lemma(parse.heads[v]), lexicon("policies")[section]
    return next((status for status, words in table.items() if governor in words), "asserted")


def _noun_change(draft: Draft, policy: _Policy, head: int, noun: int) -> list[DraftClaim]:
    parse = draft.parse
    change = _change_of(policy, parse.lemma(noun), "nouns")
    if change is None:
        return []
    status = _noun_status(draft, noun)
    verb = governing_verb(parse, noun)
    claims = []
    agents, sure = entities_at(draft, noun_agents(parse, noun)), 0.75
    if not agents and verb is None:
        agents, sure = _own(policy, head), _BY_ITS_ISSUER
    for agent, i in agents:
        claim = _change(draft, policy, (agent, i), change, (i, noun, head, *([verb] if verb else [])), sure)
        if claim is not None:
            claim.status = status
            claims.append(claim)
    return claims


def _noun_status(draft: Draft, noun: int) -> str:
    """What a word before a noun of change, or the verb over it, says of it: "a potential review", "pledged a cut"."""
    parse, table = draft.parse, lexicon("policies")
    words = {parse.lower[c] for c in parse.children[noun]}
    if "no" in words:
        return "denied"
    verb = governing_verb(parse, noun)
    lemma = parse.lemma(verb) if verb is not None else ""
    for status in ("possible", "planned"):
        if words & set(table["modal_modifiers"][status]):
            return status
    return next((status for status, verbs in table["governors"].items() if lemma in verbs), "asserted")


def _change(
    draft: Draft,
    policy: _Policy,
    agent: tuple[DraftEntity, int],
    change: str,
    tokens: tuple[int, ...],
    confidence: float,
) -> DraftClaim | None:
    if agent[0].type == "MediaOutlet" or not allows("CHANGES_POLICY", agent[0].type, "Policy"):
        return None
    claim = draft.claim(
        "CHANGES_POLICY", agent[0], policy.entity, where(draft, *tokens), confidence, f"policy.{change}"
    )
    claim.qualifiers["change"] = change
    _add_amount(draft, claim, tokens)
    return claim


def _add_amount(draft: Draft, claim: DraftClaim, tokens: tuple[int, ...]) -> None:
    """Add how high a tariff or a rate becomes: "a 20 percent tariff", "raise the tariff to 25 percent"."""
    parse, head = draft.parse, tokens[2]
    after = next((t for n in (tokens[1], head) for t in prepositional(parse, n, "to")), None)
    if after is not None:
        found = next(amounts(parse, max(head, parse.edges[after].start), parse.edges[after].end), None)
    else:
        found = next(amounts(parse, parse.edges[head].start, head), None)
    if found is not None:
        claim.qualifiers |= {"value": found.value, "unit": found.unit, "bound": found.bound}


def _pronoun_changes(draft: Draft, policies: list[_Policy]) -> list[DraftClaim]:
    """Read "although they will not be abolished": the pronoun is the policy named before in the sentence.

    Who would abolish them is then who changes them in the same sentence.
    """
    parse, claims = draft.parse, []
    for i, word in enumerate(parse.lower):
        if (
            word not in {"they", "it", "them"}
            or draft.cover[i] is not None
            or parse.deps[i] not in {"nsubjpass", "dobj"}
        ):
            continue
        policy = _before(draft, policies, i, plural=word != "it")
        v = parse.heads[i]
        change = _verb_means(parse, policy, v) if policy else None
        if policy is None or change is None or parse.lemma(v) in _ONLY_TOLD:
            continue
        agents = entities_at(draft, subjects(parse, v)) or _changers(draft, policy, i)
        found = [_change(draft, policy, agent, change, (agent[1], v, i), 0.6) for agent in agents]
        made = [claim for claim in found if claim is not None]
        if made:
            draft.mention(policy.entity, i, i + 1, "pronoun")
        for claim in made:
            claim.status = "denied" if parse.is_negated(v) else "asserted"
        claims += made
    return claims


def _before(draft: Draft, policies: list[_Policy], i: int, *, plural: bool) -> _Policy | None:
    sentence = draft.parse.sentence_of[i]
    spoken = draft.parse.deps[i] == "dobj"  # "He delayed it" may look back a sentence
    start = draft.parse.sentences[max(0, sentence - spoken)].start
    named = [
        (m.head, p)
        for p in policies
        for m in p.mentions
        if start <= m.head < i and (draft.parse.tags[m.head] in {"NNS", "NNPS"}) == plural
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _changers(draft: Draft, policy: _Policy, i: int) -> list[tuple[DraftEntity, int]]:
    sentence = draft.parse.sentences[draft.parse.sentence_of[i]]
    return [
        (claim.subject, claim.start)
        for claim in draft.claims
        if claim.type == "CHANGES_POLICY" and claim.object is policy.entity and sentence.start <= claim.start < i
        if isinstance(claim.subject, DraftEntity) and claim.end <= i
    ][:1]


# ---- what follows ------------------------------------------------------------------------------------------


def _infer_issuer(draft: Draft, policy: _Policy, changes: list[DraftClaim]) -> None:
    """A country that could abolish, cut or suspend tariffs on another is theirs, where the article names no other."""
    if policy.issuers or policy.kind not in _GENERIC_ISSUE:
        return
    for claim in changes:
        agent = claim.subject
        if claim.object is policy.entity and isinstance(agent, DraftEntity) and _can_issue(agent, policy):
            issued = draft.claim(
                "ISSUED_BY",
                policy.entity,
                agent,
                (claim.start, claim.end),
                0.6 * claim.confidence,
                "policy.changer_issues",
            )
            issued.premises.append(claim)
            policy.issuers.append(agent)
            _name(policy)
            return


def _can_issue(agent: DraftEntity, policy: _Policy) -> bool:
    return agent not in policy.targets and agent.type == "Country"


def _threats(draft: Draft, policy: _Policy, changes: list[DraftClaim]) -> None:
    """Who threatens to raise a tariff on a country threatens the country."""
    parse = draft.parse
    if len(policy.targets) != 1 or not any(policy.entity is change.object for change in changes):
        return
    for change in changes:
        agent, target = change.subject, policy.targets[0]
        threat = next((i for i in range(change.start, change.end) if parse.lemma(i) == "threaten"), None)
        if (
            threat is None
            or change.object is not policy.entity
            or change.qualifiers["change"] not in {"impose", "raise"}
        ):
            continue
        if isinstance(agent, DraftEntity) and agent is not target and allows("THREATENS", agent.type, target.type):
            draft.claim("THREATENS", agent, target, (change.start, change.end), 0.6, "policy.threat")


def _drop_idle_rates(draft: Draft, policies: list[_Policy]) -> None:
    """An interest rate that nobody in the article sets is no policy."""
    used = {id(end) for claim in draft.claims for end in (claim.subject, claim.object)}
    for policy in policies:
        if policy.kind == "monetaryPolicy" and id(policy.entity) not in used:
            draft.entities.remove(policy.entity)
            for i, owner in enumerate(draft.cover):
                if owner is policy.entity:
                    draft.cover[i] = None
