"""A graph of records in lists, with the reading side of the ledger's graph: what stores and exports are made from."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.model.graph import (
    GraphArticle,
    GraphClaim,
    GraphEntity,
    GraphMention,
    GraphRelation,
    GraphStatement,
)
from kg.model.records import Time

GraphRecord = GraphArticle | GraphEntity | GraphRelation | GraphClaim


class Change(NamedTuple):
    seq: int
    kind: str
    id: str


_KINDS: dict[type, str] = {
    GraphArticle: "article",
    GraphEntity: "entity",
    GraphRelation: "relation",
    GraphClaim: "claim",
}


class ListedGraph:
    def __init__(self) -> None:
        self.records: dict[str, dict[str, GraphRecord]] = {kind: {} for kind in _KINDS.values()}
        self.mentioned: dict[tuple[str, str], GraphMention] = {}
        self.log: list[Change] = []

    def put(self, *records: GraphRecord | GraphMention) -> None:
        for record in records:
            if isinstance(record, GraphMention):
                self.mentioned[record.article, record.entity] = record
                self._change("mentions", record.article)
            else:
                self.records[_KINDS[type(record)]][record.id] = record
                self._change(_KINDS[type(record)], record.id)

    def drop(self, kind: str, id_: str) -> None:
        if kind == "mentions":
            self.mentioned = {key: mention for key, mention in self.mentioned.items() if key[0] != id_}
        else:
            del self.records[kind][id_]
        self._change(kind, id_)

    def _change(self, kind: str, id_: str) -> None:
        self.log.append(Change(len(self.log) + 1, kind, id_))

    def last_seq(self) -> int:
        return len(self.log)

    def changes(self, after: int, limit: int) -> list[Change]:
        return self.log[after : after + limit]

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[GraphArticle]:
        return (r for r in self._of("article", ids) if isinstance(r, GraphArticle))

    def entities(self, ids: Iterable[str] | None = None) -> Iterator[GraphEntity]:
        return (r for r in self._of("entity", ids) if isinstance(r, GraphEntity))

    def relations(self, ids: Iterable[str] | None = None) -> Iterator[GraphRelation]:
        return (r for r in self._of("relation", ids) if isinstance(r, GraphRelation))

    def claims(self, ids: Iterable[str] | None = None) -> Iterator[GraphClaim]:
        return (r for r in self._of("claim", ids) if isinstance(r, GraphClaim))

    def mentions(self, articles: Iterable[str] | None = None) -> Iterator[GraphMention]:
        wanted = None if articles is None else set(articles)
        return (m for (a, _), m in sorted(self.mentioned.items()) if wanted is None or a in wanted)

    def claims_in(self, articles: Iterable[str]) -> Iterator[GraphClaim]:
        wanted = set(articles)
        return iter(sorted((c for c in self.claims() if c.article in wanted), key=lambda c: (c.article, c.id)))

    def relations_of(self, entity: str) -> Iterator[GraphRelation]:
        return (r for r in self.relations() if entity in {r.subject, r.object})

    def _of(self, kind: str, ids: Iterable[str] | None) -> Iterator[GraphRecord]:
        records = self.records[kind]
        return (records[id_] for id_ in sorted(records if ids is None else set(ids) & set(records)))


def article(id_: str, **fields: object) -> GraphArticle:
    given = {"title": f"Title of {id_}", "published": "2025-04-24", "publisher": "Baltic Courier", **fields}
    return GraphArticle(id=id_, source=f"{id_}.txt", language="en", **given)  # type: ignore[arg-type]


def entity(id_: str, type_: str, name: str, **fields: object) -> GraphEntity:
    return GraphEntity(id=id_, type=type_, name=name, **fields)  # type: ignore[arg-type]


def claim(
    id_: str, relation: GraphRelation, article_id: str, quote: str = "supplies panels", **fields: object
) -> GraphClaim:
    given: dict[str, object] = {"confidence": 0.8, "rule": "verb.supply", **fields}
    return GraphClaim(
        id=id_,
        relation=relation.id,
        article=article_id,
        type=relation.type,
        subject=relation.subject,
        object=relation.object,
        status=relation.status,
        start=8,
        end=8 + len(quote),
        quote=quote,
        sentence=f"Heliant {quote} to Norvik “Shipping”.",
        sentence_start=0,
        sentence_end=40,
        **given,  # type: ignore[arg-type]
    )


def relation(id_: str, type_: str, ends: tuple[str, str], status: str = "asserted", **fields: object) -> GraphRelation:
    given = {"support": 1, "independent": 1, "confidence": 0.8, "first_seen": "2025-04-24", **fields}
    return GraphRelation(id=id_, type=type_, subject=ends[0], object=ends[1], status=status, **given)  # type: ignore[arg-type]


def story() -> ListedGraph:
    """Two articles about a company, a country, a minister, a levy and what was said about it."""
    graph = ListedGraph()
    graph.put(
        article("art-1", authors=("Lotte Visser", "Sam Achebe"), url="https://courier.example/1"),
        article("art-2", title=None, publisher=None),
        entity(
            "ent-heliant",
            "Company",
            "Heliant",
            aliases=("Heliant Inc.", 'the "sun" maker\n'),
            identifiers={"ticker": "HLT"},
            members=("ent-heliant2",),
            articles=2,
            first_seen="2025-04-24",
        ),
        entity("ent-ghana", "Country", "Ghana", identifiers={"iso3166": "GH"}),
        entity("ent-mensah", "Person", "Ada Mensah"),
        entity("ent-solheim", "Person", "Kari Solheim"),
        entity("ent-courier", "MediaOutlet", "Baltic Courier"),
        entity(
            "ent-levy",
            "Policy",
            "levy on cocoa",
            attributes={"policyKind": "tariff", "value": "12.5", "unit": "percent", "bound": "moreThan"},
        ),
        entity("sta-1", "Statement", "we will sign", statement=statement()),
        entity("sta-2", "Statement", "we will not", statement=statement(stance="deny", quoted=False)),
    )
    supplies = relation("rel-supplies", "SUPPLIES", ("ent-heliant", "ent-ghana"), support=2, independent=2)
    meets = relation("rel-meets", "MEETS", ("ent-mensah", "ent-solheim"), valid_from="2025-04")
    denied = relation("rel-denied", "MEETS", ("ent-mensah", "ent-solheim"), "denied", confidence=0.65)
    said = relation("rel-said", "SAID", ("ent-mensah", "sta-1"), confidence=1.0)
    said_2 = relation("rel-said2", "SAID", ("ent-solheim", "sta-2"))
    about = relation("rel-about", "ABOUT", ("sta-1", "ent-levy"))
    changes = relation(
        "rel-change", "CHANGES_POLICY", ("ent-ghana", "ent-levy"), "planned", qualifiers={"change": "cut"}
    )
    published = relation("rel-published", "PUBLISHED_BY", ("art-1", "ent-courier"))
    reported = relation("rel-reported", "REPORTED_BY", ("sta-1", "ent-courier"), qualifiers={"order": "1"})
    citizen = relation(
        "rel-citizen", "CITIZEN_OF", ("ent-mensah", "ent-ghana"), support=0, independent=0, inferred=True
    )
    graph.put(supplies, meets, denied, said, said_2, about, changes, published, reported, citizen)
    thursday = Time(
        text="on Thursday",
        edtf="2025-04-24",
        earliest="2025-04-24",
        latest="2025-04-24",
        anchor="2025-04-25",
        precision="day",
    )
    graph.put(
        claim("clm-1", supplies, "art-1", time=thursday),
        claim("clm-2", supplies, "art-2"),
        claim("clm-3", meets, "art-1", "met"),
        claim("clm-4", denied, "art-2", "never met", attributed_to="sta-2", confidence=0.65),
        claim("clm-5", said, "art-1", "said", confidence=1.0),
        claim("clm-6", said_2, "art-2", "said"),
        claim("clm-7", about, "art-1", "levy"),
        claim("clm-8", changes, "art-1", "will cut", qualifiers={"change": "cut", "value": "2", "unit": "percent"}),
        claim("clm-9", published, "art-1", ""),
        claim("clm-10", reported, "art-1", "told the Baltic Courier", qualifiers={"order": "1"}),
        claim("clm-11", citizen, "art-1", "Ghana's minister", inferred=True, premises=("clm-1", "clm-3")),
        claim("clm-12", supplies, "art-1", "also supplies"),
        GraphMention(article="art-1", entity="ent-heliant", count=3, start=0, end=7, quote="Heliant"),
        GraphMention(article="art-1", entity="ent-ghana", count=1, start=30, end=35, quote="Ghana"),
        GraphMention(article="art-2", entity="ent-heliant", count=1, start=0, end=7, quote="Heliant"),
    )
    return graph


def crowd(size: int) -> ListedGraph:
    """Many people who meet each other, each meeting with two claims; everyone supports one country."""
    graph = ListedGraph()
    graph.put(article("art-1"), article("art-2"), entity("ent-hub", "Country", "Ghana"))
    for n in range(size):
        graph.put(entity(f"ent-{n:05}", "Person", f"Person {n}"))
        meets = relation(f"rel-m{n:05}", "MEETS", (f"ent-{n // 2:05}", f"ent-{n:05}"))
        supports = relation(f"rel-s{n:05}", "SUPPORTS", (f"ent-{n:05}", "ent-hub"))
        graph.put(meets, supports, claim(f"clm-a{n:05}", meets, "art-1"), claim(f"clm-b{n:05}", supports, "art-2"))
        graph.put(GraphMention(article="art-1", entity=f"ent-{n:05}", count=1, start=n, end=n + 6, quote="Person"))
    return graph


def statement(**fields: object) -> GraphStatement:
    """What stands behind a statement: a pledge, quoted in the first article."""
    given: dict[str, object] = {"quoted": True, "act": "pledge", "stance": "affirm", **fields}
    return GraphStatement(
        article="art-2" if given["stance"] == "deny" else "art-1",
        text="we will sign",
        confidence=0.9,
        rule="quote.verb",
        start=5,
        end=17,
        quote="we will sign",
        sentence="“We will sign,” she said.",
        sentence_start=4,
        sentence_end=29,
        **given,  # type: ignore[arg-type]
    )
