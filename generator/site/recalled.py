"""What is found about a joined site, kept with what was looked at to find it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from generator.cache.seen import Seen, note_all, noting
from generator.cache.shelves import Shelf
from generator.markup.document import Document
from generator.site.joined import Site

_T = TypeVar("_T")


def in_each(
    what: str,
    kind: Any,
    find: Callable[[Document, Site], _T],
    documents: Iterable[Document],
    site: Site,
    is_whole: Callable[[_T], bool] = lambda value: True,
) -> dict[str, _T]:
    """Give what is found in each document, by its path. `kind` is its type, which the codec knows; `what` tells it from
    all else that is found. Who asks has looked at all that was looked at. What `is_whole` says is not all that there is
    to find is never kept."""
    every = {one.path: one for one in documents}
    return _recalled(what, kind, {path: partial(find, one, site) for path, one in every.items()}, site, is_whole)


def for_site(what: str, kind: Any, find: Callable[[], _T], site: Site, given: object = None) -> _T:
    """Give what is found about the site as a whole, and about what is given beside it: plain data."""
    return _recalled(what, kind, {repr(given): find}, site).popitem()[1]


def _recalled(
    what: str,
    kind: Any,
    finders: dict[str, Callable[[], _T]],
    site: Site,
    is_whole: Callable[[_T], bool] = lambda value: True,
) -> dict[str, _T]:
    shelf: Shelf[tuple[_T, tuple[str, ...]]] = Shelf(what, tuple[kind, tuple[str, ...]], site.facts, site.cache)
    found: dict[str, _T] = {}
    looked_at: Seen = {}
    for (name, find), slot in zip(finders.items(), shelf.rows([*finders]), strict=True):
        row = slot.row
        if row is None or not site.traces.hold(row[1]):
            with noting() as seen:
                value = find()
            row = value, site.traces.of(seen)
            if is_whole(value):
                slot.put(row)
        found[name] = row[0]
        looked_at.update(dict.fromkeys(zip(row[1][::3], row[1][1::3], strict=True)))
        slot.close()
    note_all(looked_at)
    return found
