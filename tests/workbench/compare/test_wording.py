"""What readers see of a page, and what changed in it, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from generator.workbench.compare.report import GONE, NEW, SAME, Piece
from generator.workbench.compare.visible import Block, main_of, visible
from generator.workbench.compare.wording import changes, word_changes
from tests.helpers import moderate

TEXT = st.lists(st.sampled_from("one two three four five six seven".split()), max_size=30).map(" ".join)


def texts(html: str) -> list[str]:
    return [one.text for one in visible(html)]


def test_a_page_is_read_block_by_block_without_ways_on_and_numbers_of_sources() -> None:
    html = """<main id="main"><nav>Home</nav><article><h1>Title</h1><p class="lead">Summary</p>
    <section><h2>In short</h2><ul><li>One <em>point</em> <span class="cite">[<a>1</a>]</span>.</li></ul></section>
    <p>Line<br>break and <span class="term-note">what it <b>means</b></span><img src="x" alt="a picture">.</p>
    <div class="headed"><h2>Harms</h2><a class="anchor"></a></div><p>None &amp; nothing &lt;b&gt;.</p>
    <dl><div><dt>Who gives it</dt> <dd>Nobody</dd></div></dl>
    <table><tr><th>A</th><td><p>B</p><p>C</p></td></tr></table></article></main>"""
    assert [(one.heading, one.text) for one in visible(html)] == [
        ("", "In short"),
        ("In short", "One point."),
        ("", "Line break and a picture."),
        ("", "Harms"),
        ("Harms", "None & nothing <b>."),
        ("Harms", "Who gives it: Nobody"),
        ("Harms", "A | B C"),
    ]


def test_only_what_stands_between_the_menus_is_compared() -> None:
    assert main_of("<header>menu</header><main><p>text</p></main><footer>") == "<main><p>text</p>"


def test_words_that_went_and_came_are_marked() -> None:
    assert word_changes("rest may help you", "rest probably helps you") == (
        Piece(SAME, "rest "),
        Piece(GONE, "may help"),
        Piece(SAME, " "),
        Piece(NEW, "probably helps"),
        Piece(SAME, " you"),
    )


def test_long_unchanged_stretches_are_cut_unless_all_is_wanted() -> None:
    many = " ".join(f"w{n}" for n in range(40))
    cut = word_changes(f"{many} old {many}", f"{many} new {many}")
    assert cut[0].text == "… w32 w33 w34 w35 w36 w37 w38 w39 "
    assert cut[-1].text == " w0 w1 w2 w3 w4 w5 w6 w7 …"
    assert word_changes(f"{many} old", f"{many} new", whole=True)[0].text == f"{many} "


@moderate
@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_their_changes(before: str, after: str) -> None:
    pieces = word_changes(before, after, whole=True)
    for text, other in ((before, NEW), (after, GONE)):
        assert "".join(one.text for one in pieces if one.kind != other).split() == text.split()


@moderate
@given(st.lists(TEXT, max_size=6), st.lists(TEXT, max_size=6))
def test_every_changed_block_is_told_and_no_other(before: list[str], after: list[str]) -> None:
    found = changes([Block(one) for one in before], [Block(one) for one in after])
    assert bool(found) == (before != after)


def test_a_paragraph_is_shown_as_what_it_became_and_others_as_new_or_gone() -> None:
    old = [Block("Rest helps most people."), Block("It does no harm at all.", "Harms")]
    new = [Block("A word before."), Block("Rest helps some people."), Block("Other.")]
    assert [(one.heading, [piece.kind for piece in one.pieces]) for one in changes(old, new)] == [
        ("", [NEW]),
        ("", [SAME, GONE, SAME, NEW, SAME]),
        ("Harms", [GONE]),
        ("", [NEW]),
    ]


def test_a_block_that_only_moved_is_told_once() -> None:
    a, b, c = Block("Alpha is first here."), Block("Beta comes after it, longer than the rest."), Block("Gamma ends.")
    assert [one.pieces for one in changes([a, b, c], [b, c, a])] == [(Piece(SAME, "moved: “Alpha is first here.”"),)]
