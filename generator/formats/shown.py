"""What a rendered page shows, as a tree: the text without the menus around it."""

import re
from dataclasses import dataclass

from generator.output.tree import Element, Tree, as_xml, take_off, take_out

_AROUND = ("crumbs", "contents", "letters", "turn", "around", "skip", "anchor", "jump", "to-top", "map-go")
"""Classes of what leads elsewhere and tells nothing."""
_TWICE = ("visually-hidden", "reference-marks", "term-note", "day")
"""Classes of what helps on a screen alone, or says again what stands elsewhere."""
_TOOLS = ("pick", "compare-tools", "compare-how", "beside-link", "tick-tools", "ticked", "keep-offline")
"""Classes of what only a browser can do."""
_LEFT_OUT = frozenset((*_AROUND, *_TWICE, *_TOOLS))
_INDEX = re.compile(r"(^|/)index\.html(?=$|#)")


@dataclass(frozen=True)
class Shown:
    """The main part of one page: its address below the site's, its language and its tree."""

    url: str
    language: str
    title: str
    main: Element


def shown(url: str, language: str, title: str, page: Tree) -> Shown:
    """Give what a page shows, ready to be written in another form. The tree is changed, and may be changed further."""
    found = page.root.find(".//main")
    main = page.root if found is None else found  # a template may lack it; what is wrong with that is told elsewhere
    take_out(main, [one for one in main.iter() if _is_left_out(one)])
    for one in main.iter("a"):
        href = one.get("href")
        if href == "" or (href and "index.html" in href):
            one.set("href", _INDEX.sub(r"\1", href) or "./")  # a portable site names files
    for one in main.iter("span"):
        after = one.getnext()
        if after is not None and after.tag == "span":
            one.tail = one.tail or " "  # on the screen the stylesheet keeps them apart
    sources = [one for one in main.iter("details") if "sources" in classes(one)]
    take_out(main, [summary for one in sources for summary in one.findall("summary")])
    take_off(main, sources)
    return Shown(url, language, title, main)


def as_xhtml(element: Element) -> str:
    """Write a tree as XHTML, without namespaces."""
    for picture in element.iter("svg"):
        if picture.get("viewbox"):  # a parser of HTML takes all names for small letters
            picture.set("viewBox", picture.attrib.pop("viewbox"))
    return as_xml(element)


def classes(element: Element) -> tuple[str, ...]:
    """Give the classes of an element."""
    given = element.get("class")
    return tuple(given.split()) if given else ()


def _is_left_out(element: Element) -> bool:
    return element.get("hidden") is not None or not _LEFT_OUT.isdisjoint(classes(element))
