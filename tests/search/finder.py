"""A tab with the search in it, and what it answers to the queries of queries.yaml."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUERIES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text(encoding="utf-8"))
DONE = """() => {
    const panel = document.querySelector('.search-panel');
    return panel && !panel.hidden && panel.getAttribute('aria-busy') === 'false';
}"""


@dataclass(frozen=True)
class Answer:
    """What the search answers: the first three pages, and the level of the warning sign on top (or none).

    `wanted` are the pages of which one must be among them, `wanted_card` is the level that must stand on top; empty
    where that is not judged.
    """

    query: str
    wanted: tuple[str, ...]
    wanted_card: str
    first: tuple[str, ...]
    card: str

    @property
    def is_found(self) -> bool:
        """Whether a page that was wanted is among the first three."""
        return bool({*self.first} & {*self.wanted})


class Finder:
    """A tab with the search in it."""

    def __init__(self, page: "Page", base_url: str) -> None:
        self.page = page
        self.base_url = base_url

    def open(self, path: str = "treatments/injection/") -> None:
        self.page.goto(self.base_url + path)

    def type(self, query: str) -> None:
        """Type into the field and wait until the pages are there."""
        self.page.fill("#search-field", "")
        self.page.locator(".search-panel").wait_for(state="hidden")
        self.page.fill("#search-field", query)
        self.page.wait_for_function(DONE)

    def ask(self, query: str) -> None:
        """The same by the key Enter, which waits for no further letter."""
        self.page.keyboard.press("Escape")
        self.page.locator(".search-panel").wait_for(state="hidden")
        self.page.fill("#search-field", query)
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(DONE)

    def found(self) -> list[str]:
        links = self.page.eval_on_selector_all(".search-results > li > a", "all => all.map(one => one.href)")
        return [str(link).removeprefix(self.base_url) for link in links]

    def cards(self) -> list[str]:
        """The levels of the warning signs that are shown, from the top."""
        names = self.page.eval_on_selector_all(".search-panel .care", "all => all.map(one => one.className)")
        return [str(name).partition("care-")[2] for name in names]

    def answers(self) -> list[Answer]:
        """Ask every query; the tab must show a page."""
        self.page.focus("#search-field")
        self.page.locator(".search-panel").wait_for(state="attached")
        return [self._answer(one) for one in QUERIES]

    def _answer(self, one: dict[str, Any]) -> Answer:
        self.ask(one["query"])
        card = (self.cards() or ["none"])[0]
        return Answer(one["query"], tuple(one["pages"]), one.get("card", ""), tuple(self.found()[:3]), card)
