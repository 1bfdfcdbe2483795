"""Other processes that share the work: begun when there is work for them, and never left behind."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from generator.faults import Lost

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_P = ParamSpec("_P")
_T = TypeVar("_T")
_R = TypeVar("_R")
_MOST_BEGUN = 4
"""Lots for each core that are begun before the first of them is taken."""


class Workers(Executor):
    """As many processes as there are cores, of which none is begun before the first work."""

    def __init__(self, count: int = 0) -> None:
        self.count = count or cores()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a function called by one of them."""
        if self._pool is None:
            self._pool = pool(self.count)
            with _uninterrupted():  # Ctrl+C between the first process and the last would leave the first behind
                return self._pool.submit(fn, *args, **kwargs)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End them; what they have not begun is not done where `cancel_futures` says so."""
        if self._pool:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
            self._pool = None


def shared(
    work: Callable[[list[_T]], list[_R]], items: Sequence[_T], lot: int, executor: Executor, named: Callable[[_T], str]
) -> Iterator[_R]:
    """Have items worked on in lots; give the results in their order. `work` is a function of a module.

    Where workers end, each item of their lot is tried again by one of its own: so `Lost` can name the one at fault.
    """
    lots = [list(items[start : start + lot]) for start in range(0, len(items), lot)]
    begun = [executor.submit(work, some) for some in lots]
    for some, future in zip(lots, begun, strict=True):
        yield from _results(work, some, future, named)


class Lots(Generic[_T, _R]):
    """Has items worked on in lots while more of them come, and takes each result as it is ready, in their order.

    No more lots wait than a few for each worker, so that few items are in memory at once. A few items alone are worked
    on here, and so are all where there is no executor.
    """

    def __init__(
        self,
        work: Callable[[list[_T]], list[_R]],
        lot: int,
        executor: Executor | None,
        named: Callable[[_T], str],
        take: Callable[[_T, _R], None],
    ) -> None:
        self.work = work
        self.lot = lot
        self.executor = executor
        self.named = named
        self.take = take
        self._waiting: list[_T] = []
        self._begun: deque[tuple[list[_T], Future[list[_R]]]] = deque()

    def add(self, item: _T) -> None:
        """Have one more item worked on."""
        if self.executor is None:
            (result,) = self.work([item])
            self.take(item, result)
            return
        self._waiting.append(item)
        if len(self._waiting) > self.lot:
            self._begin(self.executor, self._waiting[: self.lot])
            self._waiting = self._waiting[self.lot :]
        while len(self._begun) > _MOST_BEGUN * cores():
            self._end(*self._begun.popleft())

    def finish(self) -> None:
        """Wait for all that is not ready."""
        if self.executor and self._begun and self._waiting:
            self._begin(self.executor, self._waiting)
        elif self._waiting:
            for item, result in zip(self._waiting, self.work(self._waiting), strict=True):
                self.take(item, result)
        self._waiting = []
        while self._begun:
            self._end(*self._begun.popleft())

    def _begin(self, executor: Executor, some: list[_T]) -> None:
        self._begun.append((some, executor.submit(self.work, some)))

    def _end(self, some: list[_T], future: Future[list[_R]]) -> None:
        for item, result in zip(some, _results(self.work, some, future, self.named), strict=True):
            self.take(item, result)


def _results(
    work: Callable[[list[_T]], list[_R]], some: list[_T], future: Future[list[_R]], named: Callable[[_T], str]
) -> Iterable[_R]:
    try:
        return future.result()
    except BrokenExecutor:
        return _one_by_one(work, some, named)


def _one_by_one(work: Callable[[list[_T]], list[_R]], items: list[_T], named: Callable[[_T], str]) -> Iterator[_R]:
    for one in items:
        with pool(1) as worker:
            try:
                yield from worker.submit(work, [one]).result()
            except BrokenExecutor as fault:
                raise Lost(f"a worker ended while it {named(one)}") from fault


def pool(count: int) -> "ProcessPoolExecutor":
    """Begin processes. On Linux they are copies of this one, which have read everything already."""
    from concurrent.futures import ProcessPoolExecutor  # not before there is work to share
    from multiprocessing import get_context

    way = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(count, mp_context=get_context(way), initializer=_begin)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off Ctrl+C until the block ends; processes that begin meanwhile never hear of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all; the process that shares the work ends the others
