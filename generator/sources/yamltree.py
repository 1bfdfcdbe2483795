"""YAML as a tree in which every key and value has its place. Values stay text: types are the schema's business."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from generator.problems import Problem, Span
from generator.sources.files import holds_reserved, point

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 12

_EXPLAINED = {
    "mapping values are not allowed": 'a text that holds ": " must stand in quotes',
    "could not find expected ':'": "a field needs a colon after its name",
    "found character '\\t'": "a tab stands where spaces are needed",
    "found unexpected end of stream": "a quote is opened and never closed",
    "while scanning a quoted scalar": "a quote is opened and never closed",
    "found character '@'": "a text that begins with @ must stand in quotes",
    "found character '`'": "a text that begins with ` must stand in quotes",
    "did not find expected key": "the indent does not fit the lines above, or a quote ends too early",
    "did not find expected '-' indicator": "the indent does not fit the list above",
    "did not find expected ',' or ']'": "a list in square brackets is not closed, or a text with [ needs quotes",
    "did not find expected ',' or '}'": "a group in curly brackets is not closed, or a text with { needs quotes",
}


@dataclass(frozen=True)
class Scalar:
    """One value, always as the text that was written; `quoted` tells an empty text from no value."""

    text: str
    span: Span
    quoted: bool = False


@dataclass(frozen=True)
class Sequence:
    """A list."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True)
class Mapping:
    """Named values in the order in which they were written; names may repeat."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    span: Span


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document that begins at `first_line` of its file; None where nothing could be read."""
    tabs = _tabs(text, path, first_line)
    if tabs:
        return None, tabs
    events = yaml.parse(text, Loader=_LOADER)
    try:
        return _Builder(path, first_line).document(events), []
    except _Refused as refused:
        return None, [refused.problem]
    except yaml.MarkedYAMLError as fault:
        return None, [_unreadable(fault, path, first_line)]
    except yaml.YAMLError as fault:
        return None, [Problem("bad-yaml", str(fault), Span(path, first_line, 1, first_line, 1))]


class _Builder:
    """Turns the parser's events into nodes."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.offset = first_line

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                node = self.node(event, events, 0)
                self.nothing_more(events)
                return node
        return None

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self.refuse_features(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            if holds_reserved(event.value):
                message = "an escape in this text stands for an invisible character"
                raise _Refused(Problem("reserved-character", message, self.span(event, event)))
            return Scalar(event.value, self.span(event, event), event.style is not None)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self.node(inner, events, depth + 1))
            return Sequence(tuple(items), self.span(event, inner))
        entries = []
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            entries.append((self.key(inner, events, depth), self.node(next(events), events, depth + 1)))
        return Mapping(tuple(entries), self.span(event, inner))

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Scalar:
        node = self.node(event, events, depth + 1)
        if isinstance(node, Scalar):
            return node
        raise _Refused(Problem("bad-yaml", "the name of a field must be plain text", node.span))

    def refuse_features(self, event: yaml.Event, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise _Refused(Problem("too-deep", f"more than {_MAX_DEPTH} levels", self.span(event, event)))
        tag = getattr(event, "tag", None)
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(Problem("yaml-feature", f"an alias (*{anchor})", self.span(event, event)))
        if anchor:
            raise _Refused(Problem("yaml-feature", f"an anchor (&{anchor})", self.span(event, event)))
        if tag and tag != "!":
            raise _Refused(Problem("yaml-feature", f"a tag ({tag})", self.span(event, event)))

    def nothing_more(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                message = "a second document begins here; one file holds one"
                raise _Refused(Problem("bad-yaml", message, self.span(event, event)))

    def span(self, start: yaml.Event, end: yaml.Event) -> Span:
        first, last = start.start_mark, end.end_mark
        if first is None or last is None:
            return Span(self.path, self.offset, 1, self.offset, 1)
        return Span(self.path, first.line + self.offset, first.column + 1, last.line + self.offset, last.column + 1)


def _tabs(text: str, path: str, first_line: int) -> list[Problem]:
    """Find tabs in the indent of a line, where YAML forbids them and says so badly."""
    found = []
    for number, line in enumerate(text.split("\n"), first_line):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip():
            found.append(Problem("tab", "a tab indents this line", point(path, number, indent.index("\t") + 1)))
    return found


def _unreadable(fault: yaml.MarkedYAMLError, path: str, first_line: int) -> Problem:
    mark = fault.problem_mark or fault.context_mark
    context = fault.context_mark
    said = f"{fault.context or ''} {fault.problem or ''}"
    hint = next((text for sign, text in _EXPLAINED.items() if sign in said), "")
    if "quoted scalar" in said and context:
        mark = context
    line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
    return Problem("bad-yaml", str(fault.problem or fault), point(path, line, column), hint)
