"""The shape of the program: data goes one way, and each outside library has one door."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "generator"

LAYERS = [
    ["problems", "disk"],
    ["cache"],
    ["work"],
    ["sources"],
    ["config"],
    ["markup", "evidence"],
    ["site"],
    ["output"],
    ["formats", "checks"],
    ["making"],
    ["stages"],
    ["pipeline"],
    ["workbench"],
    ["commands"],
    ["cli"],
]
"""A module may import from its own row and from those above, never from those below."""

ONE_DOOR = {
    "markdown": 1,
    "yaml": 1,
    "jinja2": 1,
    "pygments": 1,
    "livereload": 1,
    "tornado": 1,
    "watchfiles": 1,
    "nh3": 1,
    "brotli": 1,
    "PIL": 1,
    "rcssmin": 1,
    "rjsmin": 1,
    "lxml": 1,
    "segno": 1,
    "weasyprint": 1,
    "distributed": 1,
}
TOUCH_THE_DISK = {
    *("sources/files.py", "output/publish.py", "output/staging.py", "output/turns.py"),
    *("disk/looks.py", "disk/unchanged.py", "disk/whole.py", "disk/own.py"),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def rank(part: str) -> int | None:
    return next((row for row, parts in enumerate(LAYERS) if part in parts), None)


def upward(path: Path, found: set[str]) -> list[str]:
    """The imports of a module that point against the stream."""
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    own = rank(part)
    if own is None:
        return []
    parts = {part_of(name) for name in found if name.startswith("generator.")}
    return sorted(one for one in parts if (there := rank(one)) is not None and there > own)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    assert upward(path, imports(path)) == []


def test_an_import_against_the_stream_is_noticed() -> None:
    assert upward(PACKAGE / "sources" / "files.py", {"generator.site.pages"}) == ["site"]


def test_every_part_has_a_layer() -> None:
    parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()} - {"__init__"}
    assert parts == {part for row in LAYERS for part in row}


def test_each_library_is_imported_in_one_file() -> None:
    users = {
        library: [
            p.relative_to(PACKAGE).as_posix()
            for p in modules()
            if any(name == library or name.startswith(f"{library}.") for name in imports(p))
        ]
        for library in ONE_DOOR
    }
    assert {library: len(files) for library, files in users.items()} == ONE_DOOR, users


def test_only_the_named_files_touch_the_disk() -> None:
    signs = re.compile(r"\.(read|write)_(bytes|text)\(|(?<!\w)open\(|os\.walk\(|shutil\.")
    guilty = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        for line in path.read_text(encoding="utf-8").splitlines()
        if signs.search(line) and "urllib." not in line  # to open an address is not to open a file
    }
    assert guilty <= TOUCH_THE_DISK


def test_no_module_is_large() -> None:
    lengths = {str(p.relative_to(PACKAGE)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules()}
    assert {name: count for name, count in lengths.items() if count > 400} == {}


def test_program_and_templates_know_nothing_of_one_condition() -> None:
    words = ("back mouse", "back mice", "backmice", "episacr", "lipoma", "lump", "hiccup")
    files = [*modules(), *sorted((ROOT / "templates").rglob("*.*"))]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in files
        for word in words
        if word in path.read_text(encoding="utf-8").casefold()
    ]
    assert found == []


def unmarked(template: str) -> list[str]:
    """The expressions marked safe whose name does not say that they are HTML."""
    loops = dict(re.findall(r"\{% for (\w+) in ([\w.]+) %\}", template))
    found = []
    for expression in re.findall(r"\{\{ ((?:(?!\}\}).)*?)\| safe \}\}", template):
        name = expression.split("|")[0].strip()
        if not name.endswith("html") and not loops.get(name, "").endswith("_html"):
            found.append(name)
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_only_what_is_html_by_its_name_is_marked_safe(path: Path) -> None:
    assert unmarked(path.read_text(encoding="utf-8")) == []


def test_a_text_that_is_marked_safe_is_noticed() -> None:
    assert unmarked("{{ page.title | safe }}") == ["page.title"]
