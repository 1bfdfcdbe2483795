"""Editors know the schema of every data file, and find each problem at its place, whichever of them is used."""

import configparser
import io
import json
import re
import shutil
import subprocess
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from generator.workbench.editors import SETTINGS, as_bytes, vscode_settings
from generator.workbench.json_schemas import covered
from generator.workbench.new_site import files
from tests.needs import need
from tests.sitekit import REPOSITORY, TODAY, copy_site

CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
PLACE = re.compile(r"^(\S.*?):(\d+):(\d+): ", flags=re.MULTILINE)
DATA_FILES = sorted(
    file.relative_to(root).as_posix() if root == REPOSITORY else file.relative_to(REPOSITORY).as_posix()
    for root in (REPOSITORY, REPOSITORY / "generator/starter")
    for pattern in ("content/**/*.yaml", "site.yaml")
    for file in root.glob(pattern)
)


def setting(name: str) -> Any:
    return json.loads((REPOSITORY / ".vscode" / f"{name}.json").read_text(encoding="utf-8"))


def tasks() -> dict[str, Any]:
    return {task["label"]: task for task in setting("tasks")["tasks"]}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `check` prints for the site that is full of mistakes."""
    root = copy_site("broken", tmp_path_factory.mktemp("editors"))
    with redirect_stdout(io.StringIO()) as said:
        assert cli.main(["check", "--root", str(root), "--quiet", "--today", TODAY]) == 1
    return said.getvalue()


def test_the_settings_of_the_repository_are_those_of_the_program() -> None:
    assert (REPOSITORY / SETTINGS).read_bytes() == as_bytes(vscode_settings())


def test_every_data_file_is_mapped_to_a_schema_that_is_there() -> None:
    mapped = vscode_settings()["yaml.schemas"]
    assert all((REPOSITORY / schema).is_file() for schema in mapped)
    found = {file for pattern in mapped.values() for file in REPOSITORY.glob(pattern)}
    every = {*(REPOSITORY / "content").rglob("*.yaml"), REPOSITORY / "site.yaml"}
    assert every - found == set()
    assert set(mapped.values()) == set(covered().values())


@pytest.mark.parametrize("name", DATA_FILES)
def test_every_data_file_names_its_schema_for_other_editors(name: str) -> None:
    file = REPOSITORY / name
    root = REPOSITORY / "generator/starter" if "starter" in file.parts else REPOSITORY
    first = file.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, "the first line is: # yaml-language-server: $schema=PATH"
    target = (file.parent / named[1]).resolve().relative_to(root.resolve())
    wanted = {schema for schema, pattern in covered().items() if file in root.glob(pattern)}
    assert {target.as_posix()} == {f"schemas/{one}.json" for one in wanted}


def test_a_new_site_has_schemas_and_settings_of_its_own() -> None:
    made = files("A", TODAY)
    assert made[SETTINGS] == (REPOSITORY / SETTINGS).read_bytes()
    for schema in vscode_settings()["yaml.schemas"]:
        assert made[schema.removeprefix("./")] == (REPOSITORY / schema).read_bytes()
    assert b"end_of_line = lf" in made[".editorconfig"]
    assert b"/_site/" in made[".gitignore"]


@pytest.mark.parametrize("label", ["check", "serve"])
def test_the_problem_matcher_finds_the_place_of_every_problem(label: str, checked: str) -> None:
    pattern = tasks()[label]["problemMatcher"]["pattern"]
    matches = [found for line in checked.splitlines() if (found := re.search(pattern["regexp"], line))]
    places = [tuple(found.group(pattern[part]) for part in ("file", "line", "column")) for found in matches]
    assert places == PLACE.findall(checked)
    assert len(places) > 150
    assert {found.group(pattern["severity"]) for found in matches} == {"error", "warning"}
    assert all(found.group(pattern["code"]) and found.group(pattern["message"]) for found in matches)


def test_lines_that_show_the_text_are_no_problems() -> None:
    pattern = tasks()["check"]["problemMatcher"]["pattern"]["regexp"]
    for line in ("   31 | See [a](b.md): error[x] y", "   = did you mean", "0 errors, 0 warnings; 5 articles parsed"):
        assert not re.search(pattern, line), line


def test_the_task_that_stays_knows_where_a_build_begins_and_ends() -> None:
    background = tasks()["serve"]["problemMatcher"]["background"]
    assert re.search(background["beginsPattern"], "build 3 begins: content/index.md")
    assert re.search(background["endsPattern"], "build 3 ends: 1 error, 0 warnings; 0.31 s")
    assert not re.search(background["endsPattern"], "build 3 begins: content/ends.md")


@pytest.mark.parametrize("label", ["check", "serve"])
def test_every_task_runs_a_command_that_is_there(label: str) -> None:
    task = tasks()[label]
    script, command, *options = task["args"]
    assert (REPOSITORY / script).is_file()
    assert command in cli.COMMANDS
    assert all(option.startswith("--") for option in options)
    assert task["command"].endswith("/.venv/bin/python")


def test_what_git_leaves_out_is_not_the_settings() -> None:
    ignored = (REPOSITORY / ".gitignore").read_text(encoding="utf-8")
    assert ".vscode" not in ignored
    assert setting("extensions")["recommendations"]


def test_every_editor_saves_files_as_the_build_wants_them() -> None:
    parser = configparser.ConfigParser()
    parser.read_string("[top]\n" + (REPOSITORY / ".editorconfig").read_text(encoding="utf-8"))
    assert parser["top"]["root"] == "true"
    assert (parser["*"]["charset"], parser["*"]["end_of_line"], parser["*"]["indent_style"]) == ("utf-8", "lf", "space")
    assert parser["tests/sites/**"]["end_of_line"] == "unset"


def test_vim_finds_the_place_of_every_problem(checked: str, tmp_path: Path) -> None:
    vim = shutil.which("vim")
    need("Vim", vim is not None and "+quickfix" in _features(vim), "apt-get install vim")
    assert vim
    shown = re.search(r"```vim\n(.*?)```", CONTRIBUTING, flags=re.DOTALL)
    assert shown
    (tmp_path / "lines.vim").write_text(shown[1], encoding="utf-8")
    (tmp_path / "out.txt").write_text(checked, encoding="utf-8")
    tell = "map(getqflist(), {_, one -> join([bufname(one.bufnr), one.lnum, one.col, one.type], ':')})"
    steps = ["source lines.vim", "cgetfile out.txt", f"call writefile({tell}, 'found.txt')", "qall!"]
    command = [vim, "-u", "NONE", "-N", "-i", "NONE", "-es", *(f"+{step}" for step in steps)]
    subprocess.run(command, cwd=tmp_path, check=False, timeout=60, stdin=subprocess.DEVNULL)
    found = (tmp_path / "found.txt").read_text(encoding="utf-8").splitlines()
    assert [one.rsplit(":", 1)[0] for one in found] == [":".join(place) for place in PLACE.findall(checked)]
    assert {one.rsplit(":", 1)[1] for one in found} == {"e", "w"}


def _features(vim: str) -> str:
    return subprocess.run([vim, "--version"], capture_output=True, text=True, check=False).stdout
