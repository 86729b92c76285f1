"""RDF with what the record knows beyond the graph: its runs, and the licences of its sources."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import RecipeError, UsageError
from kg.export.rdf import Describing, Options, Source, run_quads
from kg.export.write import RDF, export
from kg.ledger import Ledger
from kg.model.ontology import ID_BASE
from kg.sources import load, names


def export_rdf(  # noqa: PLR0913 - the options of the command
    ledger: Ledger, form: str, target: Path | None, *, profile: str | None, base: str | None, runs: bool, describe: bool
) -> None:
    """Write the graph as RDF; raises `UsageError` where the form is none, or a description has no file to stand by."""
    if describe and (target is None or form not in RDF):
        raise UsageError("--describe stands beside a file of RDF; name one with -o.")
    describing = Describing()
    options = Options(
        base=base or ID_BASE,
        profile=profile or "claims",
        more=(lambda: run_quads(ledger)) if runs else tuple,
        watch=describing.count if describe else None,
    )
    export(ledger.graph, form, target, options)
    if describe and target is not None:
        describing.write(target, form, ledger.graph, _sources(ledger), options.base)


def _sources(ledger: Ledger) -> Iterator[Source]:
    """What the runs took articles from: recipes with their licence, files and folders by name."""
    given = {word for run in ledger.runs() if run.command.startswith("ingest ") for word in run.command.split()[1:]}
    known = set(names())
    for word in sorted(given):
        name = word.partition(":")[0]
        try:
            spec = load(name).spec if name in known or name.endswith((".yaml", ".yml")) else None
        except RecipeError:
            spec = None  # a recipe of one's own that is gone by now
        yield Source(word, None) if spec is None else Source(spec.title, spec.license)
