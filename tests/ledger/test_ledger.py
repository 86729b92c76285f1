"""What the record keeps, and what it says when it cannot."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ExtractionError, LedgerError, NotFoundError, UsageError
from kg.ledger import Ledger
from kg.ledger.database import Database
from kg.ledger.schema import MIGRATIONS, migrate, version_of
from kg.model import Article, Extraction
from kg.resolve import resolve
from tests.ledger.build import ARTICLE, article, claim, day, entity, extraction, statement

TALKS = article(
    "Ada Mensah, finance minister of Ghana, met Kari Solheim in Oslo. “No deal was signed,” Mensah told the Baltic "
    "Courier on Thursday.",
    published="2025-04-24",
    publisher="Baltic Courier",
    title="Talks in Oslo end",
    url="https://baltic.example/talks",
)


def talks() -> Extraction:
    return extraction(
        TALKS,
        entities=[
            entity("Person", "Ada Mensah", "Mensah"),
            entity("Country", "Ghana", iso="GH"),
            entity("Person", "Kari Solheim"),
            entity("MediaOutlet", "Baltic Courier"),
        ],
        claims=[
            claim("MEETS", "Ada Mensah", "Kari Solheim", "met Kari Solheim", time=day("2025-04-24", "Thursday")),
            claim("PUBLISHED_BY", ARTICLE, "Baltic Courier", "", confidence=1.0),
        ],
        statements=[
            statement(
                "No deal was signed",
                "Ada Mensah",
                quoted=True,
                act="deny",
                stance="deny",
                about=["Ghana"],
                addressed_to="Kari Solheim",
                reported_by=["Baltic Courier"],
            )
        ],
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


def _take(ledger: Ledger, of: Article, given: Extraction, extractor: str = "1") -> None:
    ledger.put(of)
    ledger.record(given, extractor)
    resolve(ledger)


def test_an_article_is_taken_in_once(ledger: Ledger) -> None:
    assert [ledger.put(TALKS), ledger.put(TALKS)] == [True, False]
    assert ledger.article(TALKS.id) == TALKS
    assert list(ledger.pending("1")) == [TALKS]


def test_an_extraction_comes_back_as_it_was_recorded(ledger: Ledger) -> None:
    ledger.put(TALKS)
    ledger.record(talks(), "1")
    assert ledger.extraction(TALKS.id) == talks()
    assert list(ledger.pending("1")) == []
    assert [a.id for a in ledger.pending("2", again=True)] == [TALKS.id]


def test_the_text_keeps_every_code_point(ledger: Ledger) -> None:
    odd = article("a\x00b\r\n\ud800 é 𝄞 \u2028")
    ledger.put(odd)
    assert ledger.article(odd.id) == odd


def test_what_a_statement_says_of_itself_becomes_claims_on_its_evidence(ledger: Ledger) -> None:
    _take(ledger, TALKS, talks())
    said = {c.type: c for c in ledger.graph.claims() if c.rule == "statement"}
    assert sorted(said) == ["ABOUT", "ADDRESSED_TO", "REPORTED_BY", "SAID"]
    assert said["REPORTED_BY"].qualifiers == {"order": "1"}
    assert {c.quote for c in said.values()} == {"No deal was signed"}


def test_a_quote_that_is_not_in_the_text_is_refused_and_nothing_is_written(ledger: Ledger) -> None:
    other = article(TALKS.text.replace("Ada", "Eda"), url=TALKS.metadata.url)
    ledger.put(other)
    wrong = extraction(TALKS, entities=[entity("Person", "Ada Mensah")])
    wrong = Extraction(article=other.metadata, entities=wrong.entities, relations=(), statements=())
    with pytest.raises(ExtractionError, match=r"quotes 'Ada Mensah' at 0, where its text has 'Eda Mensah'"):
        ledger.record(wrong, "1")
    assert ledger.counts().articles == {"new": 1}


def test_failures_keep_their_reason(ledger: Ledger) -> None:
    ledger.put(TALKS)
    ledger.fail(TALKS.id, "The text is not English.")
    ledger.failure("news.jsonl", 7, "Line 7 is not JSON.")
    assert ledger.reasons() == [(TALKS.id, None, "The text is not English.")]
    assert [(f.source, f.line, f.reason) for f in ledger.failures()] == [("news.jsonl", 7, "Line 7 is not JSON.")]
    assert [a.id for a in ledger.pending("1", again=True)] == [TALKS.id]


def test_a_newer_extraction_replaces_the_older_and_the_older_stays_in_the_past(ledger: Ledger) -> None:
    _take(ledger, TALKS, talks())
    fewer = extraction(TALKS, entities=[entity("Person", "Ada Mensah", "Mensah")])
    _take(ledger, TALKS, fewer, "2")
    assert ledger.extraction(TALKS.id) == fewer
    assert [e.name for e in ledger.graph.entities()] == ["Ada Mensah"]
    assert list(ledger.graph.relations()) == []
    assert ledger.db.value("SELECT COUNT(*) FROM claims WHERE closed IS NOT NULL") == 6
    assert [event.event for event in ledger.log(TALKS.id)] == ["put", "extracted", "extracted again"]


def test_retraction_takes_everything_back_and_is_not_undone_by_a_second_ingest(ledger: Ledger) -> None:
    _take(ledger, TALKS, talks())
    ledger.retract(TALKS.id)
    resolve(ledger)
    graph = ledger.graph
    assert [*graph.articles(), *graph.entities(), *graph.relations(), *graph.claims(), *graph.mentions()] == []
    assert ledger.search("deal") == []
    assert ledger.put(TALKS) is False
    assert ledger.article(TALKS.id) == TALKS
    with pytest.raises(LedgerError, match="was retracted"):
        ledger.record(talks(), "1")


def test_erasing_leaves_no_byte_of_text_title_or_names(ledger: Ledger, path: Path) -> None:
    _take(ledger, TALKS, talks())
    _take(ledger, TALKS, talks(), "2")
    ledger.retract(TALKS.id, erase=True)
    resolve(ledger)
    assert ledger.article(TALKS.id) is not None
    held = b"".join(file.read_bytes() for file in path.parent.iterdir()).lower()
    assert [word for word in (b"solheim", b"mensah", b"no deal", b"talks in oslo") if word in held] == []


def test_search_finds_sentences_titles_and_names(ledger: Ledger) -> None:
    _take(ledger, TALKS, talks())
    found = ledger.search("signed deal")
    assert [(f.kind, f.article, f.snippet) for f in found] == [
        ("sentence", TALKS.id, "“No deal was signed,” Mensah told the Baltic Courier on Thursday.")
    ]
    assert TALKS.text[found[0].start : found[0].end].strip() == found[0].snippet
    assert [f.kind for f in ledger.search("Oslo")] == ["title", "sentence"]
    assert ledger.search("Solheim")[0].name == "Kari Solheim"
    assert [f.kind for f in ledger.search('"deal was signed"')] == ["sentence"]
    assert ledger.search('"signed deal"') == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        '"',
        "AND",
        "NOT deal OR",
        "text:deal",
        "deal*",
        "(deal",
        "NEAR(deal signed, 2)",
        "'; DROP TABLE x",
        "^a -b",
        "🙂",
    ],
)
def test_no_words_are_a_syntax_error(ledger: Ledger, words: str) -> None:
    _take(ledger, TALKS, talks())
    assert isinstance(ledger.search(words), list)
    assert isinstance(ledger.graph.find(words), list)


def test_names_are_found_whole_then_by_their_words(ledger: Ledger) -> None:
    _take(ledger, TALKS, talks())
    assert [(c.name, c.exact) for c in ledger.graph.find("  ADA   MENSAH")] == [("Ada Mensah", True)]
    assert [(c.name, c.exact) for c in ledger.graph.find("mensah")] == [("Ada Mensah", True)]
    assert [(c.name, c.exact) for c in ledger.graph.find("solheim")] == [("Kari Solheim", False)]
    with pytest.raises(NotFoundError, match="There is no entity ent-0"):
        ledger.graph.canonical("ent-0")


def test_runs_are_counted_and_closed(ledger: Ledger) -> None:
    run = ledger.begin("ingest sample", "0.1.0")
    ledger.put(TALKS, run)
    ledger.end(run, "done")
    assert [(r.n, r.command, r.outcome) for r in ledger.runs()] == [(run, "ingest sample", "done")]
    assert ledger.log(TALKS.id)[0].run == run


def test_an_article_that_was_never_put_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError, match="There is no article art-0"):
        ledger.retract("art-0")


def test_a_judgement_is_on_two_entities_that_may_merge(ledger: Ledger) -> None:
    _take(ledger, TALKS, talks())
    given = talks()
    person, spoken = given.entities[0].id, given.statements[0].id
    with pytest.raises(UsageError, match="is a Statement, which is never the same"):
        ledger.judgements.add(person, spoken, "same", "a person")
    with pytest.raises(UsageError, match="was given twice"):
        ledger.judgements.add(person, person, "same", "a person")
    with pytest.raises(UsageError, match="'maybe' is no verdict"):
        ledger.judgements.add(person, given.entities[2].id, "maybe", "a person")


# Versions


def test_a_newer_file_is_refused_in_one_sentence(path: Path) -> None:
    Ledger.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match=r"is of version 99, but this newskg knows versions up to \d; upgrade newskg"):
        Ledger.open(path)


def test_an_older_file_is_brought_up_to_date_with_what_it_holds(path: Path) -> None:
    with Ledger.open(path) as ledger:
        _take(ledger, TALKS, talks())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 1")
    later = (*MIGRATIONS[:1], "ALTER TABLE articles ADD COLUMN mood TEXT;\nUPDATE articles SET mood = 'calm';\n")
    migrate(connection, path, later)
    assert version_of(connection) == 2
    assert connection.execute("SELECT id, mood FROM articles").fetchall() == [(TALKS.id, "calm")]
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    Ledger.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, path, (*MIGRATIONS, "ALTER TABLE articles ADD COLUMN mood TEXT;\nNONSENSE;\n"))
    assert version_of(connection) == len(MIGRATIONS)
    assert "mood" not in {row[1] for row in connection.execute("PRAGMA table_info(articles)")}
    connection.close()


# Troubles


def test_a_file_that_is_no_record_says_so(path: Path) -> None:
    path.write_bytes(b"This is not a database at all. " * 100)
    with pytest.raises(LedgerError, match="is not a newskg record, or is damaged; restore it from a backup"):
        Ledger.open(path)


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened; does its folder exist"):
        Ledger.open(tmp_path / "nowhere" / "ledger.sqlite")


def test_a_full_disk_loses_nothing(ledger: Ledger) -> None:
    _take(ledger, TALKS, talks())
    pages = ledger.db.value("PRAGMA page_count")
    ledger.db.execute(f"PRAGMA max_page_count = {pages}")
    large = article("".join(f"Word{n} is number {n * 7919 % 104729}. " for n in range(20_000)))
    with pytest.raises(LedgerError, match=r"The disk is full: .* could not be written; free some space"):
        ledger.put(large)
    assert ledger.counts().articles == {"done": 1}
    assert ledger.extraction(TALKS.id) == talks()


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(ledger: Ledger, path: Path) -> None:
    other = Database(path, busy_seconds=0.05)
    with (
        ledger.db.transaction(),
        pytest.raises(LedgerError, match="Another kg command is writing"),
        other.transaction(),
    ):
        pass
    other.close()


def test_a_reader_sees_the_record_while_another_writes(ledger: Ledger, path: Path) -> None:
    _take(ledger, TALKS, talks())
    seen: list[int] = []

    def read() -> None:
        with Ledger.open(path) as other:
            seen.append(len(list(other.graph.claims())))

    with ledger.db.transaction():
        ledger.db.execute("UPDATE claims SET closed = 1")
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
        ledger.db.execute("UPDATE claims SET closed = NULL")
    assert seen == [6]


def test_an_alias_in_many_articles_stands_before_a_name_in_one(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(1, 8):
            told = article(f"Ada Mensah spoke on day {number}. Mensah went on.", published=f"2025-04-0{number}")
            who = entity("Person", "Ada Mensah", "Mensah") if number < 7 else entity("Organization", "Mensah")
            ledger.put(told)
            ledger.record(extraction(told, [who]), "0")
        resolve(ledger)
        assert [(c.name, c.articles) for c in ledger.graph.find("Mensah")] == [("Ada Mensah", 6), ("Mensah", 1)]
