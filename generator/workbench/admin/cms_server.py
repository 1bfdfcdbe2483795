"""Show the editors' page on this machine alone, from memory: nothing of it is ever written into the site."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from shutil import which

from generator.workbench.preview.answers import COMMON, Answer, plain
from generator.workbench.preview.server import HOST, LocalServer

BUNDLE = "cms/node_modules/decap-cms/dist/decap-cms.js"
_SERVER = "cms/node_modules/decap-server/dist/index.js"
_GUARD = Path(__file__).with_name("admin_guard.js")
"""Stands before Decap's own server, which would write for a page of any other site that reaches it."""
HOW_TO_GET = "npm ci --ignore-scripts --prefix cms"
"""What installs Decap and its server, as their lock file has them."""
_TYPES = {".js": "text/javascript"}


def page_server(files: Mapping[str, bytes], policy: str) -> LocalServer:
    """Make the server of the page: it has these files by address and nothing else."""
    return LocalServer(partial(_answer, files, policy))


def _answer(files: Mapping[str, bytes], policy: str, target: str) -> Answer:
    path = target.partition("?")[0]
    if path not in files:
        return plain(404, "There is no such page.")
    kind = _TYPES.get(PurePosixPath(path).suffix, "text/html")
    headers = (("Content-Type", f"{kind}; charset=utf-8"), ("Content-Security-Policy", policy))
    return Answer(200, (*COMMON, *headers), files[path])


def node() -> str:
    """Give the path of Node, or nothing where it is not installed."""
    return which("node") or ""


@contextmanager
def file_server(root: Path, port: int, page_at: str) -> Iterator[None]:
    """Run Decap's own server for the files of a site while the block runs. It answers `page_at` alone."""
    settings = {"GIT_REPO_DIRECTORY": str(root.resolve()), "PORT": str(port), "BIND_HOST": HOST, "ORIGIN": page_at}
    command = [node() or "node", "--require", str(_GUARD), str(root / _SERVER)]
    running = subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        running.terminate()
        running.wait()
