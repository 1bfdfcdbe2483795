"""How far a build is, for whoever waits for it."""

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
            self.stream.write(text)
            self.stream.flush()
        elif done == total:
            self.stream.write(f"{stage} {total}\n")

    def clear(self) -> None:
        """Take the bar away."""
        if self.live:
            self.stream.write("\r" + " " * self.width + "\r")
            self.stream.flush()
