"""Commands for a local Neo4j: neo4j start, neo4j browser, neo4j stop."""

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app, settings, workspace
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.store.neo4j_server import Running

neo4j = typer.Typer(no_args_is_help=True, help="A local Neo4j with this workspace in it; its Browser opens styled.")
app.add_typer(neo4j, name="neo4j")


def _home() -> Path:
    return settings().workspace / "neo4j"


@neo4j.command(epilog="Examples: kg neo4j start · kg neo4j start --password")
def start(
    *,
    password: Annotated[
        bool, typer.Option("--password", help="Let it ask for a password, which is made and kept in the workspace.")
    ] = False,
) -> None:
    """Start a local Neo4j, load the workspace into it, and serve Browser its style and guide.

    It is an installed one, else Docker's, else one that Maven fetches. Again: brings it up to date.
    """
    from kg.cli.progress import progress
    from kg.store.neo4j import Neo4jStore
    from kg.web import neo4j_local

    own, say = workspace(), settings().say
    server = neo4j_local.start(_home(), own.ledger.graph, auth=password)
    user, word = server.credentials or ("neo4j", None)
    store = settings().open_things.enter_context(Neo4jStore(server.url, user=user, password=word))
    with progress(settings().voice) as notify:
        own.load(store, notify=notify)
    held = store.counts()
    nodes = held.articles + held.entities + held.claims
    say(
        f"Neo4j runs at {server.url} with {nodes:,} nodes, {held.relations:,} relations and {held.mentions:,} mentions."
    )
    say(
        f"It asks for user neo4j and the password in {_home() / 'password'}."
        if server.auth
        else "It asks for no password."
    )
    say("Look at it with: kg neo4j browser")


@neo4j.command(epilog="Examples: kg neo4j browser · kg neo4j browser --print")
def browser(
    *,
    print_: Annotated[bool, typer.Option("--print", help="Print its address, open nothing.")] = False,
) -> None:
    """Open Neo4j Browser, styled, with the guide and a first query: run that with Ctrl+Enter."""
    from kg.web import neo4j_local

    address = neo4j_local.link(_running())
    if print_:
        typer.echo(address)
    elif not webbrowser.open(address):
        raise StoreError(f"No web browser could be started; open this in one: {address}")


@neo4j.command()
def stop() -> None:
    """End it; its data stay."""
    from kg.web import neo4j_local

    stopped = neo4j_local.stop(_home())
    settings().say("Stopped Neo4j." if stopped else "No Neo4j was running for this workspace.")


def _running() -> "Running":
    from kg.store import neo4j_server

    server = neo4j_server.running(_home())
    if server is None:
        raise StoreError("No Neo4j runs for this workspace; start one with: kg neo4j start")
    return server
