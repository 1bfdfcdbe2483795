"""Where the time of a build goes: by stage, by article, by page, by template. Nothing of it reaches an output."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Nanoseconds = Callable[[], int]
"""A clock that only ever goes forward, in nanoseconds: whole numbers, so that parts add up to their sum."""
StageName = Literal[
    "starting",
    "reading",
    "parsing",
    "joining",
    "checking",
    "making",
    "search",
    "assembling",
    "PDF and book",
    "hosting",
    "publishing",
    "keeping",
]
"""What a build may be at, in the order in which it comes there first."""
FIRST: StageName = "starting"
"""The stage before any other is named."""


@dataclass(frozen=True)
class Stage:
    """How long a build was at one stage, in nanoseconds of the clock on the wall."""

    name: StageName
    spent: int


@dataclass(frozen=True)
class Cost:
    """What one thing cost that was made, in nanoseconds of processor time, wherever it was made.

    `name` is the path of an article, or of the file that a page becomes; `template` is a page's own, without those that
    it includes, and empty for an article.
    """

    name: str
    template: str
    spent: int


@dataclass(frozen=True)
class Sum:
    """What all pages of one template cost together."""

    template: str
    pages: int
    spent: int


@dataclass(frozen=True)
class Timings:
    """All that was measured of a build. The stages add up to the whole; what was found in the cache was not made."""

    stages: tuple[Stage, ...]
    articles: tuple[Cost, ...]
    """Those that were parsed, the dearest first."""
    pages: tuple[Cost, ...]
    """Those that were made, the dearest first."""

    @property
    def spent(self) -> int:
        """How long all of it took."""
        return sum(stage.spent for stage in self.stages)

    def at(self, name: StageName) -> int:
        """How long it was at one stage; 0 if it never was."""
        return sum(stage.spent for stage in self.stages if stage.name == name)

    @property
    def templates(self) -> tuple[Sum, ...]:
        """What the pages of each template cost, the dearest first."""
        found: dict[str, Sum] = {}
        for page in self.pages:
            one = found.get(page.template, Sum(page.template, 0, 0))
            found[page.template] = Sum(page.template, one.pages + 1, one.spent + page.spent)
        return tuple(sorted(found.values(), key=lambda one: (-one.spent, one.template)))


class Clock:
    """Collects. At each moment a build is at one stage alone, so that stages never count anything twice."""

    def __init__(self, wall: Nanoseconds = time.perf_counter_ns, own: Nanoseconds = time.thread_time_ns) -> None:
        self._wall = wall
        self._own = own
        self._stages: dict[StageName, int] = {FIRST: 0}
        self._at: StageName = FIRST
        self._since = wall()
        self._articles: list[Cost] = []
        self._pages: list[Cost] = []

    @property
    def runs(self) -> bool:
        """Whether anybody has asked."""
        return True

    def begin(self, name: StageName) -> None:
        """From now on the build is at this stage; it may have been there before."""
        now = self._wall()
        self._stages[self._at] += now - self._since
        self._stages.setdefault(name, 0)
        self._at, self._since = name, now

    def parsed(self, path: str, spent: int) -> None:
        """An article was parsed, here or elsewhere."""
        self._articles.append(Cost(path, "", spent))

    def made(self, path: str, template: str, spent: int) -> None:
        """A page was made, here or elsewhere."""
        self._pages.append(Cost(path, template, spent))

    @contextmanager
    def spending(self, told: Callable[[int], None]) -> Iterator[None]:
        """Tell what the block cost, in nanoseconds of processor time."""
        before = self._own()
        yield
        told(self._own() - before)

    def timings(self) -> Timings:
        """Give what was measured up to now."""
        self.begin(self._at)
        stages = tuple(Stage(name, spent) for name, spent in self._stages.items())
        return Timings(stages, _dearest(self._articles), _dearest(self._pages))


class _Stopped(Clock):
    """A clock that nobody has asked for: it measures nothing."""

    @property
    def runs(self) -> bool:
        return False

    def begin(self, name: StageName) -> None:
        pass

    def parsed(self, path: str, spent: int) -> None:
        pass

    def made(self, path: str, template: str, spent: int) -> None:
        pass

    @contextmanager
    def spending(self, told: Callable[[int], None]) -> Iterator[None]:
        yield


STOPPED = _Stopped()
"""What a build has where nobody asks for its time."""


def peak_memory() -> tuple[int, int] | None:
    """Give the most bytes that this process held at one time, and those of the largest child of it that has ended.

    That may be a worker, or the program that makes the index. What two processes share is in both numbers, and they may
    have been that large at different times, so there is no sum of all. None where the system does not tell.
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own * unit, children * unit


def _dearest(costs: list[Cost]) -> tuple[Cost, ...]:
    return tuple(sorted(costs, key=lambda one: (-one.spent, one.name)))
