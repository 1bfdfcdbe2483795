"""Reading without a connection, in a real browser: nothing before the click, the whole site after it, and no half."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from generator import pipeline
from tests.outside.pages import html_files, sample_pages, unlike_pages
from tests.outside.serving import SUB_PATH, SiteHandler, disconnected, served
from tests.sitekit import change, copy_site, site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Page as Tab

STORED = """async () => [
    ...await caches.keys(), ...Object.keys(localStorage), ...Object.keys(sessionStorage),
    ...document.cookie.split(';').filter(Boolean), ...(await indexedDB.databases()).map(one => one.name),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope)]"""
ADDRESSES = """async () => (await Promise.all((await caches.keys()).map(async name =>
    (await (await caches.open(name)).keys()).map(one => one.url)))).flat()"""
UPDATE = """async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
    while (registration.installing || registration.waiting) await new Promise(done => setTimeout(done, 50));
}"""
"""Looks for a new worker, as the browser does by itself on a visit, and waits until it is in place or has given up."""
LOOK = """() => ({sheets: document.styleSheets.length && document.styleSheets[0].cssRules.length,
    broken: [...document.images].filter(one => one.complete && !one.naturalWidth).map(one => one.src)})"""


class Watched(SiteHandler):
    """Writes down every address that it is asked for, and can fail: `error` is the status with which it answers.

    It knows when a file was changed to the second only, and tests change files twice in one. So it says that a file has
    not changed only `by_the_second`, where a test is about that.
    """

    asked: ClassVar[list[str]] = []
    error: ClassVar[int] = 0
    by_the_second: ClassVar[bool] = False

    def do_GET(self) -> None:
        self.asked.append(self.path.removeprefix(SUB_PATH))
        if not self.by_the_second:
            del self.headers["If-Modified-Since"]
        if self.error:
            self.send_response(self.error)
            self.end_headers()
        else:
            super().do_GET()


@pytest.fixture(autouse=True)
def _fresh_server() -> Iterator[None]:
    Watched.asked.clear()
    Watched.error, Watched.by_the_second = 0, False
    yield
    Watched.error, Watched.by_the_second = 0, False


@contextmanager
def reader(browser: "Browser", **options: Any) -> "Iterator[tuple[BrowserContext, Tab]]":
    with browser.new_context(viewport={"width": 320, "height": 640}, **options) as context:
        yield context, context.new_page()


def press(tab: "Tab", says: str) -> None:
    """Press the button at the foot with the keyboard, and wait until the page says that it is done."""
    button = tab.locator(".foot .keep-offline button")
    button.wait_for()  # it shows when it is known what is kept
    button.focus()
    tab.keyboard.press("Enter")
    tab.locator(".foot [role=status]", has_text=says).wait_for(timeout=60_000)
    assert button.evaluate("one => one === document.activeElement")


def keep(tab: "Tab") -> None:
    press(tab, "This site is kept on this device.")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The root of a small site that is hosted where the test's server is; it is built in its folder _site."""
    root = copy_site("hiccups", tmp_path)
    change(root, "site.yaml", "https://example.org/hiccups/", f"https://example.org{SUB_PATH}")
    publish(root)
    return root


def publish(root: Path) -> None:
    pipeline.put_in_place(site_of(pipeline.build(root)), root / "_site", root / ".cache" / "publish")


def new_sentence(root: Path) -> None:
    change(root, "content/ask/how-long.md", "More on [what", "Read more on [what")
    publish(root)


def test_nothing_is_stored_before_the_click(chromium: "Browser", site_server: str, built_site: Path) -> None:
    with reader(chromium) as (context, tab):
        for page in sample_pages(built_site):
            tab.goto(site_server + page.url)
            assert tab.evaluate(STORED) == [], page.path
        assert context.cookies() == []


def test_after_the_click_every_page_opens_offline(chromium: "Browser", built_site: Path) -> None:
    with served(built_site, Watched) as base, reader(chromium) as (context, tab):
        tab.goto(base)
        keep(tab)
        with disconnected(context):
            Watched.asked.clear()
            failed: list[str] = []
            tab.on("requestfailed", lambda request: failed.append(f"{request.resource_type} {request.url}"))
            for page in unlike_pages(built_site):
                answer = tab.goto(base + page.url)
                assert answer is not None
                assert answer.status == 200, page.path
                assert answer.headers["content-security-policy"], page.path
                seen = tab.evaluate(LOOK)
                assert seen["sheets"] > 100, page.path
                assert seen["broken"] == [], page.path
            # Chromium asks for a tab's icon past any worker; it has that of its first visit.
            assert [one for one in failed if not one.startswith("other ")] == []
            assert Watched.asked == []


def test_only_this_site_is_kept_and_all_pages_of_it(chromium: "Browser", built_site: Path) -> None:
    with served(built_site, Watched) as base, reader(chromium) as (_, tab):
        tab.goto(base + "about/")
        keep(tab)
        found = set(tab.evaluate(ADDRESSES))
    assert [one for one in found if not one.startswith(base)] == []
    paths = [file.relative_to(built_site).as_posix() for file in html_files(built_site)]
    assert {base + path.removesuffix("index.html") for path in paths} <= found


def test_what_is_not_kept_has_a_page_and_warning_signs_stay_in_reach(chromium: "Browser", site_server: str) -> None:
    with reader(chromium) as (context, tab):
        tab.goto(site_server)
        keep(tab)
        with disconnected(context):
            for address, status, title in (
                ("no/such/page/", 404, "This page is not here"),
                ("no-such-page", 404, "This page is not here"),
                ("checked.json", 503, "You are offline, and this is not kept"),
            ):
                answer = tab.goto(site_server + address)
                assert answer is not None
                assert answer.status == status
                assert tab.inner_text("h1") == title
                tab.locator(".urgent-link").click()
                assert tab.url == f"{site_server}red-flags/"
                assert tab.locator(".callout-emergency").first.is_visible()


@pytest.mark.parametrize("address", ["treatments", "treatments/index.html", "treatments/?from=a-friend#main"])
def test_other_ways_to_write_an_address_lead_to_the_kept_page(
    chromium: "Browser", site_server: str, address: str
) -> None:
    with reader(chromium) as (context, tab):
        tab.goto(site_server)
        keep(tab)
        with disconnected(context):
            tab.goto(site_server + address)
            assert tab.locator(".options").first.is_visible()
            assert tab.evaluate(LOOK)["sheets"] > 100


def test_a_change_reaches_the_copy_on_a_new_visit_and_only_what_changed_is_fetched(
    chromium: "Browser", small: Path
) -> None:
    with served(small / "_site", Watched) as base, reader(chromium) as (context, tab):
        tab.goto(base)
        keep(tab)
        (before,) = tab.evaluate("() => caches.keys()")
        new_sentence(small)
        Watched.asked.clear()
        tab.goto(base + "help/")
        for _ in range(100):  # the browser looks for a new worker by itself, a little after the page
            tab.wait_for_timeout(100)
            names = tab.evaluate("() => caches.keys()")
            if len(names) == 1 and names != [before]:
                break
        assert len(names) == 1
        assert names != [before]
        loaded = {one for one in Watched.asked if one.startswith("assets/")}
        assert set(Watched.asked) - loaded == {"help/", "sw.js", "offline.json", "ask/how-long/"}
        with disconnected(context):
            tab.goto(base + "ask/how-long/")
            assert "Read more on" in tab.inner_text("main")


def test_the_old_copy_stays_until_the_new_one_is_whole(chromium: "Browser", small: Path) -> None:
    with served(small / "_site", Watched) as base, reader(chromium) as (context, tab):
        tab.goto(base)
        keep(tab)
        new_sentence(small)
        page = small / "_site" / "ask" / "how-long" / "index.html"
        whole = page.read_bytes()
        page.write_bytes(whole[:-200])  # cut off on its way, or a page of the network that asks for a log-in
        Watched.asked.clear()
        tab.goto(base)
        tab.evaluate(UPDATE)
        assert {"sw.js", "offline.json", "ask/how-long/"} <= set(Watched.asked)
        with disconnected(context):
            tab.goto(base + "ask/how-long/")
            assert "Read more on" not in tab.inner_text("main")
            assert "More on" in tab.inner_text("main")
        page.write_bytes(whole)
        tab.goto(base)
        tab.evaluate(UPDATE)
        with disconnected(context):
            tab.goto(base + "ask/how-long/")
            assert "Read more on" in tab.inner_text("main")


def test_a_host_that_tells_changes_by_the_second_gives_the_new_page_to_the_copy(
    chromium: "Browser", small: Path
) -> None:
    page = small / "_site" / "ask" / "how-long" / "index.html"
    with served(small / "_site", Watched) as base, reader(chromium) as (context, tab):
        tab.goto(base)
        keep(tab)
        before = page.stat().st_mtime
        new_sentence(small)
        os.utime(page, (before, before))  # changed within the same second, unlike the worker and the list
        for name in ("sw.js", "offline.json"):
            os.utime(small / "_site" / name, (before + 60, before + 60))
        Watched.by_the_second = True
        tab.goto(base)
        tab.evaluate(UPDATE)
        assert Watched.asked.count("ask/how-long/") == 3, "once for the first copy, once unchanged, once anew"
        with disconnected(context):
            tab.goto(base + "ask/how-long/")
            assert "Read more on" in tab.inner_text("main")


def test_a_site_that_cannot_be_kept_whole_is_not_kept_at_all(chromium: "Browser", small: Path) -> None:
    (small / "_site" / "help" / "index.html").write_text("<h1>Log in</h1>", encoding="utf-8")
    with served(small / "_site") as base, reader(chromium) as (_, tab):
        tab.goto(base)
        press(tab, "That did not work")
        assert tab.evaluate(STORED) == []
        tab.locator(".foot .keep-offline button", has_text="Keep this site for offline reading").wait_for()


def test_online_the_newest_page_is_read_and_a_site_that_is_down_is_read_from_the_copy(
    chromium: "Browser", small: Path
) -> None:
    with served(small / "_site", Watched) as base, reader(chromium) as (_, tab):
        tab.goto(base)
        keep(tab)
        new_sentence(small)
        tab.goto(base + "ask/how-long/")
        assert "Read more on" in tab.inner_text("main")
        Watched.error = 502
        answer = tab.goto(base + "help/")
        assert answer is not None
        assert answer.status == 200


def test_it_can_be_removed_and_kept_again(chromium: "Browser", small: Path) -> None:
    with served(small / "_site") as base, reader(chromium) as (context, tab):
        tab.goto(base)
        keep(tab)
        press(tab, "The kept copy is removed")
        assert tab.evaluate(STORED) == []
        keep(tab)
        tab.goto(base + "help/")
        tab.locator(".foot .keep-offline button", has_text="Remove it again").wait_for()
        tab.locator(".foot .kept-note").wait_for()
        with disconnected(context):
            assert tab.goto(base + "ask/how-long/") is not None
            press(tab, "The kept copy is removed")
            assert tab.evaluate(STORED) == []


def test_another_site_of_the_same_host_is_left_alone(chromium: "Browser", small: Path) -> None:
    with served(small / "_site") as base, reader(chromium) as (_, tab):
        tab.goto(base)
        tab.evaluate("() => Promise.all([caches.open('theirs'), caches.open('kept:/other/:1')])")
        keep(tab)
        press(tab, "The kept copy is removed")
        assert sorted(tab.evaluate("() => caches.keys()")) == ["kept:/other/:1", "theirs"]


def test_without_script_a_page_explains_and_no_button_pretends(chromium: "Browser", site_server: str) -> None:
    with reader(chromium, java_script_enabled=False) as (_, tab):
        tab.goto(site_server)
        assert not tab.locator(".keep-offline button").is_visible()
        tab.locator(".foot .keep-offline a").click()
        assert tab.url == f"{site_server}offline/"
        assert "Nothing is kept before you press the button." in tab.inner_text("main")
        assert "megabytes" in tab.inner_text("main")


def test_the_button_can_be_hit_and_is_not_wider_than_a_narrow_phone(chromium: "Browser", site_server: str) -> None:
    with reader(chromium) as (_, tab):
        for address in ("", "offline/", "about/"):
            tab.goto(site_server + address)
            button = tab.locator(".keep-offline button").last
            button.wait_for()
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert tab.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
