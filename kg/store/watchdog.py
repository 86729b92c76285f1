"""Keeps the database server of a workspace: runs it, and ends it when nobody has asked for a while.

Run as a program of its own, with the standard library alone:
    python watchdog.py TOUCHED IDLE_SECONDS LOG COMMAND…
`TOUCHED` is a file that each use touches. SIGTERM ends the server and then this process.
"""

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

_GRACE = 20.0  # seconds that the server may take to close its files


def main(touched: Path, idle: float, log: Path, command: list[str]) -> int:
    """Run the command until it ends, is idle for too long, or this process is told to stop."""
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)  # noqa: S603 - ours

    def stop(_signal: int, _frame: FrameType | None) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while _idle(touched) <= idle:
        try:
            return server.wait(min(1.0, idle / 4))
        except subprocess.TimeoutExpired:
            continue
    server.terminate()
    return _wait(server)


def _idle(touched: Path) -> float:
    """Seconds since the last use; endless once the workspace is gone."""
    try:
        return time.time() - touched.stat().st_mtime
    except OSError:
        return float("inf")


def _wait(server: "subprocess.Popen[bytes]") -> int:
    try:
        return server.wait(_GRACE)
    except subprocess.TimeoutExpired:
        server.kill()
        return server.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:]))
