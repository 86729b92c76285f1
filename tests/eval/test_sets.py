"""The measured sets on invented articles, and that their figures are those of the field's scorer."""

import importlib.util
import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

from kg.cli import run
from kg.eval import Tally, companies, dwie, own, polnear, seed
from kg.eval.measured import Measured
from kg.eval.rows import article_of, rows
from kg.extract import extract
from kg.model import encode_extraction

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "tools" / "score.py"

BRIEF = "Ghana's Trade Minister, Ana Kerr, met Ola Brandt in Oslo. “The levy is unfair,” Kerr said."
NAMES = ("Ghana", "Ana Kerr", "Ola Brandt", "Oslo", "Kerr said")
TYPES = (["gpe"], ["person"], ["person"], ["gpe"])


def gold_of_names(text: str) -> dict[str, object]:
    mentions = []
    for concept, name in enumerate(("Ghana", "Ana Kerr", "Ola Brandt", "Oslo")):
        begin = text.index(name)
        mentions.append({"begin": begin, "end": begin + len(name), "concept": concept})
    again = text.index("Kerr said")
    mentions.append({"begin": again, "end": again + 4, "concept": 1})
    return {
        "id": "brief", "text": text, "mentions": mentions,
        "entities": [{"id": n, "types": types, "name": NAMES[n]} for n, types in enumerate(TYPES)],
        "relations": [{"s": 1, "p": "minister_of", "o": 0}, {"s": 1, "p": "is_meeting", "o": 2}],
    }  # fmt: skip


def written(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(o) + "\n" for o in objects), encoding="utf-8")
    return path


def test_names_and_relations_of_an_article(tmp_path: Path) -> None:
    found = dwie.measure(written(tmp_path / "gold.jsonl", gold_of_names(BRIEF)))
    assert found.tables["mentions"] == {"LOC": Tally(2, 0, 0), "PER": Tally(3, 0, 0)}
    assert found.tables["relations of the gold"] == {"is_meeting": Tally(1, 0, 0), "minister_of": Tally(1, 0, 0)}
    assert found.figures["coreference, B3"] == {"P": 1.0, "R": 1.0, "F1": 1.0}


def test_a_name_of_another_class_is_confused_and_listed(tmp_path: Path) -> None:
    gold = gold_of_names(BRIEF)
    gold["entities"][2]["types"] = ["organization"]  # type: ignore[index]
    found = dwie.measure(written(tmp_path / "gold.jsonl", gold))
    assert found.confusion == {"ORG": {"PER": 1}}
    wrong = next(w for w in found.wrong if w.verdict == "confused")
    assert wrong.what == "Ola Brandt: ORG in the gold, PER found"
    assert [wrong.excerpt[m.start : m.end] for m in wrong.marks] == ["Ola Brandt"]


def test_who_said_what(tmp_path: Path) -> None:
    def span(words: str) -> list[dict[str, int]]:
        return [{"begin": BRIEF.index(words), "end": BRIEF.index(words) + len(words)}]

    said = {"source": span("Kerr said")[:1], "cue": span("said"), "content": span("The levy is unfair,")}
    said["source"][0]["end"] -= len(" said")
    missed = {"source": [], "cue": [], "content": span("met Ola Brandt in Oslo")}
    gold = {"id": "brief", "text": BRIEF, "attributions": [said, missed]}
    found = polnear.measure(written(tmp_path / "gold.jsonl", gold))
    assert found.figures["content and speaker"] == {"P": 1.0, "R": 0.5, "F1": 0.6667}
    assert [(w.verdict, w.type) for w in found.wrong] == [("missing", "statement")]


def test_an_annotated_article_is_read_by_the_mapping_of_its_predicates(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(BRIEF, encoding="utf-8")
    entities = {"GH": "Ghana", "KERR": "Ana Kerr", "BRANDT": "Ola Brandt"}
    mentions = [
        {"entity": key, "start": BRIEF.index(name), "end": BRIEF.index(name) + len(name)}
        for key, name in entities.items()
    ]
    relations = [
        {"id": "1", "pred": "affiliated_with", "subj": "KERR", "obj": "GH", "par": 1},
        {"id": "2", "pred": "statement", "subj": "KERR", "obj": "GH", "par": 1, "kw": ["unfair"]},
        {"id": "3", "pred": "hosts", "subj": "BRANDT", "obj": "GH", "par": 1},
        {"id": "4", "pred": "produced_with", "subj": "ARTICLE", "obj": None, "par": 1},
    ]
    gold = {
        "source": "article.txt", "mentions": mentions, "relations": relations,
        "entities": [{"id": key, "type": "thing", "name": name} for key, name in entities.items()],
    }  # fmt: skip
    found = seed.measure(written(tmp_path / "gold.json", gold))
    assert found.figures == {"expressible relations": {"R": 0.6667}}
    assert [w.what for w in found.wrong if w.verdict == "missing"] == ["Ola Brandt hosts Ghana"]
    assert "MEETS" in {w.type for w in found.wrong if w.verdict == "beyond"}


def test_pairs_of_companies_and_sentences_with_facts(tmp_path: Path) -> None:
    words = ["Norvik", "Holdings", "Ltd", "acquired", "Lorne", "Cells", "Inc.", "in", "March", "."]
    pair = {
        "id": "p1", "text": " ".join(words), "relation": "acquired_by", "invert_relation": 1, "context": words,
        "e1_start": 0, "e1_end": 2, "e2_start": 4, "e2_end": 6,
    }  # fmt: skip
    text = "Lorne Cells Inc. is headquartered in Bergen."
    facts = [{"property": "HEADQUARTERS", "s": [0, 16], "o": [37, 43]}, {"property": "CEO", "s": [0, 16], "o": [0, 5]}]
    fact = {"doc": "d", "start": 7, "text": text, "properties": ["HEADQUARTERS", "CEO"], "facts": facts}
    found = companies.measure(written(tmp_path / "gold.jsonl", pair, fact))
    assert found.tables["given"] == {"ACQUIRES": Tally(1, 0, 0), "BASED_IN": Tally(1, 0, 0)}
    assert found.tables["labels"]["acquired_by"] == Tally(1, 0, 0)
    assert found.tables["labels"]["CEO"] == Tally(0, 0, 1)
    assert [(w.article, w.verdict) for w in found.wrong] == [("d:7", "missing")]


def test_own_articles_are_read_beside_their_gold(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text(BRIEF, encoding="utf-8")
    entities = [{"name": n, "type": t} for n, t in (("Ana Kerr", "Person"), ("Ola Brandt", "Person"), ("The Post", "MediaOutlet"))]  # fmt: skip  # noqa: E501
    relations = [
        {"subject": "article", "type": "PUBLISHED_BY", "object": "The Post", "status": "asserted"},
        {"subject": "Ana Kerr", "type": "MEETS", "object": "Ola Brandt", "status": "denied"},
    ]
    gold = {
        "file": "brief.txt", "entities": entities, "relations": relations, "statements": [],
        "metadata": {"publisher": "The Post"},
    }  # fmt: skip
    found = own.measure(written(tmp_path / "gold.jsonl", gold))
    assert found.tables["relations"] == {"MEETS": Tally(0, 1, 1), "PUBLISHED_BY": Tally(1, 0, 0)}
    assert found.confusion == {"MEETS denied": {"MEETS asserted": 1}}


@pytest.mark.skipif(not SCORER.exists(), reason="the field's scorer is not beside this checkout")
@pytest.mark.parametrize(("name", "count"), [("dwie", 3), ("polnear", 2)])
def test_figures_are_those_of_the_scorer_to_the_digit(tmp_path: Path, name: str, count: int) -> None:
    module, gold_file = {"dwie": dwie, "polnear": polnear}[name], SHARED / "data" / name / "dev.jsonl"
    gold = rows(gold_file, module.Row, count)
    read = [extract(article_of(row.text, source=f"{row.id}.txt")) for row in gold]
    ours = module.score(zip(gold, read, strict=True)).figures
    with gold_file.open(encoding="utf-8") as lines:
        (tmp_path / "gold.jsonl").write_text("".join(islice(lines, count)), encoding="utf-8")
    (tmp_path / "given.jsonl").write_bytes(b"\n".join(encode_extraction(e) for e in read))
    theirs = getattr(scorer(), name)(tmp_path / "gold.jsonl", tmp_path / "given.jsonl")
    same = {
        "dwie": {"mentions, typed": "mention_typed", "mentions": "mention_span", "coreference, B3": "b3", "relations": "relations"},  # noqa: E501
        "polnear": {"content and speaker": "content_and_speaker", "content": "content", "content, by words": "content_tokens"},  # noqa: E501
    }[name]  # fmt: skip
    for key, other in same.items():
        assert ours[key] == {m: theirs[other][m] for m in ("P", "R", "F1")}


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_set_that_is_not_part_of_the_program_needs_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "dwie"]) == 2
    asked = "give its file (articles of DWIE with mentions, entities and relations, one JSON object a line)."
    assert f"The set dwie is not part of newskg: {asked}" in " ".join(capsys.readouterr().err.split())


def test_a_file_of_another_form_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "polnear", str(written(tmp_path / "odd.jsonl", {"id": "a"}))]) == 1
    assert "odd.jsonl, line 1 is no gold article" in " ".join(capsys.readouterr().err.split())


@pytest.fixture
def two_versions(tmp_path: Path) -> Callable[[], tuple[Path, Path]]:
    def made() -> tuple[Path, Path]:
        files = []
        for version, tally in (("1", Tally(1, 1, 0)), ("2", Tally(2, 0, 0))):
            found = Measured("sample", version, 2, {"relations": tally.figure()}, {"relations": {"MEETS": tally}})
            if tally.extra:
                found.err("a.txt", "extra", "MEETS", "Kerr MEETS Brandt")
            files.append(tmp_path / f"{version}.json")
            import msgspec  # noqa: PLC0415 - for this fixture alone

            files[-1].write_bytes(msgspec.json.encode(found))
        return files[0], files[1]

    return made


def test_two_versions_are_compared(
    two_versions: Callable[[], tuple[Path, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two_versions()
    assert run(["eval", "--compare", str(old), str(new), "--errors"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "relations: MEETS" in printed
    assert "+0.3333" in printed
    assert "gone in" in printed


def test_the_page_shows_errors_and_escapes_what_comes_from_texts(tmp_path: Path) -> None:
    text = BRIEF.replace("Oslo", "<script>alert(1)</script>")
    gold = gold_of_names(BRIEF) | {"text": text, "mentions": [], "relations": []}
    page = tmp_path / "page.html"
    assert run(["eval", "dwie", str(written(tmp_path / "gold.jsonl", gold)), "--html", str(page), "--json"]) == 0
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<mark>Ola Brandt<small>-</small></mark>" in html
