"""Every file of a site is sorted by what it is, and one of which nothing is made is told."""

from pathlib import Path

import pytest

from generator.stages import intake
from tests.helpers import CLAIM_TEXT, Files, codes, make_site, write

FILES: Files = {
    "content/claims/rest.yaml": CLAIM_TEXT,
    "content/care/boat.svg": "<svg/>",
    "content/care/BOAT.PNG": b"no picture",
    "content/grades.json": "{}",
    "static/robots.txt": "",
}


def read(root: Path) -> intake.Sources:
    sources, _ = intake.read(root)
    assert sources is not None
    return sources


def test_each_file_is_sorted_by_what_it_is(tmp_path: Path) -> None:
    found = read(make_site(tmp_path, FILES))
    articles = {"content/care/rest.md", "content/help/index.md", "content/index.md"}
    assert {one.path for one in found.articles} == articles
    assert sorted(found.records) == ["content/people.yaml", "content/references.json"]
    assert [one.path for one in found.claims] == ["content/claims/rest.yaml"]
    assert sorted(found.images) == ["content/care/BOAT.PNG", "content/care/boat.svg"]
    assert "templates/words/en.yaml" in [one.path for one in found.words]
    assert "templates/article.html" in [one.path for one in found.templates]
    assert not {one.path for one in found.templates} & {one.path for one in found.words}
    assert [one.path for one in found.static] == ["static/robots.txt"]
    assert (found.grades.path if found.grades else "", found.own.path) == ("content/grades.json", "site.yaml")
    assert found.refused == frozenset()


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("content/claims/more.yml", 'did you mean "more.yaml"?'),
        ("content/claims/more.txt", "findings stand in .yaml files"),
        ("content/glosary.yaml", 'did you mean "glossary.yaml"?'),
        ("content/refrences.json", 'did you mean "references.json"?'),
        ("content/care/glosary.yaml", "an article's name ends in .md, a picture's in "),
        ("content/care/rest.txt", "an article's name ends in .md, a picture's in "),
    ],
)
def test_a_file_of_which_nothing_is_made_is_told_with_the_name_that_was_meant(
    tmp_path: Path, path: str, hint: str
) -> None:
    (problem,) = intake.read(make_site(tmp_path, {path: "x"}))[1]
    assert (problem.code, problem.span.path) == ("unknown-file", path)
    assert problem.hint.startswith(hint)


def test_a_site_without_a_home_page_is_told_where_it_belongs(tmp_path: Path) -> None:
    (problem,) = intake.read(write(make_site(tmp_path), {"content/index.md": None}))[1]
    assert (problem.code, problem.span.path, problem.hint) == (
        "missing-file",
        "content/index.md",
        "write content/index.md",
    )


def test_a_file_that_is_there_and_was_not_read_is_known_as_refused(tmp_path: Path) -> None:
    root = make_site(tmp_path, {"content/care/large.md": "x" * 100_001})
    sources, problems = intake.read(root)
    assert sources is not None
    assert codes(problems) == ["file-too-large"]
    assert sources.refused == {"content/care/large.md"}
    assert "content/care/large.md" not in [one.path for one in sources.articles]


def test_of_a_site_with_more_articles_than_it_may_have_nothing_is_given(tmp_path: Path) -> None:
    limits = "limits: {file_size: 100000, contents_from: 3"
    site = (make_site(tmp_path) / "site.yaml").read_text(encoding="utf-8")
    write(tmp_path, {"site.yaml": site.replace(limits, f"{limits}, pages: 3")})
    assert intake.read(tmp_path)[1] == []
    write(tmp_path, {"site.yaml": site.replace(limits, f"{limits}, pages: 2")})
    sources, problems = intake.read(tmp_path)
    assert (sources, codes(problems)) == (None, ["over-limit"])


def test_nothing_is_read_without_settings(tmp_path: Path) -> None:
    for text in (None, "title: [\n", "# nothing\n"):
        sources, problems = intake.read(write(make_site(tmp_path), {"site.yaml": text}))
        assert sources is None
        assert any(one.is_error for one in problems)


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("site.yaml", True),
        ("content/people.yaml", True),
        ("content/claims/rest.yaml", True),
        ("content/care/boat.svg", True),
        ("content/grades.json", True),
        ("templates/words/en.yaml", True),
        ("static/robots.txt", True),
        ("content/care/rest.md", False),
        ("templates/article.html", False),
    ],
)
def test_the_facts_are_all_files_but_articles_and_templates(tmp_path: Path, path: str, counts: bool) -> None:
    root = make_site(tmp_path, FILES)
    before = read(root).facts
    assert read(root).facts == before
    write(root, {path: (root / path).read_bytes() + b"\n"})
    assert (read(root).facts != before) is counts
