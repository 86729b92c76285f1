"""Commands that measure: eval."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app, settings
from kg.cli.output import Format, write_rows
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.eval import Measured

_EXAMPLES = "kg eval sample --errors · kg eval dwie dev.jsonl --json > new.json · kg eval --compare old.json new.json"


@app.command(name="eval", epilog=f"Examples: {_EXAMPLES}")
def evaluate(
    name: Annotated[str | None, typer.Argument(metavar="SET", help="sample, dwie, polnear, seed or companies.")] = None,
    file: Annotated[
        Path | None, typer.Argument(help="The gold of the set, which is not part of the program (but the sample's is).")
    ] = None,
    *,
    errors: Annotated[bool, typer.Option("--errors", help="List every error with its text.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole measurement as one JSON object.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write figures and errors as one HTML page.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Measure on at most so many articles.")] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Two files that --json wrote: what changed.")
    ] = None,
) -> None:
    """How right the extraction is on a set with gold facts, by type."""
    import msgspec

    from kg.eval import measure, page

    if compare is not None:
        _compare(*compare, errors=errors)
        return
    if name is None:
        raise UsageError("Name a set to measure with, or two measurements with --compare.")
    found = measure(name, file, limit)
    if html is not None:
        html.write_text(page(found), encoding="utf-8")
        settings().say(f"Written: {html}")
    if as_json:
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
    elif errors:
        _errors(found)
    else:
        _tables(found)


def _tables(found: "Measured") -> None:
    measures = ("P", "R", "F1")
    rows = [(name, *(_share(row.get(m)) for m in measures)) for name, row in found.figures.items()]
    write_rows((f"{found.articles} articles", *measures), rows, Format.TABLE)
    for section, tallies in found.tables.items():
        counts = [
            (name, t.found, t.extra, t.missing, _share(t.precision), _share(t.recall), _share(t.f1))
            for name, t in tallies.items()
        ]
        write_rows((section, "found", "extra", "missing", *measures), counts, Format.TABLE)
    sure = [(step, n, _share(mean), _share(right)) for step, n, mean, right in found.reliability()]
    if sure:
        write_rows(("confidence", "how many", "mean", "share right"), sure, Format.TABLE)
    if found.confusion:
        write_rows(("gold", "taken for", "times"), found.confusions(), Format.TABLE)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _errors(found: "Measured") -> None:
    from kg.export.marks import pieces

    for w in found.wrong:
        marked = "".join(f"[{label}: {text}]" if label else text for text, label in pieces(w.excerpt, w.marks))
        sys.stdout.write(f"{w.article}  {w.verdict}  {w.type}  {w.what}\n")
        if marked:
            sys.stdout.write(f"    {' '.join(marked.split())}\n")


def _compare(before: Path, after: Path, *, errors: bool) -> None:
    from kg.eval import changed_errors, differences, read_measured

    old, new = read_measured(before), read_measured(after)
    write_rows(("what", "measure", "before", "after", "change"), differences(old, new), Format.TABLE)
    if errors:
        for word, changed in zip(("new", "gone"), changed_errors(old, new), strict=True):
            rows = [(w.article, w.verdict, w.type, w.what) for w in changed]
            write_rows((f"{word} in", "verdict", "type", "what"), rows, Format.TABLE)
