"""Puts what came of saves and of builds before whoever writes.

All of it runs on the loop that serves, one thing after another: a page is never older than one that was shown before.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.cache.cache import NOTHING_KEPT
from generator.output.outputs import Output
from generator.pipeline import Build
from generator.problems.problem import Problem
from generator.problems.shown import as_line
from generator.problems.visible import several
from generator.sources.lines import Lines
from generator.workbench.preview.answers import Shown, file_of
from generator.workbench.preview.at_once import Standing
from generator.workbench.preview.overlay import overlay
from generator.workbench.preview.saves import AtOnce, Saves
from generator.workbench.preview.server import PreviewServer

Say = Callable[[str], None]
Later = Callable[[Callable[[], None]], object]
"""Has something done after what waits already."""

_NOT_SHOWN = "not shown at once, for {}: {}"


def _soon(work: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_soon(work)


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


class Presenter:
    """Puts what came of a save or of a build before whoever writes: over the open pages, and in the terminal."""

    def __init__(
        self, root: Path, server: PreviewServer, say: Say, saves: Saves | None = None, later: Later = _soon
    ) -> None:
        self.root = root
        self.server = server
        self.say = say
        self.saves = saves or Saves(root, NOTHING_KEPT)
        self.good: Mapping[str, Output] = server.shown.files
        self.later = later
        self.reloaded = 0

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
            told = f"{several(errors, 'error')}, {several(len(outcome.done.problems) - errors, 'warning')}"
        site = outcome.done.finished if outcome.done else None
        if site:
            self.good = {one.path: one for one in site.outputs}
            shown = replace(shown, files=self.good, over_html="", base_path=site.base_path)
        else:
            problems = outcome.done.problems if outcome.done else ()
            shown = replace(shown, files=self.good, over_html=self._over(problems, outcome.fault))
            told += ", the last good site stays" if shown.files else ", there is no site yet"
        seen = self._newer(outcome.done, shown.files)
        pages = self._show(self._with(seen, shown) if seen else shown)
        reloaded, self.reloaded = min(self.reloaded, pages), 0
        return f"{told}; {reloaded} of {pages} open pages reloaded"

    def _newer(self, done: Build | None, files: Mapping[str, Output]) -> AtOnce | None:
        """What was saved while a build ran; a fault in this must not keep back what the build has made."""
        try:
            return self.saves.end(done, files)
        except Exception as fault:
            self.say(_NOT_SHOWN.format(type(fault).__name__, fault))
            return self.saves.end(None, files)

    def at_once(self, changed: Iterable[str]) -> None:
        """Show what saves have changed, before a build; what goes wrong here is left to the build."""
        try:
            self._at_once(changed)
        except BrokenPipeError:
            raise
        except Exception as fault:
            self.say(_NOT_SHOWN.format(type(fault).__name__, fault))

    def _at_once(self, changed: Iterable[str]) -> None:
        start = time.perf_counter()
        seen = self.saves.saved(changed, self.server.shown.files)
        if seen is None:
            return
        self._show(self._with(seen, self.server.shown))
        told = ", ".join(seen.names) if seen.is_good else "what is wrong"
        self.say(f"shown at once: {told}; {time.perf_counter() - start:.3f} s")
        if seen.is_good and seen.is_told_elsewhere:
            names = self._open_files() - {one.path for one in seen.outputs}
            self.later(partial(self._look_around, self.saves.standing, names))

    def _show(self, shown: Shown) -> int:
        """Show something else; give how many pages are open, and count those that were reloaded since a build ended."""
        reloaded, pages = self.server.show(shown)
        self.reloaded += reloaded
        return pages

    def _with(self, seen: AtOnce, shown: Shown) -> Shown:
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
        if standing is not self.saves.standing or not names:
            return
        name, *others = sorted(names)
        with suppress(Exception):
            made = self.saves.page(name, self.server.shown.files)
            if made:
                files = {**self.server.shown.files, **{one.path: one for one in made}}
                self._show(replace(self.server.shown, files=files))
        self.later(partial(self._look_around, standing, frozenset(others)))
