"""Glossary terms: each explained at its first use in running text, and nowhere else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.glossary import Matcher, Term, mark_terms, matchers, read_term
from generator.problems.problem import Span
from generator.sources.datafiles import TERM
from tests.helpers import at, moderate, records


def term(name: str, *forms: str, id: str = "", language: str = "en") -> Term:
    return Term(id or name.lower().replace(" ", "-"), name, forms, "what it is", language, (), Span("f"))


def marked(text: str, *terms: Term, used: dict[str, None] | None = None) -> str:
    """The text with `[id:words]` where a term is explained, without what only keeps its full stop on its line."""
    found = mark_terms(text, Matcher(terms), lambda one, words: f"[{one.id}:{words}]", {} if used is None else used)
    return unwrapped(found)


def unwrapped(text: str) -> str:
    return re.sub(r'<span class="nobr">([^<]*)</span>', r"\1", text)


def test_a_term_is_explained_at_its_first_use_only() -> None:
    assert marked("<p>Steroid. A steroid.</p>", term("steroid")) == "<p>[steroid:Steroid]. A steroid.</p>"


def test_a_term_that_was_explained_before_on_the_page_is_not_explained_again() -> None:
    used: dict[str, None] = {}
    assert marked("a steroid", term("steroid"), used=used) == "a [steroid:steroid]"
    assert marked("a steroid", term("steroid"), used=used) == "a steroid"
    assert list(used) == ["steroid"]


def test_a_full_stop_is_never_parted_from_an_explained_term() -> None:
    html = mark_terms("A cold.", Matcher([term("cold")]), lambda _, words: f"<b>{words}</b>", {})
    assert html == 'A <span class="nobr"><b>cold</b>.</span>'


def test_brackets_and_stops_stay_on_the_line_of_a_short_term_and_a_long_one_may_be_parted_from_them() -> None:
    matcher = Matcher([term("cold"), term("a term of far more letters")])
    html = mark_terms("It (cold), (a term of far more letters).", matcher, lambda _, words: f"<b>{words}</b>", {})
    assert html == 'It <span class="nobr">(<b>cold</b>),</span> (<b>a term of far more letters</b>).'


def test_what_stands_before_a_term_is_no_bracket_of_it_unless_it_is_one() -> None:
    html = mark_terms("cold cold)", Matcher([term("cold")]), lambda _, words: f"<b>{words}</b>", {"x": None})
    assert html == "<b>cold</b> cold)"


def test_every_form_of_a_term_counts_as_the_term() -> None:
    assert marked("two biopsies, one biopsy", term("biopsy", "biopsies")) == "two [biopsy:biopsies], one biopsy"


def test_the_longest_term_wins() -> None:
    found = marked("a core needle biopsy", term("biopsy"), term("core needle biopsy", id="core"))
    assert found == "a [core:core needle biopsy]"


@pytest.mark.parametrize("text", ["steroidal", "antisteroid", "steroid-like", "non-steroid", "steroid_x"])
def test_a_part_of_a_word_is_no_term(text: str) -> None:
    assert marked(text, term("steroid")) == text


@pytest.mark.parametrize(
    "text",
    [
        '<a href="x">steroid</a>',
        "<h2>steroid</h2>",
        "<code>steroid</code>",
        "<table><caption>steroid</caption><tr><th>steroid</th></tr></table>",
        '<p title="steroid">x</p>',
        '<img alt="a > steroid">',
        "<a href='x'><b>steroid</b></a>",
        "<h2><code>x</code> steroid</h2>",
        "<figcaption>steroid</figcaption>",
    ],
)
def test_headings_links_code_and_attributes_are_left_alone(text: str) -> None:
    assert marked(text, term("steroid")) == text


def test_text_after_a_link_is_running_text_again() -> None:
    assert marked("<a>steroid</a> steroid", term("steroid")) == "<a>steroid</a> [steroid:steroid]"


def test_a_letter_without_a_small_form_of_one_letter_hides_no_term() -> None:
    assert marked("\u0130 A STEROID", term("steroid")) == "\u0130 A [steroid:STEROID]"


def test_an_acronym_counts_in_capitals_only() -> None:
    assert marked("all us, the US", term("US", id="ultrasound")) == "all us, the [ultrasound:US]"


def test_signs_of_html_in_a_term_are_found_as_they_are_written() -> None:
    assert marked("<p>A&amp;E is a place</p>", term("A&E", id="ae")) == "<p>[ae:A&amp;E] is a place</p>"
    assert marked('"A&amp;E"', term("A&E", id="ae")) == '"[ae:A&amp;E]"'


def test_a_term_s_own_signs_are_no_pattern() -> None:
    assert marked("a.b axb (c)", term("a.b", id="one"), term("(c)", id="two")) == "[one:a.b] axb [two:(c)]"


def test_each_language_has_its_own_terms() -> None:
    found = matchers([term("gift"), term("Gift", id="poison", language="de")])
    assert {language: list(matcher.by_form) for language, matcher in found.items()} == {"de": ["gift"], "en": ["gift"]}


def test_without_terms_the_text_stays() -> None:
    assert marked("<p>a</p>") == "<p>a</p>"


def test_a_term_is_read_with_the_places_of_its_sources() -> None:
    text = "- {id: a, term: A b, forms: [Abs], definition: x, sources: [one, two]}\n"
    found = read_term(records(text, TERM)[0], "en-GB")
    assert (found.term, found.forms, found.language) == ("A b", ("Abs",), "en-GB")
    assert [(key, at(text, span)) for key, span in found.sources] == [("one", "one"), ("two", "two")]
    assert read_term(records(text.replace("id: a,", "id: a, language: de,"), TERM)[0], "en-GB").language == "de"


@moderate
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<a href='x'>", "</a>", "pain", "Pain", " ", "sore & ", "&amp;", "<", ">", '"', "ß", "İ"]
        )
    )
)
def test_marking_only_adds_explanations(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = mark_terms(text, Matcher([term("pain"), term("ß", id="s")]), lambda _, words: words, {})
    assert unwrapped(found) == text


@moderate
@given(st.lists(st.text(min_size=1, max_size=8), max_size=5), st.text())
def test_no_term_and_no_text_breaks_it(names: list[str], text: str) -> None:
    terms = [term(name, id=f"t{number}") for number, name in enumerate(names)]
    used: dict[str, None] = {}
    marked(text, *terms, used=used)
    assert set(used) <= {one.id for one in terms}
