"""Red flags: read from one file, and always shown with the most urgent first. Countries: what to do at each level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.red_flags import RedFlag, most_urgent_first, read_country, read_red_flag
from generator.sources.datafiles import COUNTRY, RED_FLAG
from generator.sources.kinds import LEVELS
from generator.sources.records import read_records
from tests.helpers import at, codes, file, moderate, records

TEXT = """\
- id: numb
  sign: numbness between the legs
  may_mean: pressed nerves
  level: emergency
  action: Call an ambulance.
  topics: [back, legs]
  sources: [one, two]
"""


def test_a_red_flag_is_read_with_the_places_of_its_sources() -> None:
    flag = read_red_flag(records(TEXT, RED_FLAG)[0])
    assert (flag.id, flag.level, flag.action, flag.topics) == (
        "numb",
        "emergency",
        "Call an ambulance.",
        ("back", "legs"),
    )
    assert [(key, at(TEXT, span)) for key, span in flag.sources] == [("one", "one"), ("two", "two")]
    assert flag.mentions == ()


def test_the_words_by_which_texts_name_a_sign_are_read_in_their_order() -> None:
    text = TEXT.replace("  topics", "  mentions: [numb legs, numbness]\n  topics")
    assert read_red_flag(records(text, RED_FLAG)[0]).mentions == ("numb legs", "numbness")


@moderate
@given(st.lists(st.sampled_from(LEVELS)))
def test_the_most_urgent_come_first_and_none_is_lost(levels: list[str]) -> None:
    flags = [RedFlag(str(number), "s", "m", level, "a", (), (), ()) for number, level in enumerate(levels)]
    grouped = most_urgent_first(flags)
    assert [level for level, _ in grouped] == [level for level in LEVELS if level in levels]
    assert sorted((one.id for _, found in grouped for one in found), key=int) == [one.id for one in flags]
    for level, found in grouped:
        assert [one.id for one in found] == [one.id for one in flags if one.level == level]


COUNTRIES = """\
- id: gb
  name: Britain
  emergency: Call 999.
  today: Call 111.
  soon: Ask your GP.
  routine: Wait for a visit.
  sources: [one, two]
- {id: us, name: America, emergency: Call 911., today: Ring., soon: Ask., routine: Wait.}
"""


def test_a_country_says_what_to_do_at_every_level() -> None:
    britain, america = (read_country(one) for one in records(COUNTRIES, COUNTRY))
    assert (britain.id, britain.name, america.id, america.name) == ("gb", "Britain", "us", "America")
    assert [britain.at(level) for level in LEVELS] == ["Call 999.", "Call 111.", "Ask your GP.", "Wait for a visit."]
    assert [america.at(level) for level in LEVELS] == ["Call 911.", "Ring.", "Ask.", "Wait."]
    assert [(key, at(COUNTRIES, span)) for key, span in britain.sources] == [("one", "one"), ("two", "two")]
    assert america.sources == ()


@pytest.mark.parametrize("level", LEVELS)
def test_a_country_that_leaves_a_level_out_is_refused_and_the_others_are_read(level: str) -> None:
    lines = [line for line in COUNTRIES.splitlines(keepends=True) if not line.startswith(f"  {level}:")]
    (record, _), problems = read_records(file("".join(lines)), COUNTRY)
    assert codes(problems) == ["missing-field"]
    assert f'"{level}"' in problems[0].message
    found = read_country(record)
    assert [bool(found.at(one)) for one in LEVELS] == [one != level for one in LEVELS]
