"""YAML as a tree in which every key and value has its place. Values stay text: types are the schema's business."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from generator.problems.problem import Problem, Span
from generator.sources.characters import refused
from generator.sources.files import point

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 12
_COMMENT_OR_TEXT = re.compile(r"(\s+)(#[^\s#].*\S|#[^\s#])")
_ITEM = re.compile(r"(\s*)- \S")
_FIRST_NAME = re.compile(r"[\s-]*+(?:\w[\w-]*|(?<=-))")
_CURLY = "\u201c\u201d\u2018\u2019"
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""YAML ends a line at these characters, and nobody else does: every line number below would be wrong."""

_EXPLAINED = {
    "mapping values are not allowed": 'a text that holds ": " must stand in quotes; or the line above lacks its colon',
    "could not find expected ':'": "a field needs a colon and a space after its name",
    "found character '\\t'": "a tab stands where spaces are needed",
    "found unexpected end of stream": "a quote is opened and never closed",
    "while scanning a quoted scalar": "a quote is opened and never closed",
    "cannot start any token": "a text that begins with @, [@, ` or % must stand in quotes",
    "did not find expected key": "the indent does not fit the lines above, or a quote ends too early",
    "did not find expected '-' indicator": "the indent does not fit the list above",
    "did not find expected ',' or ']'": "a list in square brackets is not closed, or a text with [ needs quotes",
    "did not find expected ',' or '}'": "a group in curly brackets is not closed, or a text with { needs quotes",
    "did not find expected node content": "a text that begins with a bracket or a comma must stand in quotes; or a "
    "bracket is never closed",
    "did not find expected comment or line break": "a text that begins with | or > must stand in quotes",
    "alphabetic or numeric character": "a text that begins with * or & must stand in quotes",
    "block sequence entries are not allowed": "a list begins on the line below the name of its field",
    "unknown escape character": "write the text in single quotes, in which a backslash is only a backslash",
}


_BEGINS_EARLIER = ("quoted scalar", "scanning an alias", "scanning an anchor", "scanning a simple key")
"""What libyaml notices only behind the place where it begins."""


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
    events = yaml.parse(_LINE_ENDS.sub(" ", text), Loader=_LOADER)
    builder = _Builder(path, first_line, text.split("\n"), _end(text))
    try:
        return builder.document(events), builder.problems
    except _Refused as refused:
        return None, [refused.problem]
    except yaml.MarkedYAMLError as fault:
        return None, [_unreadable(fault, builder)]
    except yaml.YAMLError as fault:
        return None, [Problem("bad-yaml", str(fault), Span(path, first_line, 1, first_line, 1))]


class _Builder:
    """Turns the parser's events into nodes."""

    def __init__(self, path: str, first_line: int, lines: list[str], text_end: tuple[int, int]) -> None:
        self.path = path
        self.offset = first_line
        self.lines = lines
        self.text_end = text_end
        self.problems: list[Problem] = []
        self.long_quote: Span | None = None
        """The last quoted text of several lines: where something is amiss behind it, it was to be closed earlier."""

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
            hidden = refused(event.value)
            if hidden:  # what was written as it is, is gone by now
                message = "an escape in this text stands for an invisible character"
                raise _Refused(Problem(hidden[0].code, message, self.span(event, event)))
            span = self.span(event, event)
            if not event.style:
                self.notice_cut(span)
                self.refuse_joined(span)
            elif span.end_line > span.line:
                self.long_quote = span
            return Scalar(event.value, span, bool(event.style))
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

    def notice_cut(self, span: Span) -> None:
        """Report a value that was most likely not meant to end where it does: `Boat #1` is the text `Boat`."""
        row = span.end_line - self.offset
        cut = _COMMENT_OR_TEXT.match(self.lines[row], span.end_column - 1) if row < len(self.lines) else None
        if cut:
            place = point(self.path, span.end_line, span.end_column + len(cut[1]), len(cut[2]))
            hint = "put the whole text in quotes; or, if it is a comment, write a space after the #"
            self.problems.append(Problem("cut-value", f'"{cut[2]}" is not a part of the value', place, hint))

    def refuse_joined(self, span: Span) -> None:
        """Refuse an entry of a list that YAML takes for more of the text above, since it stands further in."""
        for number in range(span.line + 1, span.end_line + 1):
            item = _ITEM.match(self.lines[number - self.offset])
            if item:
                message = "this entry is read as a part of the text above"
                place = point(self.path, number, len(item[1]) + 1)
                hint = "begin it as far to the left as the other entries of its list"
                raise _Refused(Problem("bad-yaml", message, place, hint))

    def refuse_features(self, event: yaml.Event, depth: int) -> None:
        if depth > _MAX_DEPTH:
            message = f"lists and fields are nested more than {_MAX_DEPTH} levels deep"
            raise _Refused(Problem("too-deep", message, self.span(event, event)))
        tag = getattr(event, "tag", None)
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            raise self.feature("*", "an alias", anchor, event)
        if anchor:
            raise self.feature("&", "an anchor", anchor, event)
        if tag and tag != "!":
            raise self.feature("!", "a tag", tag, event)

    def feature(self, sign: str, what: str, name: str | None, event: yaml.Event) -> _Refused:
        message = f"what begins with {sign} is {what} in YAML ({name})"
        return _Refused(Problem("yaml-feature", message, self.span(event, event), "put the text in quotes"))

    def nothing_more(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                message = "a second document begins here; one file holds one"
                raise _Refused(Problem("bad-yaml", message, self.span(event, event)))

    def span(self, start: yaml.Event, end: yaml.Event) -> Span:
        first, last = start.start_mark, end.end_mark
        if first is None or last is None:
            return Span(self.path, self.offset, 1, self.offset, 1)
        line, column, end_line, end_column = first.line, first.column, last.line, last.column
        if end_line >= self.text_end[0]:
            line, column = min((line, column), self.text_end)
            end_line, end_column = min((end_line, end_column), self.text_end)
        return Span(self.path, line + self.offset, column + 1, end_line + self.offset, end_column + 1)


def _tabs(text: str, path: str, first_line: int) -> list[Problem]:
    """Find tabs in the indent of a line, where YAML forbids them and says so badly."""
    found = []
    for number, line in enumerate(text.split("\n"), first_line):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip():
            place = point(path, number, indent.index("\t") + 1)
            found.append(Problem("tab", "a tab indents this line", place, "use spaces"))
    return found


def _end(text: str) -> tuple[int, int]:
    """Line and column (from 0) of the end: YAML's marks lie in the line after it where the last line is not ended."""
    return text.count("\n"), len(text) - (text.rfind("\n") + 1)


def _unreadable(fault: yaml.MarkedYAMLError, builder: _Builder) -> Problem:
    path, first_line = builder.path, builder.offset
    mark = fault.problem_mark or fault.context_mark
    context = fault.context_mark
    said = f"{fault.context or ''} {fault.problem or ''}"
    hint = next((text for sign, text in _EXPLAINED.items() if sign in said), "")
    if context and any(sign in said for sign in _BEGINS_EARLIER):
        mark = context
    line, column = min((mark.line, mark.column), builder.text_end) if mark else (0, 0)
    opened = builder.long_quote
    if opened and "did not find expected" in said and opened.end_line == line + first_line:
        place = point(path, opened.line, opened.column)
        return Problem(
            "bad-yaml", f"a quote opens here and is closed only in line {opened.end_line}", place, "close it"
        )
    hint = _told_by_lines(builder.lines[max(line - 1, 0) : line + 1], column, said) or hint
    message = "this cannot be read as YAML" + ("" if hint else f": {fault.problem or fault}")
    return Problem("bad-yaml", message, point(path, line + first_line, column + 1), hint)


def _told_by_lines(lines: list[str], column: int, said: str) -> str:
    """Say what the line and the one above it show to be the cause; nothing where they show none."""
    no_value = "mapping values are not allowed" in said
    if (no_value or "could not find expected ':'" in said) and any(":\u00a0" in line for line in lines):
        return "an invisible no-break space follows the colon, here or in the line above; write an ordinary space"
    if not no_value:
        return ""
    before = lines[-1][:column]
    if _FIRST_NAME.fullmatch(before):
        colon = "or the line above lacks its colon and the space after it"
        return f"begin this as far to the left as the other fields of its group; {colon}"
    value = before.partition(": ")[2].lstrip()
    if value[:1] and value[0] in _CURLY:
        return "curly quotes are a part of the text; write straight ones around it: \" or '"
    return ""
