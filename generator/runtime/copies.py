"""Work shared by copies of this process: they hold all that it holds, so that what they are to do goes as numbers.

Only the process that is copied writes to the cache. What a copy would keep comes back with what it found, packed
(`cache.py`).
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from generator.cache.cache import Cache, Gathered
from generator.runtime.sharing import shared
from generator.runtime.workers import Workers

_T = TypeVar("_T")
_R = TypeVar("_R")

FEWEST = 48
"""Things that cost some milliseconds each from which beginning processes for them pays."""
_LOT = 8
"""Numbers that go to a process at once."""


@contextmanager
def by_copies(
    work: Callable[[_T], _R],
    items: Sequence[_T],
    cache: Cache,
    executor: Executor | None,
    named: Callable[[_T], str],
) -> Iterator[Iterator[tuple[_R, Gathered]] | None]:
    """Give what `work` gives for each item, in their order, with what it would keep; the block has to take it.

    Nothing where that is not to be had: there are few items, nothing can be kept, or no process may be copied, as one
    in which several threads are at work. `work` finds its items, and all else, as they were when the block began; what
    it changes of them is lost. A copy that ends is told with what it was at, as by `shared`.
    """
    if len(items) < FEWEST or not isinstance(executor, Workers) or not cache.may_write:
        yield None
        return
    with executor.holding(_Held(work, items, cache)) as are_copies:
        yield shared(_do, range(len(items)), _LOT, executor, lambda at: named(items[at])) if are_copies else None


class _Held:
    """What the copies hold."""

    def __init__(self, work: Callable[[Any], Any], items: Sequence[Any], cache: Cache) -> None:
        self.work = work
        self.items = items
        self.cache = cache

    def at_rest(self) -> AbstractContextManager[None]:
        """Be ready to be copied while the block runs."""
        return self.cache.at_rest()

    def begin(self) -> None:
        """Be told in a copy that it is one."""
        self.cache.gather()


def _do(numbers: list[int]) -> list[tuple[Any, Gathered]]:
    """Do what is held, in a copy."""
    held = Workers.held
    if not isinstance(held, _Held):
        raise RuntimeError("this process is no copy of the one that shares the work")
    return [(held.work(held.items[at]), held.cache.gathered()) for at in numbers]
