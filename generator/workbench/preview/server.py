"""The door to livereload and the server under it, tornado: requests in, answers out, and pages told to reload."""

import asyncio
import errno
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from socket import socket
from types import TracebackType
from typing import Any, cast

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

from generator.workbench.preview.answers import (
    COMMON,
    SCRIPT,
    SOCKET,
    Answer,
    Shown,
    answer,
    is_own_origin,
    refusal,
    version,
)

HOST = "127.0.0.1"
PATIENCE = 30.0
"""Seconds after which a connection is ended that asks nothing, takes no answer, or gives no sign of life."""
MOST = 512
"""Connections that are open at once; beyond them, whoever came first makes room. A browser opens about ten."""
_LARGEST = 64 * 1024
"""Bytes of a request or of a message; those of browsers are far smaller."""
_FULL = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_BREATH = 0.05
"""Seconds before somebody is let in again after the system had no room."""


class PortTaken(Exception):
    """Nothing can be served at the port that was asked for."""


class LocalServer:
    """Answers this machine alone. All of it runs on one event loop.

    `answering` gives the answer to a request for a path as it was sent; `more` are handlers for other addresses.
    """

    def __init__(
        self, answering: Callable[[str], Answer], more: Iterable[tuple[str, type[RequestHandler]]] = ()
    ) -> None:
        self.answering = answering
        self.port = 0
        self.connections: list[IOStream] = []
        self.listening: list[socket] = []
        self.application = Application(
            [(path, handler, {"server": self}) for path, handler in (*more, (r".*", _Files))],
            log_function=lambda handler: None,
            websocket_max_message_size=_LARGEST,
            websocket_ping_interval=PATIENCE,
        )

    def listen(self, port: int) -> int:
        """Let requests come; give the port, which was picked where 0 was asked for. PortTaken says how to go on."""
        try:
            self.listening = bind_sockets(port, HOST, backlog=MOST)
        except OSError as fault:
            hint = "name another with --port, or let one be picked with --port 0"
            raise PortTaken(f"port {port} cannot be used ({fault.strerror}); {hint}") from fault
        self.port = int(self.listening[0].getsockname()[1])
        return self.port

    async def serve(self) -> None:
        """Answer whoever comes, until cancelled."""
        limits = {"max_body_size": _LARGEST, "max_header_size": _LARGEST}
        http = HTTPServer(self.application, idle_connection_timeout=PATIENCE, body_timeout=PATIENCE, **limits)
        (listening,) = self.listening
        with listening:
            while True:
                try:
                    connection, address = await asyncio.get_running_loop().sock_accept(listening)
                except OSError as fault:
                    if fault.errno in _FULL:
                        self._leave(len(self.connections) // 2)
                    await asyncio.sleep(_BREATH)
                else:
                    self._leave(MOST - 1)
                    self.connections.append(IOStream(connection, max_buffer_size=4 * _LARGEST))
                    http.handle_stream(self.connections[-1], address)
                    await asyncio.sleep(0)  # whoever is here already has a turn before the next comes

    def _leave(self, most: int) -> None:
        """Leave at most so many connections open. A page of ours that has to go connects anew by itself."""
        if len(self.connections) > most:
            self.connections = [one for one in self.connections if not one.closed()]
        while len(self.connections) > most:
            self.connections.pop(0).close()


class PreviewServer(LocalServer):
    """Serves what is `shown`, and knows every open page."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(lambda target: answer(self.shown, target), [(SOCKET, _OpenPage), (SCRIPT, _Script)])
        self.shown = shown
        self.pages: set[_OpenPage] = set()

    def show(self, shown: Shown) -> tuple[int, int]:
        """Show something else from now on; give how many pages were reloaded for it, and how many are open."""
        self.shown = shown
        every = list(self.pages)
        return sum(page.reload_if_changed() for page in every), len(every)


class _Guarded(RequestHandler):
    """What every answer has in common: it goes to this machine alone, and to nobody who does not take it."""

    def initialize(self, server: LocalServer) -> None:
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

    def finish(self, chunk: str | bytes | dict[str, Any] | None = None) -> "asyncio.Future[None]":
        sent = super().finish(chunk)
        end = asyncio.get_running_loop().call_later(PATIENCE, cast(HTTP1Connection, self.request.connection).close)
        sent.add_done_callback(lambda _: end.cancel())
        return sent

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in COMMON:
            self.set_header(name, value)

    def compute_etag(self) -> None:
        """Nothing is stored, so nothing is compared."""

    def log_exception(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say what is a fault of ours, and not what strangers ask for."""
        if not isinstance(value, HTTPError):
            super().log_exception(kind, value, trace)


class _Files(_Guarded):
    """Everything but the addresses that have a handler of their own."""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished:
            self.send(self.server.answering(self.request.uri or ""))


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script, as it comes with the library."""


class _OpenPage(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """One page in a browser, for as long as it is open."""

    server: PreviewServer
    path = ""
    seen = ""
    told: "asyncio.Future[None] | None" = None
    """What was sent last, which is done when it is on its way."""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished and not is_own_origin(self.request.headers.get("Origin"), self.server.port):
            self.set_status(403)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        return is_own_origin(origin, self.server.port)

    async def on_message(self, message: str | bytes) -> None:
        """Shake hands as livereload does; from its message `info` we learn what the page shows.

        No other message is read before the answer to this one is on its way: what nobody takes does not pile up.
        """
        try:
            told: dict[str, Any] = json.loads(message)
            super().on_message(message)
            if told["command"] == "info":
                self.path = "/" + str(told["url"]).partition("://")[2].partition("/")[2].partition("#")[0]
                self.seen = str(told["plugins"]["preview"]["shown"])
                self.server.pages.add(self)
                self.reload_if_changed()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # not the script that we sent
            self.close()
        if self.told:
            await asyncio.wait([self.told])

    def send_message(self, message: dict[str, Any]) -> None:
        """Send something, unless the page is about to go."""
        with suppress(WebSocketClosedError):
            self.told = self.write_message(message)
            self.told.add_done_callback(lambda done: done.cancelled() or done.exception())

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        super().close(code, reason)
        self.server.pages.discard(self)

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
