"""`build.py serve` for tests: started in a process of its own, and waited for by what it says, never by a clock."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Thread

from tests.sitekit import REPOSITORY

PATIENCE = 240.0
"""Seconds after which it is hopeless; no test that passes waits for them."""
PROGRAM = (str(REPOSITORY / "build.py"),)
ENDS = re.compile(r"build (\d+) ends: (.*)")


class Preview:
    """A running preview: its address, and all that it has said."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []
        self.said = Condition()
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()
        self.address = self.wait_for(r"http://\S+/").split()[0]
        self.port = int(self.address.rstrip("/").rpartition(":")[2])

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self.said:
                self.lines.append(line.rstrip("\n"))
                self.said.notify_all()

    def wait_for(self, pattern: str, after: int = 0) -> str:
        """Wait until a line fits a pattern, of those said after the first `after`; give that line."""

        def found() -> str | None:
            return next((line for line in self.lines[after:] if re.match(pattern, line)), None)

        with self.said:
            line = self.said.wait_for(lambda: found() or self.process.poll() is not None, PATIENCE) and found()
        assert line, f"it never said {pattern!r}, but:\n" + "\n".join(self.lines)
        return line

    def build(self, number: int) -> str:
        """Wait for the end of a build; give what was said of it."""
        line = self.wait_for(rf"build {number} ends: ")
        found = ENDS.match(line)
        assert found is not None
        return found[2]

    @property
    def builds(self) -> int:
        """How many builds have begun."""
        return sum(line.startswith("build ") and " begins" in line for line in self.lines)

    def named(self, number: int) -> str:
        """The changed files that a build was begun for."""
        line = self.wait_for(rf"build {number} begins")
        return line.partition(": ")[2]


@contextmanager
def previewed(root: Path, *options: str, program: tuple[str, ...] = PROGRAM) -> Iterator[Preview]:
    """Serve a site on a port that is free, from its first good or bad build until the block ends."""
    command = [sys.executable, *program, "serve", "--root", str(root), "--port", "0", *options]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            preview = Preview(process)
            preview.build(1)
            yield preview
        finally:
            process.terminate()
            process.wait()
