import os
import signal
import threading
import time
from pathlib import Path

import pytest

from kg.extract.parallel import Outcome, Refused, attempt, extract_many
from kg.model import Article, Extraction, encode_extraction
from tests.conftest import article_of

TEXTS = [
    "Velmora's trade minister Ana Kerr said on Tuesday that the tariffs would stay.",
    "Shares of Orvane Motors fell 3% in Stockholm.",
    "",
    "The ministry denied the report. “There are no talks,” it said.",
]


def articles(copies: int = 6) -> list[Article]:
    return [article_of(f"{text}\n\nNumber {n}.") for n in range(copies) for text in TEXTS]


def lines(outcomes: list[Outcome]) -> list[bytes]:
    return [encode_extraction(o) if isinstance(o, Extraction) else o.reason.encode() for o in outcomes]


def test_two_processes_give_the_bytes_of_one_in_the_same_order() -> None:
    assert lines(list(extract_many(articles(), jobs=2))) == lines(list(extract_many(articles(), jobs=1)))


def test_an_article_reads_the_same_whatever_was_read_before_it() -> None:
    forwards = list(extract_many(articles(2), jobs=1))
    backwards = list(extract_many(reversed(articles(2)), jobs=1))
    assert lines(forwards) == lines(backwards[::-1])


def test_a_text_too_long_for_an_article_is_refused_with_the_mend() -> None:
    outcome = attempt(article_of("word " * 200_001))
    assert isinstance(outcome, Refused)
    assert outcome.reason.endswith("Split it, one article a file or a line of JSON.")


@pytest.mark.long
def test_a_killed_process_loses_no_article() -> None:
    wanted = articles(30)
    done = threading.Event()

    def kill_one_child() -> None:
        while not done.is_set():
            time.sleep(6)
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split()
            if children:
                os.kill(int(children[-1]), signal.SIGKILL)
                return

    killer = threading.Thread(target=kill_one_child)
    killer.start()
    outcomes = list(extract_many(wanted, jobs=2))
    done.set()
    killer.join()
    assert [o.article.id for o in outcomes if isinstance(o, Extraction)] == [a.id for a in wanted]
