"""The way of the data, end to end: sources -> ledger -> claims -> entities -> stores.

Each step takes up what the one before has left in the ledger and can be stopped at any moment:
the next run goes on from there.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExtractionError
from kg.extract.parallel import Outcome, Refused, extract_many
from kg.extract.thresholds import SAID, above
from kg.model import Article, Extraction
from kg.model.ontology import ID_BASE
from kg.sources import Details, Failure, read
from kg.version import EXTRACTOR

if TYPE_CHECKING:
    from kg.ledger import Ledger

Notify = Callable[[str, int, int | None], None]
"""Called with the step's name, how many are done, and how many there are (None: not known)."""

_FEW = 16  # articles that are read sooner here than in processes of their own


def silent(_step: str, _done: int, _total: int | None) -> None:
    """Report nothing."""


@dataclass(slots=True)
class Report:
    """What an ingest did: numbers of articles, and the inputs that could not be read."""

    new: int = 0
    known: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)

    def sentence(self) -> str:
        """What a person wants to know at the end."""
        parts = [f"{self.done:,} extracted"]
        parts += [f"{self.known:,} already known"] if self.known else []
        parts += [f"{self.skipped:,} skipped"] if self.skipped else []
        parts += [f"{self.failed:,} failed (`kg status` says why)"] if self.failed else []
        parts += [f"{len(self.failures):,} inputs not read"] if self.failures else []
        total = self.new + self.known
        return f"{total:,} article{'' if total == 1 else 's'}: {', '.join(parts)}."


def extractions(
    sources: Iterable[str], *, details: Details, jobs: int, limit: int | None
) -> Iterator[tuple[Article, Extraction] | str]:
    """Every article of the sources with its extraction, in order; a sentence for each that could not be read."""
    unread: list[str] = []
    waiting: deque[Article] = deque()

    def articles() -> Iterator[Article]:
        for source in sources:
            for item in read(source, overrides=details, limit=limit):
                if isinstance(item, Article):
                    waiting.append(item)
                    yield item
                else:
                    unread.append(f"{place(item.source, item.line)}: {item.reason}")

    for outcome in extract_many(articles(), jobs):
        article = waiting.popleft()
        yield (article, outcome) if isinstance(outcome, Extraction) else f"{outcome.article}: {outcome.reason}"
    yield from unread


def place(source: str, line: int | None) -> str:
    """Where an input is, as people write it."""
    return f"{source}, line {line}" if line else source


def preview(sources: Iterable[str], *, details: Details, limit: int | None, notify: Notify) -> Report:
    """What an ingest of these sources would read; keeps nothing."""
    report, seen = Report(), set[str]()
    for source in sources:
        for item in read(source, overrides=details, limit=limit):
            if isinstance(item, Failure):
                report.failures.append(item)
            else:
                seen.add(item.id)
            notify("reading", len(seen), None)
    report.new = len(seen)
    return report


def read_into(
    ledger: "Ledger", sources: Iterable[str], run: int, *, details: Details, limit: int | None, notify: Notify
) -> Report:
    """Put the articles of all sources into the ledger; inputs that cannot be read are recorded and the rest goes on."""
    report = Report()
    for source in sources:
        for item in read(source, overrides=details, limit=limit):
            if isinstance(item, Failure):
                ledger.failure(item.source, item.line, item.reason, run)
                report.failures.append(item)
            elif ledger.put(item, run):
                report.new += 1
            else:
                report.known += 1
            notify("reading", report.new + report.known, None)
    return report


def import_rdf(ledger: "Ledger", file: Path, base: str | None, run: int) -> int:
    """Take the graph of an RDF file into an empty ledger; how many articles it has."""
    import pyoxigraph as ox  # noqa: PLC0415 - a native library that an ingest does not need

    from kg.resolve.imported import adopt  # noqa: PLC0415
    from kg.store.rdf_file import loaded  # noqa: PLC0415
    from kg.store.rdf_reading import Reading  # noqa: PLC0415

    with loaded(file) as folder:
        return adopt(ledger, Reading(ox.Store.read_only(str(folder)), base or ID_BASE), file.name, run)


def extract_pending(
    ledger: "Ledger", run: int, report: Report, *, jobs: int | None, again: bool, notify: Notify
) -> None:
    """Extract every article that is new; with `again` also those that failed, or that another extractor read."""
    total = ledger.count_pending(EXTRACTOR, again=again)
    articles = _readable(ledger, run, ledger.pending(EXTRACTOR, again=again), report)
    for outcome in extract_many(articles, _processes(jobs, total)):
        _record(ledger, run, outcome, report)
        notify("extracting", report.done + report.failed + report.skipped, total)


def _processes(jobs: int | None, articles: int) -> int:
    return 1 if articles <= _FEW else jobs or os.cpu_count() or 1


def _readable(ledger: "Ledger", run: int, articles: Iterable[Article], report: Report) -> Iterator[Article]:
    for article in articles:
        if article.metadata.language in {None, "en"}:
            yield article
        else:
            ledger.skip(article.id, f"Its language is {article.metadata.language!r}; English alone is read.", run)
            report.skipped += 1


def _record(ledger: "Ledger", run: int, outcome: Outcome, report: Report) -> None:
    if isinstance(outcome, Refused):
        ledger.fail(outcome.article, outcome.reason, run)
        report.failed += 1
        return
    try:
        ledger.record(above(outcome, 0.0, said=SAID), EXTRACTOR, run)
        report.done += 1
    except ExtractionError as error:
        # The ledger takes no quote that its article does not have; the other articles are none the worse for it.
        ledger.fail(outcome.article.id, str(error), run)
        report.failed += 1
