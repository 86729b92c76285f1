"""From the draft to the output contract: ids, order, and a last check against the ontology."""

from collections import Counter
from collections.abc import Callable, Iterable

from kg.extract.draft import Draft, DraftClaim, DraftEntity, DraftMention, DraftStatement, Node, TheArticle
from kg.model import (
    Claim,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Span,
    Statement,
    claim_id,
    entity_id,
    normalise,
    statement_id,
)
from kg.model.ontology import allows


def assemble(draft: Draft) -> Extraction:
    """Give ids to everything in the order of the text, and drop claims that the ontology does not allow."""
    ids = _Ids(draft)
    claims = _claims(draft, ids)
    return Extraction(
        article=draft.article.metadata,
        entities=tuple(_entity(draft, entity, ids) for entity in ids.entities),
        relations=tuple(claims),
        statements=tuple(_statement(draft, statement, ids) for statement in ids.statements),
    )


class _Ids:
    """The id of every node of a draft, by object."""

    def __init__(self, draft: Draft) -> None:
        self._article = draft.article.id
        self.entities = sorted(_told(draft), key=_first)
        self.statements = sorted(draft.statements, key=lambda s: (s.content[0] if s.content else (0, 0), s.start))
        self._of: dict[int, str] = {}
        self._name(self.entities, lambda e: normalise(e.name), lambda e, n: entity_id(self._article, e.name, n))
        said = [_said(draft, statement) for statement in self.statements]
        counts: Counter[str] = Counter()
        for statement, text in zip(self.statements, said, strict=True):
            self._of[id(statement)] = statement_id(self._article, text, counts[normalise(text)])
            counts[normalise(text)] += 1

    def _name(
        self, nodes: list[DraftEntity], key: Callable[[DraftEntity], str], make: Callable[[DraftEntity, int], str]
    ) -> None:
        counts: Counter[str] = Counter()
        for node in nodes:
            self._of[id(node)] = make(node, counts[key(node)])
            counts[key(node)] += 1

    def __getitem__(self, node: Node) -> str:
        return self._article if isinstance(node, TheArticle) else self._of[id(node)]

    def optional(self, node: Node | None) -> str | None:
        return None if node is None else self[node]


def _told(draft: Draft) -> list[DraftEntity]:
    """All but the people without a name who neither speak, are spoken to, nor stand in a claim."""
    used = {id(end) for claim in draft.claims for end in (claim.subject, claim.object)}
    for s in draft.statements:
        used.update(id(e) for e in (s.speaker, s.addressed_to, *s.about, *s.reported_by))
    return [entity for entity in draft.entities if entity.type != "Group" or id(entity) in used]


def _first(entity: DraftEntity) -> tuple[int, int, str, str]:
    # Entities without a mention (a body implied by an office) come after those that are mentioned.
    lo, hi = min(((m.lo, -m.hi) for m in entity.mentions), default=(1 << 60, 0))
    return lo, hi, entity.type, entity.name


def _said(draft: Draft, statement: DraftStatement) -> str:
    return " ".join(draft.article.text[a:b] for a, b in statement.content)


def _entity(draft: Draft, entity: DraftEntity, ids: _Ids) -> Entity:
    text = draft.article.text
    spans: dict[tuple[int, int], DraftMention] = {}
    for mention in sorted(entity.mentions, key=lambda m: (m.lo, m.hi)):
        spans.setdefault((mention.lo, mention.hi), mention)
    return Entity(
        id=ids[entity],
        type=entity.type,
        name=entity.name,
        aliases=tuple(sorted(entity.aliases - {entity.name})),
        identifiers=dict(sorted(entity.identifiers.items())),
        attributes=dict(sorted(entity.attributes.items())),
        mentions=tuple(Mention(start=m.lo, end=m.hi, text=text[m.lo : m.hi], kind=m.kind) for m in spans.values()),
    )


def _evidence(draft: Draft, start: int, end: int) -> Evidence:
    if start >= end:
        return Evidence(start=0, end=0, text="", sentence=(0, 0))
    lo, hi = draft.parse.offsets(start, end)
    first, last = draft.parse.sentence_span(start), draft.parse.sentence_span(end - 1)
    return Evidence(start=lo, end=hi, text=draft.article.text[lo:hi], sentence=(first[0], last[1]))


def _statement(draft: Draft, statement: DraftStatement, ids: _Ids) -> Statement:
    return Statement(
        id=ids[statement],
        speaker=ids.optional(statement.speaker),
        speaker_span=_span(statement.speaker_span),
        cue_span=_span(statement.cue),
        content_spans=tuple(Span(start=a, end=b) for a, b in statement.content),
        text=_said(draft, statement),
        quoted=statement.quoted,
        act=statement.act,
        stance=statement.stance,
        about=tuple(dict.fromkeys(ids[entity] for entity in statement.about)),
        addressed_to=ids.optional(statement.addressed_to),
        reported_by=tuple(dict.fromkeys(ids[outlet] for outlet in statement.reported_by)),
        time=statement.time,
        confidence=round(statement.confidence, 3),
        rule=statement.rule,
        evidence=_evidence(draft, statement.start, statement.end),
    )


def _span(span: tuple[int, int] | None) -> Span | None:
    return None if span is None else Span(start=span[0], end=span[1])


def _type(node: Node) -> str:
    if isinstance(node, DraftEntity):
        return node.type
    return "Statement" if isinstance(node, DraftStatement) else "Article"


def _claims(draft: Draft, ids: _Ids) -> list[Claim]:
    kept = [c for c in draft.claims if c.subject is not c.object and allows(c.type, _type(c.subject), _type(c.object))]
    named = _named_claims(_in_order(kept, ids), ids)
    known = {id(claim): claim_id for claim, claim_id in named}
    return [_claim(draft, claim, claim_id, known, ids) for claim, claim_id in named if _stands(claim, known)]


def _stands(claim: DraftClaim, known: dict[int, str]) -> bool:
    # An inferred claim falls with any of its premises.
    return all(id(premise) in known and _stands(premise, known) for premise in claim.premises)


def _in_order(claims: Iterable[DraftClaim], ids: _Ids) -> list[DraftClaim]:
    return sorted(
        claims,
        key=lambda c: (
            c.inferred,
            c.start,
            c.end,
            c.type,
            ids[c.subject],
            ids[c.object],
            c.status,
            sorted(c.qualifiers.items()),
        ),
    )


def _named_claims(claims: Iterable[DraftClaim], ids: _Ids) -> list[tuple[DraftClaim, str]]:
    """Each claim with its id; a claim that two rules found at the same place is kept once, the surer one."""
    best: dict[tuple[object, ...], DraftClaim] = {}
    for claim in claims:
        key = (*_identity(claim, ids), claim.start, claim.end)
        if key not in best or claim.confidence > best[key].confidence:
            best[key] = claim
    counts: Counter[tuple[object, ...]] = Counter()
    named = []
    for claim in best.values():
        identity = _identity(claim, ids)
        named.append((claim, _claim_id(claim, counts[identity], ids)))
        counts[identity] += 1
    return named


def _identity(claim: DraftClaim, ids: _Ids) -> tuple[object, ...]:
    qualifiers = tuple(sorted(claim.qualifiers.items()))
    attributed = ids.optional(claim.attributed_to)
    return claim.type, ids[claim.subject], ids[claim.object], claim.status, qualifiers, attributed


def _claim_id(claim: DraftClaim, ordinal: int, ids: _Ids) -> str:
    return claim_id(
        ids[TheArticle()],
        claim.type,
        ids[claim.subject],
        ids[claim.object],
        claim.status,
        claim.qualifiers,
        ids.optional(claim.attributed_to),
        ordinal,
    )


def _claim(draft: Draft, claim: DraftClaim, own_id: str, known: dict[int, str], ids: _Ids) -> Claim:
    return Claim(
        id=own_id,
        type=claim.type,
        subject=ids[claim.subject],
        object=ids[claim.object],
        status=claim.status,
        qualifiers=dict(sorted(claim.qualifiers.items())),
        time=claim.time,
        valid_from=claim.valid_from,
        valid_to=claim.valid_to,
        confidence=round(claim.confidence, 3),
        rule=claim.rule,
        attributed_to=ids.optional(claim.attributed_to),
        inferred=claim.inferred,
        premises=tuple(sorted(known[id(premise)] for premise in claim.premises)),
        evidence=_evidence(draft, claim.start, claim.end),
    )
