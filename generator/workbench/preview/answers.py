"""What is sent to a browser while somebody writes. All of it comes from memory, so there is nothing else to be had.

To pages that we rendered, and to nothing else, the preview adds what stands over the page with its style, and two
scripts: that of livereload, and our own, which tells the server what it showed. The server so knows of every open page
whether it is still the newest, whatever happened in between.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote

from generator.disk.folders import STATIC
from generator.output.media_types import media_type
from generator.output.offline import loaded_by
from generator.output.outputs import Output
from generator.output.reading import read
from generator.workbench.preview.overlay import page_without_site

RESERVED = "__preview"
"""The folder of the preview's own files; no page can have such an address."""
SOCKET, SCRIPT = "/livereload", "/livereload.js"
"""Where livereload's own script finds its server, and that script."""
HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine; a page that came by another name may be anybody's."""
_NOT_FOUND = "404.html"
COMMON = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
)
"""The headers of every answer: nothing is stored, and pages of other sites get nothing of it."""


@dataclass(frozen=True)
class Answer:
    """What is sent: the status, the headers, and the body, which is left out when only the headers were asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Shown:
    """What there is to show: the last good site, and the HTML of what is wrong now.

    `own` are the preview's own files by name; `base_path` is where the site will be hosted, from slash to slash.
    """

    files: Mapping[str, Output] = field(default_factory=dict)
    over_html: str = ""
    base_path: str = "/"
    own: Mapping[str, bytes] = field(default_factory=dict)


def refusal(method: str, host: str | None, port: int) -> Answer | None:
    """Refuse what does not come from this machine under its own name, and what would do more than read."""
    if not _is_ours(host, port):
        return plain(421, "This address is for this machine alone.")
    if method not in ("GET", "HEAD"):
        return plain(405, "There is nothing here but to be read.", ("Allow", "GET, HEAD"))
    return None


def is_own_origin(origin: str | None, port: int) -> bool:
    """Whether a page that opens a socket is one of ours."""
    scheme, _, host = (origin or "").partition("://")
    return scheme == "http" and _is_ours(host, port)


def answer(shown: Shown, target: str) -> Answer:
    """Answer a request for a path, as it was sent: percent-encoded, perhaps with a query."""
    path = _decoded(target)
    name = path.removeprefix(f"/{RESERVED}/")
    if name in shown.own and name != path:
        return Answer(200, _headers(media_type(Output(name, b"", ""))), shown.own[name])
    if not shown.files:
        return Answer(503, _headers("text/html; charset=utf-8"), _with_preview(page_without_site(), shown, path))
    found = _find(shown, path)
    if found and not path.endswith(("/", f"/{found}")):
        return Answer(302, (*COMMON, ("Location", quote(f"{path}/"))), b"")
    output = shown.files.get(found or _NOT_FOUND)
    if output is None:
        return plain(404, "There is no such page.")
    body = _with_preview(output.body, shown, path) if _is_rendered_page(output) else output.body
    return Answer(200 if found else 404, _headers(media_type(output)), body)


def version(shown: Shown, target: str) -> str:
    """Name what a browser sees at a path: the name changes with the page, any file it loads, and what is wrong."""
    digest = hashlib.sha256(shown.over_html.encode())
    output = shown.files.get(file_of(shown, target) or _NOT_FOUND)
    if output:
        digest.update(output.body)
        for path in _loaded(output, shown.base_path) if _is_rendered_page(output) else ():
            digest.update(shown.files[path].body if path in shown.files else b"-")
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _loaded(output: Output, base_path: str) -> tuple[str, ...]:
    """The files that a page loads; of the pages that are open, each is read once for as long as it stays the same."""
    return tuple(sorted(loaded_by(read(output.body), output.path, base_path)))


def file_of(shown: Shown, target: str) -> str | None:
    """Name the file that is shown at a path."""
    return _find(shown, _decoded(target))


def _is_ours(host: str | None, port: int) -> bool:
    allowed = {f"{name}:{port}" for name in HOSTS} | (set(HOSTS) if port == 80 else set())
    return (host or "").casefold() in allowed


def _decoded(target: str) -> str:
    """The path of a request; empty, which is nobody's, where it is not text or not a path."""
    try:
        return unquote(target.partition("#")[0].partition("?")[0], errors="strict") if target.startswith("/") else ""
    except ValueError:
        return ""


def _find(shown: Shown, path: str) -> str | None:
    """The file for a path: by its name, or the front page of a folder; also below the path where it will be hosted."""
    if not path.startswith("/"):
        return None
    below = [path[1:]]
    if shown.base_path != "/" and path.startswith(shown.base_path):
        below.append(path.removeprefix(shown.base_path))
    for one in below:
        folder = one if one.endswith("/") or not one else f"{one}/"
        for name in (one, f"{folder}index.html"):
            if name in shown.files:
                return name
    return None


def _is_rendered_page(output: Output) -> bool:
    """Whether we made it from a template; a page that an editor keeps in static/ is left as it is."""
    return output.path.endswith(".html") and not output.made_from.startswith(f"{STATIC}/")


def _with_preview(body: bytes, shown: Shown, path: str) -> bytes:
    """Put what is wrong, the style and the scripts at the end of a page."""
    added = f'<link rel="stylesheet" href="/{RESERVED}/preview.css">\n{shown.over_html}'
    added += f'<script src="/{RESERVED}/preview.js" data-shown="{version(shown, path)}"></script>\n'
    added += f'<script src="{SCRIPT}"></script>\n'
    before, end, after = body.rpartition(b"</body>")
    return before + added.encode() + end + after if end else body + added.encode()


def _headers(kind: str) -> tuple[tuple[str, str], ...]:
    return (*COMMON, ("Content-Type", kind))


def plain(status: int, text: str, *more: tuple[str, str]) -> Answer:
    """Answer with a line of text and perhaps more headers."""
    return Answer(status, (*_headers("text/plain; charset=utf-8"), *more), f"{text}\n".encode())
