"""Commands that keep a workspace: resolve, rebuild, stop, demo."""

from typing import Annotated

import typer

from kg.cli.app import app, settings, workspace


@app.command(epilog="Example: kg resolve")
def resolve() -> None:
    """Find which entities of different articles are the same, from scratch, and bring the stores up to date."""
    from kg.cli.progress import progress

    with progress(settings().voice) as notify:
        workspace().resolve(notify=notify)
    settings().say("Resolved.")


@app.command(epilog="Examples: kg rebuild sparql · kg rebuild cypher")
def rebuild(store: Annotated[str, typer.Argument(help="sparql or cypher.")]) -> None:
    """Make a store anew from the ledger."""
    from kg.cli.progress import progress

    with progress(settings().voice) as notify:
        workspace().rebuild(store, notify=notify)
    settings().say(f"Made anew: the {store} store.")


@app.command()
def stop() -> None:
    """End what runs for this workspace."""
    stopped = workspace().stop()
    settings().say("Stopped what ran for this workspace." if stopped else "Nothing was running for this workspace.")


@app.command()
def demo() -> None:
    """The sample articles to a graph, three questions, one proof, and what to try next."""
    from kg.cli.demo import play

    play(workspace(create=True), settings().voice)
