"""The site's references: CSL-JSON as Zotero, JabRef and Pandoc write it. `custom.read` says how each was read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.evidence.vancouver import Link, format_reference, links, sort_key, year
from generator.problems import Problem, Span
from generator.sources.files import SourceFile, decode, point

READ = ("full-text", "abstract", "page", "notes", "title")
"""How a work was read, the most thorough first."""

_ID = re.compile(r'"id"\s*:\s*"((?:[^"\\]|\\.)*)"')
_KEY = re.compile(r"[A-Za-z0-9_][\w:.#$%&+?<>~/-]*")


@dataclass(frozen=True)
class Reference:
    """One work: its key, its reference as plain text, its links, and how it was read."""

    key: str
    text: str
    links: tuple[Link, ...]
    year: str
    read: str
    note: str
    sort_key: tuple[str, ...]
    span: Span


def read_references(file: SourceFile) -> tuple[dict[str, Reference], list[Problem]]:
    """Read all references by key, with what is wrong in the file."""
    text, problems = decode(file)
    if text is None:
        return {}, problems
    try:
        records = json.loads(text)
    except json.JSONDecodeError as fault:
        message = fault.msg[:1].lower() + fault.msg[1:]
        return {}, [*problems, Problem("bad-json", message, point(file.path, fault.lineno, fault.colno))]
    if not isinstance(records, list):
        return {}, [
            *problems,
            Problem("wrong-type", "the file must hold one list of records", Span(file.path)),
        ]
    places = _places(file.path, text)
    references: dict[str, Reference] = {}
    for record in records:
        found = _check(record, places, file.path)
        problems += found
        if found:
            continue
        key = record["id"]
        span = places[key][0] if len(places[key]) == 1 else places[key].pop(0)
        if key in references:
            related = (("given first here", references[key].span),)
            problems.append(Problem("duplicate-id", f'"{key}" is given twice', span, related=related))
        else:
            references[key] = _reference(record, span)
    return references, problems


def _reference(record: Mapping[str, object], span: Span) -> Reference:
    custom = record.get("custom")
    return Reference(
        key=str(record["id"]),
        text=format_reference(record),
        links=links(record),
        year=year(record) or "",
        read=str(custom.get("read")) if isinstance(custom, dict) else "title",
        note=str(record.get("note") or ""),
        sort_key=sort_key(record),
        span=span,
    )


def _check(record: object, places: Mapping[str, list[Span]], path: str) -> list[Problem]:
    if not isinstance(record, dict):
        return [Problem("bad-reference", "a reference must be an object", Span(path))]
    key = record.get("id")
    if not isinstance(key, str) or key not in places:
        return [Problem("bad-reference", f'a reference has no "id": {record.get("title")}', Span(path))]
    span = places[key][0]
    problems = []
    if not _KEY.fullmatch(key):
        problems.append(Problem("bad-reference", f'"{key}" cannot be cited: use letters and digits', span))
    for name in ("type", "title"):
        value = record.get(name)
        if not isinstance(value, str) or not value.strip():
            problems.append(Problem("bad-reference", f'"{key}" has no {name}', span))
    custom = record.get("custom")
    read = custom.get("read") if isinstance(custom, dict) else None
    if read not in READ:
        hint = 'add "custom": {"read": ...} with one of: ' + ", ".join(READ)
        problems.append(Problem("bad-reference", f'"{key}" does not say how it was read', span, hint))
    return problems


def _places(path: str, text: str) -> dict[str, list[Span]]:
    """The spans of every id in the file, by id."""
    places: dict[str, list[Span]] = {}
    line, seen = 1, 0
    for match in _ID.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        column = match.start(1) - (text.rfind("\n", 0, match.start(1)) + 1) + 1
        key = json.loads(f'"{match[1]}"')
        places.setdefault(key, []).append(point(path, line, column, len(match[1])))
    return places
