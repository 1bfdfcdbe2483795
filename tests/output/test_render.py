"""Rendering: what is undefined is an error that names template, line and article; dates and plurals by language."""

from typing import Any

import jinja2
import pytest

from generator.output.render import Renderer
from generator.problems.problem import Problem
from generator.site.pages import Page
from generator.sources.files import read_tree
from tests.helpers import file
from tests.sitekit import REPOSITORY


def page(template: str = "page.html", **inputs: Any) -> Page:
    return Page("/a/", "a/index.html", template, {"language": "en-GB", **inputs}, "content/a.md")


def rendered(text: str, **inputs: Any) -> str:
    output, problems = Renderer([file(text, "templates/page.html")]).render(page(**inputs))
    assert problems == []
    assert output is not None
    assert (output.path, output.made_from) == ("a/index.html", "content/a.md")
    return output.body.decode()


def fault(text: str, others: dict[str, str] | None = None, **inputs: Any) -> Problem:
    files = {"page.html": text, **(others or {})}
    output, problems = Renderer([file(body, f"templates/{name}") for name, body in files.items()]).render(
        page(**inputs)
    )
    assert output is None
    (problem,) = problems
    assert problem.code == "template"
    assert problem.is_error
    return problem


def test_what_is_undefined_names_the_line_of_the_template_and_the_article() -> None:
    problem = fault("one\ntwo\n{{ nothing }}\n")
    assert (problem.span.path, problem.span.line) == ("templates/page.html", 3)
    assert "'nothing' is undefined" in problem.message
    assert [span.path for _, span in problem.related] == ["content/a.md"]


@pytest.mark.parametrize(
    "text",
    ["{{ page.titel }}", "{% if nothing %}x{% endif %}", "{% for x in nothing %}{% endfor %}", "{{ nothing ~ 'x' }}"],
)
def test_nothing_undefined_is_ever_a_blank(text: str) -> None:
    assert "undefined" in fault(text, page={"title": "x"}).message or "no attribute" in fault(text, page={}).message


def test_a_fault_in_a_part_names_that_part() -> None:
    problem = fault("\n{% include 'part.html' %}", {"part.html": "a\nb\n\n{{ nothing }}"})
    assert (problem.span.path, problem.span.line) == ("templates/part.html", 4)


def test_a_fault_in_a_macro_names_the_macro_s_line() -> None:
    macro = "{% macro m(x) %}\n{{ x.nothing }}\n{% endmacro %}"
    problem = fault("{% from 'm.html' import m %}\n{{ m({}) }}", {"m.html": macro})
    assert (problem.span.path, problem.span.line) == ("templates/m.html", 2)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\n{% if %}", 2), ("{{ x", 1), ("a\n\n{% endif %}", 3), ("{{ 1 | nofilter }}", 1), ("{% block a %}", 1)],
)
def test_a_template_that_cannot_be_read_names_its_line(text: str, line: int) -> None:
    problem = fault(text)
    assert (problem.span.path, problem.span.line) == ("templates/page.html", line)


def test_a_template_that_is_not_there_is_named_with_the_page_that_needs_it() -> None:
    _, (problem,) = Renderer([]).render(page("none.html"))
    assert "none.html" in problem.message
    assert "/a/" in problem.hint + problem.message + str(problem.related)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'soon' | day }}",
        "{{ '' | day }}",
        "{{ {} | counted(1) }}",
        "{{ '{n' | filled }}",
        "{{ '{x}' | filled(y=1) }}",
    ],
)
def test_a_filter_that_is_given_nonsense_is_a_problem_and_no_crash(text: str) -> None:
    assert fault(f"a\n{text}").span.line == 2


def test_every_input_is_text_unless_the_template_says_otherwise() -> None:
    assert rendered("{{ x }}|{{ y | safe }}", x="<b>&\"'", y="<b>") == "&lt;b&gt;&amp;&#34;&#39;|<b>"


def test_an_input_is_never_a_template() -> None:
    assert rendered("{{ x }}", x="{{ 7 * 7 }}{% raw %}") == "{{ 7 * 7 }}{% raw %}"


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en-GB", "21 November 2026"),
        ("en-US", "November 21, 2026"),
        ("de", "21. November 2026"),
        ("fr", "21 novembre 2026"),
    ],
)
def test_a_date_is_written_as_its_readers_write_it(language: str, day: str) -> None:
    assert rendered("{{ '2026-11-21' | day }}", language=language) == day


@pytest.mark.parametrize(
    ("language", "number"),
    [("en-GB", "1,234,567"), ("de", "1.234.567"), ("fr", "1\u202f234\u202f567"), ("de-CH", "1’234’567")],
)
def test_a_number_is_written_as_its_readers_write_it(language: str, number: str) -> None:
    assert rendered("{{ 1234567 | number }}", language=language) == number


@pytest.mark.parametrize(
    ("language", "numbers", "expected"),
    [
        ("en", [0, 1, 2, 1000], ["0 other", "1 one", "2 other", "1,000 other"]),
        ("fr", [0, 1, 2], ["0 one", "1 one", "2 other"]),
        ("pl", [1, 3, 5, 22], ["1 one", "3 few", "5 many", "22 few"]),
        ("ar", [0, 1, 2, 3, 11], ["0 zero", "1 one", "2 two", "3 few", "11 many"]),
        ("ja", [1, 2], ["1 other", "2 other"]),
    ],
)
def test_a_counted_word_has_the_plural_of_its_language(language: str, numbers: list[int], expected: list[str]) -> None:
    word = {form: f"{{n}} {form}" for form in ("zero", "one", "two", "few", "many", "other")}
    text = "{% for n in numbers %}{{ word | counted(n) }};{% endfor %}"
    assert rendered(text, language=language, numbers=numbers, word=word).split(";")[:-1] == expected


def test_a_language_without_that_plural_takes_the_usual_form() -> None:
    assert rendered("{{ word | counted(1) }}", word={"other": "{n} pages"}) == "1 pages"
    assert rendered("{{ 'pages: {n}' | counted(1) }}") == "pages: 1"


def test_the_gaps_of_a_word_are_filled() -> None:
    assert rendered("{{ 'by {who}' | filled(who='<me>') }}") == "by &lt;me&gt;"


def test_pages_are_counted_and_failures_are_not() -> None:
    renderer = Renderer([file("{{ x }}", "templates/page.html")])
    renderer.render(page(x=1))
    renderer.render(page())
    renderer.render(page(x=2))
    assert renderer.count == 2


def compiled(monkeypatch: pytest.MonkeyPatch, *parts: dict[str, Any]) -> set[str]:
    """Show parts of an article by the real templates; give the components that were compiled for it."""
    names: list[str] = []
    really = jinja2.Environment.compile

    def noted(self: jinja2.Environment, source: Any, name: str, *more: Any, **named: Any) -> Any:
        names.append(name)
        return really(self, source, name, *more, **named)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    real, _ = read_tree(REPOSITORY, "templates", 10**6)
    own = file(
        '{% from "components/blocks.html" import body with context %}{{ body(parts, words, []) }}',
        "templates/page.html",
    )
    _, problems = Renderer([*real, own]).render(page(parts=parts, words={}))
    assert problems == []
    return {name.removeprefix("components/") for name in names} - {"page.html"}


def test_a_component_is_compiled_for_the_pages_that_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = {"kind": "html", "html": "<p>What a hiccup is.</p>"}
    sides = {"kind": "disagreements", "rows": []}
    assert compiled(monkeypatch, text) == {"blocks.html"}
    assert compiled(monkeypatch, text, sides) == {"blocks.html", "records.html"}
