"""site.yaml: what it says is there, what it leaves out has its default, and what is wrong is told at its place."""

import pytest

from generator.config import Condition, Config, ReadingLimits, Security, Topic, read_config
from generator.sources.limits import DEFAULTS
from tests.helpers import SITE, at, codes, file

FULL = SITE.replace("limits: {", "limits: {pages: 7, page_weight: 30000, ") + (
    """\
corrections_url: https://example.org/errors
condition: {name: A cold, in_text: a cold, page: help/cold.md}
cited_kinds: [article, question]
hosting: [nginx, netlify]
compress: "yes"
security: {contact: "mailto:a@example.org", expires: 2027-01-01}
reading: [{kind: article, grade: 8.5, sentence: 25, passive: 10}]
wording: {promise: [heals], plain_words: [NHS], emergency: [at once, now]}
"""
)


def read(text: str) -> Config:
    config, problems = read_config(file(text, "site.yaml"))
    assert problems == []
    assert config is not None
    return config


def test_the_settings_are_what_the_file_says() -> None:
    found = read(FULL)
    assert (found.title, found.tagline, found.language, found.urgent_section) == (
        "Colds",
        "What colds are",
        "en",
        "help",
    )
    assert (found.licence, found.licence_url) == ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    assert found.corrections_url == "https://example.org/errors"
    assert (found.cited_kinds, found.hosting, found.compress) == (("article", "question"), ("nginx", "netlify"), True)
    assert (found.contents_from, found.page_weight) == (3, 30_000)
    assert found.reading == (ReadingLimits("article", 8.5, 25, 10),)
    assert found.topics == (Topic("basics", "Basics", "First questions.", found.topics[0].span),)
    words = found.wording
    assert (words.promise, words.plain_words, words.negations) == (("heals",), ("NHS",), ())
    assert (words.levels["emergency"], words.levels["soon"]) == (("at once", "now"), ())


def test_what_is_shown_elsewhere_has_its_place_in_the_file() -> None:
    found = read(FULL)
    condition, security = found.condition, found.security
    assert condition is not None
    assert condition == Condition("A cold", "a cold", "help/cold.md", condition.span)
    assert at(FULL, condition.span) == "help/cold.md"
    assert security is not None
    assert security == Security("mailto:a@example.org", "2027-01-01", security.span)
    assert at(FULL, security.span) == "2027-01-01"
    assert [at(FULL, one.span) for one in found.sections] == ["help", "care", "alike", "ask"]
    assert [at(FULL, one.span) for one in found.topics] == ["basics"]


def test_what_is_left_out_has_its_default() -> None:
    found = read(SITE)
    assert (found.corrections_url, found.cited_kinds, found.reading, found.hosting) == ("", (), (), ())
    assert (found.compress, found.page_weight, found.condition, found.security) == (False, 0, None, None)
    assert found.wording.promise == ()
    assert (found.limits.pages, found.limits.file_size) == (DEFAULTS.pages, 100_000)
    assert read(FULL).limits.pages == 7


def test_a_section_is_called_in_menus_by_its_shorter_title_if_it_has_one() -> None:
    found = read(SITE.replace("title: Care,", "title: Care, nav_title: Do,"))
    assert [one.nav_title for one in found.sections] == ["Help", "Do", "Alike", "Questions"]
    care = found.section("care")
    assert care is not None
    assert (care.kind, care.title, care.summary, care.menu) == ("treatment", "Care", "What can be done.", "main")
    assert found.section("nowhere") is None


@pytest.mark.parametrize(
    ("url", "whole", "path"),
    [
        ("https://example.org/colds/", "https://example.org/colds/", "/colds/"),
        ("https://example.org/colds", "https://example.org/colds/", "/colds/"),
        ("https://example.org", "https://example.org/", "/"),
    ],
)
def test_the_address_of_the_site_ends_with_a_slash_however_it_is_written(url: str, whole: str, path: str) -> None:
    found = read(SITE.replace("https://example.org/colds/", url))
    assert (found.url, found.base_path) == (whole, path)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("folder: care", "folder: help", "duplicate-id", "help"),
        ("\nlimits", "\n  - {id: basics, title: More, summary: More.}\nlimits", "duplicate-id", "basics"),
        ("urgent_section: help", "urgent_section: hlp", "unknown-section", "hlp"),
        ("language: en", "language: english words", "bad-language", "english words"),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_is_given(old: str, new: str, code: str, place: str) -> None:
    assert SITE.count(old) == 1
    text = SITE.replace(old, new)
    config, problems = read_config(file(text, "site.yaml"))
    assert (config, codes(problems)) == (None, [code])
    assert at(text, problems[0].span) == place


@pytest.mark.parametrize(
    ("text", "code"),
    [(None, "missing-file"), (b"\xff", "not-utf8"), ("# nothing\n", "empty-file"), ("- a\n", "wrong-type")],
)
def test_a_file_that_says_nothing_is_one_problem(text: str | bytes | None, code: str) -> None:
    config, problems = read_config(None if text is None else file(text, "site.yaml"))
    assert (config, codes(problems)) == (None, [code])
