"""What machines are given of a text: its words alone."""

import pytest

from generator.site.plain_text import plain_fragment
from tests.helpers import made_line


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("One **two**, [three](a.md).", "One two, three."),
        ("One [@a; @b], two [@a].", "One, two."),
        ("1 < 2 & `a<b>`", "1 < 2 & a<b>"),
        ("It’s <span lang='de'>so</span>!", "It’s so!"),
    ],
)
def test_markup_and_citations_leave_nothing_behind(written: str, plain: str) -> None:
    assert plain_fragment(made_line(written).fragment) == plain
