"""A page of the site as a chapter of an electronic book: XHTML whose links lead to other chapters or to the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin

from generator.formats.shown import Shown, as_xhtml, classes
from generator.output.tree import Element, take_out

_KEPT = frozenset("id class href src alt lang scope colspan rowspan datetime width height role".split())
_DRAWN = frozenset("viewbox d x y cx cy r rx ry transform aria-label aria-labelledby aria-describedby".split())
"""Attributes of a drawing, beside those that anything may have."""
_SVG = "http://www.w3.org/2000/svg"
_GONE = frozenset(("qr", "write"))
"""Classes of what only paper is for."""
_STILL = {"button": "span", "label": "span", "details": "div", "summary": "p"}
"""What a book shows of things that are pressed."""
_BOX = "\u2610 "


@dataclass(frozen=True)
class Chapter:
    """One file of the book: `pictures` are the addresses of those that it shows, `asked` the pages and the places in
    them to which links of its page lead."""

    file: str
    title: str
    xhtml: str
    pictures: tuple[str, ...]
    asked: tuple[tuple[str, str], ...] = ()


def places(page: Shown) -> frozenset[str]:
    """Give the ids of a page, to which links may lead."""
    return frozenset(one.get("id") for one in page.main.iter() if one.get("id"))


@dataclass(frozen=True)
class Book:
    """What links of a page can find in the book, by the addresses of its pages: the file of each, and its places; all
    else they find on the site."""

    files: Mapping[str, str]
    places: Mapping[str, frozenset[str]]
    site_url: str


def chapter(page: Shown, book: Book) -> Chapter:
    """Give a page as a chapter. The tree of the page is changed."""
    pictures: dict[str, None] = {}
    asked: dict[tuple[str, str], None] = {}
    gone = []
    for one in page.main.iter():
        if not _has_place(one):
            gone.append(one)
            continue
        _simplify(one)
        if one.get("href") is not None:
            one.set("href", _target(one.get("href"), page.url, book, asked))
        if one.tag == "img":
            address = urljoin(page.url, one.get("src")).removeprefix("/")
            pictures[address] = None
            one.set("src", f"../{address}")
    take_out(page.main, gone)
    page.main.tag = "section"
    text = _document(page.title, page.language, as_xhtml(page.main))
    return Chapter(book.files[page.url], page.title, text, tuple(pictures), tuple(asked))


def _has_place(one: Element) -> bool:
    """Whether an element belongs into a book. Of a box that is ticked, what shows it is left there."""
    if _GONE & set(classes(one)):
        return False
    if one.tag == "input":
        one.tail = _BOX + (one.tail or "").lstrip()
        return False
    return one.tag != "img" or bool(one.get("src"))


def _simplify(one: Element) -> None:
    """Make of an element what a reader of books shows of it."""
    is_drawn = one.tag == "svg" or any(above.tag == "svg" for above in one.iterancestors())
    if is_drawn and one.tag == "a":  # the list below the drawing has the same links
        one.tag = "g"
        one.attrib.clear()
    one.tag = _STILL.get(one.tag, one.tag)
    for name in [name for name in one.attrib if name not in (_KEPT | _DRAWN if is_drawn else _KEPT)]:
        del one.attrib[name]
    if one.tag == "svg":
        one.set("xmlns", _SVG)
    if one.get("lang"):
        one.set("{http://www.w3.org/XML/1998/namespace}lang", one.get("lang"))


def _target(href: str, url: str, book: Book, asked: dict[tuple[str, str], None]) -> str:
    """Where a link leads within the book, or else on the site; what it asked for is added to `asked`."""
    if href.split(":", 1)[0] in ("http", "https", "mailto", "tel"):
        return href
    address, _, place = urljoin(url, href).partition("#")
    asked[(address, place)] = None
    if address not in book.files:
        return urljoin(book.site_url, address.removeprefix("/"))
    inner = f"#{place}" if place in book.places[address] else ""
    return inner if address == url and inner else f"{book.files[address].rpartition('/')[2]}{inner}"


def _document(title: str, language: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">\n<head>\n'
        f'<title>{escape(title)}</title>\n<link rel="stylesheet" type="text/css" href="../book.css"/>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )
