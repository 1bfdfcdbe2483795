"""The pages in a built folder, and those that stand for the rest.

A page's kind is what `class` of its `body` says: each template names itself there, and a template that draws pages of
more than one shape says which. Tests that cannot look at every page look at a sample, which is worked out from the
built pages themselves, so that a template or a component that is added later is in it without a line of test.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import html

NOT_FOUND = "404.html"
_MANY = 150
"""Pages of one kind from which not each is opened."""


@dataclass(frozen=True)
class Page:
    """One HTML file: its path in the built folder, its size in bytes, its kind, and all that it is made of."""

    path: str
    size: int
    kind: str
    features: frozenset[str]

    @property
    def url(self) -> str:
        """The address below the site's base URL: `treatments/index.html` is `treatments/`."""
        return self.path.removesuffix("index.html")


def html_files(site: Path) -> list[Path]:
    """Every HTML file below `site`, sorted."""
    return sorted(site.rglob("*.html"))


def is_redirect(file: Path) -> bool:
    """True of a page that only sends the reader on to another."""
    return b'http-equiv="refresh"' in file.read_bytes()


def all_pages(site: Path) -> list[Page]:
    """Every page for readers; pages that only redirect are left out."""
    return [_page(site, file, file.stat().st_size) for file in html_files(site) if not is_redirect(file)]


def unlike_pages(site: Path) -> list[Page]:
    """Every page for readers, but of a kind with very many pages only every tenth: those are made from records, all in
    the same way. For walks in a browser that look at each page on its own."""
    pages = all_pages(site)
    many = {kind for kind, count in Counter(page.kind for page in pages).items() if count > _MANY}
    number: Counter[str] = Counter()
    found = []
    for page in pages:
        number[page.kind] += 1
        if page.kind not in many or number[page.kind] % 10 == 1:
            found.append(page)
    return found


@cache
def _page(site: Path, file: Path, size: int) -> Page:
    tree = html.fromstring(file.read_bytes())
    found = set()
    for one in tree.iter():
        if isinstance(one.tag, str):  # and no comment
            found |= {one.tag, *(f"{one.tag}.{name}" for name in one.get("class", "").split())}
    kind = next((one.get("class", "") for one in tree.iter("body")), "")
    return Page(file.relative_to(site).as_posix(), size, kind, frozenset(found))


def kinds(pages: Iterable[Page]) -> dict[str, Page]:
    """The longest page of each kind."""
    found: dict[str, Page] = {}
    for page in sorted(pages, key=lambda page: (page.size, page.path)):
        found[page.kind] = page
    return found


def sample_pages(site: Path) -> list[Page]:
    """The longest page of each kind, and as many more as it takes to show each element and each class of the site."""
    pages = all_pages(site)
    sample = set(kinds(pages).values())
    missing = frozenset[str]().union(*(page.features for page in pages))
    missing -= frozenset[str]().union(*(page.features for page in sample))
    while missing:
        best = max(pages, key=lambda page: (len(page.features & missing), -page.size, page.path))
        sample.add(best)
        missing -= best.features
    return sorted(sample, key=lambda page: page.path)
