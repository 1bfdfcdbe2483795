"""Findings and their sentences: the words can never be surer than the evidence, nor the rating than its reasons."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.claims import Averages, Claim, Counted, Estimate, Reason, read_claim, sentence
from generator.evidence.frequencies import Frequency
from generator.problems.problem import Problem
from generator.sources.datafiles import CERTAINTIES, CLAIM, DOMAINS, STARTS
from generator.sources.records import read_records
from tests import claimkit
from tests.claimkit import CLAIMS, DIRECTIONS, SIZES, TEXTS, WORDS, claim
from tests.helpers import CLAIM_TEXT, at, codes, file, moderate, records

SENTENCES = {
    ("high", "less"): "Rest reduces pain compared with work.",
    ("high", "more"): "Rest increases pain compared with work.",
    ("high", "no-difference"): "Rest makes little or no difference to pain compared with work.",
    ("high", "unclear"): "The effect of rest on pain compared with work is not clear.",
    ("moderate", "less"): "Rest probably reduces pain compared with work.",
    ("moderate", "more"): "Rest probably increases pain compared with work.",
    ("moderate", "no-difference"): "Rest probably makes little or no difference to pain compared with work.",
    ("moderate", "unclear"): "The effect of rest on pain compared with work is not clear.",
    ("low", "less"): "Rest may reduce pain compared with work.",
    ("low", "more"): "Rest may increase pain compared with work.",
    ("low", "no-difference"): "Rest may make little or no difference to pain compared with work.",
    ("low", "unclear"): "The effect of rest on pain compared with work is not clear.",
    ("very-low", "less"): "We do not know whether rest reduces pain compared with work.",
    ("very-low", "more"): "We do not know whether rest increases pain compared with work.",
    ("very-low", "no-difference"): "We do not know whether rest makes a difference to pain compared with work.",
    ("very-low", "unclear"): "We do not know what rest does to pain compared with work.",
}

MARKS_OF_DOUBT = (r"^We do not know\b", r"\bmay\b|\bis not clear\b", r"\bprobably\b")
"""What makes a sentence as sure as very low, low and moderate certainty allow; without any of them it is surer."""


def surety(said: str) -> int:
    """How sure a sentence is, from 0 (very low) to 3 (high), by the first mark of doubt that stands in it."""
    return next((rank for rank, mark in enumerate(MARKS_OF_DOUBT) if re.search(mark, said)), 3)


def allowed(certainty: str) -> int:
    """How sure a sentence of a certainty may be."""
    return len(CERTAINTIES) - 1 - CERTAINTIES.index(certainty)


def frame(one: Claim) -> str:
    """The sentence of a finding without its own texts, which could hold any words."""
    marked = replace(one, intervention="AAA", comparator="BBB" if one.comparator else "", outcome="CCC")
    return sentence(marked, WORDS)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_every_certainty_and_direction_has_its_sentence(certainty: str, direction: str) -> None:
    assert sentence(claim(certainty, direction), WORDS) == SENTENCES[certainty, direction]


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_sentence_is_worded_as_surely_as_one_of_higher_certainty(number: int, direction: str) -> None:
    own = sentence(claim(CERTAINTIES[number], direction), WORDS)
    surer = [sentence(claim(one, direction), WORDS) for one in CERTAINTIES[:number]]
    assert direction == "unclear" or own not in surer


def test_the_marks_of_doubt_tell_the_certainties_apart() -> None:
    """The oracle of the properties below: it must refuse a sentence that is too sure."""
    assert [surety(SENTENCES[one, "less"]) for one in CERTAINTIES] == [3, 2, 1, 0]
    assert surety(SENTENCES["high", "more"]) > allowed("moderate")
    assert surety(SENTENCES["moderate", "no-difference"]) > allowed("low")
    assert surety(SENTENCES["low", "unclear"]) > allowed("very-low")


@moderate
@given(CLAIMS)
def test_no_finding_is_worded_more_surely_than_its_certainty_allows(one: Claim) -> None:
    assert surety(frame(one)) <= allowed(one.certainty)


@moderate
@given(CLAIMS)
def test_a_lower_certainty_never_makes_a_sentence_surer(one: Claim) -> None:
    ranks = [surety(frame(replace(one, certainty=certainty))) for certainty in CERTAINTIES]
    assert ranks == sorted(ranks, reverse=True)
    assert ranks[-1] == 0


@moderate
@given(CLAIMS)
def test_the_texts_of_a_finding_fill_its_sentence_and_change_nothing_else(one: Claim) -> None:
    texts = {"AAA": one.intervention, "BBB": one.comparator, "CCC": one.outcome}
    said = re.sub("AAA|BBB|CCC", lambda found: texts[found[0]], frame(one))
    assert sentence(one, WORDS) == said[:1].upper() + said[1:]


@moderate
@given(CLAIMS, st.sampled_from(list(STARTS)), st.sampled_from(SIZES), CLAIMS)
def test_numbers_designs_reasons_and_large_sizes_never_make_a_sentence_surer(
    one: Claim, design: str, size: str, other: Claim
) -> None:
    changed = replace(
        other, intervention=one.intervention, comparator=one.comparator, outcome=one.outcome, certainty=one.certainty,
        direction=one.direction, design=design, size=size,
    )  # fmt: skip
    assert surety(frame(changed)) == surety(frame(one))


@moderate
@given(TEXTS, TEXTS | st.just(""), TEXTS, st.sampled_from(DIRECTIONS))
def test_at_very_low_certainty_every_sentence_begins_with_we_do_not_know(
    intervention: str, comparator: str, outcome: str, direction: str
) -> None:
    said = sentence(claim("very-low", direction, intervention, comparator, outcome), WORDS)
    assert said.startswith("We do not know")
    assert all(text in said for text in (intervention, outcome, comparator))


@moderate
@given(
    st.sampled_from(CERTAINTIES),
    st.sampled_from(DIRECTIONS),
    st.sampled_from(["{outcome}", "{0}", "{", "}}", "{x.__class__}"]),
)
def test_a_text_is_never_a_template(certainty: str, direction: str, text: str) -> None:
    said = sentence(claim(certainty, direction, text, text, text), WORDS)
    assert text[1:] in said
    assert "class '" not in said


def test_without_a_comparison_none_is_named() -> None:
    assert sentence(claim("low", "less", comparator=""), WORDS) == "Rest may reduce pain."


@pytest.mark.parametrize("direction", ["less", "more"])
@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_a_small_effect_is_called_so_unless_it_is_not_known_at_all(certainty: str, direction: str) -> None:
    said = sentence(replace(claim(certainty, direction), size="small"), WORDS)
    assert ("slightly" in said) == (certainty != "very-low")
    assert said.replace("slightly ", "") == SENTENCES[certainty, direction]


@pytest.mark.parametrize("size", ["moderate", "large"])
def test_a_larger_effect_is_not_praised(size: str) -> None:
    for certainty, direction in SENTENCES:
        assert sentence(replace(claim(certainty, direction), size=size), WORDS) == SENTENCES[certainty, direction]


TRIAL = "certainty: low\n  because: [{lowers: imprecision, by: 2, why: few people}]"
NUMBERS = """\
  estimate: {value: -1.5, low: -3, high: 0.5, unit: days}
  averages: {intervention: 4.5, comparator: 6, unit: days in bed}
  events: {of: people who got up, intervention: [3, 20], comparator: [5, 20]}
"""


def changed(*changes: tuple[str, str]) -> str:
    text = CLAIM_TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def read(*changes: tuple[str, str]) -> tuple[Claim, list[tuple[str, str]]]:
    """A finding from its record, and the code of each problem with what stands at its place."""
    text = changed(*changes)
    (record,) = records(text)
    found, problems = read_claim(record)
    return found, [(one.code, at(text, one.span)) for one in problems]


def added(more: str) -> tuple[str, str]:
    """The change that gives a finding more fields."""
    return "  sources:", f"{more}  sources:"


def rated(design: str, certainty: str, *because: str) -> list[tuple[str, str]]:
    """What is wrong with a finding of a design, a certainty and reasons."""
    reasons = ", ".join(because or ["{why: a remark}"])
    new = f"certainty: {certainty}\n  because: [{reasons}]"
    return read(("design: randomised-trial", f"design: {design}"), (TRIAL, new))[1]


def test_a_finding_is_read_with_its_rating_and_the_places_of_its_sources() -> None:
    found, problems = read()
    assert problems == []
    assert (found.id, found.direction, found.size, found.design) == (
        "rest-shortens",
        "less",
        "small",
        "randomised-trial",
    )
    assert (found.certainty, found.because) == ("low", (Reason("few people", "imprecision", 2),))
    assert (found.participants, found.studies, found.searched) == (40, 1, "2026-11-01")
    assert (found.estimate, found.averages, found.counted) == (None, None, None)
    assert [(one.key, one.locator, at(CLAIM_TEXT, one.span)) for one in found.sources] == [
        ("smith2001", "table 2", "smith2001")
    ]
    assert at(CLAIM_TEXT, found.span) == "rest-shortens"


def test_a_finding_is_read_with_its_numbers() -> None:
    found, problems = read(added(NUMBERS))
    assert problems == []
    assert found.estimate == Estimate(-1.5, (-3.0, 0.5), "days")
    assert found.averages == Averages(4.5, 6.0, "days in bed")
    assert found.counted == Counted("people who got up", Frequency(3, 20, True), Frequency(5, 20, True))


def test_shares_are_read_where_there_are_no_counts() -> None:
    found, problems = read(added("  rates: {of: people who got up, intervention: 0, comparator: 25}\n"))
    assert problems == []
    assert found.counted == Counted("people who got up", Frequency(0, 100, False), Frequency(25, 100, False))


def test_numbers_of_one_group_alone_are_read() -> None:
    lines = "  estimate: {value: 3, unit: days}\n  averages: {intervention: 4, unit: days}\n"
    found, problems = read(added(lines + "  events: {of: people, intervention: [3, 20]}\n"))
    assert problems == []
    assert found.estimate == Estimate(3.0, None, "days")
    assert found.averages == Averages(4.0, None, "days")
    assert found.counted == Counted("people", Frequency(3, 20, True), None)


def test_a_reason_counts_for_one_step_unless_it_says_more() -> None:
    found, _ = read(
        (TRIAL, "certainty: low\n  because: [{lowers: imprecision, why: a}, {why: b}, {lowers: inconsistency, why: c}]")
    )
    assert found.because == (Reason("a", "imprecision", 1), Reason("b", "", 1), Reason("c", "inconsistency", 1))


@pytest.mark.parametrize("certainty", ["high", "moderate", "low"])
def test_without_a_comparison_only_very_low_certainty_is_accepted(certainty: str) -> None:
    lower = "[{lowers: imprecision, by: 2, why: a}, {lowers: indirectness, why: b}]"
    alone = ("  comparator: work\n", "")
    assert read(alone, (TRIAL, f"certainty: {certainty}\n  because: {lower}"))[1] == [
        ("uncontrolled-certainty", certainty)
    ]
    assert read(alone, (TRIAL, f"certainty: very-low\n  because: {lower}"))[1] == []


def lowered(steps: int) -> list[str]:
    """Reasons that lower a rating by so many steps."""
    return [f"{{lowers: {domain}, why: a}}" for domain in DOMAINS[:steps]] + ["{why: a remark}"]


@pytest.mark.parametrize("line", ["certainty: low", "design: randomised-trial"])
def test_a_finding_whose_rating_or_design_is_wrong_is_read_and_not_judged_by_it(line: str) -> None:
    (record,), problems = read_records(file(CLAIM_TEXT.replace(line, f"{line.partition(':')[0]}: unheard-of")), CLAIM)
    assert codes(problems) == ["bad-choice"]
    assert read_claim(record)[1] == []


@pytest.mark.parametrize("certainty", CERTAINTIES)
@pytest.mark.parametrize("design", STARTS)
def test_no_finding_is_rated_above_where_its_design_starts(design: str, certainty: str) -> None:
    steps = CERTAINTIES.index(certainty) - CERTAINTIES.index(STARTS[design])
    named = max(steps, int(design.startswith("case")))
    assert rated(design, certainty, *lowered(named)) == ([("uncontrolled-certainty", certainty)] if steps < 0 else [])


@pytest.mark.parametrize("certainty", CERTAINTIES[1:])
@pytest.mark.parametrize("design", STARTS)
def test_each_step_down_has_its_reason(design: str, certainty: str) -> None:
    steps = CERTAINTIES.index(certainty) - CERTAINTIES.index(STARTS[design])
    for named in range(max(steps, 0)):
        assert rated(design, certainty, *lowered(named)) == [("unexplained-rating", certainty)]


@pytest.mark.parametrize("design", ["case-series", "case-report"])
def test_single_cases_say_what_is_weak_in_them_though_they_start_at_the_bottom(design: str) -> None:
    assert rated(design, "very-low", "{why: a remark}") == [("unexplained-rating", "very-low")]
    assert rated(design, "very-low", "{lowers: risk-of-bias, why: a}") == []


def test_a_reason_may_count_for_two_steps() -> None:
    assert rated("randomised-trial", "very-low", "{lowers: imprecision, by: 2, why: a}") == [
        ("unexplained-rating", "very-low")
    ]
    assert (
        rated("randomised-trial", "very-low", "{lowers: imprecision, by: 2, why: a}", "{lowers: indirectness, why: b}")
        == []
    )


def test_a_remark_lowers_nothing() -> None:
    assert rated("randomised-trial", "low", "{by: 2, why: a remark that names no reason}") == [
        ("unexplained-rating", "2")
    ]


@pytest.mark.parametrize("certainty", ["high", "moderate", "low"])
def test_a_rating_is_not_higher_than_its_reasons_say(certainty: str) -> None:
    assert rated("randomised-trial", certainty, *lowered(3)) == [("unexplained-rating", certainty)]
    assert rated("randomised-trial", "very-low", *lowered(4)) == []


@pytest.mark.parametrize(
    ("events", "participants", "places"),
    [
        ("{of: x, intervention: [20, 20], comparator: [0, 20]}", 40, []),
        ("{of: x, intervention: [1, 20], comparator: [1, 15]}", 40, []),
        ("{of: x, intervention: [0, 1]}", 40, []),
        ("{of: x, intervention: [0, 0]}", 40, ["[0, 0]"]),
        ("{of: x, intervention: [21, 20], comparator: [0, 20]}", 41, ["[21, 20]"]),
        ("{of: x, intervention: [1, 20], comparator: [21, 20]}", 41, ["[21, 20]"]),
        (
            "{of: x, intervention: [1, 20], comparator: [1, 21]}",
            40,
            ["{of: x, intervention: [1, 20], comparator: [1, 21]}"],
        ),
        ("{of: x, intervention: [1, 41]}", 40, ["{of: x, intervention: [1, 41]}"]),
    ],
)
def test_counts_that_cannot_be_true_are_refused(events: str, participants: int, places: list[str]) -> None:
    found, problems = read(("participants: 40", f"participants: {participants}"), added(f"  events: {events}\n"))
    assert problems == [("impossible-numbers", one) for one in places]
    assert found.counted is None or found.counted.intervention.people > 0


@pytest.mark.parametrize(
    ("estimate", "places"),
    [
        ("{value: 2, low: 1, high: 3, unit: x}", []),
        ("{value: 2, low: 2, high: 2, unit: x}", []),
        ("{value: -2, low: -3.5, high: -1, unit: x}", []),
        ("{value: 2, unit: x}", []),
        ("{low: 1, high: 3, unit: x}", ["{low: 1, high: 3, unit: x}"]),
        ("{low: 1, unit: x}", ["{low: 1, unit: x}"]),
        ("{unit: x}", ["{unit: x}"]),
        ("{value: 2, low: 1, unit: x}", ["{value: 2, low: 1, unit: x}"]),
        ("{value: 2, high: 3, unit: x}", ["{value: 2, high: 3, unit: x}"]),
        ("{value: 0.9, low: 1, high: 3, unit: x}", ["0.9"]),
        ("{value: 3.1, low: 1, high: 3, unit: x}", ["3.1"]),
        ("{value: 2, low: 3, high: 1, unit: x}", ["2"]),
        ("{value: -2, low: -1, high: -3, unit: x}", ["-2"]),
    ],
)
def test_an_estimate_lies_in_its_interval_which_has_two_ends(estimate: str, places: list[str]) -> None:
    found, problems = read(added(f"  estimate: {estimate}\n"))
    assert problems == [("impossible-numbers", one) for one in places]
    assert (found.estimate is None) == ("value" not in estimate)


@pytest.mark.parametrize("estimate", ["{value: x, low: 1, high: 3, unit: x}", "{value: 2, low: one, high: 3, unit: x}"])
def test_a_number_that_cannot_be_read_is_one_problem_and_not_two(estimate: str) -> None:
    text = changed(added(f"  estimate: {estimate}\n"))
    found, problems = read_records(file(text), CLAIM)
    assert codes([*problems, *read_claim(found[0])[1]]) == ["bad-number"]


@pytest.mark.parametrize("direction", ["unclear", "no-difference"])
@pytest.mark.parametrize("size", SIZES[1:])
def test_what_is_unclear_or_no_difference_has_no_size(direction: str, size: str) -> None:
    old = "effect: {direction: less, size: small}"
    assert read((old, f"effect: {{direction: {direction}, size: {size}}}"))[1] == [("impossible-numbers", size)]
    assert read((old, f"effect: {{direction: {direction}}}"))[1] == []


@pytest.mark.parametrize(
    ("group", "place"),
    [
        ("events: {of: x, intervention: [1, 20], comparator: [2, 20]}", "[2, 20]"),
        ("rates: {of: x, intervention: 5, comparator: 0}", "0"),
        ("averages: {unit: x, intervention: 5, comparator: 0.5}", "0.5"),
    ],
)
def test_what_is_compared_with_nothing_has_no_numbers_of_a_comparison(group: str, place: str) -> None:
    lower = "certainty: very-low\n  because: [{lowers: imprecision, by: 2, why: a}, {lowers: indirectness, why: b}]"
    alone = [("  comparator: work\n", ""), (TRIAL, lower)]
    assert read(*alone, added(f"  {group}\n"))[1] == [("impossible-numbers", place)]
    assert read(*alone, added(f"  {group.replace('comparator', 'xx').split(', xx')[0]}}}\n"))[1] == []


def test_counts_and_shares_are_not_both_given() -> None:
    rates = "{of: x, intervention: 5}"
    found, problems = read(added(f"  events: {{of: x, intervention: [1, 20]}}\n  rates: {rates}\n"))
    assert problems == [("impossible-numbers", rates)]
    assert found.counted == Counted("x", Frequency(1, 20, True), None)


@pytest.mark.parametrize(("studies", "places"), [(40, []), (41, ["41"])])
def test_there_are_no_more_studies_than_people(studies: int, places: list[str]) -> None:
    assert read(("studies: 1", f"studies: {studies}"))[1] == [("impossible-numbers", one) for one in places]
    assert read(("  participants: 40\n", ""), ("studies: 1", f"studies: {studies}"))[1] == []


def read_any(text: str) -> tuple[Claim, list[Problem]]:
    (record,) = records(text)
    return read_claim(record)


@moderate
@given(claimkit.records())
def test_whatever_is_accepted_is_rated_no_higher_than_its_design_and_reasons_allow(text: str) -> None:
    found, problems = read_any(text)
    start = CERTAINTIES.index(STARTS[found.design])
    steps = CERTAINTIES.index(found.certainty) - start
    compared = '"comparator": "work"' in text
    is_good = steps >= 0 and (compared or found.certainty == "very-low")
    named = sum(one.by for one in found.because if one.lowers)
    is_explained = named >= steps and (named > 0 or not found.design.startswith("case"))
    is_explained = is_explained and (named == steps or found.certainty == "very-low")
    is_explained = is_explained and all("lowers" in one for one in json.loads(text[2:])["because"] if "by" in one)
    expected = [] if is_good and is_explained else ["unexplained-rating"] if is_good else ["uncontrolled-certainty"]
    assert [one.code for one in problems if one.code != "impossible-numbers"] == expected


@moderate
@given(claimkit.records())
def test_whatever_is_accepted_has_numbers_that_can_be_true(text: str) -> None:
    found, problems = read_any(text)
    if "impossible-numbers" in codes(problems):
        return
    if found.counted:
        arms = [one for one in (found.counted.intervention, found.counted.comparator) if one]
        assert all(0 <= one.some <= one.people > 0 for one in arms)
        counted = sum(one.people for one in arms if one.counted)
        assert not found.participants or counted <= found.participants
    if found.estimate and found.estimate.interval:
        low, high = found.estimate.interval
        assert low <= found.estimate.value <= high
    assert not (found.size and found.direction in ("unclear", "no-difference"))
    assert not found.participants or found.studies <= found.participants
    assert found.comparator or not (found.counted and found.counted.comparator)
    assert found.comparator or not (found.averages and found.averages.comparator is not None)


@moderate
@given(claimkit.records())
def test_every_problem_of_a_finding_stands_within_its_record(text: str) -> None:
    for one in read_any(text)[1]:
        assert at(text, one.span)
        assert one.hint


@pytest.mark.parametrize(("steps", "expected"), [(0, ["bad-number"]), (1, []), (2, []), (3, ["bad-number"])])
def test_one_reason_lowers_the_certainty_by_one_step_or_two(steps: int, expected: list[str]) -> None:
    _, problems = read_records(file(CLAIM_TEXT.replace("by: 2", f"by: {steps}")), CLAIM)
    assert codes(problems) == expected
