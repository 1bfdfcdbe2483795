"""Another condition is another content/ and site.yaml: the same program and the same templates make its site."""

from pathlib import Path

import pytest

from generator import pipeline
from tests.sitekit import change, copy_site

PAGES = {
    "index.html",
    "404.html",
    "not-kept.html",
    "offline/index.html",
    "help/index.html",
    "what/index.html",
    "what/hiccups/index.html",
    "lookalikes/index.html",
    "lookalikes/long-hiccups/index.html",
    "options/index.html",
    "options/waiting/index.html",
    "ask/index.html",
    "ask/basics/index.html",
    "ask/how-long/index.html",
    "glossary/index.html",
    "glossary/where-used/index.html",
    "names/index.html",
    "references/index.html",
    "references/hullhiccup/index.html",
    "references/mayohiccups/index.html",
    "hiccough/index.html",
}
DATA = {"index", "articles", "claims", "red-flags", "terms", "references"}
OTHER_FILES = {
    "feed.json",
    "feed.xml",
    "llms.txt",
    "medical.xml",
    "sitemap.xml",
    "robots.txt",
    "site.webmanifest",
    "offline.json",
    "sw.js",
}
OTHER_FILES |= {f"api/v1/{name}.json" for name in DATA} | {f"api/v1/schema/{name}.json" for name in DATA}
PICTURES = (".png", ".ico")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root: Path = copy_site("hiccups", tmp_path_factory.mktemp("second"))
    done = pipeline.build(root)
    assert done.problems == ()
    return {one.path: one.body.decode() for one in done.outputs if not one.path.endswith(PICTURES)}


def test_it_has_all_its_pages_and_no_others(made: dict[str, str]) -> None:
    texts = {
        page.replace("index.html", "page.md") for page in PAGES - {"404.html", "not-kept.html", "hiccough/index.html"}
    }
    assert {path for path in made if not path.startswith("assets/")} == PAGES | OTHER_FILES | texts


def test_its_own_sections_fill_the_menus_and_its_own_section_says_when_to_get_help(made: dict[str, str]) -> None:
    page = made["options/waiting/index.html"]
    assert '<a class="urgent-link" href="../../help/">When to ask for help</a>' in page
    assert ">What lasts longer</a>" in page


def test_nothing_of_the_first_site_is_in_it(made: dict[str, str]) -> None:
    for path, text in made.items():
        assert "back mouse" not in text.casefold(), path
        assert "back mice" not in text.casefold(), path


def test_the_words_of_a_finding_follow_from_its_certainty(made: dict[str, str]) -> None:
    assert "We do not know what waiting does to the time that hiccups last." in made["options/waiting/index.html"]


@pytest.mark.parametrize("path", sorted(PAGES - {"hiccough/index.html"}))
def test_every_page_says_its_dates_and_that_no_clinician_has_checked_it(made: dict[str, str], path: str) -> None:
    text = made[path]
    assert "not yet checked by a clinician" in text
    for label in ("Last updated", "Evidence last searched", "Due for review"):
        assert f"<dt>{label}</dt> <dd><time datetime=" in text, label


REVIEWER = """
- id: tester
  name: A reviewer of this test
  kind: person
  roles: [reviewer]
  about: Not a real person.
  interests: None.
"""


def reviewed(root: Path, on: str) -> pipeline.Build:
    """Build the site with one page that its front matter calls checked."""
    people = root / "content/people.yaml"
    people.write_text(people.read_text(encoding="utf-8") + REVIEWER, encoding="utf-8")
    change(root, "content/options/waiting.md", "due: 2027-11-21", f"due: 2027-11-21, by: tester, on: {on}")
    return pipeline.build(root)


def test_a_page_that_was_checked_says_by_whom_and_when_and_no_longer_that_it_was_not(tmp_path: Path) -> None:
    done = reviewed(copy_site("hiccups", tmp_path), "2026-11-21")
    pages = {one.path: one.body.decode() for one in done.outputs if not one.path.endswith(PICTURES)}
    assert "Checked by A reviewer of this test on November 21, 2026." in pages["options/waiting/index.html"]
    assert "not yet checked" not in pages["options/waiting/index.html"]
    assert "not yet checked" in pages["what/hiccups/index.html"]


def test_a_check_that_is_older_than_the_page_does_not_count(tmp_path: Path) -> None:
    (problem,) = reviewed(copy_site("hiccups", tmp_path), "2026-11-20").problems
    assert (problem.code, problem.span.path) == ("date-order", "content/options/waiting.md")
    assert "changed on 2026-11-21, after it was checked on 2026-11-20" in problem.message
