"""One reading tells all that is asked of a page, as a browser reads it; what is unclear is never passed over."""

import json
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import pipeline
from generator.making import rendering
from generator.output import reading
from generator.output.outputs import Output
from generator.output.reading import Reading, read, read_others
from generator.output.tree import Tree, as_xml, take_off, take_out, tree_of
from generator.stages.options import Options
from tests.helpers import moderate
from tests.sitekit import TODAY, copy_site

ELSEWHERE = "//elsewhere.example/a"
IMAGE = ("img-src", ELSEWHERE)
PAGE = f"""<!doctype html>
<html lang="en" id="top"><head><meta charset="utf-8"><title>A &amp; B</title>
<link rel="canonical" href="https://example.org/"><link rel="Stylesheet" href="a.css">
<link rel="alternate" href="feed.xml"><script src="a.js" defer></script></head>
<body><header><a href="#main">Skip</a></header>
<main id="main"><h1 id="title">A</h1><p id="main"><a href="b/?x=1&amp;y#c">B</a> <img src="{ELSEWHERE}" alt="">
<form data-search="find.js"></form></main></body></html>"""


def read_text(text: str) -> Reading:
    return read(text.encode())


def test_all_that_is_asked_of_a_page_is_told_in_its_order() -> None:
    assert read_text(PAGE) == Reading(
        ids=("top", "main", "title", "main"),
        main_headings=1,
        links=("a.css", "feed.xml", "a.js", "#main", "b/?x=1&y#c", ELSEWHERE),
        loads=("a.css", "a.js", ELSEWHERE, "find.js"),
        asks=(("style-src", "a.css"), ("script-src", "a.js"), IMAGE, ("form-action", "")),
        inline=(),
    )


def test_a_reading_is_plain_data_that_comes_back_from_json() -> None:
    found = read_text(PAGE + '<p onclick="go()">')
    ids, headings, links, loads, asks, inline, searched = json.loads(json.dumps(astuple(found)))
    asked = tuple(map(tuple, asks))
    assert found == Reading(tuple(ids), headings, tuple(links), tuple(loads), asked, tuple(inline), searched)


def test_equal_texts_of_two_pages_are_kept_once() -> None:
    first, second = read_text(PAGE), read_text(PAGE.replace("A &amp; B", "C"))
    assert all(one is other for one, other in zip(first.links, second.links, strict=True))


@pytest.mark.parametrize("text", ["", " ", "\0", "text", "<!-- -->", "<", "<!doctype html>", "\ufeff"])
def test_what_is_hardly_a_page_holds_nothing(text: str) -> None:
    assert read_text(text) == Reading()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<P ID=a CLASS=b><H1>A</H1>', Reading(ids=("a",), main_headings=1)),
        ("<p id=a id=b>", Reading(ids=("a",))),
        ("<p id>", Reading()),
        ("<p>a<body id=b><html id=c><head id=d>", Reading(ids=("b", "c", "d"))),
        ("<p></p></body></html><p id=late>", Reading(ids=("late",))),
        ("<template><p id=a></template><noscript><p id=b></noscript>", Reading(ids=("a", "b"))),
        ("<a href='a&amp;b'>&lt;a href=b></a>", Reading(links=("a&b",))),
        ("<a href=a?b&copy=1&lang>", Reading(links=("a?b&copy=1&lang",))),
        ("<a href='a&#9;b'>", Reading(links=("a\tb",))),
        ("<a href=a <b href=b>", Reading(links=("a",))),
        ("<a rel=canonical href=a>", Reading()),
        ("<!-- <a href=a> --><textarea><a href=b></textarea><xmp><a href=c></xmp>", Reading()),
        ("<!--><a href=a>-->", Reading(links=("a",))),
        ("<script type=a/b>'<a href=a>'</script>", Reading()),
        ("<script type=a/b><!--<script>'</script>'--></script><a href=a>", Reading(links=("a",))),
    ],
)  # fmt: skip
def test_a_page_is_read_as_browsers_read_it(text: str, found: Reading) -> None:
    assert read_text(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "<IMG SRC={a}>",
        "<img/alt=''src={a}>",
        "<image src={a}>",
        "<noscript><img src={a}></noscript>",
        "<template><img src={a}></template>",
        "<select><img src={a}></select>",
        "<p></p></body></html><img src={a}>",
        "<!--><img src={a}>-->",
        "<!-- --!><img src={a}>-->",
        "<? ?><img src={a}>",
        "<body background={a}>",
        "<img srcset='b.png 1x, {a} 2x'>",
        "<link rel=preload as=IMAGE href={a}>",
        "<link rel=preload as=image imagesrcset='{a} 2x'>",
        "<svg><image xlink:href={a}></svg>",
        # where scripts run, noscript holds text
        "<noscript><!-- </noscript><img src={a}>-->",
        "<noscript><p title='</noscript><img src={a}>'>",
        # outside a drawing, the slash says nothing
        "<title/><!-- </title><img src={a}>-->",
        "<script type='a/b'/><!-- </script><img src={a}>-->",
        "<textarea title='>'/><!-- </textarea><img src={a}>-->",
        # in a drawing, these hold elements
        "<svg><title><img src={a}></title></svg>",
        "<svg><title><b title='</title><!--'><img src={a}>-->",
        "<svg><script type=a/b><img src={a}></script></svg>",
        "<math><mi><style><img src={a}></style></math>",
        # in a drawing, this is text
        "<svg><![CDATA[><!-- ]]><img src={a}>-->",
    ],
)
def test_a_picture_that_some_browser_would_ask_for_is_found(text: str) -> None:
    assert IMAGE in read_text(text.format(a=ELSEWHERE)).asks


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<p>a<body onload=go()>", "the attribute onload of <body>"),
        ("<p>a<html onclick=go()>", "the attribute onclick of <html>"),
        ("<img src=a onerror onerror=b>", "the attribute onerror of <img>"),
        ("<svg><title><p style=a></title>", "the attribute style of <p>"),
        ("<noscript><style></style></noscript>", "<style>"),
        ("<SCRIPT\n>go()</SCRIPT>", "<script> without src"),
        ("<script type=text/ecmascript>go()</script>", "<script> without src"),
        ("<a href='\x01java\nscript:go()'>", "a link to a script"),
        ("<a href='java&Tab;script&colon;go()'>", "a link to a script"),
        ("<svg><a xlink:href='JavaScript:go()'>", "a link to a script"),
        ("<svg><a><set attributeName=href to='javascript:go()'>", "a link to a script"),
    ],
)
def test_code_in_a_page_is_found_however_it_is_written(text: str, what: str) -> None:
    assert what in read_text(text).inline


@pytest.mark.parametrize(
    "text",
    [
        "<title>&lt;img src={a}></title><textarea><img src={a}></textarea>",
        "<!-- <img src={a}> -->",
        '<script type=\'application/ld+json\'>{{"a": "<img src={a}>"}}</script>',
        "<svg><title>under &lt; 5</title><path d=''/></svg>",
        "<p data-src={a} title='{a}'>{a}</p>",
        "<p ON=a one>",
    ],
)
def test_text_is_not_taken_for_what_a_page_loads(text: str) -> None:
    assert not any("elsewhere" in address for _, address in read_text(text.format(a=ELSEWHERE)).asks)


def test_a_page_whose_elements_nest_too_deep_is_not_taken_for_one_that_was_read() -> None:
    assert read_text("<div>" * 1_000 + "<p id=a>").ids == ("a",)
    assert read_text("<div>" * 5_000 + "<p onclick=a>").inline


def test_a_page_that_is_not_utf_8_is_read_as_far_as_it_can_be() -> None:
    assert read(b"<p id=a>\xff<p id=b>").ids == ("a", "b")


def test_only_pages_are_read() -> None:
    outputs = [Output(path, b"<p id=a>", "x") for path in ("a.html", "a.xml", "a.md")]
    assert read_others({}, outputs) == {"a.html": Reading(ids=("a",))}


@moderate
@given(st.text(alphabet="<>/=\"'!-?[]& \n\0abdghilmnoprstvy", max_size=80))
def test_no_page_is_too_odd_to_be_read(text: str) -> None:
    assert read_text(text) == read_text(text)


@moderate
@given(st.lists(st.sampled_from(["<p>", "<b title='", "'>", "<!--", "-->", "<svg>", "<title>", "</title>", "x"])))
def test_what_comes_later_hides_nothing_that_came_before(later: list[str]) -> None:
    found = read_text("<p id=a></p>" + "".join(later))
    assert found.ids[:1] == ("a",)


def test_a_build_makes_one_tree_of_each_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def counted(body: bytes) -> Tree:
        made.append(body)
        return tree_of(body)

    for module in (rendering, reading):
        monkeypatch.setattr(module, "tree_of", counted)
    done = pipeline.build(copy_site("hiccups", tmp_path), Options(today=TODAY))
    pages = [one for one in done.outputs if one.path.endswith(".html")]
    assert len(made) == len(pages) > 20


def test_what_is_taken_out_of_a_tree_leaves_the_text_behind_it() -> None:
    root = tree_of(b"<main>a<p>b<i>c</i></p>d<p>e</p>f<b>g</b><!-- h --></main>").root.find(".//main")
    take_out(root, root.findall("p"))
    take_off(root, root.findall("b"))
    assert as_xml(root) == "<main>adfg</main>"
