"""Disagreements: each side with its own sources, at their places, and never one side alone."""

import pytest

from generator.evidence.disagreements import read_disagreement
from generator.sources.datafiles import DISAGREEMENT
from generator.sources.records import read_records
from tests.helpers import at, codes, file, records

TEXT = """\
- id: cutting
  question: Should it be cut out?
  positions:
    - {view: Surgeons say yes., sources: [one2001]}
    - view: Others wait.
      sources: [two2002, one2001]
  settles: A trial with three groups.
  topics: [surgery, waiting]
"""


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def test_a_disagreement_is_read_with_all_sides_and_what_would_settle_it() -> None:
    found = read_disagreement(records(TEXT, DISAGREEMENT)[0])
    assert (found.id, found.question) == ("cutting", "Should it be cut out?")
    assert [one.view for one in found.positions] == ["Surgeons say yes.", "Others wait."]
    assert (found.settles, found.topics) == ("A trial with three groups.", ("surgery", "waiting"))
    assert at(TEXT, found.span) == "cutting"


def test_each_side_has_its_own_sources_at_their_own_places() -> None:
    found = read_disagreement(records(TEXT, DISAGREEMENT)[0])
    sides = [[(key, at(TEXT, span), span.line) for key, span in one.sources] for one in found.positions]
    assert sides == [[("one2001", "one2001", 4)], [("two2002", "two2002", 6), ("one2001", "one2001", 6)]]


def test_where_one_side_is_wrong_the_others_keep_the_places_of_their_sources() -> None:
    text = changed("{view: Surgeons say yes., sources: [one2001]}", "Surgeons say yes.")
    (record,), problems = read_records(file(text), DISAGREEMENT)
    assert codes(problems) == ["wrong-type"]
    (side,) = read_disagreement(record).positions
    assert [(key, at(text, span)) for key, span in side.sources] == [("two2002", "two2002"), ("one2001", "one2001")]


SIDES = TEXT[TEXT.index("  positions") : TEXT.index("  settles")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (SIDES, "  positions: []\n", "too-few"),
        (SIDES, "  positions: [{view: Yes., sources: [one2001]}]\n", "too-few"),
        (SIDES, f"  positions: [{', '.join(['{view: Yes., sources: [a]}'] * 7)}]\n", "too-many"),
        (SIDES, "", "missing-field"),
        (", sources: [one2001]}", "}", "missing-field"),
        ("sources: [one2001]}", "sources: []}", "too-few"),
        ("view: Others wait.", "view: Others wait [@two2002].", "not-plain"),
        ("  settles: A trial with three groups.\n", "", "missing-field"),
        ("topics: [surgery, waiting]", "topics: []", "too-few"),
        ("id: cutting", "id: Cutting", "bad-id"),
    ],
)
def test_a_disagreement_without_two_sides_that_have_sources_is_refused(old: str, new: str, code: str) -> None:
    _, problems = read_records(file(changed(old, new)), DISAGREEMENT)
    assert codes(problems) == [code]


def test_a_disagreement_of_which_little_can_be_read_is_read_all_the_same() -> None:
    (record,), _ = read_records(file("- {id: 'A b', positions: [x, {view: [y]}], topics: 3}\n"), DISAGREEMENT)
    found = read_disagreement(record)
    assert (found.id, found.question, found.topics) == ("", "", ())
    assert [(one.view, one.sources) for one in found.positions] == [("", ())]
