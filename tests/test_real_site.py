"""The site this repository holds: whole, without a warning, and honest about itself on every page."""

import re
from collections import Counter
from functools import cache

import pytest

from generator import intake, pipeline
from tests.sitekit import REPOSITORY

PROMISES = re.compile(
    r"\b(cures?|cured|proven|guaranteed?|eliminates?|miracle|safe and effective|completely safe|risk[- ]free)\b", re.I
)
DENIED = re.compile(r"\b(not|no|nor|never|nothing|without|nobody|whether|if)\b", re.I)


@cache
def built() -> pipeline.Build:
    return pipeline.build(REPOSITORY)


@cache
def documents() -> dict[str, str]:
    """The kind of every published article by its id."""
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    return {one.id: one.kind for one in pipeline.parse_all(sources) if one.published}


def pages() -> dict[str, str]:
    return {one.path: one.body.decode() for one in built().outputs if one.path.endswith(".html")}


def test_it_has_no_problem_at_all() -> None:
    assert built().problems == ()


def test_it_has_at_least_what_its_readers_were_promised() -> None:
    kinds = Counter(kind for name, kind in documents().items() if not name.endswith("index"))
    assert kinds["differential-diagnosis"] >= 6
    assert kinds["treatment"] >= 6
    assert kinds["question"] >= 20
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    data, _ = intake.read_data(sources)
    assert len(data.terms) >= 40
    assert len(data.references) >= 257
    assert len(data.red_flags) >= 30
    assert sum("/topic" in page or "topic-page" in page for page in pages().values()) >= 4


@pytest.mark.parametrize("path", sorted(pages()))
def test_every_page_says_its_age_and_that_no_clinician_has_checked_it(path: str) -> None:
    text = pages()[path]
    assert "not yet checked by a clinician" in text
    assert all(f"<dt>{label}</dt>" in text for label in ("Last updated", "Evidence last searched", "Due for review"))


def test_emergencies_are_on_the_home_page_before_everything_else() -> None:
    home = pages()["index.html"]
    assert home.index('class="care care-emergency') < home.index('id="key-points"')


def test_no_sentence_of_an_article_promises_anything() -> None:
    found = []
    for path in sorted((REPOSITORY / "content").rglob("*.md")):
        for sentence in re.split(r"(?<=[.!?|])\s", path.read_text(encoding="utf-8")):
            if PROMISES.search(sentence) and not DENIED.search(sentence):
                found.append(f"{path.name}: {sentence.strip()}")
    assert found == []


def test_a_promise_is_noticed() -> None:
    assert PROMISES.search("The injection cures back mice.")
    assert not DENIED.search("The injection cures back mice.")
