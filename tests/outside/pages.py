"""Where things are: the repository, the pages in a built folder, and those that stand for the rest."""

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Page:
    """One HTML file: its path in the built folder and its size in bytes."""

    path: str
    size: int

    @property
    def url(self) -> str:
        """The address below the site's base URL: `treatments/index.html` is `treatments/`."""
        return self.path.removesuffix("index.html")

    @property
    def parent(self) -> str:
        """The folder above: `treatments`, of `treatments/injection/` and `treatments/injection.html`."""
        return self.url.rstrip("/").rpartition("/")[0]


def html_files(site: Path) -> list[Path]:
    """Every HTML file below `site`, sorted."""
    return sorted(site.rglob("*.html"))


def is_redirect(file: Path) -> bool:
    """True of a page that only sends the reader on to another."""
    return b'http-equiv="refresh"' in file.read_bytes()


def all_pages(site: Path) -> list[Page]:
    """Every page for readers; pages that only redirect are left out."""
    files = [file for file in html_files(site) if not is_redirect(file)]
    return [Page(file.relative_to(site).as_posix(), file.stat().st_size) for file in files]


def sample_pages(site: Path) -> list[Page]:
    """A page of each kind: all pages at the top, every section's front page, and its longest page."""
    pages = all_pages(site)
    groups: dict[str, list[Page]] = {}
    for page in pages:
        groups.setdefault(page.parent, []).append(page)
    longest = {max(group, key=lambda page: page.size) for group in groups.values()}
    fronts = {page for page in pages if page.url.rstrip("/") in groups}
    return sorted(longest | fronts | set(groups[""]), key=lambda page: page.path)
