"""Every kind of page suits every reader: short lines, large targets, wide spacing, strong zoom, forced colours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.outside.pages import sample_pages
from tests.outside.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

LONGEST_LINE = 70
SMALLEST_TARGET, MAIN_TARGET = 24, 44

LINES = """(longest) => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    for (let block = walker.nextNode(); block; block = walker.nextNode()) {
        const holds = [...block.childNodes].some(one => one.nodeType === 3 && one.data.trim().length > longest);
        if (!holds || !block.checkVisibility() || block.closest('pre, [popover], .visually-hidden')) continue;
        const range = document.createRange();
        const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const lines = new Map();
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            if (text.parentElement.closest('[popover], .visually-hidden')) continue;
            for (const word of text.data.matchAll(/\\S+/g)) {
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const box = range.getBoundingClientRect();
                if (!box.height) continue;
                const at = Math.round((box.top + box.bottom) / 16);
                lines.set(at, (lines.get(at) ?? '') + word[0] + ' ');
            }
        }
        for (const line of lines.values())
            if (line.trim().length > longest) found.push(`${line.trim().length}: ${line.trim()}`);
    }
    return found;
}"""
"""The lines of running text that are longer than so many characters, as they are laid out."""

TARGETS = """([smallest, main]) => {
    const found = [];
    const MAIN = '.brand, .menu-link, .urgent-link, .bar a, .foot nav a, .crumbs a, .letters a, .jump a, .to-top a, '
        + '.link-list a, .topic li a, .turn a, .sources > summary, .skip';
    for (const one of document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]')) {
        if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('[popover]')) continue;
        const text = one.closest('p, li:not(nav li), dd, td, th, figcaption, label');
        const inline = getComputedStyle(one).display === 'inline' || one.matches('button');
        const boxes = [...one.getClientRects()];
        const height = Math.max(...boxes.map(box => box.height)), width = Math.max(...boxes.map(box => box.width));
        const name = `${one.tagName} ${one.className} "${one.textContent.trim().slice(0, 30)}" ${width}x${height}`;
        if (one.matches(MAIN) && !one.closest('p:not(.to-top)') && height < main - 0.5) found.push('main: ' + name);
        else if (!(text && inline && !one.matches('.cite a')) && Math.min(height, width) < smallest - 0.5)
            found.push(name);
    }
    return found;
}"""
"""What is smaller than it must be; a link or word within a sentence is as high as its line (WCAG 2.2, 2.5.8)."""

CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter(one => one.checkVisibility())
    .filter(one => !one.closest('.visually-hidden, .brief .sign-do strong, svg, [popover], pre'))
    .filter(one => {
        const style = getComputedStyle(one);
        return ['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1
            || ['hidden', 'clip'].includes(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
    })
    .map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""

COVERED = """() => {
    const blocks = [...document.querySelectorAll('main p, main h2, main h3, main li, main dt, main dd, main summary')]
        .filter(one => one.checkVisibility() && !one.closest('[popover], .visually-hidden, details:not([open]) *'))
        .filter(one => !one.querySelector('p, li, h2, h3'));
    const found = [];
    for (let at = 1; at < blocks.length; at++) {
        const [before, after] = [blocks[at - 1].getBoundingClientRect(), blocks[at].getBoundingClientRect()];
        const across = Math.min(before.right, after.right) - Math.max(before.left, after.left);
        const down = Math.min(before.bottom, after.bottom) - Math.max(before.top, after.top);
        if (across > 8 && down > 8) found.push(blocks[at].textContent.trim().slice(0, 50));
    }
    return found;
}"""
"""Blocks of text that lie on the one before them."""

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""What a reader may set by WCAG 2.2, 1.4.12."""

OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"


@contextmanager
def tab_of(browser: "Browser", width: int, height: int = 900, **options: Any) -> Iterator["Tab"]:
    with browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True, **options) as context:
        yield context.new_page()


def faults(tab: "Tab", base_url: str, site: Path, script: str, argument: object = None, style: str = "") -> list[str]:
    """What a script finds on a page of each kind, every `details` open."""
    found = []
    for page in sample_pages(site):
        tab.goto(base_url + page.path)
        tab.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        if style:
            tab.add_style_tag(content=style)
        result = tab.evaluate(script, argument)
        every = result if isinstance(result, list) else ([f"{result} px"] if result > 0 else [])
        found += [f"{page.path}: {one}" for one in every]
    return found


def test_no_line_of_text_is_longer_than_seventy_characters(
    chromium: "Browser", site_server: str, built_site: Path
) -> None:
    with tab_of(chromium, 1280) as tab:
        found = faults(tab, site_server, built_site, LINES, LONGEST_LINE)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_everything_that_is_tapped_is_large_enough(
    chromium: "Browser", site_server: str, built_site: Path, width: int
) -> None:
    with tab_of(chromium, width) as tab:
        found = faults(tab, site_server, built_site, TARGETS, [SMALLEST_TARGET, MAIN_TARGET])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("script", [OVERFLOW, CUT, COVERED], ids=["overflow", "cut", "covered"])
def test_wider_spacing_of_text_loses_nothing(
    chromium: "Browser", site_server: str, built_site: Path, width: int, script: str
) -> None:
    with tab_of(chromium, width) as tab:
        found = faults(tab, site_server, built_site, script, style=SPACING)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("script", [OVERFLOW, CUT, COVERED], ids=["overflow", "cut", "covered"])
def test_a_zoom_of_400_percent_loses_nothing(
    chromium: "Browser", site_server: str, built_site: Path, script: str
) -> None:
    with tab_of(chromium, 320, 225, device_scale_factor=4) as tab:
        found = faults(tab, site_server, built_site, script)
    assert not found, "\n".join(found)


def test_on_paper_every_fold_is_open_and_nothing_overflows(
    chromium: "Browser", site_server: str, built_site: Path
) -> None:
    hidden = """() => [...document.querySelectorAll('details.sources:not([open]) li')]
        .filter(one => getComputedStyle(one.closest('.references')).display !== 'none')
        .filter(one => !one.checkVisibility({ contentVisibilityAuto: true })).map(one => one.id)"""
    with tab_of(chromium, 700) as tab:
        tab.emulate_media(media="print")
        for page in sample_pages(built_site):
            tab.goto(site_server + page.path)
            assert tab.evaluate(hidden) == [], page.path
            assert tab.evaluate(OVERFLOW) <= 1, page.path  # half a pixel of a border is rounded up


def test_forced_colours_keep_what_tells_how_urgent_a_sign_is(chromium: "Browser", site_server: str) -> None:
    look = """() => {
        const one = document.querySelector('.care, .callout');
        const mark = getComputedStyle(one.querySelector('.care-title, .callout-label'), '::before');
        return { edge: getComputedStyle(one).borderLeftWidth, mark: mark.backgroundColor,
                 text: getComputedStyle(document.body).color, ground: getComputedStyle(document.body).backgroundColor };
    }"""
    with tab_of(chromium, 390, forced_colors="active") as tab:
        tab.goto(f"{site_server}red-flags/")
        seen = tab.evaluate(look)
    assert seen["edge"] == "8px"
    assert seen["mark"] == seen["text"] != seen["ground"]


LONG = "A long line of words. " * 12
BAD_PAGE = f"""<!doctype html><html lang="en"><title>Bad</title>
<style>p {{ height: 1.2em; overflow: hidden; width: 200px }} li {{ position: relative; top: -3em; }}</style>
<header><a class="brand" href="#">x</a></header>
<main><h1>Bad</h1><p>This text stands in a box that is far too small for it, so most of it is cut.</p>
<p style="width:auto;height:auto">{LONG}</p><ul><li>one two three</li><li>four</li></ul>
<button>x</button></main>"""


def test_a_bad_page_is_rejected(chromium: "Browser", tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BAD_PAGE)
    with served(tmp_path) as base_url, tab_of(chromium, 1280) as tab:
        assert faults(tab, base_url, tmp_path, LINES, LONGEST_LINE)
        small = faults(tab, base_url, tmp_path, TARGETS, [SMALLEST_TARGET, MAIN_TARGET])
        assert [one.split()[1] for one in small] == ["main:", "BUTTON"]
        assert len(faults(tab, base_url, tmp_path, CUT)) == 1
        assert faults(tab, base_url, tmp_path, COVERED)
