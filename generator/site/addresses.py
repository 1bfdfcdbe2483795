"""Addresses as text: the way from one page to another, and back to a whole address."""

import re
from functools import lru_cache
from urllib.parse import urljoin

_OWN = re.compile(r"((?:\.\./)*)((?:\w[\w-]*/)*)(#[\w.:-]+)?", re.ASCII)
"""A page of the site as its pages link to one: up some folders, down some others, and the place in it."""
_OTHER = re.compile(r"https://[\w.-]+/[\w./-]*", re.ASCII)
_BASE = re.compile(r"https?://[\w.:-]+(/(?:\w[\w-]*/)*)", re.ASCII)


def whole(address: str, href: str) -> str:
    """Give the whole address that a link on a page leads to; `address` is the page's own.

    Those of our own pages are found in a few steps, all others by the library, which knows every case.
    """
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


def language_prefix(language: str, own: str) -> str:
    """The path before all addresses of a language."""
    return "/" if language == own else f"/{language.lower()}/"


def relative(start: str, target: str) -> str:
    """The relative address from one page of the site to another; both begin and end with a slash, or name a file."""
    target, hash_sign, anchor = target.partition("#")
    if target == start and hash_sign:
        return f"#{anchor}"
    return f"{_way(start[: start.rfind('/')], target)}{hash_sign}{anchor}"


@lru_cache(maxsize=65_536)  # pages of one folder ask for the same ways
def _way(folder: str, target: str) -> str:
    """The way from a folder, such as `/treatments/injection` (the site's root is empty), to a path from the root."""
    start = folder.split("/")
    *path, last = target.split("/")
    shared = 0
    for one, other in zip(start, path, strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(start) - shared) + "/".join([*path[shared:], last]) or "./"


def as_file(href: str) -> str:
    """A relative address as a folder of files needs it, where no server shows a folder's index.html."""
    path, hash_sign, anchor = href.partition("#")
    path = f"{path}index.html" if path.endswith("/") else path
    return f"{path}{hash_sign}{anchor}"
