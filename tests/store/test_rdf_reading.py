"""Property graph -> RDF -> property graph loses nothing."""

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model.graph import (
    GraphArticle,
    GraphClaim,
    GraphEntity,
    GraphMention,
    GraphRecord,
    GraphRelation,
    GraphStatement,
)
from kg.model.ontology import ENTITY_TYPES, IDENTIFIERS, QUALIFIERS, RELATIONS, STATUSES
from kg.model.records import Time
from kg.store import rdf
from kg.store.base import GraphReader
from kg.store.rdf import Quad
from kg.store.rdf_file import as_claims
from kg.store.rdf_reading import Reading
from tests.listed_graph import article, claim, entity, relation, story

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["null", "true", "12.50", "007", "-0", "nan", "1e3", "٣", "東京", "2025-02-30", "“a”\r\n\\"]
)
IDS = st.text("abc019-é /<>%", min_size=1, max_size=6).map(lambda text: f"ent-{text}")
OTHERS = st.lists(IDS, max_size=3).map(tuple)
DAYS = st.sampled_from(["2025-04-24", "2025-04", "2025", "2025-04-24T10:00:00Z", "2025-04-24T10:00", "0000", "soon"])
NUMBERS = st.integers(0, 10**6)
SHARES = st.integers(0, 1000).map(lambda n: n / 1000)
PLACES = {"start": NUMBERS, "end": NUMBERS, "quote": TEXTS, "sentence": TEXTS}
PLACES |= {"sentence_start": NUMBERS, "sentence_end": NUMBERS}
TIMES = st.none() | st.builds(
    Time,
    text=TEXTS,
    edtf=st.none() | TEXTS,
    earliest=st.none() | DAYS,
    latest=st.none() | DAYS,
    anchor=st.none() | TEXTS,
    precision=st.none() | TEXTS,
)
MAYBE, NAMES = st.none() | TEXTS, st.lists(TEXTS, max_size=3).map(tuple)
SINCE = {"valid_from": st.none() | DAYS, "valid_to": st.none() | DAYS, "qualifiers": st.dictionaries(
    st.sampled_from([*QUALIFIERS, "mood"]), TEXTS, max_size=3
)}  # fmt: skip
STATEMENTS = st.builds(
    GraphStatement,
    article=IDS,
    text=TEXTS,
    act=TEXTS,
    stance=TEXTS,
    time=TIMES,
    confidence=SHARES,
    rule=TEXTS,
    **PLACES,
)
ENDS = {"type": st.sampled_from(sorted(RELATIONS)), "subject": IDS, "object": IDS, "status": st.sampled_from(STATUSES)}


@st.composite
def entities(draw: st.DrawFn) -> GraphEntity:
    type_ = draw(st.sampled_from(sorted({*ENTITY_TYPES} - {"Article"})))
    # A statement's attributes are the fields of its `statement`.
    own = ["name", "ticker", "mood", "meets"] + ([*ENTITY_TYPES[type_].attributes] if type_ != "Statement" else [])
    return GraphEntity(
        id=draw(IDS),
        type=type_,
        name=draw(TEXTS),
        aliases=draw(NAMES),
        identifiers=draw(st.dictionaries(st.sampled_from([*IDENTIFIERS, "lei", "unit"]), TEXTS, max_size=2)),
        attributes=draw(st.dictionaries(st.sampled_from(own), TEXTS, max_size=3)),
        members=draw(OTHERS),
        articles=draw(NUMBERS),
        first_seen=draw(st.none() | DAYS),
        last_seen=draw(st.none() | DAYS),
        statement=draw(STATEMENTS) if type_ == "Statement" else None,
    )


ARTICLES = st.builds(
    GraphArticle,
    id=IDS,
    source=MAYBE,
    url=MAYBE,
    title=MAYBE,
    publisher=MAYBE,
    authors=NAMES,
    published=st.none() | DAYS,
    modified=MAYBE,
    language=MAYBE,
    extractor=MAYBE,
)
RELATED = st.builds(
    GraphRelation,
    id=IDS,
    support=NUMBERS,
    independent=NUMBERS,
    confidence=SHARES,
    first_seen=st.none() | DAYS,
    last_seen=st.none() | DAYS,
    **ENDS,
    **SINCE,
)
CLAIMS = st.builds(
    GraphClaim,
    id=IDS,
    relation=IDS,
    article=IDS,
    time=TIMES,
    confidence=SHARES,
    rule=TEXTS,
    attributed_to=st.none() | IDS,
    premises=OTHERS,
    **ENDS,
    **SINCE,
    **PLACES,
)
MENTIONS = st.builds(GraphMention, article=IDS, entity=IDS, count=NUMBERS, start=NUMBERS, end=NUMBERS, quote=TEXTS)


def read_quads(quads: Iterable[ox.Quad]) -> Reading:
    store = ox.Store()
    store.bulk_extend(as_claims(quads))
    return Reading(store)


def reread(quads: Iterable[Quad]) -> Reading:
    text = "\n".join(quad.line for quad in quads)
    return read_quads(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS, lenient=True))


def records(graph: GraphReader | Reading) -> dict[str, list[GraphRecord]]:
    kinds: dict[str, Iterable[GraphRecord]] = {
        "articles": graph.articles(),
        "entities": graph.entities(),
        "relations": graph.relations(),
        "claims": graph.claims(),
        "mentions": graph.mentions(),
    }
    return {name: sorted(found, key=repr) for name, found in kinds.items()}


def test_a_whole_graph_comes_back_as_it_was() -> None:
    assert records(reread(rdf.every_quad(story()))) == records(story())


@settings(max_examples=150, deadline=None)
@given(ARTICLES)
@example(article("art-1", title="null", authors=("Sam Achebe", "Lotte Visser", "Sam Achebe"), extractor="1"))
def test_an_article_comes_back(given_: GraphArticle) -> None:
    assert [*reread(rdf.article_quads(given_)).articles()] == [given_]


@settings(max_examples=200, deadline=None)
@given(entities())
@example(entity("ent-1", "Policy", "levy", attributes={"value": "12.50", "unit": "percent"}))
@example(entity("ent-1", "Company", "Heliant", identifiers={"lei": "X"}, aliases=("b", "a")))
def test_an_entity_comes_back(given_: GraphEntity) -> None:
    assert [*reread(rdf.entity_quads(given_)).entities()] == [given_]


@settings(max_examples=150, deadline=None)
@given(RELATED)
def test_a_relation_comes_back(given_: GraphRelation) -> None:
    assert [*reread(rdf.relation_quads(given_)).relations()] == [given_]


@settings(max_examples=200, deadline=None)
@given(CLAIMS)
@example(claim("clm-1", relation("rel-1", "OWNS", ("ent-a", "ent-b")), "art-1", premises=("clm-3", "clm-2")))
def test_a_claim_comes_back(given_: GraphClaim) -> None:
    assert [*reread(rdf.claim_quads(given_)).claims()] == [given_]


@settings(max_examples=100, deadline=None)
@given(MENTIONS)
def test_a_mention_comes_back(given_: GraphMention) -> None:
    assert [*reread(rdf.mention_quads(given_)).mentions()] == [given_]


def test_what_is_not_whole_is_named() -> None:
    quads = [q for q in rdf.every_quad(story()) if not q.predicate.endswith("/confidence>")]
    with pytest.raises(SourceError, match=r"rel-\w+ is no whole relation: .*confidence"):
        [*reread(quads).relations()]


def test_another_base_is_asked_for() -> None:
    quads = rdf.article_quads(article("art-1"))
    text = "\n".join(quad.line for quad in quads).replace("w3id.org/newskg/id", "graph.example")
    with pytest.raises(SourceError, match="--base"):
        [*read_quads(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)).articles()]
