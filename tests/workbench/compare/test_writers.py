"""What is written into a comment is text there: it pings nobody, links nowhere and breaks out of nothing."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.workbench.compare.differences import compare
from generator.workbench.compare.markdown import LIMIT, as_markdown
from generator.workbench.compare.report import CODE, ERROR, GONE, NEW, SAME, STRONG, Entry, Line, Piece, Report, Section
from generator.workbench.compare.snapshot import Snapshot
from generator.workbench.compare.web import as_html
from tests.helpers import moderate

GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})
NASTY = [
    "<script>alert(1)</script>",
    "</del></ins></li><h1>out</h1>",
    "@octocat and @org/team",
    "see #123, owner/repo#7 and GH-9",
    "https://github.com/o/r/issues/1 or www.example.org",
    "*bold* _line_ `code` ~~gone~~ [link](https://example.org) ![x](y)",
    "- list\n# heading\n> quote",
    "1. first",
    "a | b",
    "$x^2$ and $$y$$",
    ":tada: :+1:",
    "<!-- hidden",
    "&lt;b&gt; &amp;amp; &#64;octocat",
    "``` fence",
    "\\* escaped \\",
    "===",
    "\u2028next\u0085line\rreturn",
    "",
]
KINDS = (SAME, GONE, NEW, STRONG, CODE)
ALLOWED = {"h2", "h3", "p", "ul", "li", "strong", "code", "del", "ins", "blockquote", "span"}


def report_of(*lines: Line, mark: str = "") -> Report:
    entries = tuple(Entry(line, mark, (line,), (line,)) for line in lines)
    return Report("base", (Section("Words", "some", entries),))


def shown(markdown: str) -> str:
    return re.sub(r"<[^>]*>", "", GITHUB.render(markdown))


def plain(text: str) -> str:
    """A text as it is read: single spaces, and none of no width."""
    return " ".join(re.sub("[\u200b\x85\u2028\u2029]", " ", text).split()) if text.strip() else ""


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mark", ["", ERROR])
def test_nothing_in_a_text_acts_in_a_comment(text: str, kind: str, mark: str) -> None:
    assert_harmless(as_markdown(report_of((Piece(kind, text), Piece(SAME, " end")), mark=mark)), text)


@moderate
@given(
    st.lists(st.sampled_from([*NASTY, "word", " ", "@", "#", "1", "<", "`", "*"]), max_size=6), st.sampled_from(KINDS)
)
def test_no_mixture_of_signs_acts_either(parts: list[str], kind: str) -> None:
    text = "".join(parts)
    assert_harmless(as_markdown(report_of((Piece(kind, text), Piece(SAME, text)))), text)


def assert_harmless(markdown: str, text: str) -> None:
    html = GITHUB.render(markdown)
    assert {one.lower() for one in re.findall(r"</?([a-zA-Z0-9]+)", html)} <= ALLOWED, html
    assert html.count("<li") == 4, "the entry, its line and its quote, and the summary"
    assert html.count("<h3") == 1
    assert "$" not in re.sub(r"<code>.*?</code>", "", html.replace("<span>$</span>", ""), flags=re.DOTALL)
    outside = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)))
    assert not re.search(r"@\w|#\w|GH-\d|://|//\w|www\.|:[\w+-]+:", outside), outside
    read = plain(unescape(re.sub(r"<[^>]*>", "", html))).replace(" ", "")
    assert plain(text).replace(" ", "").replace("\u200b", "") in read


def test_a_whole_page_of_signs_is_text_in_html(before: Snapshot) -> None:
    page = as_html(report_of(*(((Piece(kind, text)),) for text in NASTY for kind in KINDS)))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<del>") == page.count("</del>") == 3 * len(NASTY)


def test_a_comment_is_never_too_long_and_says_what_it_leaves_out() -> None:
    loud = Entry((Piece(STRONG, "LOWERED"), Piece(SAME, " "), Piece(CODE, "a-sign")), ERROR)
    many = tuple(Entry((Piece(STRONG, f"Page {n}"),), "", (), ((Piece(NEW, "word " * 300),),)) for n in range(500))
    report = Report("base", (Section("Signs that need help", "1", (loud,)), Section("Words", "500", many)))
    comment = as_markdown(report)
    assert 50_000 < len(comment) <= LIMIT < 65_536
    assert "`a-sign`" in comment
    left = re.search(r"\*\*Left out here\*\*, as a comment has a limit: Words: (\d+) of 500", comment)
    assert left
    assert comment.count("**Page ") == 500 - int(left[1])
    assert as_html(report).count("<strong>Page") == 500


@moderate
@given(st.lists(st.integers(0, 3000), max_size=60), st.integers(3000, 20_000))
def test_no_report_is_longer_than_its_limit(sizes: list[int], limit: int) -> None:
    entries = tuple(Entry((Piece(NEW, "@<*" * size),), ERROR if size % 2 else "") for size in sizes)
    assert len(as_markdown(Report("base", (Section("Words", "some", entries),)), limit)) <= limit


def test_a_page_with_many_changes_is_cut_in_a_comment() -> None:
    quotes = tuple((Piece(NEW, f"{n} " + "word " * 100),) for n in range(100))
    comment = as_markdown(Report("base", (Section("Words", "1", (Entry((Piece(SAME, "Page"),), "", (), quotes),)),)))
    assert len(comment) < 10_000
    assert re.search(r"… and \d+ more changes, which the HTML report has", comment)


def test_the_report_is_the_same_at_every_writing(before: Snapshot, after: Snapshot) -> None:
    assert compare(before, after) == compare(before, after)
    assert as_html(compare(before, after)) == as_html(compare(before, after))


def test_in_a_long_report_errors_come_first_and_texts_keep_their_room() -> None:
    grades = tuple(Entry((Piece(STRONG, "Harder"), Piece(SAME, f" page {n} " + "x" * 300))) for n in range(400))
    errors = tuple(Entry((Piece(STRONG, "LOST"), Piece(CODE, f"/{n}/")), ERROR) for n in range(50))
    words = (Entry((Piece(STRONG, "Title"),), "", (), ((Piece(NEW, "new words"),),)),)
    sections = (Section("Addresses", "50 lost", errors), Section("Grade", "400", grades), Section("Words", "1", words))
    comment = as_markdown(Report("base", sections))
    assert all(f"`/{n}/`" in comment for n in range(50))
    assert "<ins>new words</ins>" in comment
    assert re.search(r"Grade: \d+ of 400\. The HTML report has all", comment)
