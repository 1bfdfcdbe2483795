"""A small web server for tests: it serves a built folder as its host would, under a strict policy."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

SUB_PATH = "/back-mice/"
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers below SUB_PATH from a folder, and everything else with the site's 404 page."""

    reachable: ClassVar[bool] = True

    def __init__(self, *arguments: Any, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments, directory=str(folder))

    def parse_request(self) -> bool:
        if self.reachable:
            return super().parse_request()
        self.close_connection = True  # and nobody gets a word
        return False

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUB_PATH):
            return str(self.folder / "outside-the-sub-path")
        return super().translate_path("/" + path.removeprefix(SUB_PATH))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self.folder / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests speak."""


class SiteServer(ThreadingHTTPServer):
    """A server that lets as many callers wait as a crawler or a browser sends at once."""

    daemon_threads = True
    request_queue_size = 256


def free_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(folder: Path, kind: type[SiteHandler] = SiteHandler) -> Iterator[str]:
    """Serve `folder` on a free port of this machine while the block runs; give its base URL, ending in /."""

    def handler(*arguments: Any) -> SiteHandler:
        return kind(*arguments, folder=folder)

    with SiteServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def disconnected(context: "BrowserContext") -> Iterator[None]:
    """While the block runs, a reader has no connection.

    The servers answer nobody either: a worker that has just begun may not know yet that its browser is offline.
    """
    SiteHandler.reachable = False
    context.set_offline(True)
    try:
        yield
    finally:
        SiteHandler.reachable = True
        context.set_offline(False)
