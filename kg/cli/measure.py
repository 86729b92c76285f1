"""Commands that measure: eval."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.output import Format, write_rows
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.eval import Report

_SETS = ("sample",)


@app.command(name="eval", epilog="Examples: kg eval sample · kg eval sample --errors · kg eval sample --json")
def evaluate(
    name: Annotated[str, typer.Argument(metavar="SET", help="sample")],
    *,
    errors: Annotated[bool, typer.Option("--errors", help="List every fact that is extra or missing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole report as one JSON object.")] = False,
) -> None:
    """How right the extraction is on a set with gold facts, by relation type."""
    if name not in _SETS:
        raise UsageError(f"There is no set {name!r} to measure with; there is: {', '.join(_SETS)}.")
    import msgspec

    report = _sample()
    if as_json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    elif errors:
        wrong = [(m.file, m.verdict, m.fact.type, m.fact.subject, m.fact.object, m.fact.detail) for m in report.errors]
        write_rows(("article", "verdict", "type", "subject", "object", "detail"), wrong, Format.TABLE)
    else:
        tallies = [*report.types.items(), ("all relations", report.total())]
        rows = [
            (k, t.found, t.extra, t.missing, _share(t.precision), _share(t.recall), _share(t.f1)) for k, t in tallies
        ]
        write_rows(("type", "found", "extra", "missing", "precision", "recall", "F1"), rows, Format.TABLE)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _sample() -> "Report":
    """The articles of `ingest/sample`, extracted now, against its gold."""
    from kg.eval import evaluate as score
    from kg.eval import read_gold
    from kg.extract import extract
    from kg.model import Article
    from kg.paths import data_folder
    from kg.sources import read

    articles = [article for article in read("sample") if isinstance(article, Article)]
    gold = read_gold(data_folder("ingest") / "sample" / "expected.jsonl")
    return score(((article, extract(article)) for article in articles), gold)
