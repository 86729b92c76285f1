import os
import signal
import subprocess
import sys
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


_PARENT = """
import sys
from kg.extract.parallel import extract_many
from kg.model import Article, Metadata, article_id
import multiprocessing

text = "Mara Venn, the mayor of Oltena, said the harbour will open in May. " * 200
articles = [Article(metadata=Metadata(id=f"a{n}", language="en"), text=text) for n in range(200)]
if __name__ == "__main__":
    outcomes = extract_many(articles, 2)
    next(outcomes)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    list(outcomes)
"""


def test_processes_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(children) == 2
    deadline = time.monotonic() + 30
    while any(map(runs, children)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in children if runs(pid)]


def runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
