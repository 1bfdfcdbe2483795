"""What the joined site knows of an article from the others."""

from pathlib import Path

from generator.site.joined import Site
from tests.helpers import COMMON, joined, make_site


def question(title: str, related: str) -> str:
    fields = f"topic: basics\nshort_answer: Soon.\nrelated: [{related}]\n"
    return f"---\nquestion: {title}\n{COMMON}{fields}---\n\nMore on [care](../care/rest.md).\n"


def asked(site: Site, path: str) -> list[str]:
    return [one.path for one in site.questions_about(site.catalogue.documents[path])]


def test_the_questions_on_a_page_are_those_that_name_it_and_no_question_has_some(tmp_path: Path) -> None:
    files = {
        "content/ask/one.md": question("When does it end?", "../help/index.md"),
        "content/ask/two.md": question("Why does it end?", "one.md, ../care/rest.md"),
    }
    site, problems = joined(make_site(tmp_path, files))
    assert [one for one in problems if one.is_error] == []
    assert asked(site, "content/help/index.md") == ["content/ask/one.md"]
    assert asked(site, "content/care/rest.md") == ["content/ask/two.md"]
    assert asked(site, "content/ask/one.md") == []
