"""Data files: lists of records in YAML, each validated by its schema and knowing where it stands."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from generator.problems.problem import Problem, Span
from generator.sources.files import SourceFile, decode
from generator.sources.schema import Group, validate
from generator.sources.values import Values
from generator.sources.yamltree import Sequence, read_yaml


@dataclass(frozen=True)
class Record:
    """One record: its values and the span of each value by its path."""

    values: Values
    spans: Mapping[str, Span]
    span: Span

    def text(self, key: str) -> str:
        """Give a value that is text; empty where it is not given or was wrong."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """Give a value that is a number; 0 where it was wrong."""
        value = self.values.get(key)
        return value if isinstance(value, int) else 0

    def items(self, key: str) -> tuple[object, ...]:
        """Give a value that is a list."""
        value = self.values.get(key)
        return value if isinstance(value, tuple) else ()

    def groups(self, key: str) -> tuple[Mapping[str, object], ...]:
        """Give a value that is a list of groups of fields."""
        return tuple(one for one in self.items(key) if isinstance(one, dict))

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a value that is a list of texts."""
        return tuple(one for one in self.items(key) if isinstance(one, str))

    def placed(self, key: str) -> tuple[tuple[str, Span], ...]:
        """Give a value that is a list of texts, each with its place."""
        return tuple((text, self.at(f"{key}.{index}")) for index, text in enumerate(self.texts(key)))

    def group(self, key: str) -> Mapping[str, object]:
        """Give a value that is a group of fields; empty where it is not given."""
        value = self.values.get(key)
        return value if isinstance(value, dict) else {}

    def leaves(self, fields: Container[str]) -> Iterator[tuple[str, str, Span]]:
        """Give the path, text and place of every value, however deep, whose field is one of these."""
        for path, span in self.spans.items():
            value: object = self.values
            for part in path.split("."):
                if isinstance(value, dict):
                    value = value.get(part)
                elif isinstance(value, tuple) and part.isdecimal() and int(part) < len(value):
                    value = value[int(part)]
            if path.rsplit(".", 1)[-1] in fields and isinstance(value, str):
                yield path, value, span

    def at(self, key: str) -> Span:
        """Give the place of a value, or of the record where the value has none."""
        return self.spans.get(key, self.span)


def read_records(file: SourceFile, schema: Group) -> tuple[list[Record], list[Problem]]:
    """Read a file that holds one list of records; records with problems are given as far as they go."""
    text, problems = decode(file)
    if text is None:
        return [], problems
    node, found = read_yaml(text, file.path)
    problems += found
    if node is None:
        return [], problems
    if not isinstance(node, Sequence):
        return [], [*problems, Problem("wrong-type", "the file must hold one list of records", node.span)]
    records = []
    for item in node.items:
        values, report = validate(schema, item)
        problems += report.problems
        if values is not None:
            start = Span(file.path, item.span.line, item.span.column, item.span.line, item.span.column + 1)
            records.append(Record(values, report.spans, start))
    return records, problems


def same_ids(records: list[Record], key: str = "id") -> list[Problem]:
    """Find records that share an id, over one file or several."""
    first: dict[str, Span] = {}
    problems = []
    for record in records:
        name = record.text(key)
        if name and name in first:
            related = (("given first here", first[name]),)
            problems.append(Problem("duplicate-id", f'"{name}" is given twice', record.at(key), related=related))
        first.setdefault(name, record.at(key))
    return problems
