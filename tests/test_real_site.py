"""The site this repository holds: whole, without a warning, and honest about itself on every page."""

import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml
from lxml import html as lxml_html
from PIL import Image

from generator import pipeline
from generator.output.cards.drawing import BAND, FOOT, SQUARE
from generator.output.cards.lettering import can_write
from generator.output.cards.look import SIZE
from generator.site.catalogue import Catalogue
from generator.stages.options import Options
from generator.workbench.grades import Row, rows
from tests.sitekit import REPOSITORY, TODAY, kept

SUBJECTS = yaml.safe_load((REPOSITORY / "tests" / "subjects.yaml").read_text(encoding="utf-8"))
"""What readers ask and the evidence covers, with the page that must answer it."""


@pytest.fixture(scope="module")
def built() -> Iterator[pipeline.Build]:
    with kept() as means:  # open as long as somebody may ask for more of an article
        yield pipeline.build(REPOSITORY, Options(today=TODAY), means=means)


@pytest.fixture(scope="module")
def catalogue(built: pipeline.Build) -> Catalogue:
    assert built.joined is not None
    return built.joined.site.catalogue


@pytest.fixture(scope="module")
def kinds(catalogue: Catalogue) -> dict[str, str]:
    """The kind of every published article by its id."""
    return {one.id: one.kind for one in catalogue.documents.values() if one.published}


@pytest.fixture(scope="module")
def pages(built: pipeline.Build) -> dict[str, str]:
    """Every page but those that only lead from an old address to a new one."""
    every = {one.path: one.body.decode() for one in built.outputs if one.path.endswith(".html")}
    return {path: text for path, text in every.items() if 'http-equiv="refresh"' not in text}


def test_it_has_no_problem_at_all(built: pipeline.Build) -> None:
    assert built.problems == ()


def test_it_has_at_least_what_its_readers_were_promised(
    kinds: dict[str, str], catalogue: Catalogue, pages: dict[str, str]
) -> None:
    data = catalogue.data
    found = Counter(kind for name, kind in kinds.items() if not name.endswith("index"))
    assert found["differential-diagnosis"] >= 20
    assert found["treatment"] >= 18
    assert found["question"] >= 107
    assert len(data.terms) >= 80
    assert len(data.references) >= 257
    assert len(data.red_flags) >= 60
    assert len(data.disagreements) >= 10
    assert len(data.checked_claims) >= 40
    assert len(data.countries) >= 6
    assert sum("/topic" in page or "topic-page" in page for page in pages.values()) >= 4


def test_every_page_says_its_age_and_that_no_clinician_has_checked_it(pages: dict[str, str]) -> None:
    labels = [f"<dt>{label}</dt>" for label in ("Last updated", "Evidence last searched", "Due for review")]
    lacking = {
        path: missing
        for path, text in pages.items()
        if (missing := [one for one in ("not yet checked by a clinician", *labels) if one not in text])
    }
    assert len(pages) > 400
    assert lacking == {}


def test_emergencies_are_on_the_home_page_before_everything_else(pages: dict[str, str]) -> None:
    home = pages["index.html"]
    assert home.index('class="care care-emergency') < home.index('id="key-points"')


def test_how_fast_comes_first_unless_it_would_soothe(kinds: dict[str, str], pages: dict[str, str]) -> None:
    every = [one for one, kind in kinds.items() if kind == "differential-diagnosis" and not one.endswith("index")]
    assert len(every) >= 20
    for path in every:
        text = pages[f"{path}/index.html"]
        first = text[text.index('class="dateline"') : text.index('id="key-points"')]
        level = re.search(r'class="level level-([a-z]+)"', text[text.index('id="at-a-glance"') :])
        assert level is not None, path
        shown = re.findall(r'class="level level-([a-z]+)"', first)
        assert shown == ([] if level[1] == "routine" else [level[1]]), path
        assert text.index('id="key-points"') < text.index('id="at-a-glance"'), path
        numbers = [int(one) for one in re.findall(r'id="cite-(\d+)-1"', text)]
        assert numbers == sorted(numbers), f"{path}: sources are numbered in the order in which they are shown"


LINKS = (
    "//main//tbody//a[not(ancestor::*[@class='cite' or @class='term-note'])]"
    " | //main//span[@class='reference-links' or @class='reference-marks']/a[not(@aria-label)]"
)
"""What is repeated in each row of a table and for each source of a list: links within them."""


@pytest.mark.parametrize("path", ["treatments", "symptoms/look-alikes-side-by-side", "faq/cancerous-lumps-on-the-back"])
def test_links_that_are_heard_alike_lead_to_one_place(path: str, pages: dict[str, str]) -> None:
    places: dict[str, set[str]] = {}
    for link in lxml_html.fromstring(pages[f"{path}/index.html"]).xpath(LINKS):
        places.setdefault(" ".join(link.text_content().split()), set()).add(link.get("href"))
    assert {words: found for words, found in places.items() if len(found) > 1} == {}
    assert len(places) >= 30


KIND_OF = {"questions": "question", "conditions": "differential-diagnosis", "treatments": "treatment"}


def test_every_title_is_drawn_on_a_small_card_whose_words_a_square_would_not_cut(
    built: pipeline.Build, pages: dict[str, str]
) -> None:
    titles = [title for text in pages.values() for title in re.findall('"og:image:alt" content="(.*?)"', text)]
    assert [title for title in titles if not can_write(html.unescape(title))] == []
    shown = {url for text in pages.values() for url in re.findall('"og:image" content=".*/(assets/card.*?)"', text)}
    cards = [one for one in built.outputs if one.path.startswith("assets/card.")]
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


def test_each_question_condition_treatment_and_subject_has_its_page(
    kinds: dict[str, str], pages: dict[str, str]
) -> None:
    names = [(part, one["page"].removesuffix(".md")) for part, listed in SUBJECTS.items() for one in listed]
    assert [name for part, name in names if kinds.get(name) != KIND_OF.get(part, "article")] == []
    assert [name for _, name in names if f"{name.removesuffix('/index')}/index.html" not in pages] == []


@pytest.fixture(scope="module")
def grades() -> list[Row]:
    return rows(REPOSITORY)


def test_no_page_is_harder_to_read_than_it_may_be_and_most_are_easier(grades: list[Row]) -> None:
    assert grades[0].grade <= 8
    assert sum(row.grade <= 7 for row in grades) > 0.9 * len(grades)


def test_the_grades_that_are_kept_are_those_of_the_pages_that_exist(grades: list[Row]) -> None:
    written = json.loads((REPOSITORY / "content" / "grades.json").read_text(encoding="utf-8"))
    assert sorted(written) == sorted(row.path for row in grades)


def test_every_uncited_paragraph_would_be_found(catalogue: Catalogue) -> None:
    assert {"home", "article", "differential-diagnosis", "treatment", "question"} <= set(catalogue.config.cited_kinds)


def test_every_sign_stands_in_full_on_the_page_of_its_kind_and_on_the_checklist(
    catalogue: Catalogue, pages: dict[str, str]
) -> None:
    """The page on when to get help has them in short; what each may mean stands where it leads."""
    texts = {
        path: html.unescape(text) for path, text in pages.items() if path.startswith(("red-flags/", "living-with/"))
    }
    checklist = texts.pop("red-flags/checklist/index.html")
    front = texts.pop("red-flags/index.html").partition("<main")[2].partition("</main>")[0]
    for flag in catalogue.data.red_flags:
        if set(flag.topics) <= {"card", "home"}:
            continue
        assert flag.sign in checklist or flag.topics == ("crisis",), (
            f"{flag.id}: the checklist is of back pain and lumps"
        )
        found = [path for path, text in texts.items() if f'<p class="sign">{flag.sign}</p>' in text]
        assert found, flag.id
        assert any(path.removeprefix("red-flags/").removesuffix("index.html") in front for path in found), flag.id


def numbers_at(text: str) -> list[set[str]]:
    """The emergency numbers in each row of a table of countries; what stands in brackets is beside the point."""
    rows = re.findall(r"^\| (?!Where|---).*? \| (.*?) \|$", text, flags=re.MULTILINE)
    return [set(re.findall(r"\b\d{3}\b", re.sub(r"\(.*?\)", "", row))) for row in rows]


def test_the_short_table_of_numbers_fits_what_each_country_is_told() -> None:
    text = (REPOSITORY / "content/red-flags/index.md").read_text(encoding="utf-8")
    short = numbers_at(text.partition("Table: Emergency numbers")[2].partition("\n\nThe number")[0])
    records = yaml.safe_load((REPOSITORY / "content/countries.yaml").read_text(encoding="utf-8"))
    told = [set(re.findall(r"\b\d{3}\b", one["emergency"])) for one in records]
    assert len(short) == len(told)
    assert all(one <= other and bool(one) == bool(other) for one, other in zip(told, short, strict=True)), short
