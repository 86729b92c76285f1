"""The command that checks: check."""

from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app, settings, workspace
from kg.cli.output import Format, write_rows

if TYPE_CHECKING:
    from kg.query.check import Breach, Place

_SHOWN = 5  # breaches of one rule
_LONG = 160  # characters of a quote
_BROKEN = 1  # exit code


@app.command(epilog="Examples: kg check · kg check graph.ttl · kg check graph.nq.zst --format jsonl")
def check(
    file: Annotated[
        Path | None, typer.Argument(help="An export in any syntax of RDF, packed or not; alone: the workspace.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print what is wrong.")] = Format.TABLE,
) -> None:
    """Whether the graph keeps the rules of the ontology (SHACL shapes, disjoint types); what does not, with its source.

    The exit code is 1 where a rule is broken.
    """
    from kg.query.check import check_file

    found = check_file(file) if file else workspace().check()
    if form is Format.TABLE:
        _tell(found)
    else:
        write_rows(_COLUMNS, [_row(breach) for breach in found], form)
    settings().say(_summary(found))
    if found:
        raise typer.Exit(_BROKEN)


_COLUMNS = ("rule", "id", "name", "value", "article", "title", "publisher", "published", "quote")


def _row(breach: "Breach") -> tuple[str | None, ...]:
    place = breach.place
    where = (place.article, place.title, place.publisher, place.published, place.quote) if place else (None,) * 5
    return (breach.rule, breach.id, breach.name, breach.value, *where)


def _summary(found: "list[Breach]") -> str:
    rules = len({breach.rule for breach in found})
    if not found:
        return "No rule is broken."
    return f"{_count(len(found), 'breach', 'breaches')} of {_count(rules, 'rule', 'rules')}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _tell(found: "list[Breach]") -> None:
    for rule, same in groupby(found, key=lambda breach: breach.rule):
        breaches = list(same)
        typer.echo(rule)
        for breach in breaches[:_SHOWN]:
            value = f": {breach.value}" if breach.value else ""
            typer.echo(f"  {breach.name}{value}  [{breach.id}]")
            if breach.place:
                typer.echo(f"    {_where(breach.place)}")
        if len(breaches) > _SHOWN:
            typer.echo(f"  … and {len(breaches) - _SHOWN:,} more; --format jsonl has them all.")
        typer.echo()


def _where(place: "Place") -> str:
    known = [place.publisher, place.published and place.published[:10], place.title]
    quote = f": «{shorten(place.quote, _LONG, placeholder=' …')}»" if place.quote else ""
    return f"{' · '.join(filter(None, known))} ({place.article}){quote}"
