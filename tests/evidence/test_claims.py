"""Findings and their sentences: the words can never be surer than the evidence."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.claims import Claim, read_claim, sentence
from generator.problems import Span
from generator.sources.kinds import CERTAINTIES
from tests.helpers import CLAIM_TEXT, at, codes, english, moderate, records

WORDS = {key: word for key, word in english().items() if isinstance(word, str)}
DIRECTIONS = ("less", "more", "no-difference", "unclear")

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

MARKS_OF_DOUBT = {
    "high": r"$^",
    "moderate": r"\bprobably\b|\bnot clear\b",
    "low": r"\bmay\b|\bnot clear\b",
    "very-low": r"^We do not know\b",
}
"""What must stand in a sentence of each certainty."""


def claim(
    certainty: str, direction: str, intervention: str = "rest", comparator: str = "work", outcome: str = "pain"
) -> Claim:
    return Claim(
        id="x", intervention=intervention, comparator=comparator, population="adults", applies_to="condition",
        outcome=outcome, follow_up="2 weeks", direction=direction, size="", certainty=certainty, because=("few",),
        finding="Found.", participants=0, studies=0, events=(), sources=(), searched="2026-11-01", span=Span("f"),
    )  # fmt: skip


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_every_certainty_and_direction_has_its_sentence(certainty: str, direction: str) -> None:
    assert sentence(claim(certainty, direction), WORDS) == SENTENCES[certainty, direction]


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("certainty", CERTAINTIES[1:])
def test_a_sentence_below_high_certainty_always_says_its_doubt(certainty: str, direction: str) -> None:
    assert re.search(MARKS_OF_DOUBT[certainty], sentence(claim(certainty, direction), WORDS))


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_sentence_is_worded_as_surely_as_one_of_higher_certainty(number: int, direction: str) -> None:
    own = sentence(claim(CERTAINTIES[number], direction), WORDS)
    surer = [sentence(claim(one, direction), WORDS) for one in CERTAINTIES[:number]]
    assert direction == "unclear" or own not in surer


TEXTS = st.text(min_size=1, max_size=40)


@moderate
@given(TEXTS, TEXTS | st.just(""), TEXTS, st.sampled_from(DIRECTIONS))
def test_at_very_low_certainty_every_sentence_begins_with_we_do_not_know(
    intervention: str, comparator: str, outcome: str, direction: str
) -> None:
    said = sentence(claim("very-low", direction, intervention, comparator, outcome), WORDS)
    assert said.startswith("We do not know")
    assert intervention in said
    assert outcome in said
    assert comparator in said


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


def read(*changes: tuple[str, str]) -> tuple[Claim, list[str]]:
    text = CLAIM_TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (record,) = records(text)
    found, problems = read_claim(record)
    return found, codes(problems)


def test_a_finding_is_read_with_its_numbers_and_the_places_of_its_sources() -> None:
    found, problems = read(("studies: 1", "studies: 1\n  events: {intervention: [3, 20], comparator: [5, 20]}"))
    assert (found.id, found.direction, found.certainty, found.participants) == ("rest-shortens", "less", "low", 40)
    assert found.events == ((3, 20), (5, 20))
    assert [(one.key, one.locator) for one in found.sources] == [("smith2001", "table 2")]
    assert at(CLAIM_TEXT.replace("studies: 1", "studies: 1\n  events: x"), found.sources[0].span) == "smith2001"
    assert problems == []


@pytest.mark.parametrize("certainty", ["high", "moderate", "low"])
def test_without_a_comparison_only_very_low_certainty_is_accepted(certainty: str) -> None:
    change = ("  comparator: work\n", "")
    assert read(change, ("certainty: low", f"certainty: {certainty}"))[1] == ["uncontrolled-certainty"]
    assert read(change, ("certainty: low", "certainty: very-low"))[1] == []


@pytest.mark.parametrize(
    ("events", "participants", "good"),
    [
        ("{intervention: [20, 20], comparator: [0, 20]}", 40, True),
        ("{intervention: [0, 0]}", 40, True),
        ("{intervention: [21, 20], comparator: [0, 20]}", 41, False),
        ("{intervention: [1, 20], comparator: [21, 20]}", 41, False),
        ("{intervention: [1, 20], comparator: [1, 21]}", 40, False),
        ("{intervention: [1, 41]}", 40, False),
    ],
)
def test_numbers_that_cannot_be_true_are_refused(events: str, participants: int, good: bool) -> None:
    found = read(("participants: 40", f"participants: {participants}\n  events: {events}"))[1]
    assert found == ([] if good else ["impossible-numbers"])


@pytest.mark.parametrize("direction", ["less", "more"])
@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_a_small_effect_is_called_so_unless_it_is_not_known_at_all(certainty: str, direction: str) -> None:
    said = sentence(replace(claim(certainty, direction), size="small"), WORDS)
    assert ("slightly" in said) == (certainty != "very-low")
    assert said.replace("slightly ", "") == SENTENCES[certainty, direction]
