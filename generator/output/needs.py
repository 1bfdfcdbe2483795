"""What the pages need of a browser: which kinds of files they load and from where, read from all that was made."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from generator.output.outputs import KEPT, Output

SELF = "'self'"
WASM = "'wasm-unsafe-eval'"

_BY_ATTRIBUTE = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "srcset"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("use", "href"): "img-src",
    ("use", "xlink:href"): "img-src",
    ("input", "src"): "img-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("frame", "src"): "frame-src",
    ("embed", "src"): "object-src",
    ("object", "data"): "object-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
    ("base", "href"): "base-uri",
}
_BY_RELATION = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "mask-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
_BY_PRELOAD = {
    "script": "script-src",
    "style": "style-src",
    "image": "img-src",
    "font": "font-src",
    "fetch": "connect-src",
    "audio": "media-src",
    "video": "media-src",
    "track": "media-src",
    "worker": "worker-src",
}
_RUN = ("", "module", "text/javascript", "application/javascript", "importmap", "speculationrules")
"""Types of a script element that the browser acts on; every other one holds mere data."""

_IN_SCRIPTS = (
    (re.compile(r"\bfetch\s*\(|\b(?:XMLHttpRequest|EventSource|sendBeacon)\b|\.addAll\s*\("), "connect-src", SELF),
    (re.compile(r"\bnew\s+(?:Shared)?Worker\b|\bserviceWorker\b"), "worker-src", SELF),
    (re.compile(r"\bWebAssembly\b"), "script-src", WASM),
)
_FEATURES_IN_SCRIPTS = {
    "clipboard-write": re.compile(r"\bclipboard\??\.write"),
    "fullscreen": re.compile(r"\brequestFullscreen\b"),
    "screen-wake-lock": re.compile(r"\bwakeLock\b"),
}
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
_CSS_IMPORT = re.compile(r"@import\s+(?:url\()?[\"']?([^\"')\s;]+)")
_CSS_URL = re.compile(r"\burl\(\s*[\"']?([^\"')\s]+)")


@dataclass(frozen=True)
class Needs:
    """Where files of each kind come from, by the directive that allows it; which features of a browser scripts use.

    `inline` and `foreign` name what no policy of ours allows: an output's path, the source it was made from, and what
    stands there.
    """

    sources: Mapping[str, frozenset[str]]
    features: frozenset[str]
    inline: tuple[tuple[str, str, str], ...] = ()
    foreign: tuple[tuple[str, str, str], ...] = ()


@dataclass
class _Found:
    """What is found while reading; `origin` is the site's own scheme and host."""

    origin: tuple[str, str]
    sources: dict[str, set[str]] = field(default_factory=dict)
    features: set[str] = field(default_factory=set)
    inline: list[tuple[str, str, str]] = field(default_factory=list)
    foreign: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, directive: str, address: str, output: Output) -> None:
        """Note that a file of some kind is loaded from an address."""
        address = address.strip()
        if address.startswith("#"):
            return
        try:
            parts = urlsplit(address)
        except ValueError:  # half an IPv6 address
            self.foreign.append((output.path, output.made_from, address))
            return
        scheme = parts.scheme.casefold()
        if scheme in ("data", "blob") and directive in ("img-src", "font-src", "media-src"):
            self.sources.setdefault(directive, set()).add(f"{scheme}:")
        elif scheme and scheme not in ("http", "https"):
            self.inline.append((output.path, output.made_from, f"{scheme}: in {directive}"))
        elif parts.netloc and (scheme or self.origin[0], parts.netloc) != self.origin:
            self.foreign.append((output.path, output.made_from, address))
        else:
            self.sources.setdefault(directive, set()).add(SELF)

    def take(self, other: "_Found") -> None:
        """Add what was found elsewhere."""
        for directive, sources in other.sources.items():
            self.sources.setdefault(directive, set()).update(sources)
        self.features |= other.features
        self.foreign += other.foreign
        self.inline += other.inline


class _Reader(HTMLParser):
    """Reads one page."""

    def __init__(self, found: _Found, output: Output) -> None:
        super().__init__()
        self.found = found
        self.output = output

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element loads, and code that stands in the page itself."""
        if tag in ("script", "style", "link", "form"):
            self._special(tag, {name: value or "" for name, value in attrs})
        for name, given in attrs:
            if name == "style" or name.startswith("on") or name == "srcdoc":
                self._inline(f"the attribute {name} of <{tag}>")
            elif name == "href" and (given or "").strip().casefold().startswith("javascript:"):
                self._inline("a link to a script")
            directive = _BY_ATTRIBUTE.get((tag, name))
            if directive:
                several = name == "srcset"
                for one in (given or "").split(",") if several else (given or "",):
                    self.found.add(directive, one.split()[0] if several and one.split() else one, self.output)

    def _special(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "style":
            self._inline("<style>")
        elif tag == "script" and "src" not in values and values.get("type", "").strip().casefold() in _RUN:
            self._inline("<script> without src")
        elif tag == "form" and "action" not in values and values.get("method", "").casefold() != "dialog":
            self.found.add("form-action", "", self.output)
        elif tag == "link":
            for relation in values.get("rel", "").casefold().split():
                preload = _BY_PRELOAD.get(values.get("as", "")) if relation == "preload" else None
                directive = preload or _BY_RELATION.get(relation)
                if directive:
                    self.found.add(directive, values.get("href", ""), self.output)

    def _inline(self, what: str) -> None:
        self.found.inline.append((self.output.path, self.output.made_from, what))


def needs_of(outputs: Iterable[Output], url: str) -> Needs:
    """Read every page, stylesheet and script. `url` is the site's own address: its host is not a foreign one."""
    parts = urlsplit(url)
    found = _Found((parts.scheme, parts.netloc))
    for output in outputs:
        if output.path.endswith(".html"):
            found.take(_read_page(output, found.origin))
        elif output.path.endswith(".css"):
            _read_style(found, output)
        elif output.path.endswith((".js", ".mjs")):
            _read_script(found, output)
    return Needs(
        sources={name: frozenset(values) for name, values in sorted(found.sources.items())},
        features=frozenset(found.features),
        inline=tuple(dict.fromkeys(found.inline)),
        foreign=tuple(dict.fromkeys(found.foreign)),
    )


@lru_cache(maxsize=KEPT)
def _read_page(output: Output, origin: tuple[str, str]) -> _Found:
    found = _Found(origin)
    reader = _Reader(found, output)
    reader.feed(output.body.decode("utf-8"))
    reader.close()
    return found


def _read_style(found: _Found, output: Output) -> None:
    text = _CSS_COMMENT.sub("", output.body.decode("utf-8"))
    for address in _CSS_IMPORT.findall(text):
        found.add("style-src", address, output)
    for block in _CSS_FONT.findall(text):
        for address in _CSS_URL.findall(block):
            found.add("font-src", address, output)
    for address in _CSS_URL.findall(re.sub(r"@import[^;]*;", "", _CSS_FONT.sub("", text))):
        found.add("img-src", address, output)


def _read_script(found: _Found, output: Output) -> None:
    text = output.body.decode("utf-8", errors="replace")
    for sign, directive, source in _IN_SCRIPTS:
        if sign.search(text):
            found.sources.setdefault(directive, set()).add(source)
    found.features |= {name for name, sign in _FEATURES_IN_SCRIPTS.items() if sign.search(text)}
