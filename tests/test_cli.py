"""What can be typed behind `python build.py`, and what one is told who types something else."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from generator.commands.typed import typed
from tests.sitekit import TODAY, copy_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_says_what_it_takes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert cli.COMMANDS[name][1:] in said
    assert all(one in said for one in cli.COMMANDS)


def test_every_module_of_a_command_is_listed_and_says_what_it_does() -> None:
    folder = Path(cli.__file__).parent / "commands"
    found = {
        file.stem
        for file in folder.glob("*.py")
        if hasattr(importlib.import_module(f"generator.commands.{file.stem}"), "run")
    }
    assert found == set(cli.COMMANDS)


def test_a_command_behind_its_options_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--root", str(site), "check"])
    assert "the command stands first: build.py check ..." in capsys.readouterr().err


def test_an_option_of_another_command_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["check", "--root", str(site), "--zip"])
    assert "unknown: --zip" in capsys.readouterr().err


def test_a_slip_in_an_option_is_told_and_not_taken_for_another_option(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--root", str(site), "--relativ"])
    assert 'unknown: --relativ; did you mean "--relative"?' in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["admin", "--port", "many"])
    assert "a port is a number" in capsys.readouterr().err


def test_without_a_command_the_site_is_built(site: Path) -> None:
    assert cli.main(["--root", str(site), "--quiet", "--today", TODAY, "--no-search"]) == 0
    assert (site / "_site" / "index.html").is_file()


def test_a_check_writes_nothing_but_what_it_keeps_for_next_time(site: Path) -> None:
    before = set(site.rglob("*"))
    assert cli.main(["check", "--root", str(site), "--quiet", "--today", TODAY]) == 0
    assert set(site.rglob("*")) - before == {site / ".cache", site / ".cache" / "made.sqlite"}


def test_the_help_of_a_command_imports_nothing_heavy() -> None:
    code = (
        "import sys; from generator import cli\n"
        "try: cli.main(['build', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'markdown', 'jinja2', 'yaml', 'pygments', 'livereload', 'lxml', 'babel'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(cli.__file__).parents[1]
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["chek"], 'there is no command "chek"; did you mean "check"?'),
        (["xyzzy"], "known: build, check"),
        (["--chek"], "unknown: --chek"),
        (["new"], "build.py new KIND TITLE|site FOLDER [options]"),
        (["compare"], "build.py compare BASE [options]"),
        (["check", "--today", "21.11.2026"], "write it as year-month-day: 2026-11-21"),
        (["compare", "main", "--today", "soon"], "write it as year-month-day: 2026-11-21"),
    ],
)
def test_who_types_something_else_is_told_what_to_type(
    site: Path, capsys: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*given, "--root", str(site)])
    assert left.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", [".", "..", "content", "content/new", "templates", "static", ".git"])
def test_a_site_is_never_made_among_what_it_is_made_from(
    site: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = sorted(site.parent.rglob("*"))
    assert (
        cli.main(["--root", str(site), "--output", str(site / name), "--today", TODAY, "--no-search", "--no-cache"])
        == 2
    )
    assert "name " in capsys.readouterr().err
    assert sorted(site.parent.rglob("*")) == before


def test_what_may_not_be_read_is_no_fault_of_the_program(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def closed(path: str, way: int, mode: int = 0o777) -> int:
        if path.endswith("site.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, way, mode)

    monkeypatch.setattr(os, "open", closed)
    assert cli.main(["check", "--root", str(site)]) == 2
    said = capsys.readouterr().err
    assert f"error: {site / 'site.yaml'}: Permission denied; allow your account to read and write there\n" in said
    assert "Traceback" not in said
    assert cli.main(["--root", str(site)]) == 2
    assert "or name another folder (--output)" in capsys.readouterr().err


def test_who_presses_ctrl_c_is_told_that_it_was_not_done(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.pipeline.build", pressed)
    assert cli.main(["check", "--root", str(site)]) == 2
    assert "stopped before it was done" in capsys.readouterr().err
    monkeypatch.setattr(cli, "import_module", pressed)
    assert cli.main(["check", "--root", str(site)]) == 2
    assert "stopped before it was done" in capsys.readouterr().err


def test_a_command_is_named_as_it_can_be_typed_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    assert typed("check") == f"`{Path('.venv/bin/python')} build.py check`"
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3.11")
    assert typed("check") == "`python build.py check`"


def test_grades_are_not_kept_where_site_yaml_cannot_be_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "site.yaml").write_text("title: [\n", encoding="utf-8")
    assert cli.main(["grades", "--write", "--root", str(site)]) == 2
    assert "says why" in capsys.readouterr().err
    assert not (site / "content" / "grades.json").exists()


def test_a_schema_that_is_not_there_is_named_even_where_all_are_written(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["schema", "treatmet", "--write", "--root", str(site)]) == 2
    assert 'did you mean "treatment"?' in capsys.readouterr().err
    assert not (site / "schemas").exists()


def test_a_new_article_is_begun_with_a_true_word_on_when_it_is_judged(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["new", "treatment", "Cold water", "--root", str(site)]) == 0
    said = capsys.readouterr().out
    assert "While it is a draft, its words are not judged." in said
    assert f"{typed(f'serve --drafts --root {site}')} shows it at /options/cold-water/." in said
    assert f"{typed(f'check --root {site}')} says" in said
    assert cli.main(["new", "treatment", "Ice", "--name", "Cold Ice", "--root", str(site)]) == 2
    assert "--name cold-ice" in capsys.readouterr().err


def test_a_page_that_cannot_be_read_just_now_keeps_its_grade(site: Path) -> None:
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("reading: [{kind: treatment, grade: 20, sentence: 99, passive: 100}]\n")
    kept, waiting = site / "content" / "grades.json", site / "content" / "options" / "waiting.md"
    assert cli.main(["grades", "--write", "--root", str(site)]) == 0
    before = kept.read_bytes()
    assert b"options/waiting.md" in before
    waiting.write_text("no front matter\n", encoding="utf-8")
    assert cli.main(["grades", "--write", "--root", str(site)]) == 0
    assert kept.read_bytes() == before
    waiting.unlink()
    assert cli.main(["grades", "--write", "--root", str(site)]) == 0
    assert b"options/waiting.md" not in kept.read_bytes()


def test_a_folder_with_a_space_is_told_as_it_can_be_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Tennis Elbow"
    assert cli.main(["new", "site", str(folder)]) == 0
    command = typed(f'--root "{folder}"')
    assert f"{command} makes the site" in capsys.readouterr().out
