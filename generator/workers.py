"""Other processes that share the work: begun when there is work for them, and never left behind."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from generator.faults import Lost

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_P = ParamSpec("_P")
_T = TypeVar("_T")
_R = TypeVar("_R")


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
        try:
            yield from future.result()
        except BrokenExecutor:
            yield from _one_by_one(work, some, named)


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
