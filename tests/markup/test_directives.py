"""Blocks: `::name{one, two}` alone on a line, and a clear word on everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.directives import BLOCKS, NEED_ARGUMENTS, read_block
from generator.markup.locate import in_body
from generator.markup.slots import BlockSlot
from tests.helpers import at, codes, made, misplaced, moderate


def blocks(text: str) -> list[tuple[str, list[str]]]:
    converted = made(text)
    assert codes(converted.problems) == []
    return [(s.name, [word for word, _ in s.arguments]) for s in converted.slots if isinstance(s, BlockSlot)]


@pytest.mark.parametrize("name", NEED_ARGUMENTS)
def test_a_block_that_shows_nothing_without_arguments_asks_for_them(name: str) -> None:
    assert blocks(f"::{name}{{a, b-c}}") == [(name, ["a", "b-c"])]
    for text in (f"::{name}", f"::{name}{{}}"):
        (problem,) = made(text).problems
        assert (problem.code, at(text, problem.span)) == ("bad-block", text)


@pytest.mark.parametrize("name", sorted(set(BLOCKS) - set(NEED_ARGUMENTS)))
def test_every_other_block_can_stand_with_and_without_arguments(name: str) -> None:
    assert blocks(f"::{name}\n\n::{name}{{}}\n\n::{name}{{a, b-c}}") == [(name, []), (name, []), (name, ["a", "b-c"])]


def test_every_argument_knows_where_it_stands() -> None:
    text = "one\n\n::compare{first,  second}\n"
    (slot,) = made(text).slots
    assert isinstance(slot, BlockSlot)
    assert [at(text, span) for _, span in slot.arguments] == ["first", "second"]
    assert at(text, slot.span) == "::compare{first,  second}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("::comparre", "unknown-block"),
        ("::compare{a", "bad-block"),
        ("::compare{a} and more", "bad-block"),
        ("::", "bad-block"),
        (":: compare", "bad-block"),
        ("- ::compare", "bad-block"),
        ("> ::compare", "bad-block"),
        ("  ::compare", "bad-block"),
    ],
)
def test_a_block_that_would_not_be_made_is_reported_at_its_place(text: str, code: str) -> None:
    (problem,) = made(f"one\n\n{text}\n").problems
    assert (problem.code, problem.span.line) == (code, 3)


def test_a_mistyped_name_is_met_with_the_nearest() -> None:
    (problem,) = made("::comparre").problems
    assert problem.hint == 'did you mean "compare"?'


def test_a_block_between_two_lines_of_text_parts_them() -> None:
    converted = made("one\n::compare\ntwo")
    assert "<p>one</p>" in converted.fragment.html
    assert "<p>two</p>" in converted.fragment.html


def test_a_block_within_code_is_code() -> None:
    converted = made("```\n::compare\n```\n\n    ::compare\n")
    assert converted.fragment.html.count("::compare") == 2


@moderate
@given(st.text(alphabet="abc-{}, :é", max_size=30))
def test_any_line_is_read_or_refused_at_its_place(rest: str) -> None:
    line = f"::{rest}"
    slot, problems = read_block(line, 0, in_body("f", line, 1))
    assert (slot is None) == bool(problems)
    assert misplaced(problems, line) == []
    assert slot is None or all(at(line, span) == word for word, span in slot.arguments)
