"""The site this repository holds: whole, without a warning, and honest about itself on every page."""

import html
import io
import json
import re
from collections import Counter
from functools import cache

import pytest
import yaml
from PIL import Image

from generator import pipeline
from generator.output.cards.drawing import BAND, FOOT, SQUARE
from generator.output.cards.lettering import can_write
from generator.output.cards.look import SIZE
from generator.stages import intake
from generator.stages.options import Options
from generator.stages.parsing import parse_all
from generator.workbench import grades
from tests.sitekit import REPOSITORY, TODAY

SUBJECTS = yaml.safe_load((REPOSITORY / "tests" / "subjects.yaml").read_text(encoding="utf-8"))
"""What readers ask and the evidence covers, with the page that must answer it."""


@cache
def built() -> pipeline.Build:
    return pipeline.build(REPOSITORY, Options(today=TODAY))


@cache
def documents() -> dict[str, str]:
    """The kind of every published article by its id."""
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    return {one.id: one.kind for one in parse_all(sources).documents if one.published}


def pages() -> dict[str, str]:
    """Every page but those that only lead from an old address to a new one."""
    every = {one.path: one.body.decode() for one in built().outputs if one.path.endswith(".html")}
    return {path: text for path, text in every.items() if 'http-equiv="refresh"' not in text}


def test_it_has_no_problem_at_all() -> None:
    assert built().problems == ()


def test_it_has_at_least_what_its_readers_were_promised() -> None:
    kinds = Counter(kind for name, kind in documents().items() if not name.endswith("index"))
    assert kinds["differential-diagnosis"] >= 20
    assert kinds["treatment"] >= 18
    assert kinds["question"] >= 107
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    data, _ = intake.read_data(sources)
    assert len(data.terms) >= 80
    assert len(data.references) >= 257
    assert len(data.red_flags) >= 60
    assert len(data.disagreements) >= 10
    assert len(data.checked_claims) >= 40
    assert len(data.countries) >= 6
    assert sum("/topic" in page or "topic-page" in page for page in pages().values()) >= 4


@pytest.mark.parametrize("path", sorted(pages()))
def test_every_page_says_its_age_and_that_no_clinician_has_checked_it(path: str) -> None:
    text = pages()[path]
    assert "not yet checked by a clinician" in text
    assert all(f"<dt>{label}</dt>" in text for label in ("Last updated", "Evidence last searched", "Due for review"))


def test_emergencies_are_on_the_home_page_before_everything_else() -> None:
    home = pages()["index.html"]
    assert home.index('class="care care-emergency') < home.index('id="key-points"')


KIND_OF = {"questions": "question", "conditions": "differential-diagnosis", "treatments": "treatment"}


def test_every_title_is_drawn_on_a_small_card_whose_words_a_square_would_not_cut() -> None:
    titles = [title for text in pages().values() for title in re.findall('"og:image:alt" content="(.*?)"', text)]
    assert [title for title in titles if not can_write(html.unescape(title))] == []
    shown = {url for text in pages().values() for url in re.findall('"og:image" content=".*/(assets/card.*?)"', text)}
    cards = [one for one in built().outputs if one.path.startswith("assets/card.")]
    assert {one.path for one in cards} == shown
    assert len(cards) > 200
    for card in cards:
        assert len(card.body) <= 15_000, card.made_from
        with Image.open(io.BytesIO(card.body)) as picture:
            beside = [(0, BAND, left(), FOOT), (SIZE[0] - left(), BAND, SIZE[0], FOOT)]
            assert [len(picture.crop(box).getcolors() or []) for box in beside] == [1, 1], card.made_from


def left() -> int:
    """How much of a card is cut off at each side when only its middle square is shown."""
    return (SIZE[0] - SQUARE) // 2


def test_the_list_of_subjects_is_whole() -> None:
    assert len(SUBJECTS["questions"]) == 107
    assert len(SUBJECTS["conditions"]) == 23
    assert len(SUBJECTS["treatments"]) == 18
    for part in SUBJECTS.values():
        assert len({one["id"] for one in part}) == len(part)
        assert len({one["page"] for one in part}) == len(part)


@pytest.mark.parametrize(("part", "page"), [(part, one["page"]) for part, listed in SUBJECTS.items() for one in listed])
def test_each_question_condition_treatment_and_subject_has_its_page(part: str, page: str) -> None:
    name = page.removesuffix(".md")
    assert documents().get(name) == KIND_OF.get(part, "article")
    assert f"{name.removesuffix('/index')}/index.html" in pages()


def test_no_page_is_harder_to_read_than_it_may_be_and_most_are_easier() -> None:
    found = grades.rows(REPOSITORY)
    assert found[0].grade <= 8
    assert sum(row.grade <= 7 for row in found) > 0.9 * len(found)


def test_the_grades_that_are_kept_are_those_of_the_pages_that_exist() -> None:
    kept = json.loads((REPOSITORY / "content" / "grades.json").read_text(encoding="utf-8"))
    assert sorted(kept) == sorted(row.path for row in grades.rows(REPOSITORY))


def test_every_uncited_paragraph_would_be_found() -> None:
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    assert {"home", "article", "differential-diagnosis", "treatment", "question"} <= set(sources.config.cited_kinds)


def test_every_sign_stands_in_full_on_the_page_of_its_kind_and_on_the_checklist() -> None:
    """The page on when to get help has them in short; what each may mean stands where it leads."""
    sources, _ = intake.read(REPOSITORY)
    assert sources is not None
    data, _ = intake.read_data(sources)
    texts = {path: html.unescape(text) for path, text in pages().items() if path.startswith("red-flags/")}
    checklist = texts.pop("red-flags/checklist/index.html")
    front = texts.pop("red-flags/index.html")
    for flag in data.red_flags:
        if set(flag.topics) <= {"card", "home"}:
            continue
        assert flag.sign in checklist, flag.id
        found = [path for path, text in texts.items() if f'<p class="sign">{flag.sign}</p>' in text]
        assert found, flag.id
        assert any(path.removeprefix("red-flags/").removesuffix("index.html") in front for path in found), flag.id
