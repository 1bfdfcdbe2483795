"""How far a build is, for whoever waits for it, and how long a part of it took."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO


class Bar:
    """A bar on a terminal; elsewhere one line for each stage."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self.live:
            filled = 24 * done // max(total, 1)
            text = f"\r{stage:<10} [{'#' * filled:<24}] {done}/{total}"
            self.width = max(self.width, len(text))
            self._write(text)
        elif done == total:
            self._write(f"{stage} {total}\n")

    def clear(self) -> None:
        """Take the bar away."""
        if self.live:
            self._write("\r" + " " * self.width + "\r")

    def _write(self, text: str) -> None:
        with suppress(BrokenPipeError):  # that nobody looks any more is no reason to stop
            self.stream.write(text)
            self.stream.flush()


class Watch:
    """Passes on how far a build is, and notes the seconds of each stage: from when it first tells of itself to when it
    last does."""

    def __init__(self, shown: Callable[[str, int, int], None]) -> None:
        self.shown = shown
        self.seconds: dict[str, float] = {}
        self._begun: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        self.seconds[stage] = now - self._begun.setdefault(stage, now)
        self.shown(stage, done, total)
