"""The door to livereload and the server under it, tornado: requests in, answers out, and pages told to reload."""

import json
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from generator.workbench.preview import COMMON, SCRIPT, SOCKET, Answer, Shown, answer, is_own_origin, refusal, version

HOST = "127.0.0.1"
_LARGEST = 64 * 1024
"""Bytes of a request or of a message; those of browsers are far smaller."""


class PreviewServer:
    """Serves what is `shown`, and knows every open page. All of it runs on one event loop."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.port = 0
        self.pages: set[_OpenPage] = set()
        own = {"server": self}
        self.application = Application(
            [(SOCKET, _OpenPage, own), (SCRIPT, _Script, own), (r".*", _Files, own)],
            log_function=lambda handler: None,
            websocket_max_message_size=_LARGEST,
        )

    def listen(self, port: int) -> int:
        """Begin to serve; give the port, which was picked where 0 was asked for. A port that is taken is an OSError."""
        sockets = bind_sockets(port, HOST)
        self.port = int(sockets[0].getsockname()[1])
        HTTPServer(self.application, max_body_size=_LARGEST, max_header_size=_LARGEST).add_sockets(sockets)
        return self.port

    def show(self, shown: Shown) -> tuple[int, int]:
        """Show something else from now on; give how many pages were reloaded for it, and how many are open."""
        self.shown = shown
        every = list(self.pages)
        return sum(page.reload_if_changed() for page in every), len(every)


class _Guarded(RequestHandler):
    """What every answer has in common: it goes to this machine alone."""

    def initialize(self, server: PreviewServer) -> None:
        self.server = server

    def prepare(self) -> None:
        refused = refusal(self.request.method or "", self.request.headers.get("Host"), self.server.port)
        if refused:
            self.send(refused)

    def send(self, ready: Answer) -> None:
        self.clear()
        self.clear_header("Server")
        self.set_status(ready.status)
        for name, value in ready.headers:
            self.set_header(name, value)
        self.finish(ready.body)

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in COMMON:
            self.set_header(name, value)

    def compute_etag(self) -> None:
        """Nothing is stored, so nothing is compared."""


class _Files(_Guarded):
    """Everything but livereload's own two addresses."""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished:
            self.send(answer(self.server.shown, self.request.uri or ""))


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script, as it comes with the library."""


class _OpenPage(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """One page in a browser, for as long as it is open."""

    path = ""
    seen = ""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished and not is_own_origin(self.request.headers.get("Origin"), self.server.port):
            self.set_status(403)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        return is_own_origin(origin, self.server.port)

    def on_message(self, message: str | bytes) -> None:
        """Shake hands as livereload does; from its message `info` we learn what the page shows."""
        try:
            told: dict[str, Any] = json.loads(message)
            super().on_message(message)
            if told["command"] == "info":
                self.path = "/" + str(told["url"]).partition("://")[2].partition("/")[2].partition("#")[0]
                self.seen = str(told["plugins"]["preview"]["shown"])
                self.server.pages.add(self)
                self.reload_if_changed()
        except (ValueError, KeyError, TypeError, AttributeError):  # not the script that we sent
            self.close()

    def on_close(self) -> None:
        super().on_close()
        self.server.pages.discard(self)

    def reload_if_changed(self) -> bool:
        """Reload the page unless it shows what is newest; tell whether it did."""
        newest = version(self.server.shown, self.path)
        if newest == self.seen:
            return False
        self.seen = newest
        self.send_message({"command": "reload", "path": self.path, "liveCSS": False, "liveImg": False})
        return True
