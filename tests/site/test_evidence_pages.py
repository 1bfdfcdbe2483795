"""What pages say of the evidence: how sources were read, whose review is overdue, what rests on what, who is asked."""

import json
import re
import shutil
from pathlib import Path

import pytest

from generator import pipeline
from generator.stages.options import Options
from tests.helpers import CLAIM_TEXT, COMMON, DEFAULT, KEY_POINTS, REPOSITORY, TREATMENT, article, make_site

REST = DEFAULT["content/care/rest.md"]
RESTING = REST.replace("benefits: []", "benefits: [rest-shortens]")
WORK = (
    f"---\ntitle: Work\n{COMMON}{KEY_POINTS}{TREATMENT.replace('no-treatment', 'self-care')}---\n\n## Why\n\nWhy not.\n"
)
NOTES = '[{"id": "smith2001", "type": "book", "title": "Colds", "custom": {"read": "HOW"}}]\n'
FLAGS = """\
- {id: blue, sign: Blue lips, may_mean: Air, level: emergency, action: Call 999., topics: [home], sources: [smith2001]}
"""
COUNTRIES = """\
- {id: gb, name: Britain, emergency: Call 999, today: Call 111, soon: See a GP, routine: Wait, sources: [smith2001]}
- {id: us, name: America, emergency: Call 911, today: Ring a doctor, soon: See a doctor, routine: Wait}
"""


def built(root: Path, files: dict[str, str], today: str = "2026-11-21") -> dict[str, str]:
    shutil.copytree(REPOSITORY / "static", root / "static")
    done = pipeline.build(make_site(root, files), Options(today=today))
    assert [one for one in done.problems if one.is_error] == []
    return {one.path: one.body.decode() for one in done.outputs if one.path.endswith(".html")}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("how", "is_weak"), [("notes", True), ("title", True), ("abstract", False), ("page", False), ("full-text", False)]
)
def test_a_page_that_rests_only_on_notes_or_titles_says_so(tmp_path: Path, how: str, is_weak: bool) -> None:
    page = article("\nA cold is dull [@smith2001].\n")
    files = {"content/references.json": NOTES.replace("HOW", how), "content/help/cold.md": page}
    text = words(built(tmp_path, files)["help/cold/index.html"])
    assert ("We have not read the works themselves." in text) == is_weak
    assert text.count("1 work.") == 1


def test_a_page_without_sources_does_not_say_how_it_read_them(tmp_path: Path) -> None:
    assert "How we read its sources" not in built(tmp_path, {})["help/index.html"]


@pytest.mark.parametrize(("today", "is_overdue"), [("2027-11-01", False), ("2027-11-02", True)])
def test_a_page_whose_review_is_overdue_says_so_and_names_the_day(tmp_path: Path, today: str, is_overdue: bool) -> None:
    html = built(tmp_path, {}, today)["help/index.html"]
    (notice,) = re.findall(r'<p class="overdue"[^>]*>', html)
    assert 'data-review-due="2027-11-01"' in notice
    assert (" hidden" in notice) != is_overdue
    assert "If that day has passed" in words(html)


def test_the_page_on_a_work_names_the_findings_that_rest_on_it_and_the_pages_that_cite_it(tmp_path: Path) -> None:
    pages = built(tmp_path, {"content/claims/rest.yaml": CLAIM_TEXT, "content/care/rest.md": RESTING})
    work = pages["references/smith2001/index.html"]
    link = re.search(r'<a href="([^"]+)">Rest may slightly reduce days in bed', work)
    assert link is not None
    assert link[1] == "../../care/rest/#finding-rest-shortens"
    assert 'id="finding-rest-shortens"' in pages["care/rest/index.html"]
    assert '<li><a href="../../care/rest/">Rest</a></li>' in work
    assert "We read" in words(work)


def test_the_list_of_works_leads_to_the_page_on_each_and_keeps_the_anchor_of_each(tmp_path: Path) -> None:
    listed = built(tmp_path, {})["references/index.html"]
    assert re.search(r'<li id="smith2001">.*?<a href="smith2001/">', listed)


def cited(root: Path, number: int, fields: str = "") -> str:
    """A built page that cites some works, and gives each in short or in full below its text."""
    works = [
        {"id": f"w{n}", "type": "book", "title": f"Book {n}", "publisher": "Us", "custom": {"read": "abstract"}}
        for n in range(number)
    ]
    text = "\n".join(f"One [@w{n}].\n" for n in range(number))
    page = article(f"\n{text}", more=fields)
    files = {
        "content/references.json": json.dumps(works),
        "content/help/cold.md": page,
        "content/care/rest.md": REST.replace("smith2001", "w0"),
    }
    return built(root, files)["help/cold/index.html"]


@pytest.mark.parametrize(("number", "is_long"), [(30, False), (31, True)])
def test_a_long_list_of_sources_gives_each_in_short_with_a_link_to_its_page(
    tmp_path: Path, number: int, is_long: bool
) -> None:
    page = cited(tmp_path, number)
    assert ('. <a href="../../references/w3/">Book 3</a>' in page) == is_long
    assert ("Book 3. Us" in words(page)) != is_long
    assert page.count('<li id="ref-w') == number
    assert page.count('class="reference-marks"') == number


def test_a_page_that_names_its_sources_has_no_list_of_them_and_links_to_the_page_on_each(tmp_path: Path) -> None:
    page = cited(tmp_path, 3, "citations: names\n")
    assert '<span class="cite"> [<a href="../../references/w1/">Book 1</a>]</span>' in page
    assert 'id="references"' not in page
    assert "3 works" in words(page)


@pytest.mark.parametrize(("number", "is_listed"), [(20, True), (25, False)])
def test_a_page_to_which_nearly_every_page_links_does_not_list_them(
    tmp_path: Path, number: int, is_listed: bool
) -> None:
    page = article("\nSee [rest](../care/rest.md).\n")
    pages = built(tmp_path, {f"content/help/p{n}.md": page for n in range(number)})
    assert ('id="linked-from"' in pages["care/rest/index.html"]) == is_listed


def test_no_treatment_stands_in_every_grid_even_where_nobody_names_it(tmp_path: Path) -> None:
    page = article("\n::options{work}\n\nSee [rest](../care/rest.md) and [work](../care/work.md).\n")
    pages = built(tmp_path, {"content/care/work.md": WORK, "content/help/choose.md": page})
    rows = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', pages["help/choose/index.html"])
    assert rows == ["Rest", "Work"]


def test_what_was_not_studied_says_so_in_its_cell(tmp_path: Path) -> None:
    pages = built(tmp_path, {"content/claims/rest.yaml": CLAIM_TEXT, "content/care/rest.md": RESTING})
    here, elsewhere = re.findall(r'<td data-label="In [^"]+">(.*?)</td>', pages["care/index.html"], re.DOTALL)
    assert "Rest may slightly reduce days in bed compared with work." in here
    assert words(elsewhere) == "Not studied."


def test_the_numbers_of_a_finding_are_out_of_100_in_words_and_in_a_picture(tmp_path: Path) -> None:
    counted = CLAIM_TEXT + "  events: {of: people who slept, intervention: [15, 20], comparator: [5, 20]}\n"
    page = built(tmp_path, {"content/claims/rest.yaml": counted, "content/care/rest.md": RESTING})[
        "care/rest/index.html"
    ]
    assert "75 of 100 with rest (the source counted 15 of 20). For the other 25 of 100 it was not so." in words(page)
    assert "25 of 100 with work (the source counted 5 of 20)." in words(page)
    pictures = re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)">(.*?)</svg>', page, re.DOTALL)
    assert [label for label, _ in pictures] == [
        "A square of 100 dots, of which 75 are filled.",
        "A square of 100 dots, of which 25 are filled.",
    ]
    assert [re.search('icon-yes" d="([^"]+)"', svg)[1].count("h0") for _, svg in pictures] == [75, 25]  # type: ignore[index]


def test_a_frequency_too_small_for_100_changes_the_denominator_of_the_whole_page(tmp_path: Path) -> None:
    rare = CLAIM_TEXT.replace("participants: 40", "participants: 4000")
    rare += "  events: {of: people who slept, intervention: [1, 1000], comparator: [500, 1000]}\n"
    page = built(tmp_path, {"content/claims/rest.yaml": rare, "content/care/rest.md": RESTING})["care/rest/index.html"]
    assert "1 of 1,000 with rest" in words(page)
    assert "500 of 1,000 with work" in words(page)
    assert 'role="img"' not in page


def test_signs_are_followed_once_by_what_to_do_in_other_countries(tmp_path: Path) -> None:
    page = article("\n::red-flags\n\nAgain.\n\n::red-flags{home}\n")
    files = {"content/red-flags.yaml": FLAGS, "content/countries.yaml": COUNTRIES, "content/help/signs.md": page}
    html = built(tmp_path, files)["help/signs/index.html"]
    assert html.count('class="other-countries"') == 1
    assert "The numbers above: Britain." in words(html)
    assert "Call 911" in words(html)


def test_the_card_has_the_signs_first_and_then_what_to_do_in_each_country(tmp_path: Path) -> None:
    page = article("\n::red-flag-card{home}\n")
    files = {"content/red-flags.yaml": FLAGS, "content/countries.yaml": COUNTRIES, "content/help/card.md": page}
    html = built(tmp_path, files)["help/card/index.html"]
    assert html.index("Blue lips") < html.index("Call 911")
