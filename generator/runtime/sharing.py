"""Items worked on in lots by others: results come in the order of the items, and a lot that is lost is done again."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from typing import Generic, TypeVar

from generator.problems.faults import Lost, Unusable
from generator.runtime.workers import Workers, pool

_T = TypeVar("_T")
_R = TypeVar("_R")

_FEW = 4
"""Lots for each process that are given out before the first of them is taken back, while more items come."""
_AHEAD = 256
"""Lots that are given out at most before the first of them is back: what waits for workers is held in memory."""


def shared(
    work: Callable[[list[_T]], list[_R]],
    items: Sequence[_T],
    lot: int,
    executor: Executor,
    named: Callable[[_T], str],
    costs: Callable[[_T, int], None] | None = None,
) -> Iterator[_R]:
    """Have items worked on in lots; give the results in their order. `work` is a function of a module.

    What keeps an executor from a lot differs from one to the next, so whatever it is, the lot is worked on again here,
    in one process and item by item: a worker that ends is told by what it was at (`Lost`), a fault of `work` shows
    itself again, and a loss that had nothing to do with the items costs time alone.

    `costs` is told of each item how many nanoseconds of processor time it took.
    """
    if costs is None:
        yield from _in_lots(work, items, lot, executor, named)
        return
    for one, (result, spent) in zip(items, _in_lots(partial(timed, work), items, lot, executor, named), strict=True):
        costs(one, spent)
        yield result


class Lots(Generic[_T, _R]):
    """Has items worked on in lots while more of them come, and takes each result as it is ready, in their order.

    No more lots wait than a few for each worker, so that few items are in memory at once. A few items alone are worked
    on here, and so are all where there is no executor. What fails is done again as by `shared`, and `costs` told alike.
    """

    def __init__(
        self,
        work: Callable[[list[_T]], list[_R]],
        lot: int,
        executor: Executor | None,
        named: Callable[[_T], str],
        take: Callable[[_T, _R], None],
        costs: Callable[[_T, int], None] = lambda item, spent: None,
    ) -> None:
        self.work = partial(timed, work)
        self.lot = lot
        self.executor = executor
        self.named = named
        self.take = take
        self.costs = costs
        self._most = _FEW * executor.count if isinstance(executor, Workers) else _AHEAD
        self._waiting: list[_T] = []
        self._given: deque[tuple[list[_T], Future[list[tuple[_R, int]]]]] = deque()

    def add(self, item: _T) -> None:
        """Have one more item worked on."""
        if self.executor is None:
            self._take([item], self.work([item]))
            return
        self._waiting.append(item)
        if len(self._waiting) > self.lot:
            self._give(self.executor, self._waiting[: self.lot])
            self._waiting = self._waiting[self.lot :]
        while len(self._given) > self._most:
            self._take_first()

    def finish(self) -> None:
        """Wait for all that is not ready."""
        last, self._waiting = self._waiting, []
        is_shared = self.executor is not None and bool(self._given)
        if self.executor and is_shared and last:
            self._give(self.executor, last)
        while self._given:
            self._take_first()
        if last and not is_shared:
            self._take(last, self.work(last))

    def _give(self, executor: Executor, some: list[_T]) -> None:
        self._given.append((some, _begun(executor, self.work, some)))

    def _take_first(self) -> None:
        some, future = self._given.popleft()
        self._take(some, list(_result(self.work, some, future, self.named, self.executor)))

    def _take(self, some: list[_T], found: list[tuple[_R, int]]) -> None:
        for item, (result, spent) in zip(some, found, strict=True):
            self.costs(item, spent)
            self.take(item, result)


def timed(work: Callable[[list[_T]], list[_R]], items: list[_T]) -> list[tuple[_R, int]]:
    """Work on items one by one, in whatever process; give each result with what it cost."""
    found = []
    for one in items:
        before = time.thread_time_ns()
        (result,) = work([one])
        found.append((result, time.thread_time_ns() - before))
    return found


def _in_lots(
    work: Callable[[list[_T]], list[_R]], items: Sequence[_T], lot: int, executor: Executor, named: Callable[[_T], str]
) -> Iterator[_R]:
    waiting: deque[tuple[list[_T], Future[list[_R]]]] = deque()
    for start in range(0, len(items), lot):
        some = list(items[start : start + lot])
        waiting.append((some, _begun(executor, work, some)))
        if len(waiting) == _AHEAD:
            yield from _result(work, *waiting.popleft(), named, executor)
    while waiting:
        yield from _result(work, *waiting.popleft(), named, executor)


def _begun(executor: Executor, work: Callable[[list[_T]], list[_R]], some: list[_T]) -> Future[list[_R]]:
    """Give a lot out; an executor that takes no more has failed at it."""
    try:
        return executor.submit(work, some)
    except Exception as fault:
        failed: Future[list[_R]] = Future()
        failed.set_exception(fault)
        return failed


def _result(
    work: Callable[[list[_T]], list[_R]],
    some: list[_T],
    future: Future[list[_R]],
    named: Callable[[_T], str],
    executor: Executor | None,
) -> Iterator[_R]:
    try:
        found = future.result()
    except Unusable:
        raise
    except Exception:
        if Workers.held and executor:
            executor.shutdown(cancel_futures=True)  # beside its threads, no other copy of this process can be made
        found = _one_by_one(work, some, named)
    yield from found


def _one_by_one(work: Callable[[list[_T]], list[_R]], items: list[_T], named: Callable[[_T], str]) -> list[_R]:
    found = []
    with pool(1) as worker:
        for one in items:
            try:
                found += worker.submit(work, [one]).result()
            except BrokenExecutor as fault:
                raise Lost(f"a worker ended while it {named(one)}") from fault
    return found
