"""Natural frequencies: one denominator for all, some never become none, and not all never become all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.frequencies import HUNDRED, Frequency, denominator, out_of
from tests.helpers import moderate

MOST = 1_000_000


@st.composite
def frequency(draw: st.DrawFn) -> Frequency:
    people = draw(st.integers(1, 50) | st.integers(1, 10**7))
    some = draw(st.integers(0, people) | st.sampled_from([0, 1 % (people + 1), people - 1, people]))
    return Frequency(some, people, counted=draw(st.booleans()))


FREQUENCIES = st.lists(frequency(), max_size=8)


@pytest.mark.parametrize(
    ("pairs", "people"),
    [
        ([], 100),
        ([(3, 20)], 100),
        ([(0, 20), (20, 20)], 100),
        ([(1, 100), (99, 100)], 100),
        ([(1, 200)], 100),
        ([(1, 201)], 1000),
        ([(200, 201)], 1000),
        ([(3, 20), (1, 5000), (50, 60)], 10_000),
        ([(1, 10_000_000)], MOST),
    ],
)
def test_the_denominator_is_the_smallest_power_of_ten_that_shows_each_number(
    pairs: list[tuple[int, int]], people: int
) -> None:
    assert denominator(Frequency(some, of, counted=True) for some, of in pairs) == people


@pytest.mark.parametrize(
    ("some", "of", "people", "shown"),
    [
        (3, 20, 100, 15),
        (1, 3, 100, 33),
        (2, 3, 100, 67),
        (1, 8, 100, 13),
        (1, 200, 100, 1),
        (199, 200, 100, 99),
        (0, 7, 100, 0),
        (7, 7, 100, 100),
        (1, 999, 100, 1),
        (998, 999, 100, 99),
        (1, 999, 1000, 1),
        (1, 10**9, MOST, 1),
        (10**9 - 1, 10**9, MOST, MOST - 1),
    ],
)
def test_a_share_is_rounded_half_up(some: int, of: int, people: int, shown: int) -> None:
    assert out_of(Frequency(some, of, counted=True), people) == shown


@moderate
@given(FREQUENCIES)
def test_the_denominator_is_a_power_of_ten_from_a_hundred_on_whatever_the_order(found: list[Frequency]) -> None:
    people = denominator(found)
    assert people in (100, 1000, 10_000, 100_000, MOST)
    assert denominator(reversed(found)) == denominator([*found, *found]) == people


@moderate
@given(FREQUENCIES, frequency())
def test_one_more_number_never_makes_the_denominator_smaller(found: list[Frequency], more: Frequency) -> None:
    assert denominator([*found, more]) == max(denominator(found), denominator([more]))


@moderate
@given(FREQUENCIES)
def test_the_denominator_is_no_larger_than_it_must_be(found: list[Frequency]) -> None:
    people = denominator(found)
    if people > HUNDRED:
        least = [min(one.share, 1 - one.share) for one in found if 0 < one.share < 1]
        assert any(one * (people // 10) < Fraction(1, 2) for one in least)


@moderate
@given(frequency(), st.sampled_from([100, 1000, 10_000, 100_000, MOST]))
def test_some_are_never_shown_as_none_and_not_all_never_as_all(one: Frequency, people: int) -> None:
    shown = out_of(one, people)
    assert 0 <= shown <= people
    assert (shown == 0) == (one.some == 0)
    assert (shown == people) == (one.some == one.people)


@moderate
@given(frequency(), frequency(), st.sampled_from([100, 1000, 10_000, 100_000, MOST]))
def test_of_two_shares_the_larger_is_never_shown_as_smaller(one: Frequency, other: Frequency, people: int) -> None:
    less, more = sorted((one, other), key=lambda each: each.share)
    assert out_of(less, people) <= out_of(more, people)
    if less.share == more.share:
        assert out_of(less, people) == out_of(more, people)


@moderate
@given(FREQUENCIES)
def test_in_the_common_denominator_no_number_is_more_than_a_half_from_the_truth(found: list[Frequency]) -> None:
    people = denominator(found)
    for one in found:
        off = abs(out_of(one, people) - one.share * people)
        assert off <= Fraction(1, 2) or (people == MOST and off < 1)


@moderate
@given(st.integers(0, 100))
def test_a_share_of_a_hundred_is_shown_as_it_is(some: int) -> None:
    one = Frequency(some, HUNDRED, counted=False)
    assert denominator([one]) == HUNDRED
    assert out_of(one, HUNDRED) == some


@moderate
@given(frequency(), st.integers(1, 1000))
def test_only_the_share_counts_and_not_the_number_of_people(one: Frequency, times: int) -> None:
    larger = Frequency(one.some * times, one.people * times, counted=not one.counted)
    assert denominator([larger]) == denominator([one])
    assert out_of(larger, HUNDRED) == out_of(one, HUNDRED)
