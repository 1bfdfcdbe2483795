"""Nothing that Chromium would ask of another host is missed in a page, however oddly the page is written."""

import random
from html import escape
from typing import TYPE_CHECKING

import pytest

from generator.output.needs import Needs, needs_of
from generator.output.outputs import Output
from generator.output.reader import read_others

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

OWN = "https://example.org/colds/"
PIECES = """
<svg> </svg> <svg/> <math> </math> <mi> <desc> <foreignObject> </foreignObject> <title> </title> <title/> <TITLE>
</TITLE_> <textarea> </textarea> <style> </style> <style/> <script_type=a> <script_type=a/> </script> <noscript>
</noscript> <xmp> </xmp> <iframe> </iframe> <noembed> </noembed> <template> </template> <!-- --> --!> <!--> <! <?x </x >
<![CDATA[ ]]> <p> </p> </br> <table> </table> <tr> <td> <select> <option> </select> <body> </body> <html> </html> <head>
</head> <form> </form> <div_a=" <div_a=' " ' <a /> <b \0 <!DOCTYPE_x> <frameset> &lt; x <plaintext>
""".split()
"""Of these the odd pages are made; `_` is a space."""
IN_ADDRESSES = [
    *"/ / \\ : // http: https: HTTPS: data: javascript: elsewhere.example example.org @ # ? . %2f a".split(),
    *" \t\n\x01",
]
SHOWN = """texts => texts.map(text => {
    const found = place => [...place.querySelectorAll('img')].map(one => one.getAttribute('src') ?? '');
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inner = frame.contentDocument;
    inner.open(); inner.write(text); inner.close();
    const all = [...found(inner), ...found(new DOMParser().parseFromString(text, 'text/html'))];
    frame.remove();
    return all;
})"""
"""The pictures that a page shows where scripts run, and where they do not."""
WHERE = """addresses => addresses.map(address => {
    try { const url = new URL(address, document.baseURI); return [url.origin, url.protocol]; }
    catch { return ['', '']; }
})"""


@pytest.fixture
def tab(chromium: "Browser") -> "Tab":
    """A page of the site itself; nothing else is to be had."""
    tab = chromium.new_page()
    tab.route(
        "**/*", lambda one: one.fulfill(body="", content_type="text/html") if one.request.url == OWN else one.abort()
    )
    tab.goto(OWN)
    return tab


def needs(body: str) -> Needs:
    outputs = [Output("index.html", body.encode("utf-8", "replace"), "content/index.md")]
    return needs_of(outputs, read_others({}, outputs), OWN)


def test_no_picture_of_another_host_is_hidden_by_odd_html(tab: "Tab") -> None:
    dice = random.Random(6)  # noqa: S311 - the same pages at each run
    pages = []
    for _ in range(400):
        pieces = [dice.choice(PIECES).replace("_", " ") for _ in range(dice.randint(1, 12))]
        pieces.insert(dice.randint(0, len(pieces)), "<img src=//elsewhere.example/a>")
        pages.append("".join(pieces))
    shown = tab.evaluate(SHOWN, pages)
    seen = [page for page, found in zip(pages, shown, strict=True) if any("elsewhere" in one for one in found)]
    assert len(seen) > 100
    assert [page for page in seen if not needs(page).foreign] == []


def test_no_odd_address_of_another_host_is_taken_for_our_own(tab: "Tab") -> None:
    dice = random.Random(6)  # noqa: S311
    addresses = ["".join(dice.choices(IN_ADDRESSES, k=dice.randint(1, 6))) for _ in range(4_000)]
    for address, (origin, protocol) in zip(addresses, tab.evaluate(WHERE, addresses), strict=True):
        found = needs(f'<img src="{escape(address)}" alt="">')
        is_harmless = origin in ("https://example.org", "") or protocol == "data:"
        assert is_harmless or found.foreign or found.inline, address
        assert protocol != "javascript:" or needs(f'<a href="{escape(address)}">').inline, address
