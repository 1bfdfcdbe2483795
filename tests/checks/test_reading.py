"""Pages that are hard to read are refused, with where to begin; and so are long sentences and unexplained words."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.reading import check_reading, read_grades
from generator.problems.problem import Problem
from generator.site.joined import Site
from generator.site.reading import Grade, grades
from tests.helpers import SITE, Files, article, at, codes, file, joined, make_site, misplaced, moderate

PAGE = "content/help/page.md"
READING = "reading: [{kind: article, grade: 5, sentence: 12, passive: 50}]\n"
WORDING = "wording: {medical_endings: [itis, oma, otomy], plain_words: [GP, UK, aroma, Reinfection]}\n"
EASY = "The cat sat on the mat and the dog ran to it."
HARD = "Independent investigators reported considerable improvement after conservative interventions."
GLOSSARY = """\
- {id: fascia, term: fascia, forms: [fasciae], definition: a sheet, sources: [smith2001]}
- {id: lipoma, term: lipoma, definition: a lump, sources: [smith2001]}
- {id: mri, term: MRI, definition: a scan, sources: [smith2001]}
"""


def made(root: Path, body: str, files: Files | None = None, more: str = "") -> Site:
    """A site with one more page, checked for how hard it is to read."""
    others = {"site.yaml": SITE + READING + WORDING, PAGE: article(f"\n{body}\n", more=more), **(files or {})}
    site, problems = joined(make_site(root, others))
    assert [one for one in problems if one.is_error and one.code != "missing-word"] == []
    return site


def found(site: Site, root: Path, grades: Mapping[str, float] | None = None) -> list[tuple[str, str]]:
    """The code of each problem of the page, and what stands at its place."""
    text = (root / PAGE).read_text(encoding="utf-8")
    return [(one.code, at(text, one.span)) for one in on_page(check_all(site, grades or {}))]


def check_all(site: Site, grades: Mapping[str, float]) -> list[Problem]:
    return [problem for one in site.catalogue.documents.values() for problem in check_reading(one, site, grades)]


def on_page(problems: Iterable[Problem]) -> list[Problem]:
    return [one for one in problems if one.span.path == PAGE]


def graded(root: Path, body: str, files: Files | None = None) -> Grade:
    site = made(root, body, files)
    return grades(site)[PAGE]


def test_a_page_that_is_harder_than_its_kind_may_be_is_refused_at_its_title(tmp_path: Path) -> None:
    site = made(tmp_path, f"{HARD}\n\n{HARD}")
    assert found(site, tmp_path) == [("hard-to-read", "Page")]
    (problem,) = on_page(check_all(site, {}))
    assert f"{grades(site)[PAGE].whole.grade:.1f}" in problem.message
    assert "5" in problem.message


def test_a_page_that_is_easy_enough_is_not_refused(tmp_path: Path) -> None:
    assert found(made(tmp_path, EASY), tmp_path) == []


def test_the_limit_itself_may_be_reached(tmp_path: Path) -> None:
    reached = graded(tmp_path, "Doctors examine people.").whole.grade
    for limit, refused in ((reached, []), (reached - 0.04, []), (reached - 0.06, ["hard-to-read"])):
        other = SITE + f"reading: [{{kind: article, grade: {max(limit, 0):.3f}, sentence: 12, passive: 50}}]\n"
        site = made(tmp_path, "Doctors examine people.", {"site.yaml": other})
        assert codes(on_page(check_all(site, {}))) == refused


def test_only_the_kinds_and_languages_that_can_be_measured_are(tmp_path: Path) -> None:
    other = SITE + READING.replace("article", "treatment")
    assert found(made(tmp_path, HARD * 3, {"site.yaml": other}), tmp_path) == []
    assert found(made(tmp_path, HARD * 3, more="language: de\n"), tmp_path) == []
    assert "hard-to-read" in dict(found(made(tmp_path, HARD * 3, more="language: en-US\n"), tmp_path))
    assert found(made(tmp_path, HARD * 3, {"site.yaml": SITE}), tmp_path) == []


@pytest.mark.parametrize(
    "other",
    [
        f"## {HARD}\n\n{{}}",
        f"Table: {HARD}\n\n| {HARD} |\n|---|\n| {HARD} |\n\n{{}}",
        f"> {HARD}\n\n{{}}",
        f"```\n{HARD}\n```\n\n{{}}",
        "{} `incomprehensibilities` [@smith2001, incomprehensibilities]",
    ],
)
def test_headings_tables_quotes_and_code_do_not_count(tmp_path: Path, other: str) -> None:
    assert graded(tmp_path / "a", other.format(EASY)).whole == graded(tmp_path / "b", EASY).whole


@pytest.mark.parametrize("other", ["- {}", "> [!TIP]\n> {}", "term\n: {}", "{}\n{}"])
def test_lists_callouts_and_definitions_count(tmp_path: Path, other: str) -> None:
    assert graded(tmp_path / "a", other.format(HARD, EASY)).whole.syllables > 30
    assert graded(tmp_path / "b", EASY).whole.syllables < 30


def test_key_points_and_the_summary_count_and_the_title_does_not(tmp_path: Path) -> None:
    def whole(name: str, title: str, summary: str, point: str) -> int:
        text = article(f"\n{EASY}\n", title=title).replace("One sentence.", summary).replace("Two.", point)
        return graded(tmp_path / name, "", {PAGE: text}).whole.syllables

    plain = whole("a", "Page", "One.", "Two.")
    assert whole("b", HARD[:60], "One.", "Two.") == plain
    assert whole("c", "Page", "Considerable.", "Two.") > plain
    assert whole("d", "Page", "One.", "Considerable.") > plain


def test_a_term_of_the_glossary_does_not_make_a_page_harder(tmp_path: Path) -> None:
    body = "The fascia and the fasciae hold it."
    with_glossary = graded(tmp_path / "a", body, {"content/glossary.yaml": GLOSSARY}).whole
    assert with_glossary == graded(tmp_path / "b", body.replace("fasciae", "it").replace("fascia", "it")).whole
    assert with_glossary.grade < graded(tmp_path / "c", body).whole.grade


def test_a_page_that_has_become_harder_than_it_was_is_refused(tmp_path: Path) -> None:
    site = made(tmp_path, EASY)
    now = grades(site)[PAGE].whole.grade
    assert now < 5
    assert found(site, tmp_path, {PAGE: now - 0.1}) == [("harder-to-read", "Page")]
    for before in (now - 0.04, now, now + 1):
        assert found(site, tmp_path, {PAGE: before, "content/help/gone.md": -9.0}) == []


def test_a_page_above_its_limit_is_refused_once_whatever_it_was_before(tmp_path: Path) -> None:
    assert found(made(tmp_path, HARD), tmp_path, {PAGE: 2.0}) == [("hard-to-read", "Page")]


def test_a_long_section_that_is_far_above_the_limit_is_refused_at_its_heading_and_named_first(tmp_path: Path) -> None:
    long = "\n\n".join([HARD] * 11)
    site = made(tmp_path, f"## Easy\n\n{' '.join([EASY] * 9)}\n\n## Too hard\n\n{long}\n\n## Short\n\n{HARD}")
    assert found(site, tmp_path) == [("hard-to-read", "Page"), ("hard-to-read", "Too hard")]
    first = min(on_page(check_all(site, {})), key=lambda one: one.span)
    assert '"Too hard"' in first.hint


def test_a_long_section_may_be_a_little_harder_than_the_page(tmp_path: Path) -> None:
    harder, easy = "Doctors often look at people and they ask many questions.", " ".join([EASY] * 60)
    site = made(tmp_path, f"## Harder\n\n{' '.join([harder] * 12)}\n\n## Easy\n\n{easy}")
    assert 5.1 < grades(site)[PAGE].sections[0][1].grade < 6.9
    assert found(site, tmp_path) == []


def test_a_short_section_may_be_hard(tmp_path: Path) -> None:
    easy = "\n\n".join([EASY] * 20)
    assert found(made(tmp_path, f"## Easy\n\n{easy}\n\n## Short\n\n{HARD}"), tmp_path) == []


PASSIVE = "## It was asked\n\nIt was seen. It was not heard. It was felt.\n\n- it was told\n\n> It was said."


@pytest.mark.parametrize(("limit", "refused"), [(60, []), (50, []), (49, ["passive-voice"]), (0, ["passive-voice"])])
def test_a_page_with_too_many_sentences_in_the_passive_voice_is_refused_at_its_title(
    tmp_path: Path, limit: int, refused: list[str]
) -> None:
    """Four sentences of the text are passive, and those of the summary and the three key points are not."""
    other = SITE + READING.replace("passive: 50", f"passive: {limit}")
    site = made(tmp_path, PASSIVE, {"site.yaml": other})
    assert (grades(site)[PAGE].whole.passive, grades(site)[PAGE].whole.sentences) == (4, 8)
    assert found(site, tmp_path) == [(code, "Page") for code in refused]


WORDS = " ".join(["cat"] * 12)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f"A cat. The {WORDS}. A dog.", [f"The {WORDS}."]),
        (f"A cat.\nThe {WORDS[:24]}\n{WORDS[24:]}. A dog.", [f"The {WORDS[:24]}\n{WORDS[24:]}."]),
        (f"- The {WORDS}\n- a dog", [f"The {WORDS}"]),
        (f"> The *{WORDS}*.", [f"The *{WORDS}*."]),
        (f"## The {WORDS}", [f"The {WORDS}"]),
        (f"The {WORDS}", [f"The {WORDS}"]),
    ],
)
def test_a_sentence_with_too_many_words_is_refused_where_it_stands(tmp_path: Path, body: str, shown: list[str]) -> None:
    assert found(made(tmp_path, body), tmp_path) == [("long-sentence", one) for one in shown]


@pytest.mark.parametrize(
    "body",
    [
        f"{WORDS}.",
        f"{WORDS[4:]} 14 of 100 [@smith2001, the one that has a number] `and code`.",
        f"{WORDS}: {WORDS}; {WORDS}. {WORDS}?",
        f"Table: a cat\n\n| {WORDS} | {WORDS} |\n|---|---|\n| a | b |",
    ],
)
def test_a_sentence_may_have_as_many_words_as_site_yaml_says_and_tables_more(tmp_path: Path, body: str) -> None:
    assert found(made(tmp_path, body), tmp_path) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("It is arthritis.", ["arthritis"]),
        ("It is arthritis, and arthritis it was. ARTHRITIS.", ["arthritis"]),
        ("Two granulomas.", ["granulomas"]),
        ("An ECG or two ECGs.", ["ECG", "ECGs"]),
        ("A *granuloma*\nand tonsillitis [@smith2001].", ["granuloma", "tonsillitis"]),
        ("- a granuloma\n\nTable: lipomatoma\n\n| a |\n|---|\n| bursitis |", ["granuloma", "lipomatoma", "bursitis"]),
        ("Lipoma, MRI and granuloma.", ["granuloma"]),
    ],
)
def test_a_medical_word_that_nothing_explains_is_noticed_at_its_first_use(
    tmp_path: Path, body: str, words: list[str]
) -> None:
    site = made(tmp_path, body, {"content/glossary.yaml": GLOSSARY})
    noticed = [words for code, words in found(site, tmp_path) if code == "unexplained-word"]
    assert noticed == words


@pytest.mark.parametrize(
    "body",
    [
        "A lipoma, and an MRI.",
        "A GP of the UK, or two GPs.",
        "TODO: write here.",
        "An aroma, or aromas.",
        "> Arthritis and arthritis, somebody said.",
        "A `granuloma` and\n\n```\narthritis\n```",
        "A comatose, itisy oma.",
        "A post-granuloma-like thing, and I.",
    ],
)
def test_words_that_are_explained_or_plain_or_quoted_are_not(tmp_path: Path, body: str) -> None:
    assert found(made(tmp_path, body, {"content/glossary.yaml": GLOSSARY}), tmp_path) == []


def test_where_site_yaml_names_no_endings_no_word_is_noticed(tmp_path: Path) -> None:
    assert found(made(tmp_path, "An ECG of arthritis.", {"site.yaml": SITE + READING}), tmp_path) == []


def test_grades_are_read_by_path() -> None:
    text = json.dumps({PAGE: 5.1, "content/index.md": 4})
    assert read_grades(file(text, "content/grades.json")) == ({PAGE: 5.1, "content/index.md": 4.0}, [])
    assert read_grades(None) == ({}, [])


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[1]",
        "3",
        '"x"',
        '{"a": "b"}',
        '{"a": [1]}',
        '{"a": null}',
        "[" * 100_000,
        '{"a": ' + "9" * 5000 + "}",
        f'{{"a": 1{"0" * 400}}}',
        '{"a": NaN}',
    ],
)
def test_grades_that_cannot_be_read_are_a_problem_and_no_limit(text: str) -> None:
    found, problems = read_grades(file(text, "content/grades.json"))
    assert (found, codes(problems)) == ({}, ["bad-json"])


PIECES = ["{", "}", '"a"', ":", ",", "1", "2.5", "-1", "null", "[", "]", "NaN", '"x": 3', "\n", "é", "\\", '"']


@moderate
@given(st.binary() | st.lists(st.sampled_from(PIECES)).map(lambda some: "".join(some).encode()))
def test_any_bytes_are_read_as_grades_or_refused(data: bytes) -> None:
    found, problems = read_grades(file(data, "content/grades.json"))
    assert all(isinstance(one, float) for one in found.values())
    assert misplaced(problems, data.decode("utf-8", "replace")) == []
