"""The site's references: CSL-JSON as Zotero, JabRef and Pandoc write it. `custom.read` says how each was read."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.evidence.vancouver import Link, byline, format_reference, links, sort_key, title, year
from generator.problems.problem import Problem, Span
from generator.sources.characters import refused
from generator.sources.files import SourceFile, decode, point
from generator.sources.hosts import misleading
from generator.sources.records import Record

READ = ("full-text", "abstract", "page", "notes", "title")
"""How a work was read, the most thorough first."""

KINDS = (
    *("article-journal", "article-magazine", "article", "book", "chapter", "document", "report", "speech", "thesis"),
    *("webpage", "other"),
)
"""The CSL types that readers are told of; every further one is `other`."""

_EXPLAINED = {
    "Expecting property name": "a comma stands before a closing bracket, or a name lacks its quotes",
    "Expecting ',' delimiter": "a comma is missing before this, or a quote within a text lacks its backslash",
    "Expecting ':' delimiter": "a colon is missing between a name and its value",
    "Expecting value": "a value is missing here, or a comma stands before a closing bracket",
    "Illegal trailing comma": "take out the comma before the closing bracket",
    "Unterminated string": "a quote is opened here and never closed",
    "Invalid control character": "a text may not run over the end of its line",
    "Invalid \\": "write a backslash twice",
    "Extra data": "the list ends before this; a closing bracket stands too early",
}
"""What the JSON reader says, by its beginning, in other words."""

_GAP = re.compile(r"[\s,]*")
_ID = re.compile(r'"id"\s*:\s*"((?:[^"\\]|\\.)*)"')
_DOI_LINK = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*")
_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
_KEY = re.compile(r"[A-Za-z0-9_][\w:.#$%&+?<>~/-]*")


@dataclass(frozen=True)
class Reference:
    """One work: its key, its reference as plain text, its links, and how it was read.

    `slug` names its page: the key as a part of an address, and like no other. `by` is who wrote it, in short.
    """

    key: str
    text: str
    links: tuple[Link, ...]
    year: str
    read: str
    note: str
    sort_key: tuple[str, ...]
    span: Span
    title: str = ""
    by: str = ""
    kind: str = "other"
    slug: str = ""


def read_references(file: SourceFile) -> tuple[dict[str, Reference], list[Problem]]:
    """Read all references by key, with what is wrong in the file."""
    text, problems = decode(file)
    if text is None:
        return {}, problems
    try:
        records = json.loads(text)
    except json.JSONDecodeError as fault:
        message = fault.msg[:1].lower() + fault.msg[1:]
        place = point(file.path, fault.lineno, fault.colno)
        return {}, [*problems, Problem("bad-json", message, place, _hint(fault.msg))]
    except (ValueError, RecursionError):
        message = "a number is too long, or lists are nested too deeply"
        return {}, [*problems, Problem("bad-json", message, Span(file.path))]
    if not isinstance(records, list):
        hint = "put square brackets around all records: [{...}, {...}]"
        return {}, [*problems, Problem("wrong-type", "the file must hold one list of records", Span(file.path), hint)]
    references: dict[str, Reference] = {}
    slugs: dict[str, int] = {}
    for record, place in zip(records, _places(file.path, text), strict=True):
        found = _check(record, place)
        problems += found
        key = record.get("id") if isinstance(record, dict) else None
        if not isinstance(key, str):
            continue
        if key in references:
            related = (("given first here", references[key].span),)
            problems.append(Problem("duplicate-id", f'"{key}" is given twice', place, related=related))
        else:
            slug = _slug(key, slugs)
            bare = Reference(key, "", (), "", READ[-1], "", (), place, slug=slug)
            references[key] = bare if found else _reference(record, place, slug)
    return references, problems


def retracted(references: Mapping[str, Reference], notices: Iterable[Record]) -> dict[str, str]:
    """Give the notice of each work that has been taken back, by its key; works are known again by their DOI."""
    by_doi = {_bare(record.text("doi")): record.text("notice") for record in notices}
    return {
        key: by_doi[doi]
        for key, reference in references.items()
        for doi in (_bare(link.text) for link in reference.links if link.label_key == "doi")
        if doi in by_doi
    }


def _bare(doi: str) -> str:
    return _DOI_LINK.sub("", doi.strip().casefold())


def _hint(said: str) -> str:
    """Explain in other words what the JSON reader says."""
    return next((hint for start, hint in _EXPLAINED.items() if said.startswith(start)), "")


def _slug(key: str, taken: dict[str, int]) -> str:
    """The key in small letters, digits and hyphens; with a number where another key has come to the same. It is noted
    as `taken`, and with what number it was taken last."""
    slug = plain = _NOT_IN_ADDRESS.sub("-", key.casefold()).strip("-") or "work"
    while slug in taken:
        taken[plain] += 1
        slug = f"{plain}-{taken[plain]}"
    taken[slug] = 1
    return slug


def _reference(record: Mapping[str, object], span: Span, slug: str) -> Reference:
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
        title=title(record),
        by=byline(record),
        kind=kind if (kind := str(record.get("type"))) in KINDS else "other",
        slug=slug,
    )


def _check(record: object, span: Span) -> list[Problem]:
    if not isinstance(record, dict):
        return [Problem("bad-reference", "a reference must be a group of fields in curly brackets", span)]
    key = record.get("id")
    if not isinstance(key, str):
        return [Problem("bad-reference", "this reference has no id", span, 'add "id": "author2020"')]
    problems = []
    if not _KEY.fullmatch(key):
        message = f'"{key}" cannot be cited'
        problems.append(Problem("bad-reference", message, span, "use letters and digits, as in author2020"))
    for name in ("type", "title"):
        value = record.get(name)
        if not isinstance(value, str) or not value.strip():
            problems.append(Problem("bad-reference", f'"{key}" has no {name}', span, f'add "{name}": "..."'))
    custom = record.get("custom")
    read = custom.get("read") if isinstance(custom, dict) else None
    if read not in READ:
        hint = 'add "custom": {"read": ...} with one of: ' + ", ".join(READ)
        problems.append(Problem("bad-reference", f'"{key}" does not say how it was read', span, hint))
    return [*problems, *_address(record, span), *_hidden(record, span)]


def _address(record: Mapping[str, object], span: Span) -> list[Problem]:
    """Look at the address of a work, which becomes a link."""
    address = record.get("URL")
    if not isinstance(address, str) or not address.strip():
        return []
    if not address.strip().lower().startswith(("http://", "https://")):
        return [Problem("bad-url", f'the URL of "{record["id"]}" is not a web address', span, "begin with https://")]
    wrong = misleading(address.strip())
    return [Problem("misleading-link", f'in the URL of "{record["id"]}", {wrong[0]}', span, wrong[1])] if wrong else []


def _hidden(record: Mapping[str, object], span: Span) -> list[Problem]:
    """Find texts in which an escape stands for what no source may hold; there may be many, and one is told."""
    waiting: list[object] = [record]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found = refused(value)
            if found:
                message = f'an escape in the record "{record["id"]}" stands for an invisible character'
                return [Problem(found[0].code, message, span, found[0].hint)]
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
    return []


def _places(path: str, text: str) -> Iterator[Span]:
    """The span of each record's id, or of its first character where it has none; `text` is one list in good JSON."""
    decoder = json.JSONDecoder()
    line, seen = 1, 0
    start = _GAP.match(text, text.index("[") + 1)
    while start and start.end() < len(text) and text[start.end()] != "]":
        value, end = decoder.raw_decode(text, start.end())
        first, width = start.end(), 1
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            written = [one for one in _ID.finditer(text, first, end) if json.loads(f'"{one[1]}"') == value["id"]]
            if written:
                first, width = written[0].start(1), len(written[0][1])
        line += text.count("\n", seen, first)
        seen = first
        yield point(path, line, first - text.rfind("\n", 0, first), width)
        start = _GAP.match(text, end)
