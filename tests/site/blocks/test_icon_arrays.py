"""Pictures of how many of 100 people: one dot for each, each in its own place, none outside of the square."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.evidence.frequencies import HUNDRED, Frequency, out_of
from generator.site.blocks.icon_arrays import dots
from tests.helpers import moderate

STEP = re.compile(r"([Mm])(-?\d+) (-?\d+)h0")
Dot = tuple[int, int]


def drawn(path: str) -> list[Dot]:
    """Where a pen that follows the path makes its dots."""
    assert STEP.sub("", path) == "", path
    found: list[Dot] = []
    x = y = 0
    for command, right, down in STEP.findall(path):
        x, y = (int(right), int(down)) if command == "M" else (x + int(right), y + int(down))
        found.append((x, y))
    return found


GRID = [(5 + 10 * column, 5 + 10 * row) for row in range(10) for column in range(10)]
"""The middles of the hundred fields of a square, row by row."""


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (0, 0, []),
        (100, 100, []),
        (0, 1, [(5, 5)]),
        (0, 3, [(5, 5), (15, 5), (25, 5)]),
        (9, 11, [(95, 5), (5, 15)]),
        (98, 100, [(85, 95), (95, 95)]),
        (0, 100, GRID),
    ],
)
def test_dots_fill_rows_from_the_left(first: int, last: int, expected: list[Dot]) -> None:
    assert drawn(dots(first, last)) == expected


@moderate
@given(st.integers(0, 100))
def test_a_path_has_one_dot_for_each_person(people: int) -> None:
    assert dots(0, people).count("h0") == len(drawn(dots(0, people))) == people


@moderate
@given(st.integers(0, 100))
def test_filled_and_empty_dots_together_are_a_hundred_each_in_its_own_place(shown: int) -> None:
    filled, empty = drawn(dots(0, shown)), drawn(dots(shown, HUNDRED))
    assert filled + empty == GRID
    assert not set(filled) & set(empty)
    assert bool(filled) == (shown > 0)
    assert bool(empty) == (shown < HUNDRED)


@moderate
@given(st.integers(0, 100), st.integers(0, 100))
def test_a_stretch_of_dots_is_that_of_the_whole_square(first: int, last: int) -> None:
    assert drawn(dots(first, last)) == GRID[first:last]


@moderate
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_some_are_always_seen_and_so_are_those_for_whom_it_was_not_so(some: int, others: int) -> None:
    shown = out_of(Frequency(some, some + others, counted=True), HUNDRED)
    assert drawn(dots(0, shown))
    assert drawn(dots(shown, HUNDRED))


def test_more_people_are_more_dots() -> None:
    assert all(len(drawn(dots(0, a))) < len(drawn(dots(0, b))) for a, b in pairwise(range(101)))
