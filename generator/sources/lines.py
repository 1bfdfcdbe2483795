"""Lines of the site's files, to show beside what is wrong in them."""

from functools import lru_cache
from pathlib import Path

from generator.sources.files import read_file

_HELD = 4
"""How many files are in memory at once: problems come file by file, and name places in few others."""


class Lines:
    """Reads a file when one of its lines is asked for, and lets it go when others have been asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines_of = lru_cache(maxsize=_HELD)(self._read)

    def line_of(self, path: str, number: int) -> str | None:
        """Give a line, counted from 1; None where there is none or where it is empty."""
        lines = self.lines_of(path)
        return lines[number - 1] if 0 < number <= len(lines) and lines[number - 1] else None

    def _read(self, path: str) -> list[str]:
        file = read_file(self.root, path)
        text = file.data.decode("utf-8-sig", errors="replace") if file else ""
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
