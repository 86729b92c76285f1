"""Own articles with full gold: those of `ingest/sample`, or any gold file of that form with its texts beside it."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from kg.eval.gold import GoldArticle, GoldEntity, Miss, Report, evaluate, judged, read_gold
from kg.eval.measured import NOWHERE, Excerpt, Measured, excerpt
from kg.eval.rows import article_of, text_of
from kg.extract import extract
from kg.model import Article, Extraction
from kg.paths import data_folder
from kg.sources import read
from kg.version import EXTRACTOR


def measure(path: Path | None = None, limit: int | None = None) -> Measured:
    """Extract own articles and compare them with their gold; without a file those of the sample."""
    gold, articles = articles_of(path, limit)
    return score(gold, [(article, extract(article)) for article in articles])


def articles_of(path: Path | None = None, limit: int | None = None) -> tuple[list[GoldArticle], list[Article]]:
    """The gold articles of a file (of the sample, without one), and the articles that they are of."""
    if path is None:
        gold = read_gold(data_folder("ingest") / "sample" / "expected.jsonl")[:limit]
        sample = (article for article in read("sample") if isinstance(article, Article))
        return gold, list(islice(sample, limit))
    gold = read_gold(path)[:limit]
    return gold, [article_of(text_of(path.parent / g.file), **g.metadata) for g in gold]


def score(gold: Sequence[GoldArticle], pairs: Sequence[tuple[Article, Extraction]]) -> Measured:
    """Compare extractions with their gold articles, in the same order."""
    report = evaluate(pairs, gold)
    found = Measured("sample", EXTRACTOR, len(gold))
    found.tables = {
        "relations": {name: t for name, t in report.types.items() if name != "STATEMENT"},
        "statements": {name: t for name, t in report.types.items() if name == "STATEMENT"},
    }
    found.figures = {"relations": report.total().figure()}
    if statements := report.types.get("STATEMENT"):
        found.figures["statements"] = statements.figure()
    texts = {g.file: (article.text, g) for (article, _), g in zip(pairs, gold, strict=True)}
    for miss in report.errors:
        found.err(miss.file, miss.verdict, miss.fact.type, _words(miss), _shown(miss, *texts[miss.file]))
    _confusion(found, report)
    listed = {r.type for g in gold for r in g.relations}
    for (article, extraction), expected in zip(pairs, gold, strict=True):
        for claim, right in judged(article, extraction, expected):
            if claim.type in listed:
                found.judge(claim.type, claim.rule, claim.confidence, right=right)
    return found.sorted()


def _words(miss: Miss) -> str:
    fact = miss.fact
    return f"{fact.subject} {fact.type} {fact.object}" + (f" ({fact.detail})" if fact.detail else "")


def _shown(miss: Miss, text: str, gold: GoldArticle) -> Excerpt:
    """The evidence of what is extra; of what is missing, where the forms of both ends stand closest."""
    if miss.quote and (at := text.find(miss.quote)) >= 0:
        return excerpt(text, [(at, at + len(miss.quote), "evidence")])
    known = {e.name: e for e in gold.entities}
    ends = [_places(text, known.get(name, GoldEntity(name, ""))) for name in (miss.fact.subject, miss.fact.object)]
    pairs = [(abs(a[0] - b[0]), a, b) for a in ends[0] for b in ends[1]]
    if not pairs:
        single = [place for end in ends for place in end[:1]]
        return excerpt(text, [(*place, "end") for place in single]) if single else NOWHERE
    _, a, b = min(pairs)
    return excerpt(text, [(*a, "subject"), (*b, "object")])


def _places(text: str, entity: GoldEntity) -> list[tuple[int, int]]:
    """Where a form of an entity stands in a text."""
    found = []
    for form in dict.fromkeys((entity.name, *entity.aliases)):
        at = text.find(form)
        while at >= 0:
            found.append((at, at + len(form)))
            at = text.find(form, at + 1)
    return found


def _confusion(found: Measured, report: Report) -> None:
    """The same two ends under another type or status: what one was taken for."""
    missing = [m for m in report.errors if m.verdict == "missing"]
    for extra in (m for m in report.errors if m.verdict == "extra"):
        for other in missing:
            same = (extra.file, {extra.fact.subject, extra.fact.object}) == (
                other.file,
                {other.fact.subject, other.fact.object},
            )
            if same and extra.fact.type != "STATEMENT":
                ends = [f"{m.fact.type} {m.fact.detail}".strip() for m in (other, extra)]
                found.confuse(ends[0], ends[1])
