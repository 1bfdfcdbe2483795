"""No crash, no hang, always a problem: whatever bytes stand in a file of content.

In CI: every input that is kept, what Hypothesis makes of the schemas, and a bounded search by atheris. EXAMPLES=5000 in
the environment has Hypothesis look for long, and `python -m tests.fuzz TARGET --runs N` has atheris.
"""

import importlib.util
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.problems.problem import Problem, Span
from tests.fuzz.corpus import FOLDER, kept
from tests.fuzz.mutations import DICTIONARY, mutated
from tests.fuzz.promises import Hangs, are_told_well, in_time, is_harmless
from tests.fuzz.strategies import inputs
from tests.fuzz.targets import TARGETS, tried
from tests.helpers import REPOSITORY, moderate
from tests.needs import need

RUNS = 500
"""Inputs of a quick target that atheris tries here."""
LONG = 2_000
"""Bytes of one thing repeated."""
_SIGNS = "\\`~<&!>[]()@{}:;,#=|*+-_.^'\" \t\n1a"
"""Characters of which the patterns are made."""


@pytest.mark.parametrize("name", TARGETS)
def test_every_input_that_is_kept_keeps_the_promises(name: str) -> None:
    is_slow = TARGETS[name].share < 0.2
    for number, data in enumerate([*TARGETS[name].seeds()][: 1 if is_slow else None]):
        tried(name, data, twice=number == 0)
    for data in kept(name).values():
        tried(name, data, twice=True)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_nearly_right_keeps_the_promises(name: str) -> None:
    @settings(moderate, max_examples=max(10, int(moderate.max_examples * TARGETS[name].share)))
    @given(inputs(name))
    def keeps(data: bytes) -> None:
        tried(name, data)

    keeps()


@pytest.mark.parametrize("first", _SIGNS, ids=ascii)
def test_two_signs_in_turn_keep_nobody_waiting(first: str) -> None:
    """A pattern that can match a text in two ways at each of its signs tries all of them."""
    rows = [f"{before}{first}{second}".replace("\n", "\n ") * 30 + "x" for before in ("", "-") for second in _SIGNS]
    tried("markdown", "\n\n".join(rows).encode(), twice=False)


def test_a_word_of_the_dialect_that_is_repeated_for_long_keeps_nobody_waiting() -> None:
    for one in sorted({*DICTIONARY} - {b""}):
        tried("blocks", one * (LONG // len(one)), twice=False)


def test_atheris_finds_nothing(tmp_path: Path) -> None:
    has_wheel = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)
    found = importlib.util.find_spec("atheris") is not None
    if not has_wheel and not found:
        pytest.skip("atheris is not made for this machine")
    need("atheris", found, "pip install atheris")
    command = [sys.executable, "-m", "tests.fuzz", "all", "--runs", str(RUNS), "--found", str(tmp_path)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6_000:]
    tried = map(int, re.findall(r"^stat::number_of_executed_units: (\d+)$", done.stderr, re.MULTILINE))
    wanted = [int(RUNS * one.share) for one in TARGETS.values()]
    too_few = [(count, least) for count, least in zip(tried, wanted, strict=True) if count < least]
    assert too_few == [], "libFuzzer may try some more than it is asked for, and never fewer"


def test_the_inputs_that_are_kept_are_few_and_small() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} <= set(TARGETS)
    assert len(files) < 300
    assert sum(path.stat().st_size for path in files) < 500_000


@given(st.binary(), st.integers())
@moderate
def test_the_same_dice_change_an_input_in_the_same_way(data: bytes, seed: int) -> None:
    assert mutated(data, seed, 100) == mutated(data, seed, 100)
    assert len(mutated(data, seed, 100)) <= 100


@pytest.mark.parametrize(
    "problem",
    [
        Problem("no-such-code", "x", Span("f")),
        Problem("tab", "", Span("f")),
        Problem("tab", "x", Span("f", 3, 1, 3, 2)),
        Problem("tab", "x", Span("f", 1, 9, 1, 10)),
        Problem("tab", "x", Span("f", 2, 1, 1, 1)),
        Problem("tab", "x", Span("gone", 2, 1, 2, 1)),
        Problem("tab", "x", Span("f"), related=(("y", Span("f", 0, 0)),)),
        Problem("tab", "x", Span("f"), hint="\ud800"),
    ],
    ids=lambda problem: f"{problem.message!r} {problem.span.line} {problem.hint!r}",
)
def test_a_problem_that_is_told_badly_is_noticed(problem: Problem) -> None:
    are_told_well([Problem("tab", "x", Span("f", 1, 1, 1, 3))], {"f": b"ab\n"})
    with pytest.raises(AssertionError):
        are_told_well([problem], {"f": b"ab\n"})


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick='x'>a</p>",
        "<a href='JavaScript:x'>a</a>",
        "<a href='\x01java\nscript:x'>a</a>",
        "<a href='//x.y'>a</a>",
        "<a href='/\t/x.y'>a</a>",
        "<a href='\\\\x.y'>a</a>",
        "<img src='data:x'>",
        "<svg></svg>",
        "<p>\ue0000\ue001</p>",
    ],
)
def test_html_that_does_harm_is_noticed(html: str) -> None:
    is_harmless("<p><a href='../x/' rel='noreferrer'>a</a> <a href='https://x.y'>b</a> <a href='#c'>c</a></p>")
    with pytest.raises(AssertionError):
        is_harmless(html)


def test_what_hangs_is_stopped() -> None:
    with pytest.raises(Hangs), in_time(0.01):
        sum(1 for _ in iter(int, 1))
