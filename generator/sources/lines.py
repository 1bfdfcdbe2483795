"""Lines of the site's files, to show beside what is wrong in them."""

from pathlib import Path

from generator.sources.files import read_file


class Lines:
    """Reads each file once, when one of its lines is asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, list[str]] = {}

    def line_of(self, path: str, number: int) -> str | None:
        """Give a line, counted from 1; None where there is none or where it is empty."""
        if path not in self.files:
            file = read_file(self.root, path)
            text = file.data.decode("utf-8-sig", errors="replace") if file else ""
            self.files[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self.files[path]
        return lines[number - 1] if 0 < number <= len(lines) and lines[number - 1] else None
