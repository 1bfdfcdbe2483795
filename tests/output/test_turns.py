"""Builds that end at the same time put their sites in place one after the other."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator import cli
from generator.output import turns
from generator.output.turns import turn
from tests.sitekit import REPOSITORY, TODAY, copy_site, tree


def test_only_one_has_the_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 1)
    with turn(tmp_path) as first, turn(tmp_path) as second:
        assert (first, second) == (True, False)
    with turn(tmp_path) as third:
        assert third


def test_whoever_waits_has_the_next_turn(tmp_path: Path) -> None:
    inside: list[int] = []

    def work(number: int) -> bool:
        with turn(tmp_path) as is_alone:
            inside.append(number)
            alone = inside == [number]
            inside.remove(number)
        return is_alone and alone

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(12)))


def test_who_dies_gives_the_turn_back(tmp_path: Path) -> None:
    code = (
        "import os, pathlib; from generator.output.turns import turn\n"
        f"with turn(pathlib.Path({str(tmp_path)!r})) as alone: os._exit(7 if alone else 1)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 7
    with turn(tmp_path) as is_alone:
        assert is_alone


def test_where_nothing_can_be_locked_nobody_is_told_to_be_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with turn(tmp_path / "file") as is_alone:
        assert not is_alone


def test_builds_at_the_same_time_leave_a_whole_site_that_the_next_one_knows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_site("hiccups", tmp_path)
    given = ["--root", str(root), "--today", TODAY, "--no-search"]
    command = [sys.executable, str(REPOSITORY / "build.py"), *given]
    running = [subprocess.Popen([*command, *more]) for more in ((), ("--compress",), ("--epub",))]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert cli.main(given) == 0
    assert cli.main([*given, "--no-cache", "--output", str(tmp_path / "anew")]) == 0
    assert tree(root / "_site") == tree(tmp_path / "anew")
    assert cli.main(given) == 0
    assert "nothing has changed" in capsys.readouterr().out
