"""The one door to lxml: a rendered page as a tree, made by its C parser."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

Element = Any
"""An element of lxml, which has no types of its own: `tag`, `text`, `tail`, `get(name)` and its children."""

_OUTER = re.compile(rb"<(/?)(html|head|body)(?=[\s/>])", re.IGNORECASE)
_RENAMED = "page-"
_GONE, _BARE = "page-gone", "page-bare"


@dataclass(frozen=True)
class Tree:
    """A page; `is_whole` says whether all of it was read, which is not so where too many elements nest."""

    root: Element
    is_whole: bool


def tree_of(body: bytes) -> Tree:
    """Read a page, whatever it holds.

    The parser heeds one `html`, `head` and `body`, and drops what stands behind them or on a second one, which browsers
    do not. So they get names that it does not know; `own_name` gives the right ones.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    inner = _OUTER.sub(rb"<\1page-\2", body)
    root = etree.fromstring(b"<page-root>" + inner, parser)
    return Tree(root, not any(one.level == etree.ErrorLevels.FATAL for one in parser.error_log))


def own_name(tag: str) -> str:
    """Give the name that an element has in the page itself, in small letters."""
    return tag.removeprefix(_RENAMED)


def begins_and_ends(tree: Tree) -> Iterator[tuple[bool, Element]]:
    """Give each element twice, in the order of the page: where it begins (true) and where it ends (false)."""
    for event, element in etree.iterwalk(tree.root, events=("start", "end")):
        yield event == "start", element


def take_out(root: Element, elements: Iterable[Element]) -> None:
    """Remove elements below `root`, but not the text that follows each."""
    for one in elements:
        one.tag = _GONE
    etree.strip_elements(root, _GONE, with_tail=False)


def take_off(root: Element, elements: Iterable[Element]) -> None:
    """Remove elements below `root`, but not what they hold."""
    for one in elements:
        one.tag = _BARE
    etree.strip_tags(root, _BARE)


def as_xml(element: Element) -> str:
    """Write an element as XML, without the text that follows it."""
    return str(etree.tostring(element, encoding="unicode", method="xml", with_tail=False))
