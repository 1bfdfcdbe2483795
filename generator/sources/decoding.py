"""The text of a file: its bytes decoded, and all that is wrong with them told at its place."""

from generator.problems.problem import Problem, Span, point
from generator.sources.characters import Refused, holds_refused, refused, without_refused
from generator.sources.files import SourceFile


def decode(file: SourceFile) -> tuple[str | None, list[Problem]]:
    """Give a file's text with LF line ends and no byte order mark, and what was wrong with its bytes.

    Characters that no source may hold are replaced one for one, so that none reaches a parser and every column stays.
    """
    problems: list[Problem] = []
    data = file.data
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        message = "the file begins with an invisible byte order mark"
        problems.append(Problem("byte-order-mark", message, Span(file.path), 'save it as "UTF-8 without BOM"'))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line, column = place_of(before, len(before))
        message = f"a character here is not UTF-8 (byte 0x{data[fault.start]:02x})"
        hint = "save the file again with the encoding UTF-8"
        return None, [*problems, Problem("not-utf8", message, point(file.path, line, column), hint)]
    if "\r" in text:
        line, column = place_of(text, text.index("\r"))
        message = "lines end with CR and LF" if "\r\n" in text else "lines end with CR alone"
        hint = "set your editor to end lines with LF (Unix)"
        problems.append(Problem("carriage-return", message, point(file.path, line, column), hint))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [*problems, Problem("empty-file", "the file is empty", Span(file.path), "write it, or delete it")]
    if holds_refused(text):
        found = refused(text)
        problems += _refused(file.path, text, found)
        text = without_refused(text, found)
    return text, problems


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _refused(path: str, text: str, found: list[Refused]) -> list[Problem]:
    """Say what is wrong with the characters of a text, with line and column of each."""
    problems = []
    line, seen = 1, 0
    for one in found:
        line += text.count("\n", seen, one.start)
        seen = one.start
        column = one.start - text.rfind("\n", 0, one.start)
        problems.append(Problem(one.code, one.message, point(path, line, column, one.length), one.hint))
    return problems
