"""What the pages need of a browser: which kinds of files they load and from where, from all that was made."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.keeping import kept_whole
from generator.output.browser_addresses import as_browsers_read
from generator.output.outputs import Output
from generator.output.reading import Reading

SELF = "'self'"
WASM = "'wasm-unsafe-eval'"
_STYLES = ".css"
_ASKING = (_STYLES, ".js", ".mjs")

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
    own: set[tuple[str, str]] = field(default_factory=set)
    """Addresses of the site itself, each with the directive that allows it: the same are on many pages."""

    def add(self, directive: str, address: str, output: Output) -> None:
        """Note that a file of some kind is loaded from an address."""
        if (directive, address) in self.own:
            return
        address = address.strip()
        if address.startswith("#"):
            return
        try:
            parts = urlsplit(as_browsers_read(address, self.origin[0]))
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
            self.own.add((directive, address))


def needs_of(
    outputs: Iterable[Output], readings: Mapping[str, Reading], url: str, cache: Cache = NOTHING_KEPT
) -> Needs:
    """Put together what every page, stylesheet and script needs. `readings` has each page by its path; `url` is the
    site's own address: its host is not a foreign one. Where nobody needs anything else, nothing is read again."""
    asking = [one for one in outputs if one.path in readings or one.path.endswith(_ASKING)]
    digests = (readings[one.path].digests.asks if one.path in readings else one.digest for one in asking)
    told = (text for one, digest in zip(asking, digests, strict=True) for text in (one.path, one.made_from, digest))
    key = key_of("\0".join((url, *told)).encode("utf-8", "surrogatepass"))
    return kept_whole("needs", Needs, key, lambda: _needs_of(asking, readings, url), cache)


def _needs_of(outputs: Iterable[Output], readings: Mapping[str, Reading], url: str) -> Needs:
    parts = urlsplit(url)
    found = _Found((parts.scheme, parts.netloc))
    for output in outputs:
        if output.path in readings:
            _take_page(found, readings[output.path], output)
        elif output.path.endswith(_STYLES):
            _read_style(found, output)
        else:
            _read_script(found, output)
    return Needs(
        sources={name: frozenset(values) for name, values in sorted(found.sources.items())},
        features=frozenset(found.features),
        inline=tuple(dict.fromkeys(found.inline)),
        foreign=tuple(dict.fromkeys(found.foreign)),
    )


def _take_page(found: _Found, reading: Reading, output: Output) -> None:
    for directive, address in reading.asks:
        found.add(directive, address, output)
    found.inline += [(output.path, output.made_from, what) for what in reading.inline]


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
