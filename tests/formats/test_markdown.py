"""The Markdown of a page says what the page says, and Markdown shows it as it was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from generator.formats.markdown import escaped, markdown
from generator.formats.shown import shown
from generator.output.tree import tree_of

ADDRESS = "https://example.org/site/a/b/"


def made(main: str, after: str = "") -> str:
    page = f"<!doctype html><html><body><header>Menu</header><main>{main}</main></body></html>"
    return markdown(shown("/a/b/", "en", "Title", tree_of(page.encode())), ADDRESS, after)


def read_back(text: str) -> str:
    """What a reader of the Markdown sees, with single spaces."""
    reader = Markdown(extensions=["tables"])
    reader.ESCAPED_CHARS = [*reader.ESCAPED_CHARS, *"~<|&="]  # CommonMark's, of which Python-Markdown lacks some
    shown_again = reader.convert(text)
    return " ".join("".join(html.fromstring(f"<div>{shown_again}</div>").itertext()).split())


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h1>One</h1><p>Two <strong>three</strong>.</p>", "# One\n\nTwo **three**.\n"),
        ('<p><a href="../c/#d">There</a></p>', "[There](https://example.org/site/a/c/#d)\n"),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two\n"),
        ("<ol><li>One<ul><li>Two</ul></ol>", "1. One\n   - Two\n"),
        ('<p>Said <span class="cite">[<a><span class="visually-hidden">source </span>2</a>, page 3]</span>.</p>',
         "Said [^2] (page 3).\n"),
        ('<section class="references"><h2>Sources</h2><ol><li>A work. <a href="https://doi.org/x">DOI</a></ol></section>',
         "## Sources\n\n[^1]: A work. [DOI](https://doi.org/x)\n"),
        ('<div class="callout"><p class="callout-label">Now</p><p>Call.</p></div>', "> **Now**\n>\n> Call.\n"),
        ("<table><caption>Sums</caption><thead><tr><th>A<th>B</thead><tr><td>1<td><ul><li>2<li>3</ul></table>",
         "**Sums**\n\n| A | B |\n| --- | --- |\n| 1 | 2 · 3 |\n"),
        ("<dl><div><dt>Who</dt><dd>We</dd></div></dl>", "- **Who:** We\n"),
        ("<p><span>One.</span><span>Two.</span></p>", "One. Two.\n"),
        ('<div class="headed headed-2"><h2 id="a">One</h2> <a class="anchor" href="#a"></a></div>', "## One\n"),
        ('<div class="references"><details class="sources"><summary>All</summary><ol><li>A work.</ol></details></div>',
         "[^1]: A work.\n"),
        ('<p>A <label>sore <button type="button">spot</button></label><span class="term-note">Word</span>.</p>',
         "A sore spot.\n"),
        ('<p>Said<span class="cite"> [<a>2</a>]</span>.</p>', "Said [^2].\n"),
        ("<fieldset><legend>Now</legend><ul><li><label><input type=checkbox> One</label><p>Call.</p></ul></fieldset>",
         "**Now**\n\n- One\n\n  Call.\n"),
        ('<dl><dt><span class="level">Today</span></dt><dd>Shingles</dd></dl>', "- **Today:** Shingles\n"),
        ('<p><a href="../c/index.html#d">There</a></p>', "[There](https://example.org/site/a/c/#d)\n"),
    ],
)  # fmt: skip
def test_what_is_shown_is_written_as_markdown(page: str, text: str) -> None:
    assert made(page) == text


@pytest.mark.parametrize(
    "page",
    [
        '<nav class="crumbs">Home</nav>',
        '<p hidden class="overdue">Late</p>',
        '<span class="term-note" popover>A word</span>',
        '<svg role="img"><path d="M0 0"/></svg>',
        '<p class="to-top"><a href="#top">Back to the top</a></p>',
        '<div class="keep-offline"><button>Keep</button></div>',
    ],
)
def test_menus_and_what_is_hidden_or_said_twice_are_left_out(page: str) -> None:
    assert made(f"<p>Text</p>{page}") == "Text\n"


def test_nothing_but_the_main_part_is_taken_and_one_line_can_be_added() -> None:
    assert made("<p>Text</p>", "Licence.") == "Text\n\nLicence.\n"


@given(st.text(st.characters(codec="ascii", exclude_characters="\0", min_codepoint=32), min_size=1))
def test_a_text_comes_back_as_it_was_written(text: str) -> None:
    wanted = " ".join(text.split())
    element = html.fromstring("<p></p>")
    element.text = text
    page = html.tostring(element, encoding="unicode")
    assert read_back(made(page)) == wanted
    assert not wanted or read_back(escaped(wanted)) == wanted


def test_no_sign_of_a_text_can_make_a_heading_a_list_or_a_link() -> None:
    text = made("<p># One</p><p>1. Two</p><p>- Three</p><p>[four](five)</p><p>*six*</p>")
    assert not re.search(r"^(#|1\. |- )", text, re.M)
    assert read_back(text) == "# One 1. Two - Three [four](five) *six*"
