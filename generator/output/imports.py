"""Stylesheets and scripts that are written in several files and asked for as one.

A line `@import "tokens.css";` or `import "./review.js";` alone is replaced by the file of that name beside it. What is
put into another file is not copied by itself. Each script that is put in gets a block, so that no two share names.
"""

import re
from collections.abc import Iterable

from generator.problems.problem import Problem, Span, suggest
from generator.sources.files import SourceFile, decode, source_file

_LINES = {
    ".css": re.compile(r'^@import "([^"/]+)";$', re.MULTILINE),
    ".js": re.compile(r'^import "\./([^"/]+)";$', re.MULTILINE),
}


def with_imports(files: Iterable[SourceFile]) -> tuple[list[SourceFile], list[Problem]]:
    """Put each file that another one names into that one; nothing is put in twice deep."""
    every = {file.path: file for file in files}
    problems: list[Problem] = []
    whole: dict[str, SourceFile] = {}
    inner: set[str] = set()
    for path, file in every.items():
        line = _line(path)
        text = decode(file)[0] if line else None
        if line is None or text is None or not line.search(text):
            whole[path] = file
            continue
        found = {match[1]: match.start(1) for match in line.finditer(text)}
        names = {name: f"{path.rpartition('/')[0]}/{name}" for name in found}
        wrong = [
            _problem(path, text, found[name], name, every) for name in found if not _fits(names[name], path, every)
        ]
        problems += wrong
        inner |= set(names.values())
        if not wrong:
            whole[path] = source_file(path, _joined(text, line, names, every).encode("utf-8"))
    return [file for path, file in whole.items() if path not in inner], problems


def _line(path: str) -> re.Pattern[str] | None:
    return next((line for ending, line in _LINES.items() if path.endswith(ending)), None)


def _fits(name: str, path: str, every: dict[str, SourceFile]) -> bool:
    """Whether a file can be put into another: it is there, of the same type, and puts nothing in itself."""
    line = _line(path)
    if line is None or name not in every or _line(name) is not line:
        return False
    return not line.search(decode(every[name])[0] or "")


def _joined(text: str, line: re.Pattern[str], names: dict[str, str], every: dict[str, SourceFile]) -> str:
    def put(match: re.Match[str]) -> str:
        inner = (decode(every[names[match[1]]])[0] or "").strip()
        return inner if line is _LINES[".css"] else f"{{\n{inner}\n}}"

    return line.sub(put, text)


def _problem(path: str, text: str, start: int, name: str, every: dict[str, SourceFile]) -> Problem:
    row, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    span = Span(path, row, column, row, column + len(name))
    beside = [one.rpartition("/")[2] for one in every if one.rpartition("/")[0] == path.rpartition("/")[0] != one]
    hint = suggest(name, [one for one in beside if one != path.rpartition("/")[2]])
    return Problem("broken-import", f'"{name}" cannot be put in here', span, hint)
