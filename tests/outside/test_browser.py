"""What a reader's browser makes of every page, on the narrowest phone and under a strict policy."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

from tests.outside.pages import NOT_FOUND, Page, all_pages, sample_pages, unlike_pages
from tests.outside.serving import SUB_PATH, served
from tests.outside.visits import Visit, complaints, expect_none, open_tab, visit_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def missing_names(visit: Visit) -> list[str]:
    return [name for name in ("title", "description", "language") if not getattr(visit, name)]


def foreign(visit: Visit, base_url: str) -> list[str]:
    host = base_url.removesuffix(SUB_PATH)
    return [url for url in visit.requests if not url.startswith((host + "/", "data:", "blob:"))]


@pytest.fixture(scope="module")
def visits(chromium: "Browser", site_server: str, built_site: Path) -> list[Visit]:
    found = visit_all(chromium, site_server, [page.path for page in unlike_pages(built_site)])
    assert found
    return found


def test_the_console_stays_empty(visits: list[Visit]) -> None:
    expect_none(visits, complaints)


def test_the_policy_is_kept(visits: list[Visit]) -> None:
    expect_none(visits, lambda visit: visit.violations)


def test_no_other_host_is_asked(visits: list[Visit], site_server: str) -> None:
    expect_none(visits, lambda visit: foreign(visit, site_server))


def test_nothing_is_wider_than_a_narrow_phone(visits: list[Visit]) -> None:
    expect_none(visits, lambda visit: max(visit.overflow, 0))


def test_every_page_names_itself(visits: list[Visit]) -> None:
    expect_none(visits, missing_names)


def test_every_page_has_one_main_heading(visits: list[Visit]) -> None:
    expect_none(visits, lambda visit: visit.headings != 1)


def test_every_page_has_its_own_canonical_address(visits: list[Visit]) -> None:
    lasting = [visit for visit in visits if visit.path != NOT_FOUND]
    expect_none(lasting, lambda visit: not visit.canonical.startswith("http"))
    assert len({visit.canonical for visit in lasting}) == len(lasting)


TEXT = """() => {
    const fold = one => one.closest('details:not([open])') && !one.closest('summary');
    const words = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const one = text.parentElement;
        if (one.closest('button:not([popovertarget])')) continue;  // what it does needs the script, too
        if (fold(one) || one.checkVisibility({ visibilityProperty: true })) words.push(text.data);
    }
    return words.join(' ').split(/\\s+/).filter(Boolean);
}"""
"""The words of a page that are shown or folded away in `details`, which opens without a script."""
LINKS = """([urgent, names]) => {
    const shown = selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility())
        .map(one => one.href).filter(Boolean);
    return {nav: shown('nav a').length, urgent: shown('a').includes(urgent), names: shown('a').includes(names)};
}"""


def without_script(browser: "Browser", base_url: str, pages: list[Page], aims: list[str]) -> list[str]:
    """What a reader without a script misses: words that stand there with one, menus, and the ways to `aims`."""
    found = []
    with open_tab(browser, scripts=False) as bare, open_tab(browser) as whole:
        for page in pages:
            bare.goto(base_url + page.path)
            whole.goto(base_url + page.path)
            missing = Counter(whole.evaluate(TEXT)) - Counter(bare.evaluate(TEXT))
            links = bare.evaluate(LINKS, [base_url + aim for aim in aims])
            found += [f"{page.path}: no {word!r}" for word in missing]
            found += [f"{page.path}: no way to {what}" for what, there in links.items() if not there]
            if not bare.locator("h1").is_visible():
                found.append(f"{page.path}: no heading")
    return found


def test_text_menus_warning_signs_and_all_names_need_no_script(
    chromium: "Browser", site_server: str, built_site: Path
) -> None:
    missing = without_script(chromium, site_server, sample_pages(built_site), ["red-flags/", "names/"])
    assert not missing, "\n".join(missing)
    with open_tab(chromium, scripts=False) as tab:
        tab.goto(f"{site_server}red-flags/")
        assert tab.locator(".care-emergency .sign, .callout-emergency li").first.is_visible()
        tab.goto(f"{site_server}names/")
        assert tab.locator(".letters a").count() > 15
        assert tab.locator(".names > li").locator("visible=true").count() > 300


def test_every_file_holds_its_text_its_menu_and_the_way_to_get_help(built_site: Path) -> None:
    for page in unlike_pages(built_site):
        tree = html.parse(built_site / page.path)
        assert len(" ".join(tree.xpath("string(//main)").split())) > 200, page.path
        assert len(tree.xpath("//header//nav//a")) > 5, page.path
        assert tree.xpath("//header//a[contains(@class, 'urgent')]/@href"), page.path


def test_a_page_that_needs_a_script_is_rejected(chromium: "Browser", tmp_path: Path) -> None:
    main = "<main><p>Text <b hidden>more</b></p></main>"
    (tmp_path / "index.html").write_text(f"<!doctype html><body class='page'><script src='a.js' defer></script>{main}")
    (tmp_path / "a.js").write_text("document.querySelector('main').innerHTML = '<h1>Late</h1><p>Text and more</p>'")
    with served(tmp_path) as base_url:
        missing = without_script(chromium, base_url, all_pages(tmp_path), ["red-flags/", "names/"])
    assert [one.removeprefix("index.html: ") for one in missing] == [
        "no 'Late'",
        "no 'and'",
        "no 'more'",
        "no way to nav",
        "no way to urgent",
        "no way to names",
        "no heading",
    ]


@pytest.mark.parametrize(("day", "shown"), [("2027-11-21", False), ("2027-11-22", True)])
def test_a_page_that_was_built_in_time_says_later_that_its_review_is_overdue(
    chromium: "Browser", site_server: str, day: str, shown: bool
) -> None:
    with open_tab(chromium) as tab:
        tab.clock.set_fixed_time(f"{day}T12:00:00Z")
        tab.goto(f"{site_server}treatments/injection/")
        assert tab.locator(".overdue").is_visible() == shown


def test_the_day_of_the_review_is_told_without_a_script(chromium: "Browser", site_server: str) -> None:
    with open_tab(chromium, scripts=False) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        assert "If that day has passed, parts of this page may be out of date." in tab.inner_text(".about-page")


def test_the_dots_of_a_frequency_are_seen_and_the_words_beside_them_too(chromium: "Browser", site_server: str) -> None:
    with open_tab(chromium) as tab:
        tab.goto(f"{site_server}treatments/injection/")
        picture = tab.locator(".icon-array svg").first
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] >= 80
        assert "of 100" in tab.locator(".icon-array p").first.inner_text()


def test_pages_print(chromium: "Browser", site_server: str, built_site: Path) -> None:
    with open_tab(chromium) as tab:
        tab.emulate_media(media="print")
        for page in sample_pages(built_site):
            tab.goto(site_server + page.path)
            assert tab.locator("h1").is_visible(), page.path
            assert tab.pdf(format="A4").startswith(b"%PDF"), page.path


@pytest.mark.parametrize("path", ["no-such-page", "no/such/folder/"])
def test_a_wrong_address_shows_a_whole_page(chromium: "Browser", site_server: str, path: str) -> None:
    answers: dict[str, int] = {}
    with open_tab(chromium) as tab:
        tab.on("response", lambda response: answers.update({response.url: response.status}))
        tab.goto(site_server + path)
        assert tab.locator("nav a").count() > 0
    assert {url for url, status in answers.items() if status != 200} == {site_server + path}


BAD_PAGE = """<!doctype html><html><head></head><body>
<script>console.log('blocked')</script>
<img src="https://example.invalid/pixel.png" alt="">
<p style="width: 900px">A broken policy.</p><table width="900"><tr><td>Wide.</td></tr></table>
</body></html>"""


def test_a_bad_page_is_rejected(chromium: "Browser", tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BAD_PAGE)
    with served(tmp_path) as base_url:
        (visit,) = visit_all(chromium, base_url, ["index.html"])
    assert complaints(visit)
    assert {violation.split()[0] for violation in visit.violations} >= {"script-src-elem", "img-src"}
    assert visit.overflow > 500
    assert missing_names(visit) == ["title", "description", "language"]
    assert (visit.canonical, visit.headings) == ("", 0)
    assert foreign(visit, base_url) == ["https://example.invalid/pixel.png"]
