"""Which kind of article a file holds, by its place and its fields, and whether its name can be an address."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath

from generator.disk.folders import CONTENT
from generator.problems.problem import Problem, Span
from generator.sources.files import address_part_is_good, good_name
from generator.sources.kinds import KINDS, Kind
from generator.sources.yamltree import Mapping as Tree

_FRONT_PAGES = {"differential-diagnosis": "article", "treatment": "article", "question": "page", "sheet": "page"}
"""The kind of a section's `index.md`, where it is not that of the section's other files."""
_ENOUGH = 3
"""How many fields that only another kind asks for show that a page is of that kind."""


def kind_of(inner: PurePosixPath, section: str, kinds: Mapping[str, str]) -> str:
    """Give the kind of a file by its place; `kinds` are those of the sections' folders."""
    if not section:
        return "home" if inner.name == "index.md" else "page"
    kind = kinds.get(section, "article")
    return _FRONT_PAGES.get(kind, kind) if inner.name == "index.md" else kind


def meant(keys: set[str], kind: Kind) -> Kind | None:
    """Give the kind for which fields were written, where it is plain that it is another one."""
    return next((other for other, asked in _asked_beside(kind.name) if len(asked & keys) >= _ENOUGH), None)


@cache
def _asked_beside(name: str) -> tuple[tuple[Kind, frozenset[str]], ...]:
    """The fields that each kind asks for and the named one does not know."""
    own = {one.key for one in KINDS[name].schema.fields}
    asked = ((other, {one.key for one in other.schema.fields if one.required} - own) for other in KINDS.values())
    return tuple((other, frozenset(keys)) for other, keys in asked)


def misplaced(fields: Tree, kind: Kind, meant: Kind, kinds: Mapping[str, str]) -> Problem:
    """Say that an article stands in a folder of another kind than the one for which its fields were written."""
    own = {one.key for one in kind.schema.fields}
    place = next(key.span for key, _ in fields.entries if key.text not in own)
    folders = [f"{CONTENT}/{folder}/" for folder, name in kinds.items() if name == meant.name]
    hint = f"move it to {' or '.join(folders)}" if folders else f"no section of site.yaml holds the kind {meant.name}"
    message = f"these are the fields of the kind {meant.name}, and this folder holds the kind {kind.name}"
    return Problem("wrong-folder", message, place, hint)


def check_names(paths: Iterable[str]) -> list[Problem]:
    """Find the files whose name, or whose folder's name, cannot be a part of a web address."""
    problems = []
    for path in paths:
        inner = PurePosixPath(path).relative_to(CONTENT)
        for part in (*inner.parent.parts, inner.stem):
            if not address_part_is_good(part):
                hint = f'rename it to "{good_name(part)}"'
                problems.append(Problem("file-name", f'"{part}" cannot be a part of an address', Span(path), hint))
    return problems
