"""Other processes that share the work: begun when there is work for them, and never left behind."""

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, ParamSpec, Protocol, TypeVar

from generator.problems.faults import Lost, Unusable

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_P = ParamSpec("_P")
_T = TypeVar("_T")
_R = TypeVar("_R")

_FEW = 4
"""Lots for each process that are given out before the first of them is taken back, while more items come."""
_AHEAD = 256
"""Lots that are given out at most before the first of them is back: what waits for workers is held in memory."""


class Held(Protocol):
    """What processes have from the start, as they are copies of the one in which it was made."""

    def at_rest(self) -> AbstractContextManager[None]:
        """Be ready to be copied while the block runs."""

    def begin(self) -> None:
        """Be told in a copy that it is one, before it is given any work."""


class Workers(Executor):
    """As many processes as there are cores, of which none is begun before the first work."""

    held: ClassVar[Held | None] = None
    """What the processes hold that are begun now; in one of them, what it holds."""

    def __init__(self, count: int = 0) -> None:
        self.count = count or cores()
        self._pool: ProcessPoolExecutor | None = None
        self._are_copies = False

    @contextmanager
    def holding(self, held: Held) -> Iterator[bool]:
        """Begin the processes anew, as copies of this one as it is now; give whether that can be done here.

        While the block runs, what they are given to do may look at what they hold, which is `Workers.held`.
        """
        if self._pool and not self._are_copies:
            yield False
            return
        self.shutdown()  # which ends the threads that waited for the others too
        if not _may_copy():
            yield False
            return
        Workers.held = held
        try:
            yield True
        finally:
            Workers.held = None

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a function called by one of them."""
        if self._pool is None:
            with _uninterrupted():  # Ctrl+C between the first process and the last would leave the first behind
                self._are_copies = _may_copy()
                self._pool = pool(self.count)
                return self._pool.submit(fn, *args, **kwargs)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End them; what they have not begun is not done where `cancel_futures` says so."""
        if self._pool:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
            self._pool = None


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


def pool(count: int) -> "ProcessPoolExecutor":
    """Begin processes. On Linux they are copies of this one, which have read everything already.

    Where other threads are at work they are not: a copy may hold a lock of one of them for ever.
    """
    from concurrent.futures import ProcessPoolExecutor  # not before there is work to share
    from multiprocessing import get_context

    way = "fork" if _may_copy() else "spawn"
    made = ProcessPoolExecutor(count, mp_context=get_context(way), initializer=_begin)
    if Workers.held:
        gc.freeze()  # what they share with this one stays shared: collecting would write to it
        with Workers.held.at_rest():
            made.submit(int)  # begins all of them at once
        gc.unfreeze()
    return made


def _may_copy() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


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
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    if Workers.held:
        Workers.held.begin()


def _end_with_the_other() -> None:
    """End when the process that shares the work has: one that is killed cannot end the others."""
    from multiprocessing import parent_process

    other = parent_process()
    if other:
        other.join()
        os._exit(1)
