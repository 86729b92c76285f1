"""Many articles on many processes: in order, with the same bytes as one by one.

A process that dies (out of memory, killed) is noticed at once; the articles it had in hand are tried again,
one at a time, and one that kills its process again is refused. Nothing is lost and nothing hangs.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path

from kg.errors import ExtractionError
from kg.model import Article, Extraction
from kg.model.records import Record

_TASK = 8  # articles a task: enough that sending them costs nothing beside reading them
_AHEAD = 3  # tasks in hand a process: none waits for work, and memory stays bounded

# What a mistake in a stage raises. The article is refused with the place of the mistake; the rest goes on.
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Refused(Record, frozen=True, kw_only=True):
    """An article that could not be extracted, and why, in one sentence."""

    article: str
    reason: str


Outcome = Extraction | Refused


def extract_many(articles: Iterable[Article], jobs: int = 1) -> Iterator[Outcome]:
    """Extract articles in their order, on `jobs` processes (1: in this one)."""
    if jobs <= 1:
        return (attempt(article) for article in articles)
    return _on_processes(articles, jobs)


def attempt(article: Article) -> Outcome:
    """Extract one article, or say why not."""
    from kg.extract.stages import extract  # noqa: PLC0415 - the parent of many processes never needs the stages

    try:
        return extract(article)
    except ExtractionError as error:
        return Refused(article=article.id, reason=str(error))
    except _FAULTS as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return Refused(
            article=article.id, reason=f"A mistake in the extractor ({where}: {type(error).__name__}: {error})."
        )


def _attempt_all(articles: Sequence[Article]) -> list[Outcome]:
    return [attempt(article) for article in articles]


def _belong() -> None:
    """Make a process one of its parent's: it decides nothing itself, and ends when the parent is killed."""
    # Ctrl-C reaches every process of a terminal; the parent alone decides what to do about it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Forked threads of a store would be locks held by nobody; a fresh process has none.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_belong)


def _on_processes(articles: Iterable[Article], jobs: int) -> Iterator[Outcome]:
    tasks = _tasks(articles)
    in_hand: deque[list[Article]] = deque()
    broken = True
    while broken:
        pool = _pool(jobs)
        try:
            yield from _drain(pool, in_hand, tasks, jobs)
            broken = False
        except BrokenProcessPool:
            yield from _one_by_one(article for task in in_hand for article in task)
            in_hand.clear()
        except BaseException:
            # Stopped half-way: nobody waits for what the processes have in hand.
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _tasks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    iterator = iter(articles)
    while task := list(islice(iterator, _TASK)):
        yield task


def _drain(
    pool: ProcessPoolExecutor, in_hand: deque[list[Article]], tasks: Iterator[list[Article]], jobs: int
) -> Iterator[Outcome]:
    """Yield outcomes in order; `in_hand` always holds what was taken and not yet answered."""
    futures: deque[Future[list[Outcome]]] = deque()
    for task in islice(tasks, jobs * _AHEAD):
        in_hand.append(task)
        futures.append(pool.submit(_attempt_all, task))
    while futures:
        outcomes = futures.popleft().result()
        in_hand.popleft()
        yield from outcomes
        for task in islice(tasks, 1):
            in_hand.append(task)
            futures.append(pool.submit(_attempt_all, task))


def _one_by_one(articles: Iterable[Article]) -> Iterator[Outcome]:
    """One article at a time in a process beside this one: when it dies it is clear which article was at fault."""
    pool = _pool(1)
    for article in articles:
        try:
            yield pool.submit(attempt, article).result()
        except BrokenProcessPool:
            pool.shutdown()
            pool = _pool(1)
            yield Refused(article=article.id, reason="The process that read it died twice: too little memory?")
    pool.shutdown()
