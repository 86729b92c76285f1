"""Commands that take articles in: ingest, extract, retract; and what became of them: status, log."""

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app, settings, workspace
from kg.cli.output import Format, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Article, Extraction
    from kg.pipeline import Report
    from kg.sources import Details

Published = Annotated[str | None, typer.Option(help="When bare text was published, e.g. 2025-04-24.")]
Publisher = Annotated[str | None, typer.Option(help="Who published bare text.")]
Url = Annotated[str | None, typer.Option(help="The address of bare text.")]
Title = Annotated[str | None, typer.Option(help="The headline of bare text.")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Processes that read articles (default: one a processor).")]


SOME_FAILED = 3  # exit code: done, but some articles failed


def _details(published: str | None, publisher: str | None, url: str | None, title: str | None) -> "Details":
    from kg.sources import Details

    return Details(published=published, publisher=publisher, url=url, title=title)


@app.command(
    epilog="Examples: kg ingest articles/ · kg ingest news.jsonl --limit 9 · kg ingest note.txt --published 2025-04-24"
)
def ingest(
    source: Annotated[
        list[str], typer.Argument(help="A recipe's name, a file, a folder, a URL, or - for standard input.")
    ],
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    title: Title = None,
    jobs: Jobs = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Read at most so many articles of each source.")] = None,
    *,
    again: Annotated[
        bool, typer.Option("--again", help="Redo articles that an older version of the extractor read.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; keep nothing.")] = False,
) -> None:
    """Articles into the ledger, claims out of them, entities resolved, stores brought up to date."""
    from kg.cli.progress import progress

    details = _details(published, publisher, url, title)
    with progress(settings().voice) as notify:
        if dry_run:
            from kg.pipeline import preview

            report = preview(source, details=details, limit=limit, notify=notify)
        else:
            report = workspace(create=True).ingest(
                *source, details=details, jobs=jobs, limit=limit, again=again, notify=notify
            )
    _tell(report, dry_run=dry_run)


def _tell(report: "Report", *, dry_run: bool) -> None:
    from kg.pipeline import place

    say = settings().say
    for failure in report.failures:
        say(f"Not read: {place(failure.source, failure.line)}: {failure.reason}")
    if dry_run:
        say(f"{_count(report.new, 'article')} would be read; nothing was kept.")
    else:
        say(report.sentence())
    if report.failures or report.failed:
        raise typer.Exit(SOME_FAILED)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@app.command(
    epilog="Examples: kg extract article.txt --published 2025-04-24 · kg extract articles/ --jobs 2 > claims.jsonl · "
    "kg extract article.txt --html > article.html"
)
def extract(
    file: Annotated[list[str], typer.Argument(help="Files, folders, URLs, or - for standard input.")],
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    title: Title = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="Read at most so many articles of each source.")] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out claims and statements that are less sure.")
    ] = 0.0,
    *,
    html: Annotated[bool, typer.Option("--html", help="Show the articles with all that was found marked.")] = False,
) -> None:
    """Entities, claims and statements of articles as JSON Lines on standard output; keeps nothing."""
    from kg.extract.thresholds import above
    from kg.pipeline import extractions

    failures: list[str] = []

    def found() -> "Iterator[tuple[Article, Extraction]]":
        for item in extractions(file, details=_details(published, publisher, url, title), jobs=jobs, limit=limit):
            if isinstance(item, str):
                failures.append(item)
            else:
                yield item[0], above(item[1], min_confidence)

    _write(found(), html=html)
    for failure in failures:
        settings().say(f"Not extracted: {failure}")
    if failures:
        raise typer.Exit(SOME_FAILED)


def _write(found: "Iterator[tuple[Article, Extraction]]", *, html: bool) -> None:
    from kg.model import encode_extraction

    out = typer.get_binary_stream("stdout")
    if html:
        from kg.export.article_page import article_page

        out.write(article_page(found).encode())
        return
    for _, extraction in found:
        out.write(encode_extraction(extraction) + b"\n")


@app.command(epilog="Examples: kg status · kg status --format json")
def status(form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE) -> None:
    """How many articles, entities, claims and relations there are, what failed, and which stores are current."""
    found = workspace().status()
    write_rows(("what", "count", "note"), found.rows(), form)


@app.command(epilog="Example: kg log art-0123456789abcdef0123")
def log(
    article: Annotated[str, typer.Argument(help="An article's id, URL or source.")],
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
) -> None:
    """All that happened to one article."""
    events = workspace().log(article)
    write_rows(("when", "what", "detail"), [(event.at, event.event, event.detail) for event in events], form)


@app.command(epilog="Example: kg retract art-0123456789abcdef0123 --erase")
def retract(
    article: Annotated[str, typer.Argument(help="An article's id, URL or source.")],
    *,
    erase: Annotated[bool, typer.Option("--erase", help="Delete its text, too.")] = False,
) -> None:
    """Take back exactly what an article gave."""
    title = workspace().retract(article, erase=erase)
    settings().say(f"Retracted: {title}" + (" (its text is deleted)." if erase else "."))
