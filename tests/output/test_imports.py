"""Stylesheets and scripts in several files: asked for as one, each text in its place."""

import pytest

from generator.output.imports import with_imports
from generator.sources.files import SourceFile
from tests.helpers import file


def joined(*files: SourceFile) -> dict[str, str]:
    found, problems = with_imports(files)
    assert problems == []
    return {one.path: one.data.decode() for one in found}


def codes(*files: SourceFile) -> list[tuple[str, int, int]]:
    return [(one.code, one.span.line, one.span.column) for one in with_imports(files)[1]]


def test_a_stylesheet_takes_in_another_where_it_names_it() -> None:
    made = joined(file('/* a */\n@import "b.css";\np {}\n', "static/css/a.css"), file("q {}\n", "static/css/b.css"))
    assert made == {"static/css/a.css": "/* a */\nq {}\np {}\n"}


def test_scripts_that_are_joined_share_no_names() -> None:
    made = joined(
        file('import "./b.js";\nimport "./c.js";\n', "static/js/a.js"),
        file("const x = 1;\n", "static/js/b.js"),
        file("const x = 2;\n", "static/js/c.js"),
    )
    assert made == {"static/js/a.js": "{\nconst x = 1;\n}\n{\nconst x = 2;\n}\n"}


def test_a_change_of_what_is_taken_in_changes_the_digest() -> None:
    whole = [file('@import "b.css";\n', "static/a.css")]
    one, other = (with_imports([*whole, file(text, "static/b.css")])[0][0].digest for text in ("p {}", "q {}"))
    assert one != other


def test_other_files_stay_as_they_are() -> None:
    files = [file('@import "b.css";\n', "static/img/a.svg"), file("p {}", "static/css/b.css")]
    assert with_imports(files) == (files, [])


@pytest.mark.parametrize(
    "other",
    [
        file("p {}", "static/css/c.css"),
        file("p {}", "static/b.css"),
        file('@import "c.css";\n', "static/css/b.css"),
    ],
    ids=["of another name", "in another folder", "that takes in one itself"],
)
def test_a_file_that_cannot_be_taken_in_is_a_problem_at_its_name(other: SourceFile) -> None:
    whole = file('p {}\n@import "b.css";\n', "static/css/a.css")
    assert ("broken-import", 2, 10) in codes(whole, other)


def test_a_file_does_not_take_in_itself() -> None:
    assert codes(file('@import "a.css";\n', "static/css/a.css")) == [("broken-import", 1, 10)]
