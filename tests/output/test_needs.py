"""What pages need of a browser is found wherever it stands, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output.needs import Needs, needs_of
from generator.output.outputs import Output
from generator.output.reader import read_others
from tests.helpers import moderate

URL = "https://example.org/colds/"


def needs(body: str, path: str = "index.html") -> Needs:
    outputs = [Output(path, body.encode(), "content/index.md")]
    return needs_of(outputs, read_others({}, outputs), URL)


def sources(found: Needs) -> dict[str, set[str]]:
    return {name: set(values) for name, values in found.sources.items()}


@pytest.mark.parametrize(
    ("body", "directive"),
    [
        ('<script src="assets/a.js" defer></script>', "script-src"),
        ('<script type="module" src="a.js"></script>', "script-src"),
        ('<link rel="modulepreload" href="a.js">', "script-src"),
        ('<link rel="stylesheet" href="a.css">', "style-src"),
        ('<link rel="preload" as="style" href="a.css">', "style-src"),
        ('<link rel="preload" as="font" href="a.woff2">', "font-src"),
        ('<link rel="icon" href="a.svg">', "img-src"),
        ('<link rel="shortcut icon" href="a.ico">', "img-src"),
        ('<link rel="manifest" href="a.webmanifest">', "manifest-src"),
        ('<img src="a.png" alt="">', "img-src"),
        ('<img srcset="a.png 1x, b.png 2x" alt="">', "img-src"),
        ('<picture><source srcset="a.webp 480w"></picture>', "img-src"),
        ('<svg><image href="a.png"/></svg>', "img-src"),
        ('<svg><use href="icons.svg#a"/></svg>', "img-src"),
        ('<audio src="a.mp3"></audio>', "media-src"),
        ('<video><source src="a.mp4"></video>', "media-src"),
        ('<iframe src="map.html"></iframe>', "frame-src"),
        ('<object data="a.pdf"></object>', "object-src"),
        ('<form action="search/"></form>', "form-action"),
        ("<form></form>", "form-action"),
        ('<form method="dialog"><button formaction="a/">A</button></form>', "form-action"),
        ('<base href="/">', "base-uri"),
        ('<img src="https://example.org/other/a.png" alt="">', "img-src"),
        ('<img src="//example.org/a.png" alt="">', "img-src"),
        ('<img src="https:a.png" alt="">', "img-src"),
        ('<img src="https:/a.png" alt="">', "img-src"),
    ],
)
def test_what_a_page_loads_from_its_own_host_is_needed_from_there(body: str, directive: str) -> None:
    found = needs(body)
    assert sources(found) == {directive: {"'self'"}}
    assert (found.inline, found.foreign) == ((), ())


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/ld+json">{"@type": "WebPage"}</script>',
        '<script type="application/json">{}</script>',
        '<link rel="canonical" href="https://elsewhere.example/">',
        '<link rel="alternate" type="application/atom+xml" href="feed.xml">',
        '<a href="https://elsewhere.example/">A link</a>',
        '<meta property="og:image" content="https://elsewhere.example/a.png">',
        '<meta http-equiv="refresh" content="0; url=../a/">',
        '<svg><use href="#a"/></svg>',
        '<form method="dialog"></form>',
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; and url(a.png)</p>",
        '<details open><summary>Style, on, src</summary><p class="style" data-src="x.png">Text.</p></details>',
    ],
)
def test_what_a_page_does_not_load_needs_nothing(body: str) -> None:
    assert needs(body) == Needs({}, frozenset())


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<script>go()</script>", "<script> without src"),
        ('<script type="module">go()</script>', "<script> without src"),
        ('<script type=" Text/JavaScript ">go()</script>', "<script> without src"),
        ("<style>p { color: red }</style>", "<style>"),
        ('<p style="color: red">Red.</p>', "the attribute style of <p>"),
        ('<button onclick="go()">Go</button>', "the attribute onclick of <button>"),
        ('<svg onload="go()"></svg>', "the attribute onload of <svg>"),
        ('<a href=" JavaScript:go()">Go</a>', "a link to a script"),
        ('<iframe srcdoc="<p>x</p>"></iframe>', "the attribute srcdoc of <iframe>"),
        ('<script src="data:text/javascript,go()"></script>', "data: in script-src"),
        ('<link rel="stylesheet" href="data:text/css,p{}">', "data: in style-src"),
    ],
)
def test_code_within_a_page_is_found(body: str, what: str) -> None:
    assert needs(body).inline == (("index.html", "content/index.md", what),)


@pytest.mark.parametrize(
    ("body", "path", "address"),
    [
        ('<img src="https://elsewhere.example/a.png" alt="">', "index.html", "https://elsewhere.example/a.png"),
        ('<script src="//elsewhere.example/a.js"></script>', "index.html", "//elsewhere.example/a.js"),
        ('<img srcset="a.png, http://example.org/b.png 2x" alt="">', "index.html", "http://example.org/b.png"),
        ('<form action="https://elsewhere.example/"></form>', "index.html", "https://elsewhere.example/"),
        ('<img src="//[x" alt="">', "index.html", "//[x"),
        ('<img src="\\\\elsewhere.example\\a.png" alt="">', "index.html", "\\\\elsewhere.example\\a.png"),
        ('<img src="///elsewhere.example/a.png" alt="">', "index.html", "///elsewhere.example/a.png"),
        ('<img src="/&#9;/elsewhere.example/a.png" alt="">', "index.html", "/\t/elsewhere.example/a.png"),
        ('<img src="http:elsewhere.example/a.png" alt="">', "index.html", "http:elsewhere.example/a.png"),
        ('<img src="HTTPS:/\\elsewhere.example/a.png" alt="">', "index.html", "HTTPS:/\\elsewhere.example/a.png"),
        ('<a href="a/" ping="https://elsewhere.example/">A</a>', "index.html", "https://elsewhere.example/"),
        ('<link rel="preconnect" href="//elsewhere.example">', "index.html", "//elsewhere.example"),
        ("@import 'https://elsewhere.example/a.css';", "a.css", "https://elsewhere.example/a.css"),
        ("p{background:url( https://elsewhere.example/a.png )}", "a.css", "https://elsewhere.example/a.png"),
        ("@font-face{src:url(//fonts.example/a.woff2)}", "a.css", "//fonts.example/a.woff2"),
    ],
)
def test_what_would_be_loaded_from_another_host_is_found(body: str, path: str, address: str) -> None:
    assert needs(body, path).foreign == ((path, "content/index.md", address),)


@pytest.mark.parametrize(
    ("style", "needed"),
    [
        ("p{background:url(a.png)}", {"img-src": {"'self'"}}),
        ("p{background:url('data:image/svg+xml,%3Csvg/%3E')}", {"img-src": {"data:"}}),
        ("@font-face{font-family:A;src:url(a.woff2)}", {"font-src": {"'self'"}}),
        ("@import url(b.css);p{color:red}", {"style-src": {"'self'"}}),
        ("@import 'b.css';", {"style-src": {"'self'"}}),
        ("p{fill:url(#a)}", {}),
        ("/* p{background:url(a.png)} */ p{color:red}", {}),
    ],
)
def test_stylesheets_are_read(style: str, needed: dict[str, set[str]]) -> None:
    assert sources(needs(style, "assets/a.css")) == needed


@pytest.mark.parametrize(
    ("script", "needed", "features"),
    [
        ("fetch('a.json')", {"connect-src": {"'self'"}}, set()),
        ("new XMLHttpRequest", {"connect-src": {"'self'"}}, set()),
        ("caches.open('v').then(c=>c.addAll(list))", {"connect-src": {"'self'"}}, set()),
        ("navigator.serviceWorker.register('sw.js')", {"worker-src": {"'self'"}}, set()),
        ("new Worker('w.js')", {"worker-src": {"'self'"}}, set()),
        ("WebAssembly.instantiate(x)", {"script-src": {"'wasm-unsafe-eval'"}}, set()),
        ("navigator.clipboard.writeText(x)", {}, {"clipboard-write"}),
        ("addEventListener('fetch',e=>{})", {}, set()),
        ("document.title", {}, set()),
    ],
)
def test_scripts_are_read(script: str, needed: dict[str, set[str]], features: set[str]) -> None:
    found = needs(script, "assets/a.js")
    assert (sources(found), set(found.features)) == (needed, features)


@moderate
@given(st.text(alphabet="<>/=\"'ascriptylehonfu:()[] #.,\n", max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    for path in ("a.html", "a.css", "a.js"):
        needs(text, path)
