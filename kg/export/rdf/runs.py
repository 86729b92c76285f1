"""Runs and their wall-clock times, which are no part of the graph: only on demand, in a graph of their own."""

from collections.abc import Iterable, Iterator

from kg.ledger import Ledger
from kg.ledger.results import Run
from kg.model.ontology import ID_BASE, NAMESPACE
from kg.store.rdf import PREFIXES, TYPE, Quad, extraction_iri, iri, literal

_GRAPH = f"<{NAMESPACE}graph/runs>"
_PROV, _TIME = PREFIXES["prov"], f"<{PREFIXES['xsd']}dateTime>"


def run_quads(ledger: Ledger) -> Iterator[Quad]:
    """Every run as a `prov:Activity`, and the runs in which each article was read."""
    for run in sorted(ledger.runs(), key=lambda run: run.n):
        yield from _run(run)
    yield from _readings(ledger.readings())


def _run(run: Run) -> Iterator[Quad]:
    subject = _iri(run.n)
    yield Quad(subject, TYPE, f"<{_PROV}Activity>", _GRAPH)
    yield Quad(subject, f"<{PREFIXES['rdfs']}label>", literal(f"kg {run.command}"), _GRAPH)
    yield Quad(subject, f"<{PREFIXES['schema']}softwareVersion>", literal(run.version), _GRAPH)
    yield Quad(subject, f"<{_PROV}startedAtTime>", f'"{run.started}"^^{_TIME}', _GRAPH)
    if run.ended is not None:
        yield Quad(subject, f"<{_PROV}endedAtTime>", f'"{run.ended}"^^{_TIME}', _GRAPH)
    if run.outcome is not None:
        yield Quad(subject, f"<{PREFIXES['dcterms']}description>", literal(run.outcome), _GRAPH)


def _readings(readings: Iterable[tuple[str, int, str]]) -> Iterator[Quad]:
    for article, run, at in readings:
        reading = extraction_iri(iri(article))
        yield Quad(reading, f"<{_PROV}wasInformedBy>", _iri(run), _GRAPH)
        yield Quad(reading, f"<{_PROV}endedAtTime>", f'"{at}"^^{_TIME}', _GRAPH)


def _iri(run: int) -> str:
    return f"<{ID_BASE}run-{run}>"
