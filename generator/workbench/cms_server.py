"""Show the editors' page on this machine alone, from memory: nothing of it is ever written into the site."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any

HOST = "127.0.0.1"
BUNDLE = "cms/node_modules/decap-cms/dist/decap-cms.js"
_SERVER = "cms/node_modules/decap-server/dist/index.js"
HOW_TO_GET = "npm ci --ignore-scripts --prefix cms"
"""What installs Decap and its server, as their lock file has them."""
_TYPES = {".js": "text/javascript"}


class _Page(BaseHTTPRequestHandler):
    """Answers with the files of the page and with nothing else, to nobody but this machine's own browser."""

    def __init__(self, *arguments: Any, files: Mapping[str, bytes], policy: str) -> None:
        self.files, self.policy = files, policy
        super().__init__(*arguments)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        port = self.server.server_port if isinstance(self.server, ThreadingHTTPServer) else 0
        if self.headers.get("Host", "") not in (f"{HOST}:{port}", f"localhost:{port}"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif path not in self.files:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            body = self.files[path]
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{_TYPES.get(Path(path).suffix, 'text/html')}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", self.policy)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def page_server(port: int, files: Mapping[str, bytes], policy: str) -> ThreadingHTTPServer:
    """Make the server of the page; port 0 picks a free one."""
    return ThreadingHTTPServer((HOST, port), partial(_Page, files=files, policy=policy))


def node() -> str:
    """Give the path of Node, or nothing where it is not installed."""
    return which("node") or ""


@contextmanager
def file_server(root: Path, port: int, page_at: str) -> Iterator[None]:
    """Run Decap's own server for the files of a site while the block runs. It answers `page_at` alone."""
    settings = {"GIT_REPO_DIRECTORY": str(root.resolve()), "PORT": str(port), "BIND_HOST": HOST, "ORIGIN": page_at}
    command = [node() or "node", str(root / _SERVER)]
    running = subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        running.terminate()
        running.wait()
