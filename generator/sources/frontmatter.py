"""Split an article into its front matter, as a tree with positions, and its text."""

from dataclasses import dataclass

from generator.problems.problem import Problem, Span, point
from generator.sources.yamltree import Mapping, read_yaml

_FENCE = "---"


@dataclass(frozen=True)
class Article:
    """The two parts of a file. `body_line` is the line (from 1) in which the text begins."""

    fields: Mapping
    body: str
    body_line: int


def split(text: str, path: str) -> tuple[Article | None, list[Problem]]:
    """Split a file at its two fences; None where there is no front matter that can be read."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if first and lines[first].rstrip() == _FENCE:
        message = "an empty line stands before the first `---`"
        return None, [Problem("no-front-matter", message, point(path, 1, 1), "delete it: the file begins with `---`")]
    if lines[0].rstrip() != _FENCE:
        width = max(1, len(lines[0]))
        return None, [Problem("no-front-matter", "the first line is not `---`", point(path, 1, 1, width))]
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        return None, [_never_closed(lines, path)]
    node, problems = read_yaml("\n".join(lines[1:end]) + "\n", path, first_line=2)
    if node is None:
        return None, problems or [Problem("no-front-matter", "the front matter has no fields", point(path, 2, 1))]
    if not isinstance(node, Mapping):
        return None, [Problem("wrong-type", "front matter is made of `name: value` lines", node.span)]
    return Article(node, "\n".join(lines[end + 1 :]), end + 2), problems


def text_below(text: str) -> tuple[str, int] | None:
    """Give the text below front matter that cannot be read, and its first line; None where no fences part them."""
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(fences) < 2 or fences[0] != 0:
        return None
    return "\n".join(lines[fences[1] + 1 :]), fences[1] + 2


def _never_closed(lines: list[str], path: str) -> Problem:
    """Point at the line where the closing fence was most likely meant: a near fence, or the first that is no YAML."""
    near = next((n for n, line in enumerate(lines[1:], 2) if line.strip(" -") == "" and "--" in line), None)
    if near:
        width = len(lines[near - 1])
        hint = "three hyphens at the start of the line, and nothing else"
        return Problem("open-front-matter", "this line does not close it", point(path, near, 1, width), hint)
    return Problem("open-front-matter", "opened here and never closed", Span(path, 1, 1, 1, 4))
