"""A process that answers one order after another: `python -m kg.web.worker WORKSPACE`.

It may be killed at any moment; nothing is lost with it. A timer of the operating system ends it where an answer
takes too long, even while it is deep in the engine, and a limit of memory where one grows too large.
"""

import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.errors import KgError
from kg.web.jobs import LENGTH, Head, Kind, Order, write_frame
from kg.web.status import status_of

MEMORY = 2 << 30
"""Bytes of address space that one answer may take."""

_CHUNK = 1 << 16


class Reply:
    """An answer on its way out: a head and then bytes. A file, as far as a writer is concerned."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._head = Head(200, [])
        self._waiting = bytearray()
        self._begun = False

    def head(self, kind: str, *headers: tuple[str, str], status: int = 200) -> None:
        """Say what comes; before the first byte."""
        self._head = Head(status, [("content-type", kind), *headers])

    def write(self, data: bytes) -> int:
        """Take some bytes; they leave when there are enough."""
        self._waiting += data
        if len(self._waiting) >= _CHUNK:
            self._send()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is small waits for the end, so that a mistake until then can still be told."""

    def end(self) -> None:
        """Send what is left."""
        if not self._begun:
            length = ("content-length", str(len(self._waiting)))
            self._head = Head(self._head.status, [*self._head.headers, length])
        self._send()
        write_frame(self._out, Kind.END)

    def fail(self, status: int, sentence: str) -> None:
        """Say in a sentence why there is no answer, or no more of it."""
        if self._begun:
            write_frame(self._out, Kind.BROKEN, sentence.encode())
            return
        self._waiting.clear()
        self.head("text/plain; charset=utf-8", status=status)
        self.write(f"{sentence}\n".encode())
        self.end()

    def _send(self) -> None:
        if not self._begun:
            self._begun = True
            write_frame(self._out, Kind.HEAD, msgspec.msgpack.encode(self._head))
        if self._waiting:
            write_frame(self._out, Kind.DATA, bytes(self._waiting))
            self._waiting.clear()


def _orders(source: BinaryIO) -> Iterator[Order]:
    while len(length := source.read(LENGTH.size)) == LENGTH.size:
        yield msgspec.msgpack.decode(source.read(*LENGTH.unpack(length)), type=Order)


def _work(folder: Path, source: BinaryIO, out: BinaryIO) -> None:
    from kg.web.desk import Desk  # noqa: PLC0415 - the limits come first

    desk = Desk(folder)
    for order in _orders(source):
        signal.setitimer(signal.ITIMER_REAL, order.seconds)  # its signal ends the process
        reply = Reply(out)
        try:
            desk.answer(order, reply)
            reply.end()
        except KgError as error:
            reply.fail(status_of(error), str(error))
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that listens
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but frames goes out there
    _work(Path(sys.argv[1]), sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
