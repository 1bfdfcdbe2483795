"""What a build is asked for, and who is told how far it is."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[str, int, int], None]
"""Hears the name of a stage, how much of it is done and how much there is."""


@dataclass(frozen=True)
class Options:
    """What a build is asked for."""

    today: str = ""
    """The day to build for (such as 2026-11-21; by default the present one): it tells which reviews are overdue."""
    strict_review: bool = False
    """Whether a page whose review is overdue is an error."""
    portable: bool = False
    """Whether the site is read from a folder, without a server; it has no search."""
    for_host: bool = True
    """Whether to add what the hosts of site.yaml need."""
    compress: bool = False
    """Whether to add compressed copies, whatever site.yaml says."""
    search: bool = False
    """Whether the pages are indexed, so that their search field works; without, it leads to the list of all names."""
    pdf: bool = False
    """Whether the pages made for paper come as PDF too, which needs WeasyPrint."""
    epub: bool = False
    """Whether the whole site comes as a book too."""
    cards: bool = True
    """Whether pages have pictures that others show with a link; to compare pages, nobody needs them."""
    drafts: bool = False
    """Whether drafts are shown too, to those who write; such a build is never published."""

    @property
    def has_search(self) -> bool:
        """Whether the pages are indexed: of a site that is read from a folder, no page may read an index."""
        return self.search and not self.portable


DEFAULT = Options()


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""
