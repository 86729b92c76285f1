"""The graph out: export."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app, settings, workspace


@app.command(
    epilog="Examples: kg export turtle > graph.ttl · kg export nquads -o graph.nq.gz --describe · "
    "kg export jsonld --profile plain -o plain.jsonld · kg export csv -o tables/"
)
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="RDF: turtle, trig, ntriples, nquads, canonical (sorted N-Quads), rdfxml, jsonld, jsonld-framed. "
            "Others: jsonl, graphml, gexf, cytoscape, ftm, events; csv, parquet (folders).",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file (or a folder, for tables); .gz and .zst are packed."),
    ] = None,
    *,
    profile: Annotated[
        str | None,
        typer.Option(help="RDF: claims (the default), rdf12 (claims as reifiers), or plain (no claims, no graphs)."),
    ] = None,
    base: Annotated[str | None, typer.Option(help="RDF: the IRI that ids come after.")] = None,
    runs: Annotated[bool, typer.Option("--runs", help="RDF: also the runs, with their wall-clock times.")] = False,
    describe: Annotated[
        bool, typer.Option("--describe", help="RDF: also FILE.void.ttl: counts, licences, date and checksum.")
    ] = False,
) -> None:
    """The whole graph in another form, in a stable order."""
    workspace().export(form, output, profile=profile, base=base, runs=runs, describe=describe)
    if output:
        settings().say(f"Written: {output}")
