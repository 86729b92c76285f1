"""Commands that answer: query, sparql, ask, search."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import load
from kg.cli.app import app, settings, workspace
from kg.cli.output import Format, write_rows
from kg.errors import SourceError, UsageError

if TYPE_CHECKING:
    from kg.ledger.search import Found

Form = Annotated[Format, typer.Option("--format", help="How to print the rows.")]
Parameters = Annotated[list[str] | None, typer.Option("--param", help="A parameter of the query: name=value.")]
Text = Annotated[str, typer.Argument(help="The query itself, a file that holds it, or - for standard input.")]
Write = Annotated[bool, typer.Option("--write", help="Allow the query to change the store (never the ledger).")]
Server = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Ask the Neo4j server that `kg load URL` has loaded, not the workspace's store."),
]


def _query_text(argument: str) -> str:
    """The text of a query given as text, a file or `-`; a name of one word with a suffix is taken for a file."""
    if argument == "-":
        return sys.stdin.read()
    one_word = not any(sign in argument for sign in " \n{(")
    if not one_word:
        return argument
    try:
        return Path(argument).read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{argument} is no query and cannot be read as a file: {error.strerror}.") from error


def parameters(pairs: list[str] | None) -> dict[str, str]:
    """name=value pairs as a mapping; raises `UsageError` for one without `=`."""
    found = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"{pair!r} is no parameter; write it as name=value.")
        found[name] = value
    return found


@app.command(epilog="Example: kg query 'MATCH (p:Person)-[r:HEAD_OF]->(o) RETURN p.name, o.name LIMIT 10'")
def query(
    text: Text, param: Parameters = None, form: Form = Format.TABLE, server: Server = None, *, write: Write = False
) -> None:
    """Rows that answer a Cypher query; read-only unless --write."""
    asked = load.server(server) if server else workspace()
    rows = asked.query(_query_text(text), parameters(param), write=write)
    write_rows(rows.columns, rows.rows, form)


@app.command(epilog="Example: kg sparql 'SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } LIMIT 10'")
def sparql(text: Text, param: Parameters = None, form: Form = Format.TABLE, *, write: Write = False) -> None:
    """Rows that answer a SPARQL query; the prefixes of the ontology are known; read-only unless --write."""
    rows = workspace().sparql(_query_text(text), parameters(param), write=write)
    write_rows(rows.columns, rows.rows, form)


@app.command(
    epilog="Examples: kg ask · kg ask who-holds-which-office · kg ask policies-targeting country=China --lang sparql"
)
def ask(
    name: Annotated[str | None, typer.Argument(help="A question's name; alone: the list of questions.")] = None,
    values: Annotated[list[str] | None, typer.Argument(metavar="[NAME=VALUE]…", help="Its parameters.")] = None,
    lang: Annotated[str | None, typer.Option(help="cypher, sparql or networkx (default: what is installed).")] = None,
    form: Form = Format.TABLE,
    server: Server = None,
) -> None:
    """A named question; without a name, what can be asked."""
    if name is None:
        from kg.query.questions import catalogue

        found = catalogue().values()
        write_rows(("question", "asks", "parameters"), [(q.name, q.title, ", ".join(q.usage)) for q in found], form)
        return
    given = parameters(values)
    if server:
        rows = workspace().ask_server(load.server(server), name, **given)
    else:
        rows = workspace().ask(name, lang=lang, **given)
    write_rows(rows.columns, rows.rows, form)
    _tell_defaults(name, values)


def _tell_defaults(name: str, values: list[str] | None) -> None:
    """Which parameters a question took from itself."""
    from kg.query.questions import catalogue

    given = parameters(values)
    taken = [usage for usage in catalogue()[name].usage if usage.partition("=")[0] not in given]
    if taken:
        settings().say(f"Asked with {' '.join(taken)}; other values go behind the question.")


@app.command(epilog='Example: kg search "trade talks" --limit 5')
def search(
    words: Annotated[list[str], typer.Argument(help="Words; those in quotes stand together.")],
    limit: Annotated[int, typer.Option(min=1, help="At most so many hits.")] = 20,
    form: Form = Format.TABLE,
) -> None:
    """Full text over sentences, names and titles."""
    hits = workspace().search(" ".join(words), limit=limit)
    rows = [(hit.kind, _told(hit), hit.published, hit.article or hit.id) for hit in hits]
    write_rows(("kind", "found", "date", "id"), rows, form)


def _told(hit: "Found") -> str:
    """The passage, or an entity's name with what it is."""
    return f"{hit.name} ({hit.snippet})" if hit.kind == "entity" else hit.snippet
