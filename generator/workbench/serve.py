"""Show the site while somebody writes: build on every change, one build at a time, and show what is good or wrong.

Three things run on one event loop: the watch over the files, the round of builds, and the server. A build itself runs
in a thread of its own, so that pages are served meanwhile. The site is served from memory; only what the next build can
use again is kept in a file.

What a save changes on the article's own page is made on the loop itself, before anything else happens: so a page that
is shown is never older than one that was shown before.
"""

import asyncio
import datetime
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from generator.cache import FILE, NOTHING_KEPT
from generator.output.outputs import Output
from generator.pipeline import Build, Means, Options, build
from generator.problems import Problem, as_line
from generator.sources.files import CACHE, own_file
from generator.sources.lines import Lines
from generator.workbench.at_once import Standing
from generator.workbench.glances import Glance, Glances
from generator.workbench.lasting import Lasting, Reader
from generator.workbench.overlay import FILES, overlay
from generator.workbench.preview import Shown, file_of
from generator.workbench.server import HOST, PreviewServer
from generator.workbench.watching import watch

_TRIES = 3
"""How often a build begins anew when a file went away while it was read."""
CALM, LONGEST = 0.2, 2.0
"""Seconds without a change after which a build begins, and seconds after which it begins without such a calm."""
_NAMED = 3
"""How many changed files are named in the terminal."""

Say = Callable[[str], None]


class PortTaken(Exception):
    """Nothing can be served at the port that was asked for."""


@dataclass(frozen=True)
class Outcome:
    """What a build came to: the build, or the text of a fault of the program; and how long it took."""

    done: Build | None
    fault: str
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether it may be shown."""
        return self.done is not None and self.done.is_good


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
        begin: Callable[[], object] = list,
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


class Desk:
    """Puts what came of a save or of a build before whoever writes: over the open pages, and in the terminal."""

    def __init__(self, root: Path, server: PreviewServer, say: Say, glances: Glances | None = None) -> None:
        self.root = root
        self.server = server
        self.say = say
        self.glances = glances or Glances(root, NOTHING_KEPT)
        self.good: Mapping[str, Output] = server.shown.files

    def finish(self, outcome: Outcome) -> str:
        """Show a good site, or what is wrong over the last good one."""
        shown = self.server.shown
        if outcome.done is None:
            self.say(f"{outcome.fault}This is a fault of the program, not of your files.")
            told = "a fault of the program"
        else:
            for problem in outcome.done.problems:
                self.say(f"{as_line(problem)}\n   = {problem.hint}")
            errors = sum(problem.is_error for problem in outcome.done.problems)
            told = f"{errors} errors, {len(outcome.done.problems) - errors} warnings"
        if outcome.done and outcome.is_good:
            self.good = {one.path: one for one in outcome.done.outputs}
            shown = replace(shown, files=self.good, over_html="", base_path=outcome.done.base_path)
        else:
            problems = outcome.done.problems if outcome.done else ()
            shown = replace(shown, files=self.good, over_html=self._over(problems, outcome.fault))
            told += ", the last good site stays" if shown.files else ", there is no site yet"
        seen = self.glances.end(outcome.done, shown.files) if outcome.done else None
        reloaded, pages = self.server.show(self._with(seen, shown) if seen else shown)
        return f"{told}; {reloaded} of {pages} open pages reloaded"

    def at_once(self, changed: Iterable[str]) -> None:
        """Show what saves have changed, before a build; what goes wrong here is left to the build."""
        start = time.perf_counter()
        try:
            seen = self.glances.saved(changed, self.server.shown.files)
        except Exception as fault:
            self.say(f"not shown at once, for {type(fault).__name__}: {fault}")
            return
        if seen is None:
            return
        self.server.show(self._with(seen, self.server.shown))
        told = ", ".join(seen.names) if seen.is_good else "what is wrong"
        self.say(f"shown at once: {told}; {time.perf_counter() - start:.3f} s")
        if seen.is_good and seen.is_told_elsewhere:
            made = {one.path for one in seen.outputs}
            asyncio.get_running_loop().call_soon(self._look_around, self.glances.standing, self._open_files() - made)

    def _with(self, seen: Glance, shown: Shown) -> Shown:
        if not seen.is_good:
            return replace(shown, over_html=self._over(seen.problems))
        return replace(shown, files={**shown.files, **{one.path: one for one in seen.outputs}}, over_html="")

    def _over(self, problems: Iterable[Problem], fault: str = "") -> str:
        return overlay(problems, fault, Lines(self.root).line_of)

    def _open_files(self) -> frozenset[str]:
        """The files that stand in a browser now."""
        shown = self.server.shown
        return frozenset(name for one in self.server.pages if (name := file_of(shown, one.path)))

    def _look_around(self, standing: Standing | None, names: frozenset[str]) -> None:
        """Make the pages that are open, one after another, as long as nothing newer stands."""
        if standing is not self.glances.standing or not names:
            return
        name, *others = sorted(names)
        with suppress(Exception):
            made = self.glances.page(name, self.server.shown.files)
            if made:
                files = {**self.server.shown.files, **{one.path: one for one in made}}
                self.server.show(replace(self.server.shown, files=files))
        asyncio.get_running_loop().call_soon(self._look_around, standing, frozenset(others))


def serve(root: Path, port: int, options: Options, say: Say) -> None:
    """Serve the site of a folder until interrupted."""
    try:
        asyncio.run(_serve(root.resolve(), port, options, say))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


async def _serve(root: Path, port: int, options: Options, say: Say) -> None:
    server = PreviewServer(Shown(own={name: own_file(f"workbench/{name}") for name in FILES}))
    try:
        found = server.listen(port)
    except OSError as fault:
        hint = "name another with --port, or let one be picked with --port 0"
        raise PortTaken(f"port {port} cannot be used ({fault.strerror}); {hint}") from fault
    say(f"http://{HOST}:{found}/ shows the site; press Ctrl+C to stop")
    reader = Reader(root / CACHE / FILE, datetime.date.today().toordinal())
    glances = Glances(root, Lasting(reader))
    desk = Desk(root, server, say, glances)
    rounds = Rounds(lambda: attempt(lambda: _built(root, options, reader)), desk.finish, say, begin=glances.begin)
    stands = asyncio.Event()

    def note(changed: list[str]) -> None:
        rounds.note(changed)
        desk.at_once(changed)

    async with asyncio.TaskGroup() as group:
        group.create_task(watch(root, note, stands))
        await stands.wait()
        rounds.note(())
        group.create_task(rounds.run())


def _built(root: Path, options: Options, reader: Reader) -> Build:
    """Build with what earlier builds kept, so that one save costs one page."""
    cache = Lasting(reader, root / CACHE / FILE)
    try:
        return build(root, options, means=Means(cache))
    finally:
        cache.close()


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
