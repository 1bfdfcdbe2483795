"""Blocks: what is named is shown in order with its sources, and what does not exist is refused."""

from pathlib import Path
from typing import Any

import pytest

from generator.checks.usage import check_usage
from generator.markup.slots import BlockSlot
from generator.site.blocks.block import block
from generator.site.filling import PageText
from generator.site.plans import all_pages
from tests.helpers import CLAIM_TEXT, article, at, codes, joined, make_site

PAGE = "content/help/page.md"
COUNTED = CLAIM_TEXT.replace("rest-shortens", "rest-counted").replace(
    "  participants", "  events: {of: people who got up, intervention: [3, 20], comparator: [1, 20]}\n  participants"
)
DISAGREEMENTS = """\
- id: cutting
  question: Should it be cut out?
  positions: [{view: Yes., sources: [b]}, {view: No., sources: [a, b]}]
  settles: A trial.
  topics: [surgery]
- id: naming
  question: What is its name?
  positions: [{view: A., sources: [a]}, {view: B., sources: [a]}]
  settles: A vote.
  topics: [words, surgery]
- id: waiting
  question: Is it better to wait?
  positions: [{view: A., sources: [a]}, {view: B., sources: [a]}]
  settles: A clock.
  topics: [time]
"""
CHECKED = """\
- {id: a, said: Colds are cold., verdict: supported, instead: Yes., topics: [words], sources: [a]}
- {id: b, said: Colds go in a day., verdict: contradicted, instead: In a week., topics: [time], sources: [b, a]}
- {id: c, said: Never ask., verdict: unsafe, instead: Ask., topics: [time, help], sources: [b]}
- {id: d, said: Ask never., verdict: unsafe, instead: Ask soon., topics: [help], sources: [a]}
"""
FLAGS = """\
- {id: pale, sign: Pale, may_mean: Air, level: soon, action: Ask., topics: [skin], sources: [a]}
- {id: blue, sign: Blue, may_mean: Air, level: emergency, action: Call., topics: [skin, lips], sources: [b]}
"""
COUNTRIES = """\
- {id: gb, name: Britain, emergency: Call 999, today: Call 111, soon: See a GP, routine: Wait, sources: [a]}
- {id: us, name: America, emergency: Call 911, today: Ring, soon: See a doctor, routine: Wait}
"""
FILES = {
    "content/references.json": (
        '[{"id": "a", "type": "book", "title": "A", "custom": {"read": "page"}},'
        ' {"id": "b", "type": "book", "title": "B", "custom": {"read": "page"}}]'
    ),
    "content/claims/rest.yaml": (CLAIM_TEXT + COUNTED).replace("smith2001", "a"),
    "content/disagreements.yaml": DISAGREEMENTS,
    "content/checked-claims.yaml": CHECKED,
    "content/red-flags.yaml": FLAGS,
    "content/countries.yaml": COUNTRIES,
}


def blocks(root: Path, *lines: str) -> tuple[list[dict[str, Any]], PageText]:
    """The data of each block of a page, and the page."""
    body = "\n\n".join(lines)
    site, problems = joined(make_site(root, {**FILES, PAGE: article(f"\n{body}\n")}))
    assert [one for one in problems if one.is_error] == []
    page = PageText(site, "/help/page/", "en")
    document = site.catalogue.documents[PAGE]
    return [block(one, page) for one in page.body(document) if isinstance(one, BlockSlot)], page


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("::disagreements", ["cutting", "naming", "waiting"]),
        ("::disagreements{waiting, cutting}", ["cutting", "waiting"]),
        ("::disagreements{surgery}", ["cutting", "naming"]),
        ("::disagreements{time, naming}", ["naming", "waiting"]),
    ],
)
def test_disagreements_are_shown_by_their_ids_or_topics_each_once(tmp_path: Path, line: str, ids: list[str]) -> None:
    (data,), _ = blocks(tmp_path, line)
    assert [one["id"] for one in data["rows"]] == ids


def test_each_side_of_a_disagreement_is_shown_with_its_own_sources(tmp_path: Path) -> None:
    (data,), page = blocks(tmp_path, "::disagreements{cutting}")
    (row,) = data["rows"]
    assert (row["question"], row["settles_html"]) == ("Should it be cut out?", "A trial.")
    assert [one["view_html"] for one in row["positions"]] == ["Yes.", "No."]
    assert [one["sources_html"].count("#ref-") for one in row["positions"]] == [1, 2]
    assert [one["key"] for one in page.references()] == ["b", "a"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("::checked-claims", [("unsafe", ["c", "d"]), ("contradicted", ["b"]), ("supported", ["a"])]),
        ("::checked-claims{time}", [("unsafe", ["c"]), ("contradicted", ["b"])]),
        ("::checked-claims{words, help}", [("unsafe", ["c", "d"]), ("supported", ["a"])]),
    ],
)
def test_claims_that_go_round_are_shown_by_topic_the_dangerous_ones_first(
    tmp_path: Path, line: str, expected: list[tuple[str, list[str]]]
) -> None:
    (data,), _ = blocks(tmp_path, line)
    assert [(one["verdict"], [each["id"] for each in one["claims"]]) for one in data["verdicts"]] == expected
    assert all(each["sources_html"] for one in data["verdicts"] for each in one["claims"])


def test_findings_are_shown_in_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    (both, pictures), _ = blocks(tmp_path, "::claim{rest-shortens, rest-counted}", "::icon-array{rest-counted}")
    assert [one["id"] for one in both["claims"]] == ["rest-shortens", "rest-counted"]
    assert [one["numbers"]["counted"] is None for one in both["claims"]] == [True, False]
    assert [one["counted"]["intervention"]["shown"] for one in pictures["claims"]] == [15]


def test_a_card_has_what_to_do_in_each_country_and_signs_have_it_once_on_a_page(tmp_path: Path) -> None:
    (first, second, card), _ = blocks(tmp_path, "::red-flags{lips}", "::red-flags", "::red-flag-card{skin}")
    assert [one["name"] for one in first["countries"]] == ["Britain", "America"]
    assert second["countries"] == []
    assert [(one["name"], one["emergency"]) for one in card["countries"]] == [
        ("Britain", "Call 999"),
        ("America", "Call 911"),
    ]
    assert [one["level"] for one in card["levels"]] == ["emergency", "soon"]


def test_references_that_are_named_are_shown_and_without_names_the_own_list_moves_here(tmp_path: Path) -> None:
    (named, own), _ = blocks(tmp_path, "::references{b, a}", "::references")
    assert ([one["key"] for one in named["rows"]], named["here"]) == (["b", "a"], False)
    assert (own["rows"], own["here"]) == ([], True)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("::claim{rest-shortens, rest-shortnes}", "rest-shortnes"),
        ("::icon-array{rest-shortens}", "rest-shortens"),
        ("::disagreements{cuting}", "cuting"),
        ("::checked-claims{unsafe}", "unsafe"),
        ("::red-flag-card{skin, leg}", "leg"),
    ],
)
def test_what_does_not_exist_or_has_no_numbers_is_refused_where_it_is_named(
    tmp_path: Path, line: str, word: str
) -> None:
    text = article(f"\n{line}\n")
    _, problems = joined(make_site(tmp_path, {**FILES, PAGE: text}))
    (problem,) = [one for one in problems if one.is_error]
    assert (problem.code, at(text, problem.span)) == ("block-argument", word)


@pytest.mark.parametrize(
    ("lines", "unused"),
    [
        ((), {"unused-finding": 2, "unused-disagreement": 3}),
        (("::claim{rest-shortens}",), {"unused-finding": 1, "unused-disagreement": 3}),
        (("::icon-array{rest-counted}", "::disagreements{surgery}"), {"unused-finding": 1, "unused-disagreement": 1}),
        (("::claim{rest-shortens, rest-counted}", "::disagreements"), {}),
        (("```\n::claim{rest-shortens}\n```",), {"unused-finding": 2, "unused-disagreement": 3}),
    ],
)
def test_what_no_block_shows_is_noticed(tmp_path: Path, lines: tuple[str, ...], unused: dict[str, int]) -> None:
    body = "\n\n".join(lines)
    site, _ = joined(make_site(tmp_path, {**FILES, PAGE: article(f"\n{body}\n")}))
    found = codes(check_usage(site, all_pages(site, {})))
    assert {code: found.count(code) for code in found if code in ("unused-finding", "unused-disagreement")} == unused
