"""Run the server for a workspace until it is told to end."""

import asyncio
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from kg.errors import UsageError
from kg.store.served import Note, announce, withdraw
from kg.web.app import Rules, application
from kg.web.keeper import Keeper
from kg.web.pool import Pool

_EVERY = 0.5  # seconds between two looks at the ledger
_OPEN = {"0.0.0.0", "::"}  # noqa: S104 - this is where they are told from others
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve.

    `port` 0 takes a free one. `seconds` and `rows` limit an answer. `origins` are those whose pages may ask ("*":
    all; none: those on this machine). `processes` answer at one time.
    """

    host: str = "127.0.0.1"
    port: int = 7878
    update: bool = False
    origins: tuple[str, ...] = ()
    seconds: float = 60.0
    rows: int = 1_000_000
    processes: int = max(2, os.cpu_count() or 2)


class _Server(uvicorn.Server):
    """Tells when it has started: from then on a signal ends it in peace."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._started()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is uvicorn's
        """End in peace; a second Ctrl-C ends at once."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def serve(folder: Path, options: Options, ready: Callable[[str], None]) -> None:
    """Serve a workspace; `ready` is told the address. Raises `StoreHeldError`, or `UsageError` for a port in use."""
    listening = _listen(options)
    port = listening.getsockname()[1]
    name = f"[{options.host}]" if ":" in options.host else options.host
    url = f"http://{name}:{port}"
    keeper = Keeper(folder)
    try:
        token = secrets.token_urlsafe(24)
        asyncio.run(_run(folder, options, keeper, listening, Note(os.getpid(), url, token), ready))
    finally:
        withdraw(folder)
        keeper.close()
        listening.close()


async def _run(
    folder: Path,
    options: Options,
    keeper: Keeper,
    listening: socket.socket,
    note: Note,
    ready: Callable[[str], None],
) -> None:
    pool = Pool(folder, options.processes)
    rules = Rules(note.token, options.update, options.seconds, options.rows, _hosts(options), options.origins)
    async with _following(keeper, pool):
        config = uvicorn.Config(
            application(keeper, pool, rules),
            lifespan="off",
            log_level="critical",
            server_header=False,
            timeout_graceful_shutdown=2,
        )

        def started() -> None:
            announce(folder, note)
            ready(note.url)

        await _Server(config, started).serve([listening])


@asynccontextmanager
async def _following(keeper: Keeper, pool: Pool) -> AsyncIterator[None]:
    """Processes that answer, over a store that follows the ledger."""
    loop = asyncio.get_running_loop()
    keeper.on_snapshot = lambda path: asyncio.run_coroutine_threadsafe(_take(pool, path), loop).result()
    if not await asyncio.to_thread(keeper.catch_up):
        await asyncio.to_thread(keeper.publish)
    await pool.start()
    following = asyncio.create_task(_follow(keeper))
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        await pool.stop()


async def _take(pool: Pool, path: Path) -> None:
    pool.take(path)


async def _follow(keeper: Keeper) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        await asyncio.to_thread(keeper.try_to_catch_up)


def _hosts(options: Options) -> tuple[str, ...]:
    """The names to go by: a page of another site that calls itself localhost must not get in by its own name."""
    if options.host in _OPEN:
        return ()
    return (*_LOOPBACK, options.host)


def _listen(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((options.host, options.port))
        listening.listen()  # from here on clients wait until they are answered
    except OSError as error:
        listening.close()
        raise UsageError(
            f"{options.host} port {options.port} cannot be listened on ({error.strerror}); choose another with --port."
        ) from error
    return listening
