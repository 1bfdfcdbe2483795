"""Claims that go round: read with their verdicts and sources, the dangerous ones always first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.checked_claims import CheckedClaim, read_checked_claim, worst_first
from generator.problems.problem import Span
from generator.sources.datafiles import CHECKED_CLAIM, VERDICTS
from generator.sources.records import read_records
from tests.helpers import at, codes, file, moderate, records

TEXT = """\
- id: wait-always
  said: A lump never needs a doctor.
  verdict: unsafe
  instead: Some lumps need one soon.
  topics: [lumps]
  sources: [one2001, two2002]
"""


def test_a_checked_claim_is_read_with_the_places_of_its_sources() -> None:
    found = read_checked_claim(records(TEXT, CHECKED_CLAIM)[0])
    assert (found.id, found.said, found.verdict) == ("wait-always", "A lump never needs a doctor.", "unsafe")
    assert (found.instead, found.topics) == ("Some lumps need one soon.", ("lumps",))
    assert [(key, at(TEXT, span)) for key, span in found.sources] == [("one2001", "one2001"), ("two2002", "two2002")]
    assert at(TEXT, found.span) == "wait-always"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("verdict: unsafe", "verdict: wrong", "bad-choice"),
        ("  verdict: unsafe\n", "", "missing-field"),
        ("  instead: Some lumps need one soon.\n", "", "missing-field"),
        ("sources: [one2001, two2002]", "sources: []", "too-few"),
        ("  sources: [one2001, two2002]\n", "", "missing-field"),
        ("never needs a doctor.", "never needs a doctor [@one2001].", "not-plain"),
    ],
)
def test_a_claim_without_verdict_source_or_something_better_to_believe_is_refused(
    old: str, new: str, code: str
) -> None:
    assert TEXT.count(old) == 1
    assert codes(read_records(file(TEXT.replace(old, new)), CHECKED_CLAIM)[1]) == [code]


def test_the_worst_verdict_is_one_that_could_harm() -> None:
    order = [verdict for verdict, _ in worst_first([one(verdict) for verdict in VERDICTS])]
    assert order == ["unsafe", "contradicted", "unsupported", "partly-supported", "supported"]


def one(verdict: str, number: int = 0) -> CheckedClaim:
    return CheckedClaim(str(number), "said", verdict, "instead", (), (), Span("f"))


@moderate
@given(st.lists(st.sampled_from(VERDICTS)))
def test_the_dangerous_come_first_and_none_is_lost(verdicts: list[str]) -> None:
    claims = [one(verdict, number) for number, verdict in enumerate(verdicts)]
    grouped = worst_first(claims)
    assert [verdict for verdict, _ in grouped] == [one for one in reversed(VERDICTS) if one in verdicts]
    assert sorted((each.id for _, found in grouped for each in found), key=int) == [each.id for each in claims]
    for verdict, found in grouped:
        assert [each.id for each in found] == [each.id for each in claims if each.verdict == verdict]
