"""A graph in: import."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app, settings, workspace


@app.command(
    name="import", epilog="Examples: kg --workspace copy import graph.nq.gz · kg import companies.ttl --reference"
)
def import_(
    file: Annotated[Path, typer.Argument(help="RDF by its ending: .nq .trig .ttl .nt .rdf .jsonld, .gz or .zst.")],
    *,
    reference: Annotated[
        bool, typer.Option("--reference", help="Names and codes of others (RDF, FollowTheMoney JSON) for resolution.")
    ] = False,
    base: Annotated[str | None, typer.Option(help="The IRI that ids come after, if not the usual one.")] = None,
) -> None:
    """An exported graph into a new workspace, which is only read from then on; all that one can ask of it is equal.

    With --reference: names that go together, and codes, for the resolution of this workspace's own articles.
    """
    from kg.cli.progress import progress

    if reference:
        with progress(settings().voice) as notify:
            entries = workspace().import_reference(file, notify=notify)
        settings().say(f"Read: {entries:,} entities; what goes by their names was resolved anew.")
        return
    with progress(settings().voice) as notify:
        articles = workspace(create=True).import_graph(file, base=base, notify=notify)
    settings().say(f"Imported: the graph of {articles:,} article{'' if articles == 1 else 's'}.")
