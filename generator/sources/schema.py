"""Lists and groups of fields: one schema validates front matter and data files, and explains them."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.problems.likeness import nearest, suggest
from generator.problems.problem import Problem, Span
from generator.sources.values import Report, Type, Values, kind_of, label
from generator.sources.yamltree import Mapping, Node, Scalar, Sequence

_ELSEWHERE = {
    "author": "authors",
    "date": "updated",
    "description": "summary",
    "draft": "status",
    "hide": "",
    "icon": "",
    "keywords": "aliases",
    "lastmod": "updated",
    "layout": "",
    "permalink": "",
    "sidebar_label": "nav_title",
    "sidebar_position": "order",
    "slug": "",
    "tags": "aliases",
    "template": "",
    "weight": "order",
}
"""Fields of other generators, each with the one that stands for it here; nothing where the file's place says it."""
_LOOKED_UP = 50
"""Unknown fields of a group for which it is asked what was meant: of more, nobody has mistyped each."""


@dataclass(frozen=True)
class Items(Type):
    """A list of `least` to `most` values of one type."""

    of: Type
    least: int = 0
    most: int = 10_000
    name = "list"

    def read(self, node: Node, key: str, report: Report) -> object:
        """Give the values as a tuple; those that are wrong are left out, and the others are numbered without them."""
        if _is_empty(node):
            report.add("empty-value", f"{label(key)} has no value", node.span)
            return ()
        if not isinstance(node, Sequence):
            hint = "write it in square brackets, or each entry on a line of its own after a hyphen"
            report.add("wrong-type", f"{label(key)} is a {kind_of(node)}, not a list", node.span, hint)
            return ()
        if len(node.items) < self.least:
            message = f"{label(key)} has {_counted(len(node.items))}; it needs at least {self.least}"
            report.add("too-few", message, node.span)
        if len(node.items) > self.most:
            message = f"{label(key)} has {_counted(len(node.items))}; at most {self.most} fit"
            report.add("too-many", message, node.items[self.most].span)
        values: list[object] = []
        for item in node.items:
            path = f"{key}.{len(values)}"
            report.spans[path] = item.span
            value = self.of.read(item, path, report)
            values += [] if value is None else [value]
        return tuple(values)


@dataclass(frozen=True)
class Field:
    """One named field: its type, whether it must be there, and what it is for."""

    key: str
    type: Type
    help: str
    required: bool = False


@dataclass(frozen=True)
class Group(Type):
    """A group of named fields."""

    fields: tuple[Field, ...]
    name = "group of fields"

    def read(self, node: Node, key: str, report: Report) -> Values | None:
        """Give all fields by name; one that is absent is None, a list that is absent is empty."""
        if _is_empty(node):
            report.add("empty-value", f"{label(key)} has no value", node.span)
            return None
        if not isinstance(node, Mapping):
            asked = ", ".join(f"{one.key}: ..." for one in self.fields if one.required) or "..."
            hint = f"write {{{asked}}}; its fields are " + ", ".join(one.key for one in self.fields)
            report.add("wrong-type", f"{label(key)} is a {kind_of(node)}, not a group of fields", node.span, hint)
            return None
        known = {one.key: one for one in self.fields}
        values: Values = {one.key: () if isinstance(one.type, Items) else None for one in self.fields}
        seen: dict[str, Span] = {}
        unknown = []
        for name, value in node.entries:
            if name.text in seen:
                related = (("given first here", seen[name.text]),)
                message = f'"{name.text}" is given twice'
                report.problems.append(Problem("duplicate-key", message, name.span, related=related))
            elif name.text not in known:
                unknown.append(name)
            else:
                path = f"{key}.{name.text}" if key else name.text
                report.spans[path] = value.span
                values[name.text] = known[name.text].type.read(value, path, report)
            seen.setdefault(name.text, name.span)
        meant = _unknown(unknown, known, report)
        for one in self.fields:
            if one.required and one.key not in seen and one.key not in meant:
                report.add("missing-field", f'the field "{one.key}" is missing', _start(node), one.help)
        return values


def validate(group: Group, node: Node) -> tuple[Values | None, Report]:
    """Read a whole group of fields and all that is wrong with it."""
    report = Report()
    return group.read(node, "", report), report


def _unknown(names: Iterable[Scalar], known: dict[str, Field], report: Report) -> set[str]:
    """Report fields of names that nobody knows; give the names that were most likely meant."""
    meant = set()
    for number, name in enumerate(names):
        is_asked = number < _LOOKED_UP
        hint = _elsewhere(name.text, known) or (suggest(name.text, known) if is_asked else "")
        message = f'no field is called "{name.text}"'
        report.add("unknown-key", message, name.span, hint or "known: " + ", ".join(known))
        meant |= _meant(name.text, known) if is_asked else set()
    return meant


def _elsewhere(name: str, known: dict[str, Field]) -> str:
    """Say what stands here for a field of another generator, if articles have it."""
    if name not in _ELSEWHERE or "status" not in known:
        return ""
    if not _ELSEWHERE[name]:
        return "delete it: a page's address is the place of its file, and its looks come from its kind"
    return f'here it is called "{_ELSEWHERE[name]}": {known[_ELSEWHERE[name]].help}'


def _meant(name: str, known: dict[str, Field]) -> set[str]:
    """The field that a wrong name stands for: it is not told as missing too."""
    there = _ELSEWHERE.get(name) if "status" in known else None
    return set(nearest(name, known, count=1)) if there is None else {there}


def _counted(entries: int) -> str:
    return "1 entry" if entries == 1 else f"{entries} entries"


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _start(node: Mapping) -> Span:
    """Point at the first field's name: where somebody would add what is missing."""
    if not node.entries:
        return node.span.start
    return node.entries[0][0].span
