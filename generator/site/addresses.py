"""Addresses made whole: those of our own pages in a few steps, all others by the library, which knows every case."""

import re
from urllib.parse import urljoin

_OWN = re.compile(r"((?:\.\./)*)((?:\w[\w-]*/)*)(#[\w.:-]+)?", re.ASCII)
"""A page of the site as its pages link to one: up some folders, down some others, and the place in it."""
_OTHER = re.compile(r"https://[\w.-]+/[\w./-]*", re.ASCII)
_BASE = re.compile(r"https?://[\w.:-]+(/(?:\w[\w-]*/)*)", re.ASCII)


def whole(address: str, href: str) -> str:
    """Give the address that a link on a page at `address` leads to."""
    if _OTHER.fullmatch(href):
        return href
    own, base = _OWN.fullmatch(href), _BASE.fullmatch(address)
    if own is None or base is None or not href:
        return urljoin(address, href)
    up, down, place = own.groups()
    folders = base[1].count("/") - 1
    steps = up.count("/")
    if steps > folders:
        return urljoin(address, href)
    return f"{address.rsplit('/', steps + 1)[0]}/{down}{place or ''}"
