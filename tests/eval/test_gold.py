"""What extractions are worth against gold facts, on two invented articles."""

from pathlib import Path

import pytest

from kg.cli import run
from kg.errors import SourceError
from kg.eval import Fact, GoldArticle, Report, Tally, evaluate, read_gold
from kg.eval.gold import GoldEntity, GoldRelation, GoldStatement, Miss
from kg.model import Article, Claim, Entity, Evidence, Extraction, Mention, Metadata, Span, Statement

WORDS = Evidence(start=0, end=4, text="Kerr", sentence=(0, 4))


def entity(own_id: str, type_: str, name: str, *written: str) -> Entity:
    mentions = tuple(Mention(start=0, end=len(w), text=w, kind="name") for w in written)
    return Entity(id=own_id, type=type_, name=name, mentions=mentions)


def claim(type_: str, subject: str, object_: str, status: str = "asserted", **more: object) -> Claim:
    own_id = f"{type_}-{subject}-{object_}"
    parts = {"id": own_id, "type": type_, "subject": subject, "object": object_, "status": status}
    return Claim(**parts, confidence=0.9, rule="test", evidence=WORDS, **more)  # type: ignore[arg-type]


def said(speaker: str, text: str) -> Statement:
    return Statement(
        id=f"sta-{text}", speaker=speaker, content_spans=(Span(start=0, end=4),), text=text, quoted=False, act="say",
        stance="affirm", confidence=0.9, rule="test", evidence=WORDS,
    )  # fmt: skip


TRADE = Extraction(
    article=Metadata(id="art-1"),
    entities=(
        entity("kerr", "Person", "Ana Kerr", "Kerr"),
        entity("velmora", "Country", "Norway"),
        entity("tariff", "Policy", "Norway tariffs on Ghana", "a 20 percent tariff"),
        entity("post", "Position", "Minister of Trade of Norway"),
    ),
    relations=(
        claim("MINISTER_OF", "kerr", "velmora"),
        claim("HOLDS_POSITION", "kerr", "post"),
        claim("CITIZEN_OF", "kerr", "velmora", inferred=True),
        claim("CHANGES_POLICY", "velmora", "tariff", "planned", qualifiers={"change": "cut"}),
    ),
    statements=(said("kerr", '"We will cut it in May," she said.'), said("kerr", "Nobody asked.")),
)
MARKET = Extraction(
    article=Metadata(id="art-2"),
    entities=(
        entity("maker", "Company", "Lorne Cells Ltd", "Lorne"),
        Entity(id="move", type="Event", name="Lorne Cells Ltd up 2%", attributes={"direction": "up"}),
    ),
    relations=(claim("MOVED", "maker", "move"),),
    statements=(),
)
GOLD = (
    GoldArticle(
        file="trade.txt",
        entities=(
            GoldEntity("Ana Kerr", "Person"),
            GoldEntity("Norway", "Country"),
            GoldEntity("Norwegian battery tariff", "Policy", ("tariff",)),
            GoldEntity("Trade Minister of Norway", "Position"),
        ),
        relations=(
            GoldRelation("Ana Kerr", "MINISTER_OF", "Norway", "asserted"),
            GoldRelation("Ana Kerr", "HOLDS_POSITION", "Trade Minister of Norway", "asserted"),
            GoldRelation("Norway", "CHANGES_POLICY", "Norwegian battery tariff", "planned", {"change": "raise"}),
        ),
        statements=(GoldStatement("We will cut it", "Ana Kerr"),),
    ),
    GoldArticle(
        file="market.txt",
        entities=(GoldEntity("Lorne Cells", "Company", ("Lorne",)),),
        relations=(GoldRelation("Lorne Cells", "MOVED", "marketMove", "asserted", {"direction": "up"}),),
        statements=(),
    ),
)


@pytest.fixture
def report() -> Report:
    articles = [Article(metadata=e.article, text="Kerr") for e in (TRADE, MARKET)]
    return evaluate(zip(articles, (TRADE, MARKET), strict=True), GOLD)


def test_each_type_is_tallied(report: Report) -> None:
    assert report.types == {
        "CHANGES_POLICY": Tally(0, 1, 1),
        "HOLDS_POSITION": Tally(1, 0, 0),
        "MINISTER_OF": Tally(1, 0, 0),
        "MOVED": Tally(1, 0, 0),
        "STATEMENT": Tally(1, 1, 0),
    }


def test_statements_are_not_counted_among_relations(report: Report) -> None:
    total = report.total()
    assert (total.found, total.extra, total.missing) == (3, 1, 1)
    assert (total.precision, total.recall, total.f1) == (0.75, 0.75, 0.75)


def test_what_is_wrong_is_listed_with_its_evidence(report: Report) -> None:
    tariff = "Norwegian battery tariff"
    assert report.errors == [
        Miss("trade.txt", "extra", Fact("CHANGES_POLICY", "Norway", tariff, "planned cut"), "Kerr"),
        Miss("trade.txt", "missing", Fact("CHANGES_POLICY", "Norway", tariff, "planned raise")),
        Miss("trade.txt", "extra", Fact("STATEMENT", "Ana Kerr", "nobody asked."), "Kerr"),
    ]


def test_nothing_found_is_worth_nothing() -> None:
    assert (Tally(0, 0, 2).precision, Tally(0, 0, 2).recall, Tally(0, 0, 2).f1) == (0.0, 0.0, 0.0)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"file": "a", "entities": [], "relations": [], "statements": []}\n{"file": 1}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"gold\.jsonl, line 2 is no gold article"):
        read_gold(path)


def test_the_sample_is_measured_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "nothing"]) == 2
    assert (
        "There is no set 'nothing' to measure with; there are: sample, dwie, polnear, seed, companies."
        in capsys.readouterr().err
    )
