"""What readers type finds its page, and a warning sign stands first: every query of queries.yaml, in a real browser."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.outside.axe import axe_tab, violations
from tests.outside.serving import SUB_PATH, disconnected
from tests.search.finder import DONE, Answer, Finder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LEAST = 0.95
"""The share of the queries that must find their page."""


@pytest.fixture(scope="module")
def asked(chromium: "Browser") -> list[str]:
    """Every address that the tab has asked for."""
    return []


@pytest.fixture(scope="module")
def finder(chromium: "Browser", site_server: str, asked: list[str]) -> Iterator[Finder]:
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        one = Finder(page, site_server)
        one.open()
        page.wait_for_load_state("networkidle")
        yield one


def test_nothing_of_the_search_is_asked_for_before_somebody_goes_to_its_field(finder: Finder, asked: list[str]) -> None:
    assert not [url for url in asked if "search" in url.rpartition("/")[2] or "/search/" in url]
    finder.page.focus("#search-field")
    finder.page.locator(".search-panel").wait_for(state="attached")
    assert [url for url in asked if "/search/" in url]


@pytest.fixture(scope="module")
def answers(finder: Finder) -> list[Answer]:
    """What is found for each query."""
    return finder.answers()


def test_what_readers_type_finds_its_page_among_the_first_three(answers: list[Answer]) -> None:
    missed = [f"{one.query}: {one.first}" for one in answers if not one.is_found]
    share = 1 - len(missed) / len(answers)
    assert len(answers) >= 80
    assert share >= LEAST, f"{share:.1%} were found; missed:\n" + "\n".join(missed)


def test_a_warning_sign_stands_before_all_pages_and_only_where_one_fits(finder: Finder, answers: list[Answer]) -> None:
    judged = [one for one in answers if one.wanted_card]
    assert len(judged) >= 40
    assert [f"{one.query}: {one.card}, not {one.wanted_card}" for one in judged if one.card != one.wanted_card] == []
    finder.type("cannot pee")
    content = finder.page.locator(".search-content > *")
    assert content.first.get_attribute("class") == "search-signs"
    assert "999" in content.first.inner_text()
    assert content.first.locator("a").get_attribute("href") == finder.base_url + "red-flags/"


def test_no_other_host_is_asked_and_what_is_typed_is_sent_nowhere(finder: Finder, asked: list[str]) -> None:
    finder.type("episacral")
    assert finder.found()
    host = finder.base_url.removesuffix(SUB_PATH)
    assert [url for url in asked if not url.startswith(host + "/")] == []
    assert [url for url in asked if "episacral" in url] == []
    assert finder.page.url == finder.base_url + "treatments/injection/"


def test_a_slip_is_mended_and_the_reader_is_told(finder: Finder) -> None:
    finder.type("episacrl lipomma")
    told = finder.page.inner_text(".search-status")
    assert "We found nothing for “episacrl lipomma”" in told
    assert "“episacral lipoma”" in told


def test_a_word_that_is_nowhere_falls_away_and_the_rest_is_searched(finder: Finder) -> None:
    finder.type("zzxqwv sarcoma")
    assert finder.found()[0] == "differential-diagnoses/sarcoma/"


def test_readers_words_are_searched_for_in_the_words_of_the_site(finder: Finder) -> None:
    finder.type("are they hereditary")
    assert "faq/who-gets-back-mice/" in finder.found()[:3]
    assert "We found nothing" not in finder.page.inner_text(".search-status")


def test_a_word_after_a_hyphen_keeps_a_sign_from_those_who_mean_something_else(finder: Finder) -> None:
    finder.type("tearing pain in my back")
    assert finder.cards()[0] == "emergency"
    finder.type("in tears with my back")
    assert finder.cards() == []


def test_what_is_nowhere_leads_to_all_names(finder: Finder) -> None:
    finder.type("zzxqwv")
    assert "Nothing found" in finder.page.inner_text(".search-status")
    assert finder.page.locator(".search-content a").get_attribute("href") == finder.base_url + "names/"


def test_the_keyboard_alone_goes_to_a_page_and_back(finder: Finder) -> None:
    page = finder.page
    finder.open("")
    active = "document.activeElement"
    page.focus("#search-field")
    page.keyboard.type("sarcoma")
    page.locator(".search-status", has_text="“sarcoma”").wait_for()
    page.wait_for_function(DONE)
    page.keyboard.press("ArrowDown")
    first = page.evaluate(f"{active}.textContent")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{active}.textContent") != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{active}.id") == "search-field"
    page.keyboard.press("Escape")
    assert page.locator(".search-panel").is_hidden()
    assert page.evaluate(f"{active}.id") == "search-field"
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {active}.textContent === {first!r}")
    page.keyboard.press("Escape")
    assert page.evaluate(f"{active}.id") == "search-field"
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {active}.closest('.search-panel')")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != finder.base_url)
    assert page.locator("h1").is_visible()


def test_a_panel_that_was_closed_stays_closed_when_an_answer_comes_late(finder: Finder) -> None:
    page = finder.page
    finder.open("")
    page.focus("#search-field")
    finder.type("sarcoma")
    page.keyboard.type("s")
    page.keyboard.press("Escape")  # before the last letter is looked for
    page.wait_for_timeout(600)  # three times what the search waits for a next letter
    assert page.locator(".search-panel").is_hidden()
    finder.page.fill("#search-field", "sarcoma")
    page.wait_for_function(DONE)


def test_what_was_found_is_told_in_a_live_region_with_the_warning(finder: Finder) -> None:
    finder.open()
    finder.page.focus("#search-field")
    finder.type("cannot pee")
    status = finder.page.locator(".search-panel [role=status]")
    assert "999" in (status.text_content() or "")
    assert "Results for “cannot pee”" in status.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_search_is_accessible_and_fits(chromium: "Browser", site_server: str, width: int, scheme: Any) -> None:
    with axe_tab(chromium, viewport={"width": width, "height": 844}, color_scheme=scheme) as tab:
        finder = Finder(tab, site_server)
        finder.open()
        finder.page.focus("#search-field")
        finder.page.locator(".search-panel").wait_for(state="attached")
        finder.type("weak leg")
        assert finder.cards()
        assert len(finder.found()) >= 3
        assert violations(tab) == []
        assert finder.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_the_form_leads_to_all_names_and_tells_nobody_what_was_typed(
    chromium: "Browser", site_server: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_server + "treatments/injection/")
        page.fill("#search-field", "secret")
        page.click(".search button")
        page.wait_for_url(site_server + "names/*")
        assert "secret" not in page.url
        assert "All names" in page.locator("h1").inner_text()


def test_where_the_index_cannot_be_had_the_form_leads_to_all_names(chromium: "Browser", site_server: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/search/*.json", lambda route: route.abort())
        page.goto(site_server)
        page.fill("#search-field", "lipoma")
        page.keyboard.press("Enter")
        page.wait_for_url(site_server + "names/*")


def test_a_copy_for_reading_offline_can_be_searched(chromium: "Browser", site_server: str) -> None:
    with chromium.new_context() as context:
        finder = Finder(context.new_page(), site_server)
        finder.open("")
        button = finder.page.locator(".foot .keep-offline button")
        button.click()
        finder.page.locator(".foot [role=status]", has_text="is kept on this device").wait_for(timeout=60_000)
        with disconnected(context):
            finder.open("names/")
            finder.page.focus("#search-field")
            finder.page.locator(".search-panel").wait_for(state="attached")
            finder.type("sarcoma")
            assert "differential-diagnoses/sarcoma/" in finder.found()
