"""Who is where: addresses, their order, their clashes, and the way from one to another."""

from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.addresses import language_prefix, relative
from generator.site.catalogue import Catalogue
from tests.helpers import COMMON, DEFAULT, KEY_POINTS, article, at, codes, joined, make_site, moderate

PART = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
FOLDER = st.lists(PART, max_size=4).map(lambda parts: "".join(f"/{part}" for part in parts) + "/")
FILE = st.tuples(FOLDER, PART).map(lambda pair: f"{pair[0]}{pair[1]}.html")
ANCHOR = st.just("") | PART.map(lambda part: f"#{part}")


@moderate
@given(FOLDER | FILE, FOLDER | FILE, ANCHOR)
def test_a_relative_address_leads_where_the_absolute_one_does(start: str, target: str, anchor: str) -> None:
    host = "https://example.org"
    assert urljoin(host + start, relative(start, target + anchor)) == host + target + anchor


@moderate
@given(FOLDER, FOLDER, FOLDER)
def test_a_relative_address_holds_under_any_path(base: str, start: str, target: str) -> None:
    under = base.rstrip("/")
    assert urljoin(under + start, relative(start, target)) == under + target


@pytest.mark.parametrize(
    ("start", "target", "expected"),
    [
        ("/", "/", "./"),
        ("/a/", "/a/", "./"),
        ("/a/", "/a/#b", "#b"),
        ("/a/b/", "/", "../../"),
        ("/", "/a/b/", "a/b/"),
        ("/a/", "/b/#c", "../b/#c"),
        ("/a/", "/feed.xml", "../feed.xml"),
        ("/404.html", "/a/", "a/"),
    ],
)
def test_a_relative_address_is_as_short_as_an_author_would_write_it(start: str, target: str, expected: str) -> None:
    assert relative(start, target) == expected


def test_the_site_s_own_language_has_no_prefix() -> None:
    assert [language_prefix("en", "en"), language_prefix("de", "en"), language_prefix("pt-BR", "en")] == [
        "/",
        "/de/",
        "/pt-br/",
    ]


def rest(title: str, *lines: str) -> str:
    return DEFAULT["content/care/rest.md"].replace("title: Rest", "\n".join([f"title: {title}", *lines]))


def test_every_article_has_the_address_that_its_file_s_name_says(tmp_path: Path) -> None:
    german = rest("Ruhe", "language: de")
    site, _ = joined(
        make_site(tmp_path, {"content/care/ruhe.md": german, "content/imprint.md": article("", title="I")})
    )
    catalogue = site.catalogue
    assert {path: catalogue.urls[path] for path in sorted(catalogue.documents)} == {
        "content/care/rest.md": "/care/rest/",
        "content/care/ruhe.md": "/de/care/ruhe/",
        "content/help/index.md": "/help/",
        "content/imprint.md": "/imprint/",
        "content/index.md": "/",
    }
    assert catalogue.languages == ("en", "de")
    assert catalogue.home_url("de") == "/"


def test_a_section_is_in_its_order_then_by_title(tmp_path: Path) -> None:
    files = {
        "a.md": rest("zebra"),
        "b.md": rest("Apple"),
        "c.md": rest("Last", "order: 9"),
        "d.md": rest("First", "order: 1"),
    }
    site, _ = joined(make_site(tmp_path, {f"content/care/{name}": text for name, text in files.items()}))
    titles = [one.title for one in site.catalogue.in_section("care", "en")]
    assert titles == ["First", "Last", "Apple", "Rest", "zebra"]


def test_drafts_are_known_and_have_no_address(tmp_path: Path) -> None:
    text = DEFAULT["content/care/rest.md"].replace("status: published", "status: draft")
    site, _ = joined(make_site(tmp_path, {"content/care/rest.md": text}))
    assert "content/care/rest.md" in site.catalogue.hidden
    assert "content/care/rest.md" not in site.catalogue.urls


@pytest.mark.parametrize(
    ("files", "first", "second"),
    [
        ({"content/care/a.md": rest("A", "redirect_from: [/help/]")}, "/help/", "content/help/index.md"),
        ({"content/care/a.md": rest("A", "redirect_from: [/care/]")}, "/care/", "site.yaml"),
        ({"content/care/a.md": rest("A", "redirect_from: [/glossary/]")}, "/glossary/", "content/glossary.yaml"),
        (
            {"content/care/a.md": rest("A", "redirect_from: [/glossary/where-used/]")},
            "/glossary/where-used/",
            "site.yaml",
        ),
        (
            {
                "content/care/a.md": rest("A", "redirect_from: [/old/]"),
                "content/care/b.md": rest("B", "redirect_from: [/old/]"),
            },
            "/old/",
            "content/care/a.md",
        ),
        ({"content/care/a.md": rest("A"), "content/care/a/index.md": rest("B")}, "/care/a/", "content/care/a.md"),
        ({"content/names.md": article("", title="N")}, "/names/", "content/names.yaml"),
    ],
)
def test_two_that_want_one_address_are_both_named(
    tmp_path: Path, files: dict[str, str], first: str, second: str
) -> None:
    _, problems = joined(make_site(tmp_path, files))
    (problem,) = [one for one in problems if one.code == "duplicate-address"]
    assert problem.message.startswith(f"{first} is wanted by")
    assert second in {problem.span.path, *(span.path for _, span in problem.related)}
    assert problem.related


def test_an_article_in_a_folder_that_is_no_section_is_reported(tmp_path: Path) -> None:
    text = f"---\ntitle: A\n{COMMON}{KEY_POINTS}---\n"
    _, problems = joined(make_site(tmp_path, {"content/cares/a.md": text}))
    (problem,) = [one for one in problems if one.code == "unknown-section"]
    assert (problem.span.path, problem.hint) == ("content/cares/a.md", 'did you mean "care"?')


def test_where_no_section_is_alike_all_are_named(tmp_path: Path) -> None:
    _, problems = joined(make_site(tmp_path, {"content/xyz/a.md": article("")}))
    (problem,) = [one for one in problems if one.code == "unknown-section"]
    assert problem.hint == "known: alike, ask, care, help"


def test_of_two_articles_at_one_address_the_second_is_told_where_its_front_matter_begins(tmp_path: Path) -> None:
    files = {"content/care/a.md": rest("A"), "content/care/a/index.md": rest("B")}
    _, problems = joined(make_site(tmp_path, files))
    (problem,) = [one for one in problems if one.code == "duplicate-address"]
    assert (problem.span.path, at(files[problem.span.path], problem.span)) == ("content/care/a/index.md", "---")


def test_an_article_that_cannot_be_read_is_not_shown(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, {"content/care/a.md": rest("[")}))
    assert "content/care/a.md" in site.catalogue.hidden
    assert "content/care/a.md" not in site.catalogue.urls


def test_the_small_site_of_these_tests_has_no_problem(tmp_path: Path) -> None:
    assert codes(joined(make_site(tmp_path))[1]) == []


def listed(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """The articles of all sections and their front pages, in their order, as they were read."""
    fronts = [found for one in ("help", "care") if (found := catalogue.index_of(one, "en"))]
    every = [*catalogue.in_section("care", "en"), *catalogue.in_section("help", "en"), *fronts]
    return [(one.path, one.title, one.digest) for one in every]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/care/rest.md", "Little.", "Much."),
        ("content/care/rest.md", "title: Rest", "title: A nap"),
        ("content/care/rest.md", "title: Rest", "title: Rest\norder: 1"),
        ("content/help/index.md", "title: Help", "title: Aid"),
    ],
)
@pytest.mark.parametrize("is_looked_at", [True, False])
def test_with_a_newer_article_all_is_as_if_it_had_been_there_before(
    tmp_path: Path, path: str, old: str, new: str, is_looked_at: bool
) -> None:
    files = {**DEFAULT, "content/care/bed.md": rest("Bed"), "content/care/warmth.md": rest("Warmth")}
    before = joined(make_site(tmp_path, files))[0].catalogue
    first = listed(before) if is_looked_at else []
    fresh = joined(make_site(tmp_path, {**files, path: files[path].replace(old, new)}))[0].catalogue
    newer = before.with_newer(fresh.documents[path])
    assert listed(newer) == listed(fresh) != first
    assert newer.home_languages == fresh.home_languages
