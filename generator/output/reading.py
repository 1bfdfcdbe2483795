"""What one page of HTML tells the rest of the program, found in one reading and kept as plain data.

It is read as a browser reads it. Where that depends on the browser (with or without scripts), or where our parser is
simpler than one, a page is read in each way there is: rather is something found that no browser would load than
something missed that one would.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern

from generator.output.outputs import Output
from generator.output.tree import Element, Tree, own_name, tree_of

_BY_ATTRIBUTE = {
    ("script", "src"): "script-src",
    ("script", "href"): "script-src",
    ("script", "xlink:href"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "srcset"): "img-src",
    ("link", "imagesrcset"): "img-src",
    ("image", "src"): "img-src",
    ("image", "srcset"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("feimage", "href"): "img-src",
    ("feimage", "xlink:href"): "img-src",
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
    ("a", "ping"): "connect-src",
    ("area", "ping"): "connect-src",
}
_ON_ANY = {"background": "img-src"}
_SEVERAL = {"srcset": ",", "imagesrcset": ",", "ping": " "}
"""Attributes that hold several addresses, and what parts them."""
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
_LEADS = frozenset(("href", "xlink:href", "to", "from", "by", "values"))
"""Attributes whose address a browser follows when a reader asks for it; the last four can move that of a drawing."""
_NO_ADDRESS = re.compile(r"^[\x00-\x20]+|[\t\n\r]+")
"""What a browser leaves out of an address."""
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


@dataclass(frozen=True)
class Reading:
    """What one page holds, in the order in which it stands there; addresses are as they are written.

    `ids` has double ones too. `links` are all that leads or loads; `loads` is what the page loads by itself, without
    asking whether from here. `asks` are the addresses that a policy must allow, each with the directive that would;
    `inline` is code in the page itself, in words.
    """

    ids: tuple[str, ...] = ()
    main_headings: int = 0
    links: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    inline: tuple[str, ...] = ()


def read_all(outputs: Iterable[Output]) -> dict[str, Reading]:
    """Read every page, by its path."""
    return {one.path: read(one.body) for one in outputs if is_page(one)}


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
            self._element(element)
        if not tree.is_whole:
            self.inline["elements within elements that are too many to be read"] = None

    def _element(self, element: Element) -> None:
        tag, values = own_name(element.tag), dict(element.items())
        self.main_headings += tag == "h1"
        if tag in ("script", "style", "link", "form"):
            self._special(tag, values)
        if values:
            self._places(tag, values)
            for name, value in values.items():
                self._attribute(tag, name, value)

    def _places(self, tag: str, values: Mapping[str, str]) -> None:
        if values.get("id"):
            self.ids.append(values["id"])
        for name in ("href", "src"):
            if name in values and values.get("rel") != "canonical":
                self.links[values[name]] = None
        if tag == "link" and _LOADED_RELATIONS & set(values.get("rel", "").casefold().split()):
            self.loads[values.get("href", "")] = None
        elif tag != "link" and "src" in values:
            self.loads[values["src"]] = None
        if _LATER in values:
            self.loads[values[_LATER]] = None

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style" or name.startswith("on") or name == "srcdoc":
            self.inline[f"the attribute {name} of <{tag}>"] = None
        elif name in _LEADS and _NO_ADDRESS.sub("", value).casefold().startswith("javascript:"):
            self.inline["a link to a script"] = None
        directive = _BY_ATTRIBUTE.get((tag, name)) or _ON_ANY.get(name)
        if directive:
            several = [one.split()[:1] for one in value.split(_SEVERAL[name])] if name in _SEVERAL else [[value]]
            for one in several:
                if one:
                    self._ask(directive, one[0])

    def _special(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "style":
            self.inline["<style>"] = None
        elif tag == "script" and "src" not in values and values.get("type", "").strip().casefold() in _RUN:
            self.inline["<script> without src"] = None
        elif tag == "form" and "action" not in values and values.get("method", "").casefold() != "dialog":
            self._ask("form-action", "")
        elif tag == "link":
            for relation in values.get("rel", "").casefold().split():
                preload = _BY_PRELOAD.get(values.get("as", "").casefold()) if relation == "preload" else None
                directive = preload or _BY_RELATION.get(relation)
                if directive:
                    self._ask(directive, values.get("href", ""))

    def _ask(self, directive: str, address: str) -> None:
        address = address.strip()
        if not address.startswith("#"):
            self.asks[(directive, address)] = None
