"""The shape of the program: data goes one way, and each outside library has one door."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "generator"


def rooms(contributing: str) -> list[str]:
    """The modules and folders of the program in the order of the picture, from the top down; texts are no rooms."""
    picture = contributing.partition("## The house")[2].partition("```text")[2].partition("```")[0]
    inner = picture.partition("generator/\n")[2].partition("\ntemplates/")[0]
    named = re.findall(r"^  (\w+)(?:\.py|/) ", inner, flags=re.MULTILINE)
    return [one for one in named if one != "starter"]


ROOMS = rooms((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
"""A module may import from its own room, and from those that stand below it here."""

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


def upward(path: Path, found: set[str]) -> list[str]:
    """The rooms from which a module imports though they stand above its own."""
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    parts = {part_of(name) for name in found if name.startswith("generator.")} & {*ROOMS}
    return sorted(one for one in parts if ROOMS.index(one) < ROOMS.index(own))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_the_picture(path: Path) -> None:
    assert (path.parent == PACKAGE and path.stem == "__init__") or upward(path, imports(path)) == []


def test_an_import_against_the_stream_is_noticed() -> None:
    assert upward(PACKAGE / "sources" / "files.py", {"generator.site.pages", "generator.cache.cache"}) == ["site"]


def test_every_room_is_in_the_picture() -> None:
    there = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()} - {"__init__"}
    assert sorted(ROOMS) == sorted(there)


def circles(arrows: dict[str, set[str]]) -> list[str]:
    """The modules that import themselves by way of others."""
    reached = {one: set(to) for one, to in arrows.items()}
    for middle in arrows:
        for one in arrows:
            if middle in reached[one]:
                reached[one] |= reached[middle]
    return sorted(one for one in arrows if one in reached[one])


def test_no_module_needs_itself_by_way_of_others() -> None:
    names = {".".join(("generator", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in modules()}
    assert circles({name: imports(path) & names.keys() for name, path in names.items()}) == []


def test_a_circle_is_noticed() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]


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


def test_one_place_asks_the_clock_which_day_it_is() -> None:
    asking = re.compile(r"\bdate(?:time)?\.today\(|\.fromtimestamp\(")
    found = [p.relative_to(PACKAGE).as_posix() for p in modules() if asking.search(p.read_text(encoding="utf-8"))]
    assert found == ["runtime/day.py"]


def test_no_module_is_large() -> None:
    lengths = {str(p.relative_to(PACKAGE)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules()}
    assert {name: count for name, count in lengths.items() if count > 400} == {}


def test_no_test_is_imported_by_another() -> None:
    """What two tests share stands in a module of its own, beside them."""
    tests = sorted((ROOT / "tests").rglob("*.py"))
    found = [f"{path.relative_to(ROOT)}: {name}" for path in tests for name in imports(path) if ".test_" in name]
    assert found == []


def test_program_and_templates_know_nothing_of_one_condition() -> None:
    words = ("back mouse", "back mice", "backmice", "episacr", "lipoma", "lump", "back pain", "back-pain", "hiccup")
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
