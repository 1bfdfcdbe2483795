"""Which page of one state is which page of the other, and which addresses were lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.workbench.compare.snapshot import Snapshot, View

_ALIKE = 0.6
"""How alike the passages of two pages are, at least, of which one is the other at a new address."""


@dataclass(frozen=True)
class Pair:
    """A page before and after, at the same address or at another."""

    before: View
    after: View

    @property
    def has_moved(self) -> bool:
        """Whether it has another address now."""
        return self.before.url != self.after.url


@dataclass(frozen=True)
class Pairs:
    """All pages of two states. `lost` are addresses that lead nowhere now, each with the page that was there."""

    both: tuple[Pair, ...]
    added: tuple[View, ...]
    removed: tuple[View, ...]
    lost: tuple[tuple[str, View], ...]


def pairs_of(before: Snapshot, after: Snapshot) -> Pairs:
    """Pair the pages: by address, by redirect, and where neither helps by what they say."""
    both = [Pair(one, after.pages[url]) for url, one in before.pages.items() if url in after.pages]
    gone = {url: one for url, one in before.pages.items() if url not in after.pages}
    new = {url: one for url, one in after.pages.items() if url not in before.pages}
    for url, target in after.redirects.items():
        if url in gone and target in new:
            both.append(Pair(gone.pop(url), new.pop(target)))
    for one in list(gone.values()):
        found = max(new.values(), key=lambda other: (_likeness(one, other), other.url), default=None)
        if found and _likeness(one, found) >= _ALIKE:
            both.append(Pair(gone.pop(one.url), new.pop(found.url)))
    return Pairs(tuple(both), tuple(new.values()), tuple(gone.values()), tuple(_lost(before, after)))


def _lost(before: Snapshot, after: Snapshot) -> Iterator[tuple[str, View]]:
    there = {*after.pages, *after.redirects}
    for url, view in before.pages.items():
        if url not in there:
            yield url, view
    for url, target in sorted(before.redirects.items()):
        if url not in there and url not in before.pages and target in before.pages:
            yield url, before.pages[target]


def _likeness(one: View, other: View) -> float:
    """How much of their own words two pages share; only articles of one language are ever alike."""
    a, b = one.document, other.document
    if a is None or b is None or a.language != b.language:
        return 0.0
    return SequenceMatcher(None, [p.text for p in a.prose], [p.text for p in b.prose], autojunk=False).ratio()
