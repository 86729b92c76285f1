"""The command that serves a workspace."""

from typing import Annotated

import typer

from kg.cli.app import app, settings, workspace


@app.command(epilog="Examples: kg serve · kg serve --port 8000 --cors https://yasgui.org · kg serve --update")
def serve(
    host: Annotated[str, typer.Option(help="Where to listen; 0.0.0.0 is everywhere.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 7878,
    cors: Annotated[
        list[str] | None, typer.Option(help="A site whose pages may ask; * for all (default: this machine's).")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="What an answer may take.")] = 60,
    rows: Annotated[int, typer.Option(min=1, help="Rows that an answer may have.")] = 1_000_000,
    *,
    update: Annotated[
        bool, typer.Option("--update", help="Take SPARQL updates from those who have the token in serve.json.")
    ] = False,
) -> None:
    """A SPARQL endpoint, pages to look through, and JSON; follows what is ingested meanwhile. Ctrl-C ends it."""
    from kg.web import Options

    say = settings().say
    options = Options(host, port, update, tuple(cors or ()), seconds, rows)
    workspace().serve(
        options, lambda url: say(f"Serving {settings().workspace} at {url}/ (SPARQL: {url}/sparql). Ctrl-C ends it.")
    )
