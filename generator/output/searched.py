"""What the search sees of a page: its own words as a small page by themselves, which is all that Pagefind is given.

So two pages that show the same words are the same to the search, whatever their links, dates, sources and menus are;
and the index need not be made again where no word has changed.
"""

import hashlib
import re
from html import escape

from generator.output.tree import Element, Tree, begins_and_ends, own_name

_BODY = "data-pagefind-body"
"""Marks the part of a page that is searched; a page without it is not found."""
_FOR_PAGEFIND = "data-pagefind-"
_TELLING = frozenset(_FOR_PAGEFIND + one for one in ("body", "meta", "default-meta", "filter", "sort"))
"""Marks what is read wherever on a page it stands."""
_LEFT_OUT = frozenset(
    "crumbs contents letters around turn dateline overdue about-page references cite term-note".split()
)
"""Classes of what says nothing of its own: ways on; dates, sources, notes."""
_HEADED_ALIKE = frozenset("answer key-points glance".split())
"""Classes of parts whose heading every page has."""
_UNSEEN = frozenset("style script noscript form svg footer nav iframe template img input wbr".split())
"""Elements without words, or with words that are not searched."""
_INLINE = frozenset(
    "a abbr b bdi bdo button cite code data del dfn em i ins kbd label mark q s samp small span strong sub sup time u "
    "var".split()
)
"""Elements within a line: only their words tell."""
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
"""Headings to which a result leads. That of the page is no part of its text: every result begins with its title."""
_EMPTY = frozenset("br hr meta link col area base embed param source track".split())
_TITLES = ("h1", "title")
_NAMED = re.compile(r"\[([^\]]+)\]")
"""An attribute whose value Pagefind is told to read."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


def searched(tree: Tree) -> str:
    """Give what the search sees of a page; nothing of one that is not to be found. The tree stays as it is."""
    root = next(tree.root.iter("page-html"), None)
    if root is None or tree.root.find(f".//*[@{_BODY}]") is None:
        return ""
    title = _TITLES[0] if next(tree.root.iter(_TITLES[0]), None) is not None else _TITLES[1]
    language = escape(root.get("lang") or "")
    inner = _SPACE.sub(" ", "".join(_parts(tree, title)))
    return f'<!doctype html><html lang="{language}">{inner}</html>\n'


def digest(seen: str) -> str:
    """Give the digest of what the search sees; nothing of a page that is not to be found."""
    return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest() if seen else ""


def _parts(tree: Tree, title: str) -> list[str]:
    """What is written of a page, of which elements named `title` tell the title."""
    parts: list[str] = []
    outer: Element = None  # the outermost element that is written
    gone: Element = None  # the outermost one that is left out
    for begins, one in begins_and_ends(tree):
        tag = own_name(one.tag)
        if gone is not None:
            if begins or one is not gone:
                continue
            gone = None
        elif begins:
            if _is_left_out(one, tag):
                gone = one
                continue
            if outer is None:
                if tag != title and _TELLING.isdisjoint(one.keys()):
                    continue
                outer = one
            parts += [_begin(one, tag), escape(one.text or "", quote=False)]
            continue
        elif outer is not None:
            parts.append(_end(one, tag))
        if one is outer:
            outer = None
        elif outer is not None:
            parts.append(escape(one.tail or "", quote=False))
    return parts


def _is_left_out(one: Element, tag: str) -> bool:
    if tag in _UNSEEN or not _LEFT_OUT.isdisjoint(_classes(one)):
        return True
    return tag == "h2" and any(not _HEADED_ALIKE.isdisjoint(_classes(above)) for above in one.iterancestors())


def _classes(one: Element) -> list[str]:
    return (one.get("class") or "").split()


def _begin(one: Element, tag: str) -> str:
    kept = {name: value for name, value in one.items() if name.startswith(_FOR_PAGEFIND)}
    read = [name for value in kept.values() for name in _NAMED.findall(value)]
    read += (kept.get(f"{_FOR_PAGEFIND}index-attrs") or "").replace(",", " ").split()
    kept |= {name: one.get(name) for name in read if one.get(name) is not None}
    if tag in _HEADINGS and one.get("id"):
        kept["id"] = one.get("id")
    if tag in _INLINE and not kept:
        return ""
    return f"<{tag}{''.join(f' {name}={chr(34)}{escape(value)}{chr(34)}' for name, value in kept.items())}>"


def _end(one: Element, tag: str) -> str:
    is_bare = tag in _INLINE and not any(name.startswith(_FOR_PAGEFIND) for name in one.attrib)
    return "" if is_bare or tag in _EMPTY else f"</{tag}>"
