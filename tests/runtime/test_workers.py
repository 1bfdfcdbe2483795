"""Work is shared by whatever executor there is, in small lots; its results come in the order of the items."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from generator import cli
from generator.commands.means import add_means
from generator.pipeline import Build
from generator.problems.faults import Lost
from generator.runtime.means import Means
from generator.runtime.sharing import shared
from generator.runtime.workers import Workers, cores

_P = ParamSpec("_P")
_T = TypeVar("_T")


def squares(numbers: list[int]) -> list[int]:
    return [one * one for one in numbers]


def fails_at(bad: int, numbers: list[int]) -> list[int]:
    if bad in numbers:
        raise LookupError(f"no square of {bad}")
    return squares(numbers)


def ends_at(bad: int, numbers: list[int]) -> list[int]:
    if bad in numbers:
        os._exit(1)
    return squares(numbers)


@pytest.fixture(params=["own", "processes", "fresh processes", "threads"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    made: dict[str, Callable[[], Executor]] = {
        "own": lambda: Workers(2),
        "processes": lambda: ProcessPoolExecutor(2),
        "fresh processes": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        "threads": lambda: ThreadPoolExecutor(2),
    }
    with made[request.param]() as one:
        yield one


def test_results_come_in_the_order_of_the_items(executor: Executor) -> None:
    assert list(shared(squares, range(100), 3, executor, str)) == squares(list(range(100)))
    assert list(shared(squares, [], 3, executor, str)) == []


def test_a_fault_of_the_work_is_told_as_it_is(executor: Executor) -> None:
    with pytest.raises(LookupError, match="no square of 42"):
        list(shared(partial(fails_at, 42), range(100), 3, executor, str))


def test_a_worker_that_ends_is_told_with_what_it_was_at() -> None:
    for executor in (Workers(2), ProcessPoolExecutor(2, mp_context=get_context("spawn"))):
        with executor, pytest.raises(Lost, match="a worker ended while it squared 42"):
            list(shared(partial(ends_at, 42), range(100), 3, executor, "squared {}".format))


_SHARING = """
import os, time
from generator.runtime.workers import Workers
workers = Workers(2)
print(*{one.result() for one in [workers.submit(os.getpid) for _ in range(20)]}, flush=True)
time.sleep(60)
"""


def is_at_work(process: str) -> bool:
    """Whether it is there, and not only as what nobody has asked for the end of."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_workers_end_with_a_process_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _SHARING], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        workers = process.stdout.readline().split()
        assert workers
        assert all(map(is_at_work, workers))
        process.kill()
    until = time.monotonic() + 20
    while any(map(is_at_work, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_at_work, workers))


class Failing(Executor):
    """An executor that is lost at some of its calls: when it is given something, or later."""

    def __init__(self) -> None:
        self.calls = 0

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        self.calls += 1
        if self.calls % 3 == 0:
            raise BrokenExecutor("it takes no more")
        future: Future[_T] = Future()
        if self.calls % 3 == 1:
            future.set_exception(BrokenExecutor("it lost this"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_loss_that_has_nothing_to_do_with_the_items_costs_time_alone() -> None:
    assert list(shared(squares, range(20), 4, Failing(), str)) == squares(list(range(20)))


class Waiting(Executor):
    """Works when its result is asked for, and counts what waits."""

    def __init__(self) -> None:
        self.waiting = self.most = 0

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        future: Future[_T] = _Asked(self)
        future.set_result(fn(*args, **kwargs))
        return future


class _Asked(Future[_T]):
    def __init__(self, executor: Waiting) -> None:
        super().__init__()
        self.executor = executor

    def result(self, timeout: float | None = None) -> _T:
        self.executor.waiting -= 1
        return super().result(timeout)


def test_what_waits_for_workers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.runtime.sharing._AHEAD", 5)
    executor = Waiting()
    assert list(shared(squares, range(100), 1, executor, str)) == squares(list(range(100)))
    assert executor.most == 5


def means(root: Path, monkeypatch: pytest.MonkeyPatch, *given: str) -> Means:
    """What a build is given at hand."""
    seen: list[Means] = []

    def build(_root: Path, _options: object, _progress: object, means: Means) -> Build:
        seen.append(means)
        return Build((), bad_config=True)

    monkeypatch.setattr("generator.pipeline.build", build)
    (root / "site.yaml").touch()
    assert cli.main(["build", "--root", str(root), "--quiet", *given]) == 2
    return seen[0]


def test_jobs_says_how_many_processes_share_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert means(tmp_path, monkeypatch, "--jobs", "1").executor is None
    three, as_many = (means(tmp_path, monkeypatch, *given).executor for given in (("--jobs", "3"), ()))
    assert isinstance(three, Workers)
    assert isinstance(as_many, Workers)
    assert (three.count, as_many.count) == (3, cores())


@pytest.mark.parametrize("given", [["--jobs", "0"], ["--jobs", "-1"], ["--jobs", "many"], ["--jobs", "x2"]])
def test_a_number_of_jobs_that_makes_no_sense_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_means(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(given)
    assert "write a whole number from 1 on" in capsys.readouterr().err


def test_own_processes_and_a_cluster_are_not_asked_for_together(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_means(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--jobs", "2", "--executor", "dask://a:1"])
    assert "not allowed with" in capsys.readouterr().err
