"""A reader with a keyboard, or without a script, reaches, opens and leaves everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.outside.pages import Page, all_pages, sample_pages
from tests.outside.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

PATH = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const isDrawn = one instanceof SVGElement;  // there the ring is a thick line around what is drawn
    const shape = isDrawn && [...one.children].find(each => parseFloat(getComputedStyle(each).strokeWidth) >= 5);
    const box = (shape || one).getClientRects()[0], style = getComputedStyle(one);
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return {
        name: `${one.tagName} "${(one.textContent.trim() || one.getAttribute('aria-label') || '').slice(0, 40)}"`,
        ring: isDrawn ? !!shape : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        clear: !!top && (one.contains(top) || top.contains(one)),
        order: Array.prototype.indexOf.call(document.getElementsByTagName('*'), one),
    };
}"""
"""Where the focus is: its ring, whether it is in sight and not covered, and its place in the page."""
ALL = """() => [...document.querySelectorAll('a[href], button, summary')].filter(one =>
    one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && !one.closest('[popover]:not(:popover-open)')).length"""
MOST, SOME = 120, 40
"""Steps taken on one page; longer pages are more of the same. In a wide window it is the head that differs."""


@contextmanager
def tab_of(browser: "Browser", width: int = 1280, scripts: bool = True, **options: Any) -> Iterator["Tab"]:
    with browser.new_context(
        viewport={"width": width, "height": 720}, java_script_enabled=scripts, **options
    ) as context:
        yield context.new_page()


def walk(tab: "Tab", most: int = MOST) -> list[dict[str, Any]]:
    """Step through the open page with the Tab key and write down each stop."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        seen = tab.evaluate(PATH)
        if seen is None or (stops and seen["order"] == stops[0]["order"]):
            break
        stops.append(seen)
    return stops


def faults_of(tab: "Tab", base_url: str, page: Page, most: int = MOST) -> list[str]:
    """What goes wrong on the way through one page."""
    tab.goto(base_url + page.path)
    expected = min(tab.evaluate(ALL), most)
    stops = walk(tab, most)
    found = [f"{stop['name']}: {fault}" for stop in stops for fault in ("ring", "inside", "clear") if not stop[fault]]
    places = [stop["order"] for stop in stops]
    if places != sorted(places):
        found.append("the order differs from that of the text")
    if len(stops) < expected:
        found.append(f"{len(stops)} stops of {expected}")
    return [f"{page.path}: {one}" for one in found]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_focus_goes_through_every_kind_of_page_in_its_order_and_is_always_seen(
    chromium: "Browser", site_server: str, built_site: Path, width: int
) -> None:
    faults = []
    with tab_of(chromium, width) as tab:
        for page in sample_pages(built_site):
            faults += faults_of(tab, site_server, page, MOST if width == 320 else SOME)
    assert not faults, "\n".join(faults)


BAD_PAGE = """<!doctype html><html lang="en"><body class="page"><title>Bad</title><link rel="stylesheet" href="a.css">
<main><h1>Bad</h1><p><a href="#1">One</a> <a href="#2" tabindex="2">Two</a> <a href="#3" class="bare">Three</a>
<a href="#4" tabindex="-1">Four</a> <a href="#5" class="away">Five</a> <a href="#6" class="under">Six</a></p>
<div class="over"></div></main>"""
BAD_STYLE = """:focus { outline: 3px solid #000 } .bare:focus { outline: 0 } .away { position: fixed; left: -900px }
.under, .over { position: fixed; top: 200px; left: 0; width: 90px; height: 90px }"""


def test_a_bad_page_is_rejected(chromium: "Browser", tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BAD_PAGE)
    (tmp_path / "a.css").write_text(BAD_STYLE)
    (page,) = all_pages(tmp_path)
    with served(tmp_path) as base_url, tab_of(chromium) as tab:
        assert [one.removeprefix("index.html: ") for one in faults_of(tab, base_url, page)] == [
            'A "Three": ring',
            'A "Five": inside',
            'A "Five": clear',
            'A "Six": clear',
            "the order differs from that of the text",
            "5 stops of 6",
        ]


def test_the_first_step_skips_to_the_text(chromium: "Browser", site_server: str) -> None:
    with tab_of(chromium) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        assert tab.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "main"
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_term_is_explained_by_key_and_left_by_escape(chromium: "Browser", site_server: str, scripts: bool) -> None:
    with tab_of(chromium, scripts=scripts) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        button = tab.locator("label.term button").first
        note = tab.locator(f"#{button.get_attribute('popovertarget')}")
        assert not note.is_visible()
        button.focus()
        tab.keyboard.press("Enter")
        assert note.is_visible()
        tab.keyboard.press("Escape")
        assert not note.is_visible()


def test_the_words_before_a_term_s_button_break_as_text_and_open_it_too(chromium: "Browser", site_server: str) -> None:
    with tab_of(chromium, 320) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        label = tab.locator("label.term").first
        assert label.evaluate("one => getComputedStyle(one).display") == "inline"
        button = label.locator("button")
        words = label.inner_text()
        assert tab.get_by_role("button", name=words, exact=True).count() == 1
        label.click(position={"x": 3, "y": 8})
        assert tab.locator(f"#{button.get_attribute('popovertarget')}").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_citation_opens_the_folded_list_at_its_source(chromium: "Browser", site_server: str, scripts: bool) -> None:
    with tab_of(chromium, 390, scripts=scripts) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        mark = tab.locator(".cite a").first
        goal = tab.locator(f"[id='{(mark.get_attribute('href') or '#')[1:]}']")
        assert not goal.is_visible()
        mark.click()
        goal.wait_for(state="visible")
        assert goal.bounding_box()["y"] < 720  # type: ignore[index]


def test_a_word_in_a_folded_list_is_found_by_the_search_of_the_browser(chromium: "Browser", site_server: str) -> None:
    with tab_of(chromium) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        folded = tab.locator("details.sources")
        assert folded.get_attribute("open") is None
        text = tab.locator("details.sources li .reference-text").nth(3).text_content() or ""
        tab.goto("about:blank")
        tab.goto(f"{site_server}treatments/injection/#:~:text={quote(' '.join(text.split()[:2]))}")
        tab.locator("details.sources[open]").wait_for()


def test_the_list_of_contents_follows_the_reader(chromium: "Browser", site_server: str) -> None:
    with tab_of(chromium) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        links = tab.locator(".contents a")
        last = links.last
        anchor = (last.get_attribute("href") or "#")[1:]
        assert tab.locator(".contents a[aria-current]").count() == 0
        tab.locator(f"[id='{anchor}']").evaluate("one => one.scrollIntoView()")
        tab.locator(f".contents a[href='#{anchor}'][aria-current=location]").wait_for()
        assert tab.locator(".contents a[aria-current]").count() == 1
        box = last.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 720


def test_each_heading_has_a_link_with_a_name_and_none_within_it(chromium: "Browser", site_server: str) -> None:
    with tab_of(chromium) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        heading = tab.locator(".prose h2").first
        text = heading.inner_text()
        assert heading.locator("a.anchor").count() == 0
        link = tab.get_by_role("link", name=f"Link to the part “{text}”", exact=True)
        link.click()
        assert tab.url.endswith(f"#{heading.get_attribute('id')}")


def test_the_way_back_to_the_top_leads_there(chromium: "Browser", site_server: str) -> None:
    with tab_of(chromium, 390) as tab:
        tab.goto(f"{site_server}differential-diagnoses/")
        tab.get_by_role("link", name="Back to the top").click()
        assert tab.evaluate("scrollY") == 0


def test_a_name_above_a_long_table_leads_to_its_row(chromium: "Browser", site_server: str) -> None:
    with tab_of(chromium, 390, scripts=False) as tab:
        tab.goto(f"{site_server}symptoms/look-alikes-side-by-side/")
        tab.locator(".jump a").last.click()
        row = tab.locator(":target")
        assert row.locator("[data-name]").get_attribute("data-name") == tab.locator(".jump a").last.inner_text()
        assert abs(row.bounding_box()["y"]) < 720  # type: ignore[index]
