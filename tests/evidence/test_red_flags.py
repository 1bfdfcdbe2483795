"""Red flags: read from one file, and always shown with the most urgent first."""

from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.red_flags import RedFlag, most_urgent_first, read_red_flag
from generator.sources.kinds import LEVELS, RED_FLAG
from tests.helpers import at, moderate, records

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


@moderate
@given(st.lists(st.sampled_from(LEVELS)))
def test_the_most_urgent_come_first_and_none_is_lost(levels: list[str]) -> None:
    flags = [RedFlag(str(number), "s", "m", level, "a", (), ()) for number, level in enumerate(levels)]
    grouped = most_urgent_first(flags)
    assert [level for level, _ in grouped] == [level for level in LEVELS if level in levels]
    assert sorted((one.id for _, found in grouped for one in found), key=int) == [one.id for one in flags]
    for level, found in grouped:
        assert [one.id for one in found] == [one.id for one in flags if one.level == level]
