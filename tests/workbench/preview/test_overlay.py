"""What stands over the page while something is wrong."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.disk.own import own_file
from generator.problems.problem import Problem, Span
from generator.workbench.preview.overlay import overlay
from tests.test_contrast import contrast

ERROR = Problem("broken-link", 'no page "no.md"', Span("content/what/a.md", 3, 7, 3, 12), 'did you mean "now.md"?')
WARNING = Problem("carriage-return", "lines end with CR", Span("content/what/a.md", 1, 1, 1, 2))
LINE = "Read [no.md](no.md) & <b>more</b>."


def line_of(path: str, number: int) -> str | None:
    return LINE if number == 3 else None


class Tags(HTMLParser):
    """The elements of a piece of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_an_error_shows_its_place_code_message_line_and_mend() -> None:
    shown = Tags(overlay([ERROR], "", line_of)).text
    for one in ("content/what/a.md:3:7", "error[broken-link]", 'no page "no.md"', LINE, 'did you mean "now.md"?'):
        assert one in shown


def test_the_mark_is_on_the_place() -> None:
    assert "<mark>no.md</mark>](no.md) &amp; &lt;b&gt;more" in overlay([ERROR], "", line_of)


def test_all_problems_are_shown_and_errors_stand_first() -> None:
    shown = overlay([WARNING, ERROR, WARNING], "", line_of)
    assert re.findall(r'<li class="(\w+)">', shown) == ["error", "warning", "warning"]
    assert ">1 error, 2 warnings</h2>" in shown


def test_a_place_that_is_named_beside_the_problem_is_shown_with_its_line() -> None:
    problem = Problem("duplicate-id", "twice", Span("content/x.yaml"), "", (("the first is here", Span("b.yaml", 3)),))
    shown = Tags(overlay([problem], "", line_of)).text
    assert "the first is here: b.yaml:3:1" in shown
    assert LINE in shown


def test_nothing_stands_over_a_page_without_errors() -> None:
    assert overlay([], "", line_of) == ""
    assert overlay([WARNING], "", line_of) == ""


def test_a_fault_of_the_program_is_called_one() -> None:
    shown = Tags(overlay([], "Traceback: ZeroDivisionError <x>", line_of)).text
    assert "A fault of the program" in shown
    assert "Your files are not to blame" in shown
    assert "ZeroDivisionError <x>" in shown


def test_it_is_a_dialog_that_can_be_closed_and_says_what_it_is() -> None:
    tags = Tags(overlay([ERROR], "", line_of)).tags
    dialog = next(attributes for tag, attributes in tags if tag == "dialog")
    ids = {attributes.get("id") for _, attributes in tags}
    assert dialog["role"] == "alertdialog"
    assert {dialog["aria-labelledby"], dialog["aria-describedby"]} <= ids
    assert ("form", {"method": "dialog"}) in tags
    assert any(tag == "button" and "autofocus" in attributes for tag, attributes in tags)


def test_the_same_problems_have_the_same_mark_and_others_another() -> None:
    def mark(*problems: Problem) -> str:
        return str(re.findall(r'data-mark="(\w+)"', overlay(problems, "", line_of))[0])

    assert mark(ERROR) == mark(ERROR)
    assert mark(ERROR) != mark(ERROR, WARNING)


PAIRS = [
    *((ink, paper) for ink in ("ink", "error", "warning") for paper in ("paper", "sunk")),
    ("ink", "mark"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_it_has_a_contrast_of_seven_to_one(scheme: str) -> None:
    css = own_file("workbench/preview/preview.css").decode()
    light, _, dark = css.partition("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--(\w+): (#\w+);", light if scheme == "light" else dark))
    assert {pair: ratio for pair in PAIRS if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 7} == {}
    assert contrast(colours["rule"], colours["paper"]) >= 3


@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_of_a_file_becomes_html(path: str, message: str, hint: str, line: str) -> None:
    plain = overlay([Problem("template", "m", Span("p"), "h", (("r", Span("p")),))], "", lambda *_: "line")
    wild = Problem("template", f"<i>{message}", Span(f"<i>{path}"), f'"><i>{hint}', ((f"<i>{hint}", Span(path)),))
    shown = overlay([wild], "", lambda *_: f"<i onload=''>{line}")
    assert [tag for tag, _ in Tags(shown).tags] == [tag for tag, _ in Tags(plain).tags]
