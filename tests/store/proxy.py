"""A wire that breaks: passes bytes on to a server, and cuts every connection after so many."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Proxy:
    """Listens on `port` and hands on to a server; `cuts` counts how often it has broken the connection."""

    def __init__(self, server: int, cut_after: int, at_most: int) -> None:
        self._server, self._cut_after, self._left = server, cut_after, at_most
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server))
                for source, target, counted in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass, args=(source, target, counted), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(4096):
                passed += len(data)
                if counted and self._left and passed > self._cut_after:
                    self._left -= 1
                    self.cuts += 1
                    break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy(server: int, *, cut_after: int, at_most: int) -> Iterator[Proxy]:
    """A proxy that cuts after so many bytes to the server, at most so often."""
    made = Proxy(server, cut_after, at_most)
    try:
        yield made
    finally:
        made.close()
