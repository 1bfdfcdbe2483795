"""What a page costs a reader: its bytes, its requests, and what it leaves behind.

Bytes are counted on each page, as a host sends them: every file compressed by gzip by itself. Requests are counted by a
browser, on a page of each kind.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.outside.pages import sample_pages
from tests.outside.serving import served
from tests.outside.weights import Weight, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIMIT = 30 * 1024
"""Bytes of a text page with all that it loads."""
REQUESTS = 3
"""Requests beyond the page itself, the drawings in its text, and what is for paper alone."""
FOR_PAPER = "sheet."
"""How the name of the stylesheet begins that only pages made for paper have."""
STORED = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...await caches.keys(),
    ...document.cookie.split(';').filter(Boolean),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope)]"""

BLOCKING = """() => performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking')
    .map(one => one.name)"""
"""What the browser waits for before it shows anything."""
CALLS = 500
"""Calls of functions of our script while a page loads: so few that no task of it is ever long."""


@dataclass(frozen=True)
class Visit:
    """What a browser that had seen nothing yet asked for on one page, and what was left on the device."""

    page: str
    asked: frozenset[str]
    stored: tuple[str, ...]
    blocking: tuple[str, ...]
    calls: int


def visit(browser: "Browser", base: str, page: str) -> Visit:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        counter = context.new_cdp_session(tab)
        counter.send("Profiler.enable")
        counter.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
        tab.goto(base + page)
        blocking: list[str] = tab.evaluate(BLOCKING)
        stored = [*tab.evaluate(STORED), *(str(one) for one in context.cookies())]
        scripts = [one for one in counter.send("Profiler.takePreciseCoverage")["result"] if one["url"].startswith(base)]
        calls = sum(function["ranges"][0]["count"] for script in scripts for function in script["functions"])
    return Visit(page, frozenset(asked[1:]), tuple(stored), tuple(blocking), calls)


def too_heavy(weights: list[Weight]) -> list[str]:
    return [one.line() for one in weights if one.total > LIMIT]


def too_many(weights: list[Weight]) -> list[str]:
    return [one.line() for one in weights if len(_on_screen(one)) > REQUESTS]


def _on_screen(one: Weight) -> list[str]:
    return [path for path in one.loads - one.drawings if not path.rpartition("/")[2].startswith(FOR_PAPER)]


def unforeseen(visits: list[Visit], weights: list[Weight], base: str) -> list[str]:
    """What a browser asked for although the page does not name it, and whatever is somebody else's."""
    named = {one.page: one.loads for one in weights}
    return [
        f"{one.page}: {url}"
        for one in visits
        for url in sorted(one.asked)
        if not url.startswith(base) or urlsplit(url).path not in named[one.page]
    ]


@pytest.fixture(scope="module")
def weights(built_site: Path) -> list[Weight]:
    found = weigh(built_site)
    print("\n".join(one.line() for one in found[:20]))
    return found


@pytest.fixture(scope="module")
def visits(chromium: "Browser", site_server: str, built_site: Path) -> list[Visit]:
    return [visit(chromium, site_server, page.url) for page in sample_pages(built_site)]


def test_every_page_has_at_most_thirty_kilobytes_lists_too(weights: list[Weight]) -> None:
    assert too_heavy(weights) == []


def test_a_page_asks_for_three_things_at_most_beyond_the_drawings_in_its_text(weights: list[Weight]) -> None:
    assert too_many(weights) == []


def test_a_browser_asks_for_no_more_and_nobody_else(
    visits: list[Visit], weights: list[Weight], site_server: str
) -> None:
    assert unforeseen(visits, weights, site_server) == []


def test_a_browser_waits_for_one_stylesheet_alone(visits: list[Visit]) -> None:
    waits = {one.page: [url.rpartition(".")[2] for url in one.blocking] for one in visits}
    assert {page: kinds for page, kinds in waits.items() if kinds != ["css"]} == {}


def test_the_script_has_little_to_do_while_a_page_loads(visits: list[Visit]) -> None:
    assert {one.page: one.calls for one in visits if not 0 < one.calls <= CALLS} == {}


def test_nothing_is_left_on_the_device_before_a_click(visits: list[Visit]) -> None:
    assert [f"{one.page}: {one.stored}" for one in visits if one.stored] == []


def test_a_heavy_page_that_asks_others_and_leaves_things_is_noticed(chromium: "Browser", tmp_path: Path) -> None:
    noise = "".join(f"{number * 7919 % 100003:x}" for number in range(30_000))
    pictures = "".join(f'<img src="{number}.svg" alt="">' for number in range(4))
    page = f'<!doctype html><title>x</title><script src="a.js"></script><body><p>{noise}</p>{pictures}'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    script = "localStorage.setItem('seen', '1'); document.cookie = 'seen=1'; new Image().src = 'extra.svg';"
    script += "for (let at = 0; at < 600; at++) (() => at)();"
    (tmp_path / "a.js").write_text(script, encoding="utf-8")
    weights = weigh(tmp_path)
    with served(tmp_path) as base:
        seen = visit(chromium, base, "")
        assert f": {base}extra.svg" in unforeseen([seen], weights, base)
    assert (len(too_heavy(weights)), len(too_many(weights))) == (1, 1)
    assert seen.stored[:2] == ("seen", "seen=1")
    assert [url.removeprefix(base) for url in seen.blocking] == ["a.js"]
    assert seen.calls > CALLS
