"""Show the site while somebody writes: build on every change, one build at a time, and show what is good or wrong.

Three things run on one event loop: the watch over the files, the round of builds, and the server. A build itself runs
in a thread of its own, so that pages are served meanwhile. The site is served from memory; only what the next build can
use again is kept in a file.

What a save changes on the article's own page is made on the loop itself, before anything else happens.
"""

import asyncio
import gc
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from generator.cache.cache import FILE
from generator.disk.folders import CACHE
from generator.disk.own import own_file
from generator.pipeline import Build, build
from generator.runtime.day import number_of_day
from generator.runtime.means import Means
from generator.stages.options import Options
from generator.workbench.preview.answers import Shown
from generator.workbench.preview.at_once import practise
from generator.workbench.preview.late_cache import LateCache, Reader
from generator.workbench.preview.overlay import FILES
from generator.workbench.preview.presenter import Outcome, Presenter, Say
from generator.workbench.preview.saves import Saves
from generator.workbench.preview.server import HOST, PreviewServer
from generator.workbench.preview.watching import watch

_TRIES = 3
"""How often a build begins anew when a file went away while it was read."""
CALM, LONGEST = 0.2, 2.0
"""Seconds without a change after which a build begins, and seconds after which it begins without such a calm."""
_NAMED = 3
"""How many changed files are named in the terminal."""


class Rounds:
    """Makes a build after changes, one at a time; all changes that come during one are for the next.

    `begin` is called before each. `make` is called in a thread of its own; `finish` gets what came of it, and gives
    what is to be said of it.
    """

    def __init__(
        self,
        make: Callable[[], Outcome],
        finish: Callable[[Outcome], str],
        say: Say,
        longest: float = LONGEST,
        begin: Callable[[], object] = lambda: None,
    ) -> None:
        self.make = make
        self.begin = begin
        self.finish = finish
        self.say = say
        self.number = 0
        self.changed: dict[str, None] = {}
        self.wanted = asyncio.Event()
        self.latest = 0.0
        self.longest = longest

    def note(self, changed: Iterable[str]) -> None:
        """Ask for a build, because of some files."""
        self.changed |= dict.fromkeys(changed)
        self.latest = time.monotonic()
        self.wanted.set()

    async def run(self) -> None:
        """Build whenever it was asked for, until cancelled."""
        while True:
            await self.wanted.wait()
            await self._calm()
            self.wanted.clear()
            names, self.changed = list(self.changed), {}
            self.begin()
            self.number += 1
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            self.say(f"build {self.number} begins{': ' if names else ''}{', '.join(names[:_NAMED])}{more}")
            outcome = await _aside(self.make)
            if self.wanted.is_set() and not outcome.is_good:
                said = "not shown, for files have changed since"
            else:
                said = self._finished(outcome)
            self.say(f"build {self.number} ends: {said}; {outcome.seconds:.2f} s")

    def _finished(self, outcome: Outcome) -> str:
        """Finish, whatever happens: a fault of ours must not end the rounds."""
        try:
            return self.finish(outcome)
        except BrokenPipeError:
            raise
        except Exception:
            return f"a fault of the program\n{traceback.format_exc()}"

    async def _calm(self) -> None:
        """Let a burst of saves end, so that it makes one build."""
        at_last = time.monotonic() + self.longest
        while (now := time.monotonic()) < (then := min(self.latest + CALM, at_last)):
            await asyncio.sleep(then - now)


def serve(root: Path, port: int, options: Options, say: Say) -> None:
    """Serve the site of a folder until interrupted."""
    try:
        asyncio.run(_serve(root.resolve(), port, options, say))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


async def _serve(root: Path, port: int, options: Options, say: Say) -> None:
    server = PreviewServer(Shown(own={name: own_file(f"workbench/preview/{name}") for name in FILES}))
    say(f"http://{HOST}:{server.listen(port)}/ shows the site; press Ctrl+C to stop")
    reader = Reader(root / CACHE / FILE, number_of_day())
    saves = Saves(root, LateCache(reader))
    presenter = Presenter(root, server, say, saves)
    rounds = Rounds(lambda: attempt(lambda: _built(root, options, reader)), presenter.finish, say, begin=saves.begin)
    stands = asyncio.Event()
    practise()

    def note(changed: list[str]) -> None:
        rounds.note(changed)
        presenter.at_once(changed)

    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve())
        group.create_task(watch(root, note, stands))
        await stands.wait()
        rounds.note(())
        group.create_task(rounds.run())


def _built(root: Path, options: Options, reader: Reader) -> Build:
    """Build with what earlier builds kept, so that one save costs one page."""
    cache = LateCache(reader, root / CACHE / FILE)
    try:
        with _without_pauses():
            return build(root, options, means=Means(cache))
    finally:
        cache.close()


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Let Python not look for garbage that holds itself: a build leaves next to none, and each look stops the program,
    which shall show a save meanwhile, for the longer the larger the site is. What a build leaves is never looked at."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def attempt(make: Callable[[], Build]) -> Outcome:
    """Build, whatever happens. A file that went away between being found and being read is looked for again."""
    start = time.perf_counter()
    fault = ""
    for _ in range(_TRIES):
        try:
            done = make()
        except FileNotFoundError:
            fault = traceback.format_exc()
        except Exception:
            return Outcome(None, traceback.format_exc(), time.perf_counter() - start)
        else:
            return Outcome(done, "", time.perf_counter() - start)
    return Outcome(None, fault, time.perf_counter() - start)


async def _aside(work: Callable[[], Outcome]) -> Outcome:
    """Wait for what a thread makes. Nobody waits for the thread when the program ends."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[Outcome] = loop.create_future()

    def hand_over(outcome: Outcome) -> None:
        if not ready.done():
            ready.set_result(outcome)

    def run() -> None:
        outcome = work()
        if not loop.is_closed():
            loop.call_soon_threadsafe(hand_over, outcome)

    Thread(target=run, name="build", daemon=True).start()
    return await ready
