"""Axe finds no violation: on phones and desktops, by day and by night, and in colours that the reader has chosen."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.outside.axe import AXE, COLOURS, RUN, STRUCTURE, need_axe
from tests.outside.pages import Page, all_pages, kinds, sample_pages, unlike_pages
from tests.outside.serving import served
from tests.outside.tabs import ask, opened, two_tabs

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

WIDTHS = (320, 390, 1280)
DAY: dict[str, Any] = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
MODES: dict[str, dict[str, Any]] = {
    "forced": {**DAY, "forced_colors": "active"},
    "light": DAY,
    "dark": {**DAY, "color_scheme": "dark"},
    "contrast": {**DAY, "contrast": "more"},
    "dark contrast": {**DAY, "color_scheme": "dark", "contrast": "more"},
}
"""A page is opened in the first: Chromium may keep the author's colours of a page that was shown in them before."""


@pytest.fixture(scope="module")
def axe_tabs(chromium: "Browser") -> "Iterator[list[Tab]]":
    """Tabs in which every document gets axe."""
    need_axe()
    with two_tabs(chromium, AXE) as tabs:
        yield tabs


def found_on(
    tabs: "Sequence[Tab]", base_url: str, pages: Sequence[Page], widths: Sequence[int]
) -> dict[str, list[str]]:
    """The violations on pages at each width: by day of every rule, otherwise of those that look at colours."""
    found: dict[str, list[str]] = {mode: [] for mode in MODES}
    show(tabs, MODES["forced"])
    for pairs in opened(tabs, base_url, pages):
        open_tabs = [tab for tab, _ in pairs]
        for mode, settings in MODES.items():
            show(tabs, settings)
            for width in widths:
                for tab in open_tabs:
                    tab.set_viewport_size({"width": width, "height": 844})
                answers = ask(open_tabs, RUN, None if mode == "light" else COLOURS)
                found[mode] += [
                    f"{page.path} at {width}: {one}"
                    for (_, page), answer in zip(pairs, answers, strict=True)
                    for one in answer
                ]
        show(tabs, MODES["forced"])
    return found


def show(tabs: "Sequence[Tab]", settings: dict[str, Any]) -> None:
    for tab in tabs:
        tab.emulate_media(**settings)


@pytest.fixture(scope="module")
def found(axe_tabs: "Sequence[Tab]", site_server: str, built_site: Path) -> dict[str, list[str]]:
    """A page of each kind at every width; and what else there is on any page, at one."""
    sample = sample_pages(built_site)
    of_kinds = kinds(sample).values()
    found = found_on(axe_tabs, site_server, list(of_kinds), WIDTHS)
    others = found_on(axe_tabs, site_server, [page for page in sample if page not in of_kinds], WIDTHS[1:2])
    return {mode: found[mode] + others[mode] for mode in MODES}


@pytest.mark.parametrize("mode", MODES)
def test_no_violation_on_a_page_of_each_kind(found: dict[str, list[str]], mode: str) -> None:
    assert not found[mode], "\n".join(found[mode])


def test_no_violation_on_any_page(axe_tabs: "Sequence[Tab]", site_server: str, built_site: Path) -> None:
    faults = []
    show(axe_tabs, DAY)
    for tab in axe_tabs:
        tab.set_viewport_size({"width": 390, "height": 844})
    for pairs in opened(axe_tabs, site_server, unlike_pages(built_site)):
        answers = ask([tab for tab, _ in pairs], STRUCTURE)
        faults += [f"{page.path}: {one}" for (_, page), answer in zip(pairs, answers, strict=True) for one in answer]
    assert not faults, "\n".join(faults)


BAD_STYLE = """@media (prefers-color-scheme: dark) { #dark { color: #555; background: #000 } }
@media (prefers-contrast: more) { #more { color: #999; background: #fff } }
@media (forced-colors: active) { #forced { forced-color-adjust: none; color: #ddd; background: #fff } }"""


def test_a_bad_page_is_rejected(axe_tabs: "Sequence[Tab]", tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text(BAD_STYLE)
    words = "".join(f"<p id='{name}'>Words.</p>" for name in ("dark", "more", "forced"))
    page = f"<title>Bad</title><link rel='stylesheet' href='style.css'><main><h1>Bad</h1>{words}<img src='x'></main>"
    (tmp_path / "index.html").write_text(page)
    with served(tmp_path) as base_url:
        found = found_on(axe_tabs, base_url, all_pages(tmp_path), [390])
    light = [one for one in found["light"] if "color-contrast" not in one]
    assert [one.split()[3] for one in light] == ["html-has-lang:", "image-alt:"]
    contrast = {mode: " ".join(one for one in found[mode] if "color-contrast" in one) for mode in MODES}
    assert {mode: re.findall(r'id="(\w+)"', said) for mode, said in contrast.items()} == {
        "forced": ["forced"],
        "light": [],
        "dark": ["dark"],
        "contrast": ["more"],
        "dark contrast": ["dark", "more"],
    }
