"""What each page of a built site weighs, with all that it loads: every file compressed by gzip by itself."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from tests.outside.pages import all_pages
from tests.outside.serving import SUB_PATH

_BASE = f"http://localhost{SUB_PATH}"


@dataclass(frozen=True)
class Weight:
    """What one page loads: the files beside it, and all bytes. `drawings` are those of its text."""

    page: str
    loads: frozenset[str]
    drawings: frozenset[str]
    html: int
    total: int

    def line(self) -> str:
        """One line for people."""
        return f"{self.page or 'home'}: {self.total:,} bytes, {self.html:,} of them HTML; {len(self.loads)} requests"


def packed(body: bytes) -> int:
    """Give the bytes that a host sends of a file."""
    return len(gzip.compress(body, 9, mtime=0))


def weigh(folder: Path) -> list[Weight]:
    """Weigh every page by what it names; that browsers ask for no more is a test of its own."""
    found = []
    for page in all_pages(folder):
        tree = html.parse(folder / page.path)
        names = tree.xpath("//link[@rel='stylesheet' or (@rel='icon' and @type='image/svg+xml')]/@href | //script/@src")
        drawings = {urljoin(_BASE + page.url, one) for one in tree.xpath("//main//img/@src")}
        loads = {urljoin(_BASE + page.url, one) for one in [*names, *tree.xpath("//img/@src")]} - {""}
        bodies = [(folder / unquote(urlsplit(one).path.removeprefix(SUB_PATH))) for one in sorted(loads)]
        size = packed((folder / page.path).read_bytes())
        total = size + sum(packed(one.read_bytes()) for one in bodies if one.is_file())
        found.append(Weight(page.url, _paths(loads), _paths(drawings), size, total))
    return sorted(found, key=lambda one: (-one.total, one.page))


def _paths(addresses: set[str]) -> frozenset[str]:
    return frozenset(urlsplit(one).path for one in addresses)
