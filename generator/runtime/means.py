"""What work has at hand: what was made before, others who share it, a clock."""

from concurrent.futures import Executor
from dataclasses import dataclass

from generator.cache.cache import NOTHING_KEPT, Cache
from generator.runtime.timing import STOPPED, Clock


@dataclass(frozen=True)
class Means:
    """What a build has at hand beside its files; none of it changes what comes out."""

    cache: Cache
    executor: Executor | None = None
    """Who shares the work; without one, this process does all of it."""
    clock: Clock = STOPPED
    """Who is told what the build is at, and what each article and page has cost."""


ALONE = Means(NOTHING_KEPT)
