"""Work that takes too long is stopped wherever it runs, whatever it swallows, and nothing else ever is."""

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from generator.runtime import deadline
from generator.runtime.deadline import TakesTooLong, within

SHORT = 0.05
"""Seconds of processor time."""


def for_ever() -> None:
    while True:
        pass


def deaf() -> None:
    while True:
        try:
            for_ever()
        except Exception as fault:  # nothing of the kind may come
            raise AssertionError from fault


def stubborn() -> None:
    """Swallow every interruption, as a library does that is called back in C."""
    for _ in range(3):
        with suppress(TakesTooLong):
            for_ever()


def backtracking() -> None:
    re.match(r"(?:a|a)*b", "a" * 64)


def burn(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def here(work: Callable[[], object]) -> object:
    return work()


def elsewhere(work: Callable[[], object]) -> object:
    """Call a function in a thread that is not the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(60)


WHERE = pytest.mark.parametrize("where", [here, elsewhere])


@WHERE
@pytest.mark.parametrize("work", [for_ever, deaf, stubborn])
def test_work_without_end_is_stopped(
    where: Callable[[Callable[[], object]], object], work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "_AGAIN", SHORT)
    with pytest.raises(TakesTooLong):
        where(lambda: within(SHORT, work))
    assert (deadline._ends, deadline._watched) == ({}, {})


def test_a_regular_expression_is_stopped_in_the_middle() -> None:
    with pytest.raises(TakesTooLong):
        within(SHORT, backtracking)


@WHERE
def test_what_is_done_in_time_is_given_and_nothing_comes_after_it(
    where: Callable[[Callable[[], object]], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "_AGAIN", 0.01)

    def both() -> object:
        given = within(0.1, lambda: "given")
        burn(0.3)
        return given

    assert where(both) == "given"


def rest() -> str:
    time.sleep(4 * SHORT)
    return "rested"


@WHERE
def test_waiting_is_no_work(where: Callable[[Callable[[], object]], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "_AGAIN", 0.01)
    assert where(lambda: within(SHORT, rest)) == "rested"


@WHERE
def test_a_fault_of_the_work_is_told_as_it_is(where: Callable[[Callable[[], object]], object]) -> None:
    def wrong() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        where(lambda: within(60, wrong))
    assert deadline._ends == {}


@WHERE
def test_an_inner_end_is_that_of_the_outer_work(where: Callable[[Callable[[], object]], object]) -> None:
    def long() -> str:
        burn(2 * SHORT)
        return "done"

    assert where(lambda: within(60, lambda: within(SHORT, long))) == "done"


def test_many_threads_each_have_their_own_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "_AGAIN", 0.02)

    def attempt(number: int) -> str:
        try:
            return str(within(SHORT if number % 2 else 60, for_ever if number % 2 else lambda: "done"))
        except TakesTooLong:
            return "stopped"

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(attempt, range(8))) == ["done", "stopped"] * 4
    assert deadline._watched == {}
    assert threading.active_count() < 10
