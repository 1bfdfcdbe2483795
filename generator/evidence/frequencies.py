"""Natural frequencies: how many of 100, with one denominator for a whole page.

People understand "14 of 100" better than "14 %" or "1 in 7", and they compare numbers only if what they are of stays
the same (CDC Clear Communication Index, item 17). So a page has one denominator: 100, or the smallest power of ten in
which none of its numbers would round to nobody or to everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

HUNDRED = 100
"""What frequencies are of where nothing asks for more."""
_MOST = 1_000_000


@dataclass(frozen=True)
class Frequency:
    """`some` of `people` (at least one); `counted` is whether the source gave counts, not a share of 100."""

    some: int
    people: int
    counted: bool

    @property
    def share(self) -> Fraction:
        """The share, from 0 to 1."""
        return Fraction(self.some, self.people)


def denominator(frequencies: Iterable[Frequency]) -> int:
    """Give the denominator with which all these can be shown side by side."""
    found = HUNDRED
    for one in frequencies:
        least = min(one.share, 1 - one.share)
        while least and least * found < Fraction(1, 2) and found < _MOST:
            found *= 10
    return found


def out_of(frequency: Frequency, people: int) -> int:
    """Give how many of `people` a frequency is, rounded half up; some are never rounded to none, nor to all."""
    found = int(frequency.share * people + Fraction(1, 2))
    if frequency.some:
        found = max(found, 1)
    return min(found, people - 1) if frequency.some < frequency.people else found
