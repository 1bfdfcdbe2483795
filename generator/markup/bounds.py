"""How much one article may hold, counted before it is read: beyond, some step after this one takes more time than the
text is worth, or ends in an error that names no line.

Counting takes a millionth of a second for a few hundred characters, whatever they are.
"""

import re
from collections.abc import Iterator

from generator.problems.problem import Problem, Span
from generator.sources.files import over_limit, point
from generator.sources.limits import Limits

_ASKS = ("](", "][", "]:", "[^", "@", "\n::", "href=", "src=")
"""With one of these begins what an article asks of others: links, pictures, labels, notes, citations, blocks."""
_LEAD = r"[ \t>*+\-0-9.)]"
_LIST_SIGN = re.compile(r"(?:[*+-]|\d{1,9}[.)])(?=[ \t])")
_STEP = 4
"""Columns by which what is in a list stands further in."""
_RULE = re.compile(r"^[ \t>]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+\|[-:| \t]*+$", re.MULTILINE)
"""The line between a table's head and its rows."""
_LONG_NUMBER = re.compile(r"&#[0-9]{8,}")
"""A reference to a character by a number that no character has; Python refuses to read it from 4,300 digits on."""
_BRACKET = re.compile(r"[\[\]\n]")
_FENCE = ("```", "~~~")


def check_bounds(text: str, path: str, limits: Limits) -> list[Problem]:
    """Say what of an article is beyond the limits: at most one problem for each."""
    problems = []
    asks = sum(map(text.count, _ASKS))
    if asks > limits.links:
        problems.append(over_limit(path, f"{asks} links, citations, notes and blocks", "links", limits.links))
    cells = _cells(text) if "|" in text else 0
    if cells > limits.cells:
        problems.append(over_limit(path, f"{cells} cells in its tables", "cells", limits.cells))
    if len(text) > limits.line:
        problems += _long_line(text, path, limits.line)
    return [*problems, *_no_characters(text, path), *_nested(text, path, limits.nesting)]


def _cells(text: str) -> int:
    """How many cells the tables come to: a row that is short is filled up to the columns of the head."""
    found = 0
    for rule in _RULE.finditer(text):
        end = text.find("\n\n", rule.end())
        rows = text.count("\n", rule.end(), end if end >= 0 else len(text)) + 1
        found += rows * (rule[0].count("|") + 1)
    return found


def _no_characters(text: str, path: str) -> Iterator[Problem]:
    found = _LONG_NUMBER.search(text)
    if found:
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        yield Problem("reserved-character", "this number stands for no character", point(path, line, column, 2))


def _long_line(text: str, path: str, most: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > most:
            said = f"this line has {len(line)} characters; at most {most} are allowed"
            hint = "end it earlier, or raise `limits.line` in site.yaml"
            yield Problem("over-limit", said, Span(path, number, 1, number, len(line) + 1), hint)
            return


def _nested(text: str, path: str, most: int) -> Iterator[Problem]:
    """Find the first line that lists and quotes nest too deep, or too many brackets within brackets."""
    may_be_deep = re.search(rf"^{_LEAD}{{{most},}}", text, re.MULTILINE) or text.count("[") > most
    if not may_be_deep:
        return
    in_code = ""
    in_fields = text.startswith("---")  # whose depth is that of YAML
    for number, line in enumerate(text.split("\n"), 1):
        if in_fields:
            in_fields = number == 1 or line.rstrip() != "---"
            continue
        if line.startswith(_FENCE):
            in_code = "" if in_code and line.startswith(in_code) else in_code or line[:3]
        if in_code:
            continue
        depth = max(_depth(line), _brackets(line))
        if depth > most:
            said = f"{depth} lists, quotes or brackets are nested in each other; at most {most} are allowed"
            hint = "make it flatter, or raise `limits.nesting` in site.yaml"
            yield Problem("too-deep", said, point(path, number, 1, max(1, len(line))), hint)
            return


def _depth(line: str) -> int:
    """How deep a line stands in lists and quotes, by what stands before its words."""
    words = line.lstrip(" \t>*+-0123456789.)")
    lead = line[: len(line) - len(words)].expandtabs(_STEP)
    signs = len(_LIST_SIGN.findall(lead)) if words else 0
    return lead.count(">") + signs + lead.count(" " * _STEP)


def _brackets(line: str) -> int:
    """How many square brackets are open within a line at once."""
    deepest = depth = 0
    for sign in _BRACKET.findall(line) if line.count("[") > 1 else ():
        depth = depth + 1 if sign == "[" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest
