"""What whoever writes sees in a browser beside the editor. Every wait is for an event; none is for a time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.outside.axe import axe_tab, violations
from tests.previewing import PATIENCE, Preview, previewed
from tests.sitekit import change, copy_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

PAGE = "content/what/hiccups.md"
CONNECTED = "window.LiveReload && window.LiveReload.connector.protocol === 7"
KEEP_A_MARK = "window.untouched = true"
HAS_THE_MARK = "window.untouched === true"
BOX = "#preview-problems"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


@pytest.fixture
def context(chromium: "Browser") -> Iterator["BrowserContext"]:
    with chromium.new_context(viewport={"width": 1280, "height": 844}) as context:
        context.set_default_timeout(PATIENCE * 1000)
        yield context


def opened(context: "BrowserContext", preview: Preview, path: str) -> "Page":
    """A tab that shows a page and has told the server so."""
    tab = context.new_page()
    tab.goto(preview.address + path)
    tab.wait_for_function(CONNECTED)
    tab.evaluate(KEEP_A_MARK)
    return tab


@contextmanager
def reloaded(tab: "Page") -> Iterator[None]:
    """Wait, after the block, until the tab shows another document and has told the server so."""
    yield
    tab.wait_for_function(f"!({HAS_THE_MARK}) && {CONNECTED}")
    tab.evaluate(KEEP_A_MARK)


def test_a_save_reloads_the_page_that_changed_and_no_other(context: "BrowserContext", site: Path) -> None:
    with previewed(site) as preview:
        messages: list[str] = []
        context.on("console", lambda message: messages.append(message.text))
        changed, other = opened(context, preview, "what/hiccups/"), opened(context, preview, "options/waiting/")
        with reloaded(changed):
            change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        assert changed.get_by_text("Where does the sound come from?").first.is_visible()
        assert "1 of 2 open pages reloaded" in preview.build(2)
        assert other.evaluate(HAS_THE_MARK)
        assert messages == []


def test_the_other_name_of_this_machine_does_as_well(context: "BrowserContext", site: Path) -> None:
    with previewed(site) as preview:
        tab = context.new_page()
        tab.goto(f"http://localhost:{preview.port}/what/hiccups/")
        tab.wait_for_function(CONNECTED)
        change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        tab.get_by_role("heading", name="Where does the sound come from?").wait_for()


def test_a_stylesheet_and_a_template_reload_every_page_that_uses_them(context: "BrowserContext", site: Path) -> None:
    with previewed(site) as preview:
        tabs = [opened(context, preview, path) for path in ("", "what/hiccups/", "names/")]
        with (site / "static/css/site.css").open("a", encoding="utf-8") as file:
            file.write("main { outline-width: 7px; outline-style: solid }\n")
        for tab in tabs:
            tab.wait_for_function("getComputedStyle(document.querySelector('main')).outlineWidth === '7px'")
            tab.wait_for_function(CONNECTED)
            tab.evaluate(KEEP_A_MARK)
        change(site, "templates/base.html", "<body class", '<body data-tried="yes" class')
        for tab in tabs:
            tab.wait_for_function("document.body.dataset.tried === 'yes'")


def test_a_page_that_goes_and_comes_back_is_followed(context: "BrowserContext", site: Path) -> None:
    text = (site / PAGE).read_text(encoding="utf-8").replace("redirect_from: [/hiccough/]\n", "")
    with previewed(site) as preview:
        tab = opened(context, preview, "what/new/")
        missing = tab.title()
        with reloaded(tab):
            (site / "content/what/new.md").write_text(text, encoding="utf-8")
        assert tab.title() != missing
        with reloaded(tab):
            (site / "content/what/new.md").rename(site / "content/what/newer.md")
        assert tab.title() == missing
        with reloaded(tab):
            (site / "content/what/newer.md").rename(site / "content/what/new.md")
        assert "What moves?" in tab.inner_text("main")
        with reloaded(tab):
            (site / "content/what/new.md").unlink()
        assert tab.title() == missing


def test_what_is_wrong_stands_over_every_page_until_it_is_mended(context: "BrowserContext", site: Path) -> None:
    with previewed(site) as preview:
        tab, other = opened(context, preview, "what/hiccups/"), opened(context, preview, "options/waiting/")
        change(site, PAGE, "../help/index.md", "../help/nowhere.md")
        for each in (tab, other):
            each.locator(BOX).wait_for()
            shown = each.inner_text(BOX)
            assert f"{PAGE}:27:74" in shown
            assert "error[broken-link]" in shown
            assert "For most people a few minutes" in shown
            assert each.inner_text(f"{BOX} mark") == "../help/nowhere.md"
        assert tab.get_by_role("alertdialog", name="1 error").is_visible()
        tab.wait_for_function(CONNECTED)
        change(site, PAGE, "What moves?", "What is it that moves?")
        change(site, PAGE, "../help/nowhere.md", "../help/index.md")
        tab.locator(BOX).wait_for(state="detached")
        other.locator(BOX).wait_for(state="detached")
        assert tab.get_by_text("What is it that moves?").first.is_visible()


def test_the_last_good_page_can_be_read_meanwhile_with_the_keyboard_alone(
    context: "BrowserContext", site: Path
) -> None:
    with previewed(site) as preview:
        change(site, PAGE, "../help/index.md", "../help/nowhere.md")
        preview.build(2)
        tab = opened(context, preview, "what/hiccups/")
        assert tab.evaluate("document.activeElement.textContent").startswith("Close")
        tab.keyboard.press("Tab")
        within = "[document.body, null].includes(document.activeElement) || box.contains(document.activeElement)"
        assert tab.locator(BOX).evaluate(f"box => {within}")  # the page behind it is out of reach
        tab.keyboard.press("Escape")
        tab.locator(BOX).wait_for(state="hidden")
        assert tab.get_by_role("heading", name="What makes the sound?").is_visible()
        again = tab.get_by_role("button", name="1 error: show")
        again.focus()
        tab.keyboard.press("Enter")
        tab.locator(BOX).wait_for()
        tab.get_by_role("button", name="Close").click()
        tab.goto(f"{preview.address}options/waiting/")
        again.wait_for()
        assert not tab.locator(BOX).is_visible()
        tab.wait_for_function(CONNECTED)
        change(site, PAGE, "../options/waiting.md", "../options/wailing.md")
        tab.get_by_role("alertdialog", name="2 errors").wait_for()


def test_a_template_that_is_broken_is_shown_with_its_line(context: "BrowserContext", site: Path) -> None:
    with previewed(site) as preview:
        tab = opened(context, preview, "what/hiccups/")
        change(site, "templates/base.html", "<body class", "{{ words.no_such_word }}<body class")
        tab.locator(BOX).wait_for()
        assert "templates/base.html" in tab.inner_text(BOX)
        assert "error[template]" in tab.inner_text(BOX)
        assert "{{ words.no_such_word }}<body class" in tab.inner_text(BOX)


def test_a_first_build_that_is_wrong_is_mended_in_the_browser_too(context: "BrowserContext", site: Path) -> None:
    change(site, PAGE, "../help/index.md", "../help/nowhere.md")
    with previewed(site) as preview:
        tab = opened(context, preview, "what/hiccups/")
        assert f"{PAGE}:27:74" in tab.inner_text(BOX)
        with reloaded(tab):
            change(site, PAGE, "../help/nowhere.md", "../help/index.md")
        assert tab.get_by_role("heading", name="What makes the sound?").is_visible()


def test_fifty_saves_in_a_second_make_at_most_two_builds_and_the_last_is_shown(
    context: "BrowserContext", site: Path
) -> None:
    with previewed(site) as preview:
        tab = opened(context, preview, "what/hiccups/")
        text = (site / PAGE).read_text(encoding="utf-8")
        before = preview.builds
        for number in range(1, 51):  # without a rest between them, so that no busy machine makes two bursts of it
            saved = text.replace("What makes the sound?", f"Saved {number} times?")
            (site / PAGE).write_text(saved, encoding="utf-8")
        tab.get_by_role("heading", name="Saved 50 times?").wait_for()
        (site / "templates/marker.html").write_text("<p>", encoding="utf-8")
        preview.wait_for(r"build \d+ begins: .*templates/marker.html")
        assert preview.builds - before <= 2 + 1  # and one for the marker


def test_pages_are_served_while_a_build_is_under_way(context: "BrowserContext", site: Path) -> None:
    with previewed(site) as preview:
        tab = opened(context, preview, "options/waiting/")
        change(site, "templates/base.html", "<body class", '<body data-tried="yes" class')
        preview.wait_for("build 2 begins")
        tab.goto(f"{preview.address}what/hiccups/")
        assert "What moves?" in tab.inner_text("main")
        tab.wait_for_function("document.body.dataset.tried === 'yes'")


def test_a_page_that_was_opened_before_a_build_ended_is_not_left_behind(context: "BrowserContext", site: Path) -> None:
    """Its connection may come up after the server has told all others."""
    with previewed(site) as preview:
        tab = context.new_page()
        held: list[Route] = []

        def hold_once(route: "Route") -> None:
            if held:
                route.continue_()
            else:
                held.append(route)

        tab.route("**/livereload.js", hold_once)
        tab.goto(f"{preview.address}what/hiccups/", wait_until="commit")
        change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
        preview.build(2)
        while not held:
            tab.wait_for_selector("h1")
        held[0].continue_()
        tab.get_by_role("heading", name="Where does the sound come from?").wait_for()


def test_a_page_that_stayed_open_is_reloaded_by_a_server_that_was_started_again(
    context: "BrowserContext", site: Path
) -> None:
    with previewed(site) as preview:
        tab = opened(context, preview, "what/hiccups/")
        port = str(preview.port)
    change(site, PAGE, "What makes the sound?", "Where does the sound come from?")
    with previewed(site, "--port", port):
        tab.get_by_role("heading", name="Where does the sound come from?").wait_for()


def test_another_site_gets_nothing_from_the_preview(chromium: "Browser", site: Path) -> None:
    """A page elsewhere that knows the port can neither read a page, nor load its script, nor open the socket."""
    with previewed(site) as preview, chromium.new_context() as context:
        tab = context.new_page()
        page = "<!doctype html><h1>Elsewhere</h1>"
        tab.route("http://example.org/", lambda route: route.fulfill(body=page, content_type="text/html"))
        tab.goto("http://example.org/")
        tried = tab.evaluate(
            """async (address) => {
                const read = await fetch(address, { mode: "no-cors" }).then(() => "read", () => "refused");
                const script = await new Promise((done) => {
                    const one = document.createElement("script");
                    one.src = `${address}livereload.js`;
                    one.onload = () => done("ran");
                    one.onerror = () => done("refused");
                    document.head.append(one);
                });
                const socket = await new Promise((done) => {
                    const one = new WebSocket(`${address.replace("http", "ws")}livereload`);
                    one.onopen = () => done("open");
                    one.onerror = () => done("refused");
                });
                return [read, script, socket];
            }""",
            preview.address,
        )
        assert tried == ["refused", "refused", "refused"]


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of a site in which a very long line is wrong."""
    root = copy_site("hiccups", tmp_path_factory.mktemp("wrong"))
    long = "A " + "long line " * 40 + "with [a link](no-page.md)."
    change(root, PAGE, "## What moves?", f"{long}\n\n## What moves?")
    with previewed(root) as preview:
        yield preview


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_what_stands_over_the_page_has_no_barrier(
    chromium: "Browser", wrong: Preview, width: int, scheme: Literal["light", "dark"]
) -> None:
    with axe_tab(chromium, viewport={"width": width, "height": 844}, color_scheme=scheme) as tab:
        tab.goto(f"{wrong.address}what/hiccups/")
        assert tab.locator(BOX).is_visible()
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert tab.locator(BOX).evaluate("box => box.scrollWidth <= box.clientWidth")
        tab.keyboard.press("Escape")
        tab.get_by_role("button", name="1 error: show").wait_for()
        assert violations(tab) == []
        assert json.loads(tab.evaluate("JSON.stringify(Object.keys(sessionStorage))")) == ["preview-closed"]
