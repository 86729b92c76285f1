"""Commands for a Neo4j server: load; and how a command gets into one."""

import os
import sys
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from kg.cli.app import app, settings, workspace
from kg.cli.output import Format, write_rows
from kg.errors import StoreDeniedError, UsageError

if TYPE_CHECKING:
    from kg.store.neo4j import Neo4jStore

_SHOWN = 50  # differences that a person is shown; the other formats have all

Url = Annotated[
    str,
    typer.Argument(
        metavar="URL", envvar="NEO4J_URI", help="neo4j://HOST, bolt://HOST:PORT; with TLS neo4j+s://HOST, as for Aura."
    ),
]
Database = Annotated[
    str | None,
    typer.Option(envvar="NEO4J_DATABASE", show_envvar=True, help="The database on it (default: the user's own)."),
]


def server(url: str, database: str | None = None) -> "Neo4jStore":
    """The server of an address, closed when the command ends.

    User and password are those of NEO4J_USERNAME and NEO4J_PASSWORD; without the latter it is tried without, for
    servers that ask for none, and then asked for.
    """
    from kg.store.neo4j import Neo4jStore

    if "@" in urlsplit(url).netloc:
        raise UsageError(
            "A password in an address ends up in logs and in the shell's history; leave user and password out of it, "
            "and set NEO4J_USERNAME and NEO4J_PASSWORD, or wait to be asked."
        )
    user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD")
    try:
        store = Neo4jStore(url, user=user, password=password, database=database)
    except StoreDeniedError:
        if password is not None:
            raise
        store = Neo4jStore(url, user=user, password=_asked(user, url), database=database)
    return settings().open_things.enter_context(store)


def _asked(user: str, url: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError(f"{url} asks for a password; set it in NEO4J_PASSWORD.")
    return str(typer.prompt(f"Password of {user} on {url}", hide_input=True, err=True))


@app.command(
    epilog="Examples: kg load neo4j://localhost · kg load neo4j+s://ID.databases.neo4j.io · kg load URL --check"
)
def load(
    url: Url,
    database: Database = None,
    form: Annotated[Format, typer.Option("--format", help="How to print what --check finds.")] = Format.TABLE,
    *,
    check: Annotated[bool, typer.Option("--check", help="Load nothing; name what differs from the ledger.")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Delete first what an earlier load wrote.")] = False,
) -> None:
    """Load the graph into a Neo4j server: all of it the first time, then what has changed.

    The password comes from NEO4J_PASSWORD or is asked for. A load that was cut off goes on where it was.
    """
    from kg.cli.progress import progress

    if check:
        _check(url, database, form)
        return
    own, store = workspace(), server(url, database)
    with progress(settings().voice) as notify:
        done = own.load(store, anew=anew, notify=notify)
    held = store.counts()
    settings().say(
        f"{'Loaded' if done.changes else 'Nothing was new'}: {url} has {held.articles:,} articles, "
        f"{held.entities:,} entities, {held.relations:,} relations, {held.claims:,} claims, {held.mentions:,} mentions."
    )


def _check(url: str, database: str | None, form: Format) -> None:
    own, store = workspace(), server(url, database)
    found = own.compare(store)
    if not found:
        settings().say(f"{url} holds what the ledger holds.")
        return
    shown = found[:_SHOWN] if form is Format.TABLE else found
    write_rows(("kind", "id", "difference"), [(one.kind, one.id, one.what) for one in shown], form)
    mend = f"kg load {url}" + (" --anew" if store.seq() == own.ledger.graph.last_seq() else "")
    settings().say(f"{len(found):,} differences, of which {len(shown):,} are shown; mend them with: {mend}")
    raise typer.Exit(1)
