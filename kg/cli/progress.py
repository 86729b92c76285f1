"""Progress on standard error: a bar on a terminal, JSON lines for programs, else nothing."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from kg.pipeline import Notify, silent


class Voice(Enum):
    """How much a command says of its work."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"
    JSON = "json"


@contextmanager
def progress(voice: Voice) -> Iterator[Notify]:
    """Give a `Notify` that shows what it is told in this voice."""
    if voice is Voice.JSON:
        yield _json_lines()
    elif voice is Voice.VERBOSE and not sys.stderr.isatty():
        yield _plain_lines()
    elif voice is Voice.QUIET or not sys.stderr.isatty():
        yield silent
    else:
        with _bar() as notify:
            yield notify


def _sparse(say: Notify, every: float = 1.0) -> Notify:
    """Pass on what is told at most once in `every` seconds a step, and always the end of it."""
    last: dict[str, float] = {}

    def notify(step: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if done == total or now - last.get(step, 0.0) >= every:
            last[step] = now
            say(step, done, total)

    return notify


def _json_lines() -> Notify:
    def say(step: str, done: int, total: int | None) -> None:
        print(
            json.dumps({"event": "progress", "step": step, "done": done, "total": total}), file=sys.stderr, flush=True
        )

    return _sparse(say)


def _plain_lines() -> Notify:
    def say(step: str, done: int, total: int | None) -> None:
        print(f"{step}: {done:,}" + (f" of {total:,}" if total else ""), file=sys.stderr, flush=True)

    return _sparse(say, every=5.0)


@contextmanager
def _bar() -> Iterator[Notify]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    from kg.cli.terminal import console

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:

        def notify(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total, rate="")
            speed = bar.tasks[tasks[step]].speed
            bar.update(tasks[step], completed=done, total=total, rate=f"{speed:,.1f}/s" if speed else "")

        yield notify
