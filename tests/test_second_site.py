"""Another condition is another content/ and site.yaml: the same program and the same templates make its site."""

from pathlib import Path

import pytest

from generator import pipeline
from tests.sitekit import copy_site

PAGES = {
    "index.html",
    "404.html",
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
    "names/index.html",
    "references/index.html",
    "hiccough/index.html",
}
OTHER_FILES = {"feed.xml", "sitemap.xml", "robots.txt"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root: Path = copy_site("hiccups", tmp_path_factory.mktemp("second"))
    done = pipeline.build(root)
    assert done.problems == ()
    return {one.path: one.body.decode() for one in done.outputs}


def test_it_has_all_its_pages_and_no_others(made: dict[str, str]) -> None:
    assert {path for path in made if not path.startswith("assets/")} == PAGES | OTHER_FILES


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
        assert f"<dt>{label}</dt><dd><time datetime=" in text, label
