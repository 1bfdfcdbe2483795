"""What a rendered page shows, as a tree: the text without the menus around it."""

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

Element = Any
"""An element of lxml, which has no types of its own: `tag`, `text`, `tail`, `get(name)` and its children."""

_AROUND = ("crumbs", "contents", "letters", "turn", "around", "skip", "anchor", "jump", "to-top", "map-go")
"""Classes of what leads elsewhere and tells nothing."""
_TWICE = ("visually-hidden", "reference-marks", "term-note", "day")
"""Classes of what helps on a screen alone, or says again what stands elsewhere."""
_TOOLS = ("pick", "compare-tools", "compare-how", "beside-link", "tick-tools", "ticked", "keep-offline")
"""Classes of what only a browser can do."""
_INDEX = re.compile(r"(^|/)index\.html(?=$|#)")


@dataclass(frozen=True)
class Shown:
    """The main part of one page: its address below the site's, its language and its tree."""

    url: str
    language: str
    title: str
    main: Element


def shown(url: str, language: str, title: str, page: bytes) -> Shown:
    """Give what a page shows, ready to be written in another form. The tree may be changed."""
    whole = html.document_fromstring(page.decode("utf-8"))
    found = whole.find(".//main")
    main = whole if found is None else found  # a template may lack it; what is wrong with that is told elsewhere
    for one in [one for one in main.iter() if isinstance(one.tag, str) and _is_left_out(one)]:
        _take_out(one)
    for one in main.xpath(".//a[@href]"):
        one.set("href", _INDEX.sub(r"\1", one.get("href")) or "./")  # a portable site names files
    for one in main.xpath(".//span[following-sibling::*[1][self::span]]"):
        one.tail = one.tail or " "  # on the screen the stylesheet keeps them apart
    for one in [one for one in main.iter("details") if "sources" in classes(one)]:
        for summary in one.findall("summary"):
            _take_out(summary)
        one.drop_tag()
    return Shown(url, language, title, main)


def as_xhtml(element: Element) -> str:
    """Write a tree as XHTML, without namespaces."""
    for picture in element.iter("svg"):
        if picture.get("viewbox"):  # a parser of HTML takes all names for small letters
            picture.set("viewBox", picture.attrib.pop("viewbox"))
    return str(etree.tostring(element, encoding="unicode", method="xml", with_tail=False))


def classes(element: Element) -> tuple[str, ...]:
    """Give the classes of an element."""
    return tuple((element.get("class") or "").split())


def _is_left_out(element: Element) -> bool:
    named = classes(element)
    return "hidden" in element.attrib or any(one in named for one in (*_AROUND, *_TWICE, *_TOOLS))


def _take_out(element: Element) -> None:
    """Remove an element, but not the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()
