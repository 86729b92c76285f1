"""A graph in: import."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app, settings, workspace


@app.command(name="import", epilog="Examples: kg --workspace copy import graph.nq.gz")
def import_(
    file: Annotated[Path, typer.Argument(help="RDF by its ending: .nq .trig .ttl .nt .rdf .jsonld, .gz or .zst.")],
    *,
    base: Annotated[str | None, typer.Option(help="The IRI that ids come after, if not the usual one.")] = None,
) -> None:
    """An exported graph into a new workspace, which is only read from then on; all that one can ask of it is equal."""
    from kg.cli.progress import progress

    with progress(settings().voice) as notify:
        articles = workspace(create=True).import_graph(file, base=base, notify=notify)
    settings().say(f"Imported: the graph of {articles:,} article{'' if articles == 1 else 's'}.")
