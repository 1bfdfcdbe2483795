"""What the search sees of a page: all words that it shows, and nothing that may change without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output.searched import digest, searched
from generator.output.tree import tree_of
from tests.helpers import moderate

PAGE = """<!doctype html>
<html lang="en-GB"><head><title>Rest | Colds</title>
<meta name="keywords" content="a rest, sleep" data-pagefind-meta="names[content]"></head>
<body><header><a href="../">Home</a></header>
<main id="main" data-pagefind-body data-title="Rest" data-pagefind-meta="title[data-title]">{}</main>
<footer>Foot</footer></body></html>"""
OUTER = (
    '<meta data-pagefind-meta="names[content]" content="a rest, sleep">'
    '<main data-pagefind-body="" data-pagefind-meta="title[data-title]" data-title="Rest">{}</main>'
)


def seen(inner: str) -> str:
    return searched(tree_of(PAGE.format(inner).encode()))


def inside(inner: str) -> str:
    """What is seen within the part that is searched."""
    before, after = OUTER.split("{}")
    begin, end = f'<!doctype html><html lang="en-GB"><title>Rest | Colds</title>{before}', f"{after}</html>\n"
    found = seen(inner)
    assert found.startswith(begin)
    assert found.endswith(end)
    return found[len(begin) : -len(end)]


def test_it_is_a_small_page_with_the_words_the_title_and_the_names() -> None:
    assert seen("<h1>Rest</h1><p>Sleep well.</p>") == (
        f'<!doctype html><html lang="en-GB">{OUTER.format("<h1>Rest</h1><p>Sleep well.</p>")}</html>\n'
    )


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>text",
        "<html lang=en><main>text</main></html>",
        "<main data-pagefind-body>text</main>",
        "<html lang=en><!-- <main data-pagefind-body> --></html>",
    ],
)
def test_a_page_that_is_not_to_be_found_is_nothing(page: str) -> None:
    assert searched(tree_of(page.encode())) == ""
    assert digest("") == ""


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ('<p>Rest<span class="cite"> [<a id="cite-1-1" href="#ref-a">1</a>]</span>.</p>', "<p>Rest.</p>"),
        ('<p class="dateline">Updated <time>today</time></p><p>Rest.</p>', "<p>Rest.</p>"),
        ('<section class="a references b"><h2 id="r">Sources</h2><p>Smith.</p></section>', ""),
        ('<section class="answer"><h2 id="a">In short</h2><p>Rest.</p></section>', "<section><p>Rest.</p></section>"),
        ('<section class="other"><h2 id="a">A</h2></section>', '<section><h2 id="a">A</h2></section>'),
        ('<form><label>Ask</label></form><nav>On</nav><svg><title>A</title></svg><script>1</script>Rest', "Rest"),
        ('<p id="a" class="b" title="c">A <a href="d"><em>word</em></a>.</p>', "<p>A word.</p>"),
        ("<p>One<br>two<img src=a alt=b> <hr></p>", "<p>One<br>two </p><hr>"),
        ("<ul>\n\n<li>A\n  b</li>\t</ul>", "<ul> <li>A b</li> </ul>"),
        ("<p>a &lt; b &amp; c&nbsp;d \"e\"</p>", '<p>a &lt; b &amp; c\xa0d "e"</p>'),
        ('<p data-pagefind-weight="2">A</p>', '<p data-pagefind-weight="2">A</p>'),
        ("A <i data-pagefind-ignore>b</i>", 'A <i data-pagefind-ignore="">b</i>'),
        ('<i data-pagefind-filter="kind[class], x" class="y" id="z">b</i>',
         '<i data-pagefind-filter="kind[class], x" class="y">b</i>'),
    ],
)  # fmt: skip
def test_what_says_nothing_of_its_own_is_left_out(inner: str, found: str) -> None:
    assert inside(inner) == found


def test_a_word_that_the_glossary_explains_and_a_sign_to_tick_are_words_like_others() -> None:
    term = (
        '<label class="term"><span aria-hidden="true">back</span> '
        '<button type="button" popovertarget="term-a">mice</button></label>'
        '<span class="term-note" id="term-a" popover>An everyday name.</span>'
    )
    assert inside(f"<p>In people with {term}.</p>") == "<p>In people with back mice.</p>"
    assert inside("<li><label><input type=checkbox> A weak leg</label></li>") == "<li> A weak leg</li>"


def test_the_title_is_the_heading_or_else_that_of_the_window() -> None:
    assert "<h1>Rest</h1>" in seen("<h1>Rest</h1>")
    assert "<title>" not in seen("<h1>Rest</h1>")
    assert "<title>Rest | Colds</title>" in seen("<p>Rest</p>")


def test_what_stands_outside_the_searched_part_is_not_seen_unless_it_is_meant_for_the_search() -> None:
    page = PAGE.format("<h1>Rest</h1>")
    other = page.replace("Foot", "Another foot").replace("Home", "House").replace("Rest | Colds", "Rest | Coughs")
    assert searched(tree_of(page.encode())) == searched(tree_of(other.encode()))
    named = page.replace("a rest, sleep", "a rest, a nap")
    assert searched(tree_of(page.encode())) != searched(tree_of(named.encode()))


PIECES = (
    *("<p>", "</p>", "<div class=references>", "</div>", "<span class='cite'>", "</span>", "<h2 id=a>", "</h2>"),
    *("word", " ", "&lt;", "<br>", "<label>", "</label>", "<svg>", "</svg>", "<table>", "<td>", "</table>"),
    *("<section class=answer>", "</section>", "<html lang=de>", "<body>", "<main data-pagefind-body>", "</main>"),
    *("<script>", "</script>", "<!--", "-->", "<title>"),
)  # fmt: skip


@moderate
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_whatever_a_page_holds_what_is_seen_of_it_is_seen_again_and_the_tree_is_left_as_it_was(inner: str) -> None:
    tree = tree_of(PAGE.format(inner).encode())
    found = searched(tree)
    assert found == searched(tree)
    again = searched(tree_of(found.encode()))
    assert again == searched(tree_of(again.encode()))
    assert digest(found) != digest(found + " ")


def test_elements_within_elements_without_end_are_no_trouble() -> None:
    assert "deep" in inside("<div>" * 200 + "deep")
