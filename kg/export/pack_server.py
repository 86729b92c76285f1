"""Serves a folder to Neo4j Browser on localhost, with the headers that it asks for; the standard library alone.

Run as a program: python serve.py [FOLDER [PORT [HOST]]]; HOST is for containers, whose ports are published anyway.

Only pages of localhost may read it: the folder has names out of the user's own graph.
"""

import re
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_PAGE = re.compile(r"https?://localhost(:\d+)?")
_OURS = re.compile(r"(localhost|127\.0\.0\.1)(:\d+)?")


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, readable from Browser."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".grass": "text/plain; charset=utf-8",
        ".adoc": "text/plain; charset=utf-8",
        ".html": "text/html; charset=utf-8",
    }

    def do_OPTIONS(self) -> None:
        """The preflight: Browser asks whether it may send a header `sentry-trace`."""
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()

    def parse_request(self) -> bool:
        """A request under another name than localhost comes from a page that is not of this machine."""
        parsed = super().parse_request()
        if parsed and not _OURS.fullmatch(self.headers.get("Host", "")):
            self.send_error(HTTPStatus.FORBIDDEN)
            return False
        return parsed

    def end_headers(self) -> None:
        """Every answer says which page may read it, and that it may be another one soon."""
        origin = self.headers.get("Origin", "") if hasattr(self, "headers") else ""
        if _PAGE.fullmatch(origin):
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
            self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Origin")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(folder: Path, port: int, host: str) -> None:
    """Serve until the process ends."""
    handler = partial(Handler, directory=str(folder))
    ThreadingHTTPServer((host, port), handler).serve_forever()


if __name__ == "__main__":
    folder, port, host = [*sys.argv[1:], *(str(Path(__file__).parent), "7491", "127.0.0.1")[len(sys.argv) - 1 :]]
    serve(Path(folder), int(port), host)
