"""What other generators read in Markdown is told, with what to write here; nothing else is taken for it."""

import pytest

from generator.markup.dialects import foreign
from generator.problems.problem import Span

FOREIGN = [
    "!!! note",
    '!!! warning "Mind the step"',
    "??? tip",
    "???+ note",
    '=== "Adults"',
    '--8<-- "shared.md"',
    "{{< figure src=boat.png >}}",
    "{{% notice %}}",
    "[TOC]",
    "[[_TOC_]]",
    "[[Rafts and boats|boats]]",
    "- [ ] to do",
    "- [x] done",
    "*[GP]: General practitioner",
    "==marked words==",
    "~~gone~~",
    ":material-check:",
]
OURS = [
    "Stop!!! Now.",
    "Really??? Yes.",
    "Heading\n=======",
    "a == b and b == c",
    "~~~\ncode\n~~~",
    "[[1]](notes.md)",
    "[[1]][label]",
    "::red-flags{home}",
    "> [!NOTE]\n> Words.",
    "- [x](notes.md)",
    "*[word](notes.md)*",
    "1 < 2, 8 < 9 and {one}",
    "At 10:30: simple-minded: no.",
]


def spans(start: int, end: int) -> Span:
    return Span("a.md", 1, start + 1, 1, end + 1)


@pytest.mark.parametrize("written", FOREIGN)
def test_the_dialect_of_another_generator_is_told_with_its_place(written: str) -> None:
    (problem,) = foreign(f"Words.\n\n{written}\n\nMore words.\n", spans)
    assert problem.code == "other-dialect"
    assert problem.span.column == 9
    assert written.startswith(problem.message.removesuffix('" is not read here')[1:])
    assert problem.hint


@pytest.mark.parametrize("written", OURS)
def test_what_is_written_in_our_own_way_is_left_alone(written: str) -> None:
    assert list(foreign(f"{written}\n", spans)) == []
