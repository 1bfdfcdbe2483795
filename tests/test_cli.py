"""What can be typed behind `python build.py`, and what one is told who types something else."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
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
