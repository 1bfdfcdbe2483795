"""The map, the comparison and the checklist in a reader's browser: without script and with it, by key, and on paper."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.outside.axe import axe_tab, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MAP = "symptoms/where-is-your-lump/"
CHECKLIST = "red-flags/checklist/"
HUB = "symptoms/look-alikes-side-by-side/"
ALIKE = "differential-diagnoses/lipoma/"
PAPER = 3
"""Pages of A4 that the checklist may take: two sheets."""
HIT = """() => [...document.querySelectorAll('.map-spot')].map(spot => {
    spot.scrollIntoView({block: 'center'});
    const box = spot.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {wide: box.width, high: box.height, own: spot.closest('a').contains(hit)};
})"""


def tab_of(
    browser: "Browser", url: str, width: int = 320, scripts: bool = True, scheme: Literal["light", "dark"] = "light"
) -> Iterator["Page"]:
    with browser.new_context(
        viewport={"width": width, "height": 720}, java_script_enabled=scripts, color_scheme=scheme
    ) as context:
        tab = context.new_page()
        tab.goto(url)
        yield tab


@pytest.fixture
def place(request: pytest.FixtureRequest, chromium: "Browser", site_server: str) -> Iterator["Page"]:
    """A page on the narrowest phone, with script or without."""
    path, scripts = request.param
    yield from tab_of(chromium, site_server + path, scripts=scripts)


def at(path: str, scripts: bool = True) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("place", [(path, scripts)], indirect=True, ids=[path])


def status(tab: "Page", selector: str) -> str:
    return " ".join(tab.locator(f"{selector}[role=status]").inner_text().split())


# The map


@at(MAP, scripts=False)
def test_every_place_of_the_map_leads_to_its_entry_of_the_list_without_script(place: "Page") -> None:
    links = place.locator(".body-map svg a")
    assert links.count() == 7
    for number in range(links.count()):
        label = links.nth(number).get_attribute("aria-label") or ""
        entry = place.locator(f"[id='{(links.nth(number).get_attribute('href') or '').removeprefix('#')}']")
        assert label == f"{number + 1}. {entry.locator('h4').inner_text()}"
        assert entry.locator("ul a").count() >= 1


@at(MAP)
def test_every_place_is_large_enough_for_a_finger_and_hit_at_its_middle(place: "Page") -> None:
    spots: list[dict[str, Any]] = place.evaluate(HIT)
    assert len(spots) == 12
    assert all(one["wide"] >= 44 and one["high"] >= 44 and one["own"] for one in spots), spots


@at(MAP, scripts=False)
def test_the_signs_stand_above_the_map(place: "Page") -> None:
    signs, drawing = place.locator(".map-signs").bounding_box(), place.locator(".body-map svg").bounding_box()
    assert signs is not None
    assert drawing is not None
    assert signs["y"] + signs["height"] <= drawing["y"]
    assert "999" in place.locator(".map-signs .care-emergency").inner_text()


@at(MAP)
def test_the_keyboard_goes_from_place_to_place_and_shows_where_it_is(place: "Page") -> None:
    place.locator(".map-go").focus()
    seen = []
    for _ in range(60):
        place.keyboard.press("Tab")
        label = place.evaluate("document.activeElement.getAttribute('aria-label')")
        if label and place.evaluate("document.activeElement.closest('svg') !== null"):
            seen.append(label[0])
            widths = place.evaluate(
                "[...document.querySelectorAll('.map-spot')].map(one => parseFloat(getComputedStyle(one).strokeWidth))"
            )
            assert 1 <= widths.count(5) <= 2, "the place with the focus is drawn with a thick line"
        if len(seen) == 7:
            break
    assert seen == list("1234567")
    place.keyboard.press("Enter")
    assert place.url.endswith("#low-back-leg")


@at(MAP, scripts=False)
def test_the_map_names_no_condition_as_the_readers_own(place: "Page") -> None:
    assert place.locator(".body-map").inner_text().count("cannot tell you what you have") >= 2


# The comparison


@at(HUB, scripts=False)
def test_two_ticked_rows_stand_alone_below_the_own_condition_without_script(place: "Page") -> None:
    rows = place.locator(".compare tbody tr")
    before = rows.count()
    assert rows.locator("visible=true").count() == before
    for number in (2, 5):
        place.locator(".pick input").nth(number).check()
    assert rows.locator("visible=true").count() == before, "ticking alone hides nothing"
    place.locator(".only").check()
    assert rows.locator("visible=true").count() == 3
    assert place.locator(".compare tr.own").is_visible()


def test_the_table_has_the_whole_breadth_of_a_wide_screen(chromium: "Browser", site_server: str) -> None:
    for tab in tab_of(chromium, site_server + HUB, width=1280):
        assert tab.locator(".compare").evaluate("one => one.offsetWidth") > 1200


@at(HUB, scripts=False)
def test_each_row_links_to_its_page_beside_the_own_condition(place: "Page") -> None:
    links = place.locator(".beside-link")
    assert links.count() == place.locator(".pick").count() >= 20
    links.first.click()
    assert place.url.endswith("#at-a-glance")
    assert place.locator("#at-a-glance ~ .beside tbody tr").count() >= 8
    assert "cannot tell you what you have" in place.locator(".glance").inner_text()


@at(HUB)
def test_with_script_the_ticked_become_columns_and_go_back_as_they_were(place: "Page") -> None:
    before = place.locator(".compare").inner_html()
    place.locator(".pick input").nth(1).check()
    place.locator(".pick input").nth(3).check()
    assert status(place, ".compare-said").startswith("Ticked: ")
    place.locator(".only").check()
    columns = place.locator(".columns")
    assert columns.locator("thead th").count() == 3
    assert columns.locator("tbody tr").first.locator("th").inner_text() == "How urgent"
    assert not place.locator(".compare").is_visible()
    assert status(place, ".compare-said").startswith("Now side by side: ")
    assert "cannot tell you what you have" in status(place, ".compare-said")
    assert place.evaluate("document.documentElement.scrollWidth") <= 320
    place.locator(".only").uncheck()
    assert columns.count() == 0
    assert place.locator(".compare").inner_html() == before
    assert status(place, ".compare-said") == "All conditions are shown again."


@at(HUB)
def test_with_script_three_are_the_most_and_none_is_told(place: "Page") -> None:
    place.locator(".only").click()
    assert not place.locator(".only").is_checked()
    assert status(place, ".compare-said") == "Tick two or three conditions first."
    for number in range(3):
        place.locator(".pick input").nth(number).check()
    place.locator(".pick input").nth(3).click()
    assert not place.locator(".pick input").nth(3).is_checked()
    assert status(place, ".compare-said") == "Three at most. Untick one first."


@at(HUB)
def test_the_comparison_is_reached_and_left_by_keyboard(place: "Page") -> None:
    place.locator(".pick input").nth(0).focus()
    place.keyboard.press("Space")
    place.locator(".pick input").nth(1).focus()
    place.keyboard.press("Space")
    place.locator(".only").focus()
    place.keyboard.press("Space")
    place.locator(".columns .pick input").first.focus()
    place.keyboard.press("Space")
    assert place.locator(".columns thead th").count() == 2
    assert place.evaluate("document.activeElement.className") == "only"
    place.locator(".columns .pick input").first.focus()
    place.keyboard.press("Space")
    assert place.locator(".columns").count() == 0
    assert place.locator(".compare").is_visible()


# The checklist


@at(CHECKLIST, scripts=False)
def test_the_checklist_says_how_fast_and_what_to_do_without_script(place: "Page") -> None:
    groups = place.locator(".checklist fieldset")
    assert [one.split("\n")[0] for one in groups.locator("legend").all_inner_texts()] == [
        "Get help now",
        "Get help today",
        "See a doctor soon",
    ]
    boxes = place.locator(".checklist input")
    assert boxes.count() == place.locator(".checklist .sign-do").locator("visible=true").count() >= 45
    boxes.first.check()
    assert boxes.first.is_checked()
    assert not place.locator(".tick-tools").is_visible()
    assert place.locator("main form, .checklist [name]").count() == 0, "nothing could be sent"


@at(CHECKLIST)
def test_the_most_urgent_tick_is_told_and_nothing_less(place: "Page") -> None:
    assert status(place, ".ticked") == ""
    place.locator(".care-soon input").first.check()
    assert status(place, ".ticked").startswith("You ticked a sign that a doctor should look at soon:")
    place.locator(".care-emergency input").nth(2).focus()
    place.keyboard.press("Space")
    assert status(place, ".ticked").startswith("You ticked a sign that needs help now: Go to A&E or call 999 now.")
    place.locator(".care-today input").first.check()
    assert status(place, ".ticked").startswith("You ticked a sign that needs help now:")
    place.locator(".care-emergency input").nth(2).uncheck()
    assert status(place, ".ticked").startswith("You ticked a sign that needs help today:")
    place.get_by_role("button", name="Untick all").click()
    assert (status(place, ".ticked"), place.locator(".checklist :checked").count()) == ("", 0)
    assert place.evaluate("document.activeElement.type") == "checkbox"


@at(CHECKLIST)
def test_every_emergency_sign_says_to_get_help_now(place: "Page") -> None:
    boxes = place.locator(".care-emergency input")
    for number in range(boxes.count()):
        boxes.nth(number).check()
        said = status(place, ".ticked")
        assert said.startswith("You ticked a sign that needs help now:"), said
        assert re.search(r"\b(999|A&E|emergency|at once)\b", said), said
        boxes.nth(number).uncheck()


@at(CHECKLIST)
def test_nothing_that_is_ticked_is_kept_or_sent(place: "Page") -> None:
    asked: list[str] = []
    place.wait_for_load_state("networkidle")
    place.on("request", lambda request: asked.append(request.url))
    place.locator(".checklist input").first.check()
    assert asked == []
    assert place.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.search]") == [
        0,
        0,
        "",
        "",
    ]
    place.reload()
    assert place.locator(".checklist :checked").count() == 0


@at(CHECKLIST)
def test_it_prints_as_empty_boxes_on_two_sheets(place: "Page") -> None:
    sheet = place.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) <= PAPER
    place.emulate_media(media="print")
    boxes = place.locator(".checklist input")
    assert boxes.locator("visible=true").count() == boxes.count()
    assert not place.locator(".ticked").is_visible()
    assert place.locator(".about-page .print-only").is_visible(), "the address of the page is printed"
    assert place.locator(".countries").is_visible(), "numbers of other countries are printed"


# All of them


@pytest.fixture(scope="module")
def tab(chromium: "Browser") -> Iterator["Page"]:
    with axe_tab(chromium) as tab:
        yield tab


@pytest.mark.parametrize("path", [CHECKLIST, HUB])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_after_use(
    tab: "Page", site_server: str, path: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme=scheme)
    tab.goto(site_server + path)
    for box in tab.locator(".checklist input, .pick input").all()[:2]:
        box.check()
    if tab.locator(".only").count():
        tab.locator(".only").check()
    found = violations(tab)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", [MAP, CHECKLIST, HUB, ALIKE])
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_wider_than_a_narrow_phone(chromium: "Browser", site_server: str, path: str, scripts: bool) -> None:
    for tab in tab_of(chromium, site_server + path, scripts=scripts):
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320


@at(MAP)
def test_forced_colours_keep_the_map_to_be_seen(place: "Page") -> None:
    place.emulate_media(forced_colors="active")
    colours = place.evaluate(
        "['.map-outline', '.map-spot'].map(one => getComputedStyle(document.querySelector(one)).stroke)"
    )
    assert all(colour not in ("none", "rgb(255, 255, 255)") for colour in colours), colours
