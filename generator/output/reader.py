"""Reads a page of HTML, as a browser would.

Where that depends on the browser (with or without scripts), or where our parser is simpler than one, a page is read in
each way there is: rather is something found that no browser would load than something missed that one would.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern

from generator.output.browser_addresses import heeded
from generator.output.outputs import Output
from generator.output.reading import Reading
from generator.output.searched import digest, searched
from generator.output.tree import Tree, own_name, tree_of

_ANY = ""
_IN_DRAWINGS = {"script": "script-src", **dict.fromkeys(("image", "feimage", "use"), "img-src")}
_ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "src": {
        "script": "script-src",
        **dict.fromkeys(("img", "image", "input"), "img-src"),
        **dict.fromkeys(("video", "audio", "source", "track"), "media-src"),
        **dict.fromkeys(("iframe", "frame"), "frame-src"),
        "embed": "object-src",
    },
    "srcset": dict.fromkeys(("img", "image", "source"), "img-src"),
    "imagesrcset": {"link": "img-src"},
    "poster": {"video": "img-src"},
    "background": {_ANY: "img-src"},
    "data": {"object": "object-src"},
    "action": {"form": "form-action"},
    "formaction": dict.fromkeys(("button", "input"), "form-action"),
    "ping": dict.fromkeys(("a", "area"), "connect-src"),
    "href": {"base": "base-uri", **_IN_DRAWINGS},
    "xlink:href": _IN_DRAWINGS,
    **{name: {} for name in ("to", "from", "by", "values")},
}
"""Attributes that hold addresses, with the directive that allows what each element loads from there."""
_PARTED_BY = {"srcset": ",", "imagesrcset": ",", "ping": " "}
"""Attributes that hold several addresses, and what parts them."""
_LEADS = frozenset(("href", "xlink:href", "to", "from", "by", "values"))
"""Attributes whose address a browser follows when a reader asks for it; the last four can move that of a drawing."""
_TELLING = frozenset(("h1", "script", "style", "link", "form"))
_DUMB = frozenset("class role lang type rel title alt width height d viewbox scope colspan aria-hidden".split())
"""Common attributes that tell nothing by themselves."""
_BY_RELATION = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "mask-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
    "prefetch": "default-src",
    "preconnect": "default-src",
    "dns-prefetch": "default-src",
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
_RUN = frozenset(
    "module importmap speculationrules text/javascript application/javascript text/ecmascript application/ecmascript "
    "text/x-javascript application/x-javascript text/x-ecmascript application/x-ecmascript text/jscript "
    "text/javascript1.0 text/javascript1.1 text/javascript1.2 text/javascript1.3 text/javascript1.4 "
    "text/javascript1.5 text/livescript".split()
) | {""}
"""Types of a script element that the browser acts on; every other one holds mere data."""
_LOADED_RELATIONS = frozenset(("stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"))
_LATER = "data-search"
"""The attribute that names a script which is loaded only when a reader wants it."""

_RAW = rb"title|textarea|style|xmp|iframe|noembed|noframes|plaintext"
"""Elements that hold mere text, unless they stand in a drawing or a formula."""
_NOSCRIPT = re.compile(rb"<(/?)noscript(?=[\s/>])", re.IGNORECASE)
_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_SHUT = re.compile(rb"<(?:script|noscript|" + _RAW + rb")(?:[\s/](?:[^>\"']|\"[^\"]*\"|'[^']*')*)?/>", re.IGNORECASE)
_DRAWN = re.compile(rb"<(?:svg|math)[\s/>]", re.IGNORECASE)
_TEXTS = re.compile(rb"<(/?)(" + _RAW + rb"|script)(?=[\s/>])", re.IGNORECASE)
_TEXTS_BUT_SCRIPTS = re.compile(rb"<(?:" + _RAW + rb")[\s/>]", re.IGNORECASE)


def read_others(known: Mapping[str, Reading], outputs: Iterable[Output]) -> dict[str, Reading]:
    """Read every page that is not known yet, such as one that an editor keeps among the static files."""
    others = {one.path: read(one.body) for one in outputs if is_page(one) and one.path not in known}
    return {**known, **others}


def is_page(output: Output) -> bool:
    """Whether a file is one that can be read so."""
    return output.path.endswith(".html")


def read(body: bytes) -> Reading:
    """Read a page."""
    return reading_of(body, tree_of(body))


def reading_of(body: bytes, tree: Tree) -> Reading:
    """Give what a page holds, from its bytes and from the tree that was made of them."""
    found = _Found()
    found.read(tree)
    for way in _other_ways(body, tree):
        other = _Found()
        other.read(tree_of(way))
        found.asks |= other.asks
        found.inline |= other.inline
    return Reading(
        ids=tuple(map(intern, found.ids)),
        main_headings=found.main_headings,
        links=tuple(map(intern, found.links)),
        loads=tuple(map(intern, found.loads)),
        asks=tuple((intern(directive), intern(address)) for directive, address in found.asks),
        inline=tuple(map(intern, found.inline)),
        searched=digest(searched(tree)),
    )


def _other_ways(body: bytes, tree: Tree) -> Iterator[bytes]:
    """The page as others may read it, where it has what is read in more than one way."""
    if _NOSCRIPT.search(body):  # where scripts run, what it holds is text
        yield _NOSCRIPT.sub(rb"<\1noembed", body)
    if _CDATA.search(body):  # in a drawing, it is text
        yield _CDATA.sub(b"", body)
    if _SHUT.search(body):  # outside a drawing, the slash says nothing
        yield body.replace(b"/>", b" >")
    drawn = _DRAWN.search(body)
    if drawn and (_TEXTS_BUT_SCRIPTS.search(body, drawn.start()) or _has_drawn_script(tree)):
        yield _TEXTS.sub(rb"<\1page-\2", body)  # in a drawing, they hold elements


def _has_drawn_script(tree: Tree) -> bool:
    return any(True for drawn in tree.root.iter("svg", "math") for _ in drawn.iter("script"))


@dataclass
class _Found:
    """What is found while reading; a dict is a set that keeps the order."""

    ids: list[str] = field(default_factory=list)
    main_headings: int = 0
    links: dict[str, None] = field(default_factory=dict)
    loads: dict[str, None] = field(default_factory=dict)
    asks: dict[tuple[str, str], None] = field(default_factory=dict)
    inline: dict[str, None] = field(default_factory=dict)

    def read(self, tree: Tree) -> None:
        """Read all elements."""
        for element in tree.root.iter():
            tells = element.tag in _TELLING
            says = not _DUMB.issuperset(element.keys())
            if tells or says:  # most elements do neither
                tag, values = own_name(element.tag), dict(element.items())
                if tells:
                    self._special(tag, values)
                if says:
                    self._attributes(tag, values)
        if not tree.is_whole:
            self.inline["elements within elements that are too many to be read"] = None

    def _attributes(self, tag: str, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            if name in _ADDRESSES:
                self._address(tag, name, value)
            elif name == "id":
                self.ids += [value] if value else []
            elif name == _LATER:
                self.loads[value] = None
            elif name == "style" or name == "srcdoc" or name.startswith("on"):
                self.inline[f"the attribute {name} of <{tag}>"] = None
            if name in ("href", "src") and values.get("rel") != "canonical":
                self.links[value] = None

    def _address(self, tag: str, name: str, value: str) -> None:
        if name == "src" and tag != "link":
            self.loads[value] = None
        elif name in _LEADS and ":" in value and heeded(value).casefold().startswith("javascript:"):
            self.inline["a link to a script"] = None
        directive = _ADDRESSES[name].get(tag) or _ADDRESSES[name].get(_ANY)
        if directive and name in _PARTED_BY:
            for one in value.split(_PARTED_BY[name]):
                self._ask(directive, *one.split()[:1])
        elif directive:
            self._ask(directive, value)

    def _special(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "h1":
            self.main_headings += 1
        elif tag == "style":
            self.inline["<style>"] = None
        elif tag == "script" and "src" not in values and values.get("type", "").strip().casefold() in _RUN:
            self.inline["<script> without src"] = None
        elif tag == "form" and "action" not in values and values.get("method", "").casefold() != "dialog":
            self._ask("form-action", "")
        elif tag == "link":
            self._link(values.get("rel", "").casefold().split(), values)

    def _link(self, relations: Iterable[str], values: Mapping[str, str]) -> None:
        for relation in relations:
            preload = _BY_PRELOAD.get(values.get("as", "").casefold()) if relation == "preload" else None
            directive = preload or _BY_RELATION.get(relation)
            if directive:
                self._ask(directive, values.get("href", ""))
            if relation in _LOADED_RELATIONS:
                self.loads[values.get("href", "")] = None

    def _ask(self, directive: str, *addresses: str) -> None:
        for one in map(str.strip, addresses):
            if not one.startswith("#"):
                self.asks[(directive, one)] = None
