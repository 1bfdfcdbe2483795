"""The front matter of an article: its values by the schema of its kind, the lines of Markdown among them as HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.markup.converter import convert_inline
from generator.markup.dates import check_dates
from generator.markup.locate import in_value
from generator.markup.passages import FILL
from generator.markup.prose import Passage, field_passage
from generator.markup.slots import Slot
from generator.problems.problem import Problem, Span
from generator.sources.schema import Group, validate
from generator.sources.values import Written
from generator.sources.yamltree import Mapping as Tree

_READ = ("title", "question", "summary")
"""Fields of plain text that are read as prose; the others of plain text are names."""


@dataclass(frozen=True)
class Fields:
    """The fields of one article: `meta` are their values by name, `spans` their places by dotted path.

    `slots` are what their lines ask of other files, in the order of the schema; `prose` is their running text.
    """

    meta: Mapping[str, object]
    spans: Mapping[str, Span]
    slots: tuple[Slot, ...]
    prose: tuple[Passage, ...]
    problems: tuple[Problem, ...]


def read_fields(tree: Tree, schema: Group, lines: list[str]) -> Fields:
    """Read all fields, and find everything that is wrong in them; `lines` are those of the whole file."""
    values, report = validate(schema, tree)
    slots: tuple[Slot, ...] = ()
    prose: list[Passage] = []
    problems = report.problems

    def converted(value: object, key: str) -> object:
        nonlocal slots
        if isinstance(value, Written):
            line = convert_inline(value.text, in_value(value, lines), slots)
            slots = (*slots, *line.slots)
            problems.extend(line.problems)
            passage = field_passage(key, value.text, value.span, lines, line.prose.replace(FILL, " "))
            prose.append(replace(passage, cited=bool(line.marks.citations), linked=bool(line.marks.links)))
            return line.fragment
        if isinstance(value, tuple):
            return tuple(converted(one, key) for one in value)
        if isinstance(value, dict):
            return {inner: converted(one, key) for inner, one in value.items()}
        return value

    meta = {key: converted(value, key) for key, value in (values or {}).items()}
    prose += [field_passage(key, str(meta[key]), report.spans[key], lines) for key in _READ if meta.get(key)]
    return Fields(meta, report.spans, slots, tuple(prose), (*problems, *check_dates(meta, report.spans)))
