"""Every kind of page suits every reader: short lines, large targets, wide spacing, strong zoom, forced colours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.outside.pages import Page, all_pages, kinds, sample_pages
from tests.outside.serving import served
from tests.outside.tabs import ask, opened, two_tabs

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
            let from = 0;
            for (const [whole, space, word] of text.data.matchAll(/(\\s*)(\\S+)/g)) {
                const start = text.data.indexOf(whole, from);
                from = start + whole.length;
                range.setStart(text, start + space.length);
                range.setEnd(text, from);
                const box = range.getBoundingClientRect();
                if (!box.height) continue;
                const at = Math.round((box.top + box.bottom) / 16);
                lines.set(at, (lines.get(at) ?? '') + (space && ' ') + word);
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
        const style = getComputedStyle(one), label = getComputedStyle(one, '::before');
        return ['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1
            || ['hidden', 'clip'].includes(style.overflowY) && one.scrollHeight > one.clientHeight + 1
            || label.position === 'absolute' && parseFloat(label.height) > one.offsetHeight + 1;
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

SET = """([opens, spacing]) => {
    if (opens) document.querySelectorAll('details').forEach(one => one.open = true);
    document.getElementById('spacing')?.remove();
    if (spacing) document.head.insertAdjacentHTML('beforeend', `<style id="spacing">${spacing}</style>`);
}"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""What a reader may set by WCAG 2.2, 1.4.12."""

OVERFLOW = """() => {
    const over = document.documentElement.scrollWidth - innerWidth;
    return over > 0 ? [`${over} px wider than the window`] : [];
}"""

EDGES = """() => {
    const shown = one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[popover]');
    const found = [];
    const probe = document.body.appendChild(document.createElement('i'));
    const palette = new Set(['Canvas', 'CanvasText', 'LinkText', 'VisitedText', 'Highlight', 'ButtonText'].map(name => {
        probe.style.color = name;
        return getComputedStyle(probe).color;
    }));
    probe.remove();
    for (const one of document.querySelectorAll('button, input, select, textarea, .urgent-link')) {
        if (!shown(one) || one.matches('.term, .term button, [type=checkbox], [type=radio]')) continue;
        const style = getComputedStyle(one);
        const edged = ['Top', 'Right', 'Bottom', 'Left'].every(side => parseFloat(style[`border${side}Width`]) >= 1
            && style[`border${side}Style`] !== 'none' && style[`border${side}Color`] !== style.backgroundColor);
        if (!edged) found.push(`no edge: ${one.tagName} ${one.className}`);
    }
    for (const one of document.querySelectorAll('svg :is(path, circle, ellipse, line, text)')) {
        const { stroke, fill } = getComputedStyle(one);
        const seen = [stroke, fill].filter(colour => colour !== 'none');
        if (shown(one) && seen.some(colour => !palette.has(colour)))
            found.push(`a colour of ours: ${one.tagName} ${one.getAttribute('class')}`);
    }
    return [...new Set(found)];
}"""
"""In forced colours: buttons and fields without an edge, and lines of drawings that keep a colour of ours."""

FOLDED = """() => [...document.querySelectorAll('details.sources:not([open]) li')]
    .filter(one => getComputedStyle(one.closest('.references')).display !== 'none')
    .filter(one => !one.checkVisibility({ contentVisibilityAuto: true })).map(one => `folded on paper: ${one.id}`)"""
"""Sources that stay folded away on paper."""

LOSSES = {"overflow": OVERFLOW, "cut": CUT, "covered": COVERED}


@dataclass(frozen=True)
class View:
    """A way to look at a page: the window, what the reader has set, and what must not be found there."""

    width: int
    scripts: dict[str, str]
    spaced: bool = False
    media: dict[str, Any] = field(default_factory=dict)
    opens: bool = True


TAPPED = f"() => ({TARGETS})([{SMALLEST_TARGET}, {MAIN_TARGET}])"
VIEWS = {
    "paper": View(
        700, {"overflow": OVERFLOW.replace("> 0", "> 1"), "folded": FOLDED}, media={"media": "print"}, opens=False
    ),  # half a pixel of a border is rounded up
    "forced colours": View(390, {"edges": EDGES}, media={"forced_colors": "active"}),
    "narrow": View(320, {"targets": TAPPED, **LOSSES}),
    "phone": View(390, {"targets": TAPPED, "overflow": OVERFLOW}),
    "tablet": View(900, {"targets": TAPPED, **LOSSES}),
    "desktop": View(1280, {"targets": TAPPED, "lines": f"() => ({LINES})({LONGEST_LINE})", **LOSSES}),
    "spaced narrow": View(320, LOSSES, spaced=True),
    "spaced tablet": View(900, LOSSES, spaced=True),
    "spaced desktop": View(1280, LOSSES, spaced=True),
}
PLAIN = {"media": "screen", "forced_colors": "none"}
Found = dict[str, list[str]]


def look(tabs: "Sequence[Tab]", base_url: str, pages: Sequence[Page]) -> Found:
    """What is found on each page in each view. Every page is opened once, and every fold of it, but for paper."""
    found: Found = {f"{view}: {what}": [] for view, one in VIEWS.items() for what in one.scripts}
    for pairs in opened(tabs, base_url, pages):
        active = [tab for tab, _ in pairs]
        for name, view in VIEWS.items():
            for tab in active:
                tab.emulate_media(**{**PLAIN, **view.media})
                tab.set_viewport_size({"width": view.width, "height": 900})
                tab.evaluate(SET, [view.opens, SPACING if view.spaced else ""])
            for what, script in view.scripts.items():
                answers = ask(active, script)
                found[f"{name}: {what}"] += [
                    f"{page.path}: {one}" for (_, page), answer in zip(pairs, answers, strict=True) for one in answer
                ]
    return found


@pytest.fixture(scope="module")
def found(chromium: "Browser", site_server: str, built_site: Path) -> Found:
    with two_tabs(chromium) as tabs:
        return look(tabs, site_server, sample_pages(built_site))


@pytest.mark.parametrize("what", [f"{view}: {what}" for view, one in VIEWS.items() for what in one.scripts])
def test_every_kind_of_page_suits(found: Found, what: str) -> None:
    assert not found[what], "\n".join(found[what])


def test_a_zoom_of_400_percent_loses_nothing(chromium: "Browser", site_server: str, built_site: Path) -> None:
    """A window of 1280 by 900 at 400 % is 320 by 225."""
    faults = []
    with two_tabs(chromium, viewport={"width": 320, "height": 225}, device_scale_factor=4) as tabs:
        for pairs in opened(tabs, site_server, list(kinds(all_pages(built_site)).values())):
            active = [tab for tab, _ in pairs]
            for script in LOSSES.values():
                answers = ask(active, script)
                faults += [f"{page.path}: {answer}" for (_, page), answer in zip(pairs, answers, strict=True) if answer]
    assert not faults, "\n".join(faults)


def test_forced_colours_keep_what_tells_how_urgent_a_sign_is(chromium: "Browser", site_server: str) -> None:
    look = """() => {
        const one = document.querySelector('.care, .callout');
        const mark = getComputedStyle(one.querySelector('.care-title, .callout-label'), '::before');
        return { edge: getComputedStyle(one).borderLeftWidth, mark: mark.backgroundColor,
                 text: getComputedStyle(document.body).color, ground: getComputedStyle(document.body).backgroundColor };
    }"""
    with chromium.new_context(forced_colors="active") as context:
        tab = context.new_page()
        tab.goto(f"{site_server}red-flags/")
        seen = tab.evaluate(look)
    assert seen["edge"] == "8px"
    assert seen["mark"] == seen["text"] != seen["ground"]


LONG = "A long line of words. " * 12
BAD_PAGE = f"""<!doctype html><html lang="en"><body class="page"><title>Bad</title>
<style>p {{ height: 1.2em; overflow: hidden; width: 200px }} li {{ position: relative; top: -3em; }}
dd {{ position: relative; margin: 40px 0 }}
dd::before {{ content: "A label of many words"; position: absolute; width: 3em }}
pre {{ width: 900px }} button {{ border: 0 }} path {{ fill: #123456 }}</style>
<header><a class="brand" href="#">x</a></header>
<main><h1>Bad</h1><p>This text stands in a box that is far too small for it, so most of it is cut.</p>
<p style="width:auto;height:auto">{LONG}</p><ul><li>one two three</li><li>four</li></ul><dl><dd>x</dd></dl>
<div class="references"><details class="sources"><summary>x</summary><ol><li id="one">One</li></ol></details></div>
<button>x</button><svg><path d="M0 0h9v9"/></svg><pre>wide</pre></main>"""


def test_a_bad_page_is_rejected_in_every_view(chromium: "Browser", tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BAD_PAGE)
    with served(tmp_path) as base_url, two_tabs(chromium) as tabs:
        found = look(tabs, base_url, all_pages(tmp_path))
    wide_enough = {"desktop: overflow", "spaced desktop: overflow"}
    assert {what for what, said in found.items() if not said} == wide_enough
    assert [one.split()[1] for one in found["desktop: targets"]] == ["main:", "main:", "BUTTON"]
    assert len(found["desktop: cut"]) == 2
    assert len(found["forced colours: edges"]) == 2
    assert {one.split()[1] for one in found["paper: folded"]} == {"folded"}
