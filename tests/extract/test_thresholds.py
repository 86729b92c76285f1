"""What is left where only the surer claims are wanted."""

from pathlib import Path

import pytest

from kg.cli import run
from kg.extract.thresholds import above
from kg.model import Claim, Evidence, Extraction, Metadata, Span, Statement, decode_extraction

WORDS = Evidence(start=0, end=4, text="Kerr", sentence=(0, 4))


def claim(id_: str, confidence: float, **more: object) -> Claim:
    plain = {"id": id_, "type": "MEETS", "subject": "a", "object": "b", "status": "asserted", "rule": "r"}
    return Claim(**plain, confidence=confidence, evidence=WORDS, **more)  # type: ignore[arg-type]


def said(id_: str, confidence: float) -> Statement:
    return Statement(
        id=id_, content_spans=(Span(start=0, end=4),), text="Kerr", quoted=False, act="say", stance="affirm",
        confidence=confidence, rule="r", evidence=WORDS,
    )  # fmt: skip


def test_what_is_less_sure_goes_and_what_stands_on_it() -> None:
    claims = (
        claim("sure", 0.9),
        claim("unsure", 0.4),
        claim("of-unsure", 0.9, inferred=True, premises=("unsure",)),
        claim("of-that", 0.9, inferred=True, premises=("of-unsure",)),
        claim("in-lost-words", 0.9, attributed_to="lost"),
        claim("in-kept-words", 0.5, attributed_to="kept"),
    )
    found = Extraction(
        article=Metadata(id="art-1"), entities=(), relations=claims, statements=(said("kept", 0.8), said("lost", 0.3))
    )
    left = above(found, 0.5)
    assert [c.id for c in left.relations] == ["sure", "in-kept-words"]
    assert [s.id for s in left.statements] == ["kept"]
    assert above(found, 0.0) == found
    surely_said = above(found, 0.0, said=0.5)
    assert [s.id for s in surely_said.statements] == ["kept"]
    assert [c.id for c in surely_said.relations] == ["sure", "unsure", "of-unsure", "of-that", "in-kept-words"]


def test_the_command_line_takes_the_threshold(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "brief.txt").write_text("Ana Kerr met Ola Brandt in Oslo on Monday.", encoding="utf-8")
    assert run(["extract", str(tmp_path / "brief.txt"), "--min-confidence", "0.99"]) == 0
    assert decode_extraction(capfdbinary.readouterr().out.strip()).relations == ()
    assert run(["extract", str(tmp_path / "brief.txt"), "--html"]) == 0
    assert b"<td>MEETS</td>" in capfdbinary.readouterr().out
