"""A corpus of attacks: whatever is written, only allowed tags, attributes and addresses come out.

What comes out is parsed again, by two parsers, and looked at element by element: a test for words would miss an
attribute that a browser sees, and would stumble over one that is only text.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.sanitiser import allows, sanitise
from generator.markup.slots import TOKEN, ImageSlot, LinkSlot
from tests.helpers import CLEAN_MARKDOWN, made, moderate
from tests.markup.allowed import faults

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "blob:x",
    "//evil.example",
    "\\\\evil.example",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java\tscript:alert(1)",
    "java%0ascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\x00script:alert(1)",
    "&#0000106avascript:alert(1)",
    "javascript://%0aalert(1)",
    "feed:javascript:alert(1)",
    "view-source:x",
    "\u2028javascript:x",
]
FORMS = [
    "[a]({})",
    "[a](<{}>)",
    "[a]( {} )",
    '[a]({} "title")',
    "[a](\n{})",
    "<{}>",
    "[a][x]\n\n[x]: {}",
    "[x]\n\n[x]: <{}>",
    "[x]\n\n[x]:\n{}",
    "[x][]\n\n   [x]: {} 'title'",
    "- a\n\n    [x]\n\n    [x]: {}",
    "> [x]\n>\n> [x]: {}",
    "![a]({})",
    "![a][x]\n\n[x]: {}",
    "[![a]({})]({})",
    "[[a]({})]({})",
    "[a [b]({}) c]({})",
    "![a](b.png){{: src='{}' }}",
    "a\n{{: href='{}' }}",
    "[a](b.md){{: href={} }}",
    '<a href="{}">a</a>',
    "<a href='{}'>a</a>",
    "<a href={}>a</a>",
    '<a\nhref="{}"\n>a</a>',
    '<A HREF = "{}">a</A>',
    '<a title=">" href="{}">a</a>',
    '<img alt="a" src="{}">',
    '<img alt=a srcset="{} 2x">',
    '<a xlink:href="{}">a</a>',
    '<div>\n<a href="{}">a</a>\n</div>',
    "## [a]({})",
    "Table: [a]({})\n\n| [a]({}) | b |\n|---|---|\n| ![a]({}) | <{}> |\n",
    "[^1]\n\n[^1]: [a]({})",
    "*[a]({})*",
    "[a]({}",
    "a <{} b",
    "term\n: [a]({})",
    '<form action="{}"><button formaction="{}">a</button></form>',
    '<q cite="{}">a</q>',
    '<table background="{}">',
]


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_link_or_picture_lets_a_hostile_address_through(form: str) -> None:
    for address in HOSTILE:
        html = made(form.format(*[address] * 4)).fragment.html
        assert faults(html) == [], (address, html)


@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "[a][x]\n\n[x]: {}", '<a href="{}">a</a>', "[a]({} 'title')"])
def test_a_hostile_address_stays_known_so_that_it_can_be_reported(form: str) -> None:
    (slot,) = made(form.format("javascript:alert(1)")).slots
    assert isinstance(slot, LinkSlot)
    assert slot.target == "javascript:alert(1)"


RAW = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<style><img src='</style><img src=x onerror=alert(1)>'>",
    '<link rel="stylesheet" href="//evil.example">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<base href="//evil.example/">',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="x"></object><embed src="x"><applet code="x"></applet>',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<svg><animate onbegin="alert(1)" attributeName="x"></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    '<math href="javascript:alert(1)">a</math>',
    "<img src=x onerror=alert(1)>",
    '<img alt="`" src="x`onerror=alert(1)">',
    '<img/src="x"/onerror=alert(1)>',
    '<img src="x" alt="a" onerror\n=\n"alert(1)">',
    '<img """><script>alert(1)</script>">',
    "<img src=x alt=a style='x:expression(alert(1))'>",
    '<p style="position:fixed;inset:0">a</p>',
    '<p onclick="alert(1)" onmouseover=alert(1) OnFocus=alert(1) tabindex=0 autofocus contenteditable>a</p>',
    '<div role="alert" aria-live="assertive" hidden>a</div>',
    "<input autofocus onfocus=alert(1)><select><option>a</select><textarea>a</textarea>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "<marquee onstart=alert(1)>a</marquee><blink>a</blink>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE html><html><head><title>a</title></head><body onload=alert(1)>",
    '<p id="a" name="b" class="c" accesskey="x" slot="y" is="z" nonce="n" part="p">a</p>',
    '<a href="https://example.org" target="_blank" ping="//evil.example" download onclick=alert(1)>a</a>',
    "<td background='javascript:alert(1)'>a</td>",
    "<x-custom onclick=alert(1)>a</x-custom>",
    "<p\x00 onclick=alert(1)>a</p>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    '<button popovertarget="x">a</button><dialog open>a</dialog>',
    "<a href='https://x' title='\"><script>alert(1)</script>'>a</a>",
    "<p title='<img src=x onerror=alert(1)>'>a</p>",
]
LISTS = [
    "{: onclick='alert(1)' }",
    "{: onclick=alert(1) style='position:fixed' }",
    '{: .a #b onclick="alert(1)" }',
    "{: href='javascript:alert(1)' }",
    "{: src=x srcset='y 2x' onerror=alert(1) }",
    "{: ONCLICK=alert(1) }",
    "{: 'onclick'='alert(1)' }",
    "{: id='\"><script>alert(1)</script>' }",
    "{: class='\"><img src=x onerror=alert(1)>' }",
    "{: title='\" onclick=\"alert(1)' }",
    "{: formaction=javascript:alert(1) xlink:href=javascript:alert(1) }",
    "{: \ue000=1 }",
    "{onclick=alert(1)}",
]
HOLDERS = [
    "text\n{}",
    "*text*{}",
    "[a](b.md){}",
    "![a](b.png){}",
    "## heading {}",
    "`code`{}",
    "- item {}",
    "> quote\n{}",
    "| a{} | b |\n|---|---|\n| 1{} | 2 |\n",
]
PLACES = [
    "{}",
    "text {} text",
    "- {}",
    "> {}",
    "## {}",
    "*{}*",
    "[{}](a.md)",
    "![{}](a.png)",
    "[a](b.md '{}')",
    "| {} | b |\n|---|---|\n| {} | 2 |\n",
    "`{}`",
    "    {}",
    "```\n{}\n```",
    "```html\n{}\n```",
    "```{}\na\n```",
    "term\n: {}",
    "[^1]\n\n[^1]: {}",
    "<div>\n{}\n</div>",
    "<p title='{}'>a</p>",
]


@pytest.mark.parametrize("place", PLACES)
def test_no_raw_html_survives_anywhere_unless_it_is_allowed(place: str) -> None:
    for attack in RAW:
        html = made(place.format(attack, attack) if place.count("{}") == 2 else place.format(attack)).fragment.html
        assert faults(html) == [], (attack, html)


@pytest.mark.parametrize("holder", HOLDERS)
def test_no_attribute_list_brings_in_what_raw_html_may_not(holder: str) -> None:
    for attack in LISTS:
        html = made(holder.replace("{}", attack)).fragment.html
        assert faults(html) == [], (attack, html)


@pytest.mark.parametrize(
    "attack",
    [one for one in RAW if one.startswith(("<script>a", "<iframe", "<svg", "<p style", "<p onclick", "<link"))],
)
def test_what_is_taken_out_is_reported(attack: str) -> None:
    assert "html-removed" in [one.code for one in made(attack).problems]


@pytest.mark.parametrize("attack", ["{: onclick='alert(1)' }", "{: style=x }", "{: srcset='y 2x' }"])
def test_an_attribute_that_is_taken_out_is_reported(attack: str) -> None:
    assert [one.code for one in made(f"![a](b.png){attack}").problems] == ["html-removed"]


@pytest.mark.parametrize(
    "html",
    [
        '<p id="a" class="b c" lang="de" dir="ltr" title="d">a</p>',
        '<a href="https://example.org/?a=1&amp;b=2">a</a>',
        '<a href="mailto:a@example.org">a</a>',
        '<a href="tel:+123">a</a>',
        '<a href="\ue0000\ue001">a</a>',
        '<img src="\ue0000\ue001" alt="a">',
        '<table><caption>a</caption><thead><tr><th scope="col">a</th></tr></thead></table>',
        '<table><tbody><tr><td data-label="a">b</td></tr></tbody></table>',
        '<div role="note">a</div>',
        "<p>a &lt;b&gt; &amp; c</p>",
    ],
)
def test_what_is_allowed_stays_as_it_is(html: str) -> None:
    assert sanitise(html) == html


def test_code_about_an_attack_is_shown_as_text() -> None:
    html = made("`<script>alert(1)</script>`").fragment.html
    assert html == "<p><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></p>"


@pytest.mark.parametrize(
    ("tag", "attribute", "stays"),
    [
        ("a", "href", True),
        ("p", "href", False),
        ("p", "onclick", False),
        ("script", "", False),
        ("td", "data-label", True),
        ("p", "data-label", False),
    ],
)
def test_it_is_known_beforehand_what_stays(tag: str, attribute: str, stays: bool) -> None:
    assert allows(tag, attribute) is stays


@pytest.mark.parametrize("forged", ["&#xe000;0&#xe001;", "&#57344;0&#57345;", "&#xE000;7&#xE001;", "&#xe0000&#xe001"])
@pytest.mark.parametrize(
    "place", ["{}", "[a]({})", "<b title='{}'>a</b>", "`{}`", "## {}", "![{}](a.png)", "<a href='{}'>a</a>"]
)
def test_no_entity_can_forge_a_slot(forged: str, place: str) -> None:
    converted = made(place.format(forged))
    numbers = [int(match[1]) for match in TOKEN.finditer(converted.fragment.html)]
    addresses = {n for n, slot in enumerate(converted.slots) if isinstance(slot, LinkSlot | ImageSlot)}
    assert set(numbers) <= addresses


_GOOD = """<p> </p> <b> </b> <i> </i> <ul> <li> </li> </ul> <div> </div> <code> </code> <br> <hr> &lt; &amp;
<p~title=">"> <table><tr><td> </td></tr></table> &#106; text é
<!--~x~--> <em~onclick=x> </em> <a~href="https://a.b">x</a>"""
_ODD = """<a> </a> <a~href="https://a.b"> <table> <tr> <td> </td> </tr> </table> <script> </script> <style> </style>
<svg> </svg> <math> <mtext> <textarea> </textarea> <!-- --> <![CDATA[ ]]> <img~src=x~onerror=y> <p~title="> "> < > " '
<xmp> <template> <noscript> <select> <option> <frameset> <plaintext> <title>"""
GOOD_PIECES = [one.replace("~", " ") for one in _GOOD.split()]
ODD_PIECES = [one.replace("~", " ") for one in _ODD.split()]
GOOD_HTML = st.lists(st.sampled_from(GOOD_PIECES), max_size=12).map("".join)
HTML = st.lists(st.sampled_from([*GOOD_PIECES, *ODD_PIECES]), max_size=12).map("".join)


@moderate
@given(HTML | st.text())
def test_whatever_goes_in_nothing_comes_out_that_is_not_allowed(html: str) -> None:
    assert faults(sanitise(html)) == []


@moderate
@given(GOOD_HTML | st.text())
def test_to_sanitise_twice_is_to_sanitise_once(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once


@moderate
@given(HTML)
def test_what_was_sanitised_stays_so_however_often_a_browser_reads_and_writes_it(html: str) -> None:
    assert faults(sanitise(sanitise(html))) == []


@moderate
@given(CLEAN_MARKDOWN, HTML)
def test_whatever_an_editor_writes_nothing_comes_out_that_is_not_allowed(text: str, html: str) -> None:
    assert faults(made(text + html).fragment.html) == []


@pytest.mark.parametrize(
    "html",
    [
        '<table><tbody><tr><th scope="row" colspan="2" rowspan="2">a</th></tr></tbody></table>',
        '<table><tbody><tr><td colspan="2" rowspan="2" data-label="a">a</td></tr></tbody></table>',
        '<p id="a" class="b" lang="de" dir="rtl" title="c">a</p>',
        '<ol start="3"><li>a</li></ol>',
        '<div role="note"><time datetime="2026-11-21">a</time></div>',
    ],
)
def test_what_a_text_needs_stays_as_it_was_written(html: str) -> None:
    assert sanitise(html) == html
