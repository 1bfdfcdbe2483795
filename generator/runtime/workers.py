"""Other processes that share the work: begun when there is work for them, and never left behind."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, ClassVar, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_P = ParamSpec("_P")
_T = TypeVar("_T")


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
