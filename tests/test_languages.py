"""A second language is content: one file of words and the articles, and no code."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator import pipeline
from tests.sitekit import REPOSITORY, change, copy_site

MARK = "\u00a4"
"""Stands in every word of the invented language, so that a word from elsewhere shows."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site with a page in a second language whose words are English words with a mark."""
    root = copy_site("hiccups", tmp_path)
    words = (root / "templates" / "words" / "en.yaml").read_text(encoding="utf-8")
    marked = re.sub(r'^(\s*[\w-]+: )"?(.+?)"?$', rf'\1"{MARK}\2"', words, flags=re.MULTILINE)
    (root / "templates" / "words" / "de.yaml").write_text(marked, encoding="utf-8")
    article = (root / "content" / "what" / "hiccups.md").read_text(encoding="utf-8")
    article = article.replace("authors: [testers]", "authors: [testers]\nlanguage: de")
    article = article.replace("redirect_from: [/hiccough/]\n", "").replace(
        "title: What a hiccup is", "title: Schluckauf"
    )
    (root / "content" / "what" / "schluckauf.md").write_text(article, encoding="utf-8")
    return root


class Words(HTMLParser):
    """Collects the texts of a page's menus and boxes: what is not an article's own words."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or (tag in ("h2", "dt") and ("id", "what-moves") not in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("h2", "dt")

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.headings.append(data.strip())


def pages(root: Path) -> dict[str, str]:
    done = pipeline.build(root)
    assert [p for p in done.problems if p.is_error] == []
    return {one.path: one.body.decode() for one in done.outputs if one.path.endswith(".html")}


def test_a_page_says_which_language_it_is_in(site: Path) -> None:
    made = pages(site)
    assert '<html lang="de">' in made["de/what/schluckauf/index.html"]
    assert '<html lang="en-US">' in made["what/hiccups/index.html"]


def test_every_word_of_the_interface_comes_from_the_language_s_file(site: Path) -> None:
    words = Words()
    words.feed(pages(site)["de/what/schluckauf/index.html"])
    own = {"What moves?", "What makes the sound?", "How long do they last?"}
    assert words.headings
    assert [text for text in words.headings if MARK not in text and text not in own] == []


def test_dates_are_written_as_the_reader_writes_them(site: Path) -> None:
    made = pages(site)
    assert "21. November 2026" in made["de/what/schluckauf/index.html"]
    assert "November 21, 2026" in made["what/hiccups/index.html"]


def test_a_language_has_its_own_lists(site: Path) -> None:
    made = pages(site)
    assert "de/what/index.html" in made
    assert "schluckauf" not in made["what/index.html"]


def test_a_language_without_words_is_an_error(site: Path) -> None:
    (site / "templates" / "words" / "de.yaml").unlink()
    found = [(p.code, p.span.path) for p in pipeline.build(site).problems]
    assert ("missing-word", "templates/words/de.yaml") in found


def test_a_word_that_one_language_lacks_is_an_error(site: Path) -> None:
    change(site, "templates/words/de.yaml", f'menu: "{MARK}Menu"\n', "")
    (problem,) = [p for p in pipeline.build(site).problems if p.code == "missing-word"]
    assert (problem.message, problem.span.path) == ('"menu" is missing', "templates/words/de.yaml")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('draft_title: "{titel} (draft)"', "{titel}"),
        ('draft_title: "{title (draft)"', "curly bracket"),
        ('draft_title: "{} (draft)"', "{}"),
        ('draft_title: "{title!r:>9} (draft)"', "{title}"),
        ("draft_title: {one: a, other: b}", "no plural"),
    ],
)
def test_a_gap_of_a_word_that_nothing_fills_is_shown_where_it_stands(site: Path, written: str, said: str) -> None:
    change(site, "templates/words/en.yaml", 'draft_title: "{title} (draft)"', written)
    (problem,) = [p for p in pipeline.build(site).problems if p.is_error]
    assert said in problem.message
    assert problem.span.column == len("draft_title: ") + 1


def test_a_word_that_the_program_itself_asks_for_is_missed_in_the_only_language(tmp_path: Path) -> None:
    site = copy_site("hiccups", tmp_path)
    change(site, "templates/words/en.yaml", 'claim_size_small: "slightly "\n', "")
    (problem,) = [p for p in pipeline.build(site).problems if p.is_error]
    assert (problem.code, problem.message) == ("missing-word", '"claim_size_small" is missing')


@pytest.mark.parametrize(("text", "code"), [("- a\n", "wrong-type"), ("# a\n", "empty-file")])
def test_a_file_without_words_is_told(tmp_path: Path, text: str, code: str) -> None:
    site = copy_site("hiccups", tmp_path)
    (site / "templates/words/en.yaml").write_text(text, encoding="utf-8")
    assert code in {p.code for p in pipeline.build(site).problems}


def test_every_word_of_a_language_is_used_somewhere() -> None:
    """A word that nothing shows would have to be translated for nothing."""
    words = re.findall(
        r"^([\w-]+):", (REPOSITORY / "templates/words/en.yaml").read_text(encoding="utf-8"), re.MULTILINE
    )
    files = [*(REPOSITORY / "templates").rglob("*.html"), *(REPOSITORY / "generator").rglob("*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    made = set(re.findall(r'words\["(\w+_)" ~', source)) | {f"{one}_" for one in ("claim", "callout", "search")}
    named = set(re.findall(r'words\.(\w+)|"([\w-]+)"', source))
    used = {one for pair in named for one in pair} | {
        f"{page}_summary" for page in ("references", "glossary", "names", "offline")
    }
    assert [one for one in words if one not in used and not one.startswith(tuple(made))] == []
