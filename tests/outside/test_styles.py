"""Every reader pays for every rule of the stylesheet: each must be for something that some page, or the script, shows.

The browser reads the stylesheet and the pages. What only readers or the script bring about (a pointer above, a box that
is ticked, an attribute that the script sets) is taken as given.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.outside.pages import all_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SELECTORS = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    const found = [];
    const collect = (rules) => {
        for (const rule of rules) {
            if (rule instanceof CSSStyleRule) found.push(rule.selectorText);
            if (rule.cssRules) collect(rule.cssRules);
        }
    };
    collect(sheet.cssRules);
    return found;
}"""
_UNMATCHED = """([selectors, page]) => {
    const tree = new DOMParser().parseFromString(page, 'text/html');
    return selectors.filter(one => tree.querySelector(one) === null);
}"""
_STATES = r"(?:hover|focus-visible|focus|visited|target|checked|popover-open|empty)"
_NOT_IN_STATE = re.compile(rf":not\(:{_STATES}\)")
_IN_STATE = re.compile(rf":{_STATES}(?![\w-])")
_PART = re.compile(r"::[\w-]+(?:\([^)]*\))?")
_NAME = re.compile(r"(?<=[.\[])[a-zA-Z][\w-]*")

SPECIMEN = """<body class="page"><main><article><div class="prose"><h5></h5><h6></h6><hr><pre></pre>
<blockquote></blockquote><div class="callout callout-tip"><p class="callout-label"></p></div>
<section class="care care-routine"><h3 class="care-title"></h3></section><ul class="works"><li></li></ul></div>
<dl class="facts"><dd><span class="level level-emergency"></span></dd></dl><div class="wide"></div></article></main>
<p class="portable-copy"></p><p class="book"></p><p class="sides"><a href=""></a></p>"""
"""What editors may write, and what other sites, a copy for a folder, and builds with PDF or the book have, though no
page of this site has it now."""


def lasting(selector: str) -> str:
    """What a selector asks of a page in whatever state it is: without parts of elements and without states."""
    selector = _PART.sub("", selector).replace("[open]", "")
    return _IN_STATE.sub(":where(*)", _NOT_IN_STATE.sub("", selector))


def alone(selectors: str) -> list[str]:
    """The selectors of a list; commas in brackets part nothing."""
    found, depth = [""], 0
    for sign in selectors:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [one.strip() for one in found]


def unused(browser: "Browser", css: str, script: str, pages: list[str]) -> list[str]:
    """The selectors that match nothing on any page, and name nothing that the script brings about."""
    with browser.new_page() as tab:
        every = {one: lasting(one) or "*" for rule in tab.evaluate(_SELECTORS, css) for one in alone(rule)}
        left = sorted(set(every.values()))
        for page in pages:
            left = tab.evaluate(_UNMATCHED, [left, page])
    scripted = [one for one in left if any(name in script for name in _NAME.findall(one))]
    return sorted({one for one, asked in every.items() if asked in left and asked not in scripted})


def test_every_rule_of_the_stylesheet_is_for_something_on_some_page(chromium: "Browser", built_site: Path) -> None:
    (css,) = built_site.glob("assets/site.*.css")
    script = "".join(one.read_text(encoding="utf-8") for one in sorted(built_site.glob("assets/*.js")))
    pages = [(built_site / page.path).read_text(encoding="utf-8") for page in all_pages(built_site)]
    pages.append(SPECIMEN)
    assert unused(chromium, css.read_text(encoding="utf-8"), script, pages) == []


def test_a_rule_for_nothing_is_noticed(chromium: "Browser") -> None:
    css = """a:hover, .old > li::before { color: red }
        @media print { p:not(:empty) { margin: 0 } .gone { margin: 0 } .made:focus { margin: 0 } }"""
    found = unused(chromium, css, "one.classList.add('made')", ["<p>x</p>", "<a href='x'>x</a><ul class='new'></ul>"])
    assert found == [".gone", ".old > li::before"]
