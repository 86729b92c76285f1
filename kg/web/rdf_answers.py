"""What is answered in RDF, or as the results of SPARQL: queries, graphs, descriptions, and what an IRI stands for."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import IO, cast
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import NotFoundError, QueryError, WriteRefusedError
from kg.ledger import GraphReader
from kg.model.ontology import ID_BASE, NAMESPACE
from kg.paths import data_folder
from kg.store import rdf, sparql
from kg.store.oxigraph import Answer, Dataset, Snapshot
from kg.web.accept import choose, chosen
from kg.web.jobs import Description, Graph, Query, Resource, Term
from kg.web.worker import Reply

HTML = "text/html"
SEEN = 1000
"""Rows that a page shows of an answer."""

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
_PREFIXES = {prefix: base for prefix, base in rdf.PREFIXES.items() if prefix}
_VARY = ("vary", "Accept, Origin")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_OFFERED = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def query(job: Query, view: Snapshot, reply: Reply) -> None:
    """Evaluate a query and write its results as they come."""
    if sparql.is_update(job.text):
        raise QueryError("This is an update, not a query; send it as an update.")
    if sparql.federates(job.text) and not job.federated:
        raise WriteRefusedError("Queries that ask other endpoints (SERVICE) are refused here.")
    if choose(job.accept, [*_RESULTS, *TRIPLES, HTML]) == HTML:
        from kg.web import pages  # noqa: PLC0415 - programs need no templates

        pages.results(job, lambda: _evaluated(job, SEEN, view)[0], reply)
        return
    answer, bounded = _evaluated(job, job.most, view)
    try:
        _write(answer, job.accept, reply, [_VARY, ("kg-row-limit", str(job.most))] if bounded else [_VARY])
    except (ValueError, RuntimeError, OSError) as error:
        raise sparql.mistake(job.text, error) from error


def _evaluated(job: Query, most: int | None, view: Snapshot) -> tuple[Answer, bool]:
    """The answer, and whether it was given a limit of ours."""
    dataset = None if job.dataset is None else Dataset(*job.dataset)
    bounded = job.text if most is None else sparql.limited(job.text, most)
    if bounded != job.text:
        with suppress(QueryError):  # then what is wrong is told of the text as it was sent
            return view.evaluate(bounded, dataset, job.base), True
    return view.evaluate(job.text, dataset, job.base), False


def _write(answer: Answer, accept: str, reply: Reply, headers: list[tuple[str, str]]) -> None:
    if isinstance(answer, ox.QueryTriples):
        triples(answer, accept, reply, headers)
        return
    kind = chosen(accept, _RESULTS)
    reply.head(kind if not kind.startswith("text/") else f"{kind}; charset=utf-8", *headers)
    answer.serialize(cast("IO[bytes]", reply), _RESULTS[kind])


def triples(
    found: Iterable[ox.Triple], accept: str, reply: Reply, headers: Iterable[tuple[str, str]] = (_VARY,)
) -> None:
    """Write triples in the form that the client likes best."""
    kind = chosen(accept, TRIPLES)
    reply.head(kind if not kind.startswith("text/") else f"{kind}; charset=utf-8", *headers)
    ox.serialize(found, cast("IO[bytes]", reply), TRIPLES[kind], prefixes=_PREFIXES)


def graph(job: Graph, view: Snapshot, reply: Reply) -> None:
    """All triples of a graph (Graph Store Protocol)."""
    dataset = None if job.iri is None else Dataset((_iri(job.iri),))
    if dataset is not None and not view.evaluate("ASK { ?s ?p ?o }", dataset):
        raise NotFoundError(f"There is no graph {job.iri}.")
    text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    limit = "" if job.most is None else f" LIMIT {job.most}"
    answer = view.evaluate(text + limit, dataset)
    headers = [_VARY] if job.most is None else [_VARY, ("kg-row-limit", str(job.most))]
    _write(answer, job.accept, reply, headers)


def _iri(text: str) -> str:
    try:
        return ox.NamedNode(text).value
    except ValueError:
        raise QueryError(f"{text!r} is no IRI.") from None


def resource(job: Resource, view: Snapshot, graph_: GraphReader, reply: Reply) -> None:
    """A page or RDF about what an id stands for; the id of a member leads on to its entity."""
    if choose(job.accept, [HTML, *TRIPLES]) == HTML:
        from kg.web import pages  # noqa: PLC0415 - programs need no templates

        pages.resource(job.id, graph_, reply)
        return
    node = ox.NamedNode(rdf.iri(job.id)[1:-1])
    if lead := _redirect(view, node):
        reply.head("text/plain; charset=utf-8", ("location", f"/id/{lead.removeprefix(ID_BASE)}"), _VARY, status=303)
        return
    found = list(_about(view, node))
    if not found:
        raise NotFoundError(f"Nothing here has the id {unquote(job.id)!r}.")
    triples(found, job.accept, reply)


def term(job: Term, reply: Reply) -> None:
    """A page or RDF about a term of the ontology; raises `NotFoundError`."""
    if choose(job.accept, [HTML, *TRIPLES]) == HTML:
        from kg.web import pages  # noqa: PLC0415 - programs need no templates

        pages.term(job.name, reply)
        return
    found = [triple for triple in _ontology() if triple.subject == ox.NamedNode(_iri(f"{NAMESPACE}{job.name}"))]
    if not found:
        raise NotFoundError(f"The ontology has no term {job.name!r}.")
    triples(found, job.accept, reply)


@cache
def _ontology() -> list[ox.Triple]:
    path = data_folder("schemas") / "ontology.ttl"
    return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def _redirect(view: Snapshot, node: ox.NamedNode) -> str | None:
    rows = view.query(f"SELECT ?to {{ {node} {rdf.REDIRECT} ?to }}").rows
    return str(rows[0][0]) if rows else None


def _about(view: Snapshot, node: ox.NamedNode) -> Iterator[ox.Triple]:
    """An article's whole graph; else what is said of it, the relations it stands in, and where it is quoted."""
    dataset: Dataset | None = Dataset((node.value,))
    if view.evaluate("ASK { ?s ?p ?o }", dataset):
        text = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    else:
        dataset = None
        text = f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
          {{ BIND({node} AS ?s) ?s ?p ?o }}
          UNION {{ ?s rdf:subject {node} ; a kg:Relation ; ?p ?o }}
          UNION {{ ?s rdf:object {node} ; a kg:Relation ; ?p ?o }}
          UNION {{ {node} oa:hasSelector ?s . ?s ?p ?o }} }}"""
    seen: set[ox.Triple] = set()
    for triple in view.evaluate(text, dataset):  # type: ignore[union-attr]
        if triple not in seen:
            seen.add(triple)
            yield triple


def description(job: Description, reply: Reply) -> None:
    """The service description (SPARQL 1.1 Service Description)."""
    triples(_described(job), job.accept, reply)


def _described(job: Description) -> Iterator[ox.Triple]:
    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{_SD}{name}")

    type_ = ox.NamedNode(rdf.TYPE[1:-1])
    service, dataset = ox.NamedNode(job.endpoint), ox.NamedNode(f"{job.endpoint}#dataset")
    default = ox.NamedNode(f"{job.endpoint}#default")
    yield ox.Triple(service, type_, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), service)
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    if job.update:
        yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Update"))
    yield ox.Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for name in _OFFERED:
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(f"{_FORMATS}{name}"))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, type_, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, type_, sd("Graph"))
    named = ox.NamedNode(f"{job.endpoint}#entities")
    yield ox.Triple(dataset, sd("namedGraph"), named)
    yield ox.Triple(named, type_, sd("NamedGraph"))
    yield ox.Triple(named, sd("name"), ox.NamedNode(rdf.ENTITIES[1:-1]))
    yield ox.Triple(service, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso"), ox.NamedNode(NAMESPACE))
