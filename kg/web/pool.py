"""The processes that answer, and how one is asked: each does one job at a time, and is ended with a job that is."""

import asyncio
import shutil
import signal
import sys
from asyncio import IncompleteReadError, Queue, StreamReader, StreamWriter, Task
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.web.jobs import HEADER, LENGTH, Head, Job, Kind, Order

_WAITING = 64  # requests that wait for a process; more are sent away
_LEEWAY = 1.0  # seconds after which a process that did not end itself is ended

Frame = Head | bytes


class NoAnswerError(Exception):
    """There is no answer, or no more of it; a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(slots=True, eq=False)
class _Worker:
    process: Process
    source: StreamReader
    out: StreamWriter

    async def ask(self, order: Order) -> AsyncGenerator[Frame]:
        """The head and then the data of the answer."""
        data = msgspec.msgpack.encode(order)
        self.out.write(LENGTH.pack(len(data)) + data)
        await self.out.drain()
        while True:
            letter, length = HEADER.unpack(await self.source.readexactly(HEADER.size))
            data = await self.source.readexactly(length)
            match Kind(letter.decode()):
                case Kind.HEAD:
                    yield msgspec.msgpack.decode(data, type=Head)
                case Kind.DATA:
                    yield data
                case Kind.BROKEN:
                    raise NoAnswerError(500, data.decode())
                case Kind.END:
                    return

    def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()


class Pool:
    """A number of processes over one snapshot of the store, and the snapshots that are still read."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size
        self._idle: Queue[_Worker] = Queue()
        self._all: set[_Worker] = set()
        self._tasks: set[Task[None]] = set()
        self._waiting = 0
        self._read: Counter[Path] = Counter()
        self._snapshot: Path | None = None

    async def start(self) -> None:
        """Start the processes."""
        await asyncio.gather(*(self._hire() for _ in range(self._size)))

    async def stop(self) -> None:
        """End the processes."""
        for task in self._tasks:
            task.cancel()
        for worker in self._all:
            worker.end()
        await asyncio.gather(*(worker.process.wait() for worker in self._all))

    def take(self, snapshot: Path) -> None:
        """Answer from this snapshot from now on; the one before goes when nobody reads it any more."""
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and not self._read[before]:
            shutil.rmtree(before, ignore_errors=True)

    async def answer(self, job: Job, seconds: float) -> AsyncGenerator[Frame]:
        """The head and then the data; raises `NoAnswerError` where it takes too long or goes wrong.

        Whoever stops listening before the end ends the work.
        """
        worker = await self._free(seconds)
        snapshot = self._snapshot
        if snapshot is None:
            raise RuntimeError("there is no snapshot yet")
        self._read[snapshot] += 1
        whole = False
        try:
            order = Order(job, str(snapshot), seconds)  # type: ignore[arg-type]
            async with asyncio.timeout(seconds + _LEEWAY), aclosing(worker.ask(order)) as frames:
                async for frame in frames:
                    yield frame
            whole = True
        except (IncompleteReadError, BrokenPipeError, ConnectionResetError, TimeoutError) as error:
            raise await _reason(worker, error, seconds) from error
        except NoAnswerError:
            whole = True
            raise
        finally:
            self._release(snapshot)
            self._give_back(worker, whole=whole)

    async def _free(self, seconds: float) -> _Worker:
        if self._waiting >= _WAITING:
            raise NoAnswerError(503, "Too many requests wait already; try again in a moment.")
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                return await self._idle.get()
        except TimeoutError:
            raise NoAnswerError(503, "Other requests take all there is; try again in a moment.") from None
        finally:
            self._waiting -= 1

    def _release(self, snapshot: Path) -> None:
        self._read[snapshot] -= 1
        if not self._read[snapshot] and snapshot != self._snapshot:
            del self._read[snapshot]
            shutil.rmtree(snapshot, ignore_errors=True)

    def _give_back(self, worker: _Worker, *, whole: bool) -> None:
        if whole:
            self._idle.put_nowait(worker)
            return
        worker.end()
        self._all.discard(worker)
        task = asyncio.create_task(self._hire())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hire(self) -> None:
        command = [sys.executable, "-m", "kg.web.worker", str(self._folder)]
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process without pipes")
        worker = _Worker(process, process.stdout, process.stdin)
        self._all.add(worker)
        self._idle.put_nowait(worker)


async def _reason(worker: _Worker, error: Exception, seconds: float) -> NoAnswerError:
    """Why a process ended before its answer did."""
    if isinstance(error, TimeoutError):
        return _too_long(seconds)
    code = await worker.process.wait()
    if code == -signal.SIGALRM:
        return _too_long(seconds)
    if code in {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL}:
        return NoAnswerError(503, "The answer needs more memory than one may have; ask for less.")
    return NoAnswerError(500, "The answer failed; the server's output tells why.")


def _too_long(seconds: float) -> NoAnswerError:
    return NoAnswerError(503, f"The answer takes longer than {seconds:g} seconds; ask for less.")
