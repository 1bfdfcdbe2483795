"""Builds that end at the same time put their sites in place one after the other."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from generator import cli
from generator.output import turns
from generator.output.turns import FILE, HOLDER, Busy, turn
from tests.sitekit import REPOSITORY, TODAY, change, copy_site, tree

HOLDS = (
    "import pathlib, sys; from generator.output.turns import turn\n"
    "with turn(pathlib.Path(sys.argv[1])) as alone: print(alone, flush=True); sys.stdin.read()"
)
HASTY = (
    "import sys; from generator import cli; from generator.output import turns\n"
    "turns._PATIENCE = 8; sys.exit(cli.main())"
)
"""The command, which gives up soon."""


@contextmanager
def another_build(workspace: Path) -> Iterator["subprocess.Popen[str]"]:
    """Have another process that has the turn in a workspace."""
    given = [sys.executable, "-c", HOLDS, str(workspace)]
    with subprocess.Popen(given, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.stdin.close()
            process.wait(60)


def test_only_one_has_the_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 1)
    with turn(tmp_path) as first:
        assert first
        with pytest.raises(Busy, match=f"process {os.getpid()}, since 20"), turn(tmp_path):
            pass
    with turn(tmp_path) as third:
        assert third
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


def test_who_waits_says_once_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_SILENCE", 1)
    monkeypatch.setattr(turns, "_PATIENCE", 3)
    told: list[str] = []
    with another_build(tmp_path) as other, pytest.raises(Busy), turn(tmp_path, told.append):
        pass
    assert len(told) == 1
    assert f"another build (process {other.pid}, since 20" in told[0]
    assert str(tmp_path) in told[0]


@pytest.mark.parametrize(
    "note", ["", "[]", "3", "[1, 2, 3]", '["x", "y", "z"]', "[" * 100_000, "of a dead one", "mine"]
)
def test_a_note_of_who_had_the_turn_once_is_not_believed(
    note: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 1)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    if note == "of a dead one":
        note = json.dumps([str(ended.pid), "", "2026-11-22 06:00:00"])
    elif note == "mine":  # another process had the number that is ours now
        note = json.dumps([str(os.getpid()), "another time", "2026-11-22 06:00:00"])
    with another_build(tmp_path):
        (tmp_path / HOLDER).write_text(note)
        with pytest.raises(Busy, match=r"^another build has been"), turn(tmp_path):
            pass
    (tmp_path / HOLDER).write_text(note)
    with turn(tmp_path) as is_alone:
        assert is_alone
        assert str(os.getpid()) in (tmp_path / HOLDER).read_text()


@pytest.mark.parametrize("kind", ["noise", "link", "link to nothing"])
def test_something_else_in_its_place_is_no_lock(kind: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    place = tmp_path / "work" / FILE
    place.parent.mkdir()
    if kind == "noise":
        place.write_bytes(b"noise" * 500)
    else:
        place.symlink_to(outside if kind == "link" else tmp_path / "new")
    with turn(place.parent) as is_alone:
        assert is_alone
    assert outside.read_bytes() == b"precious"
    assert not (tmp_path / "new").exists()


def test_a_build_waits_for_another_one_and_says_so(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "--today", TODAY, "--no-search"]
    with (
        another_build(root / ".cache" / "publish") as other,
        subprocess.Popen([*command, "--quiet"], stderr=subprocess.PIPE, text=True) as waiting,
    ):
        assert waiting.stderr
        said = waiting.stderr.readline()
        assert said.startswith(f"note: another build (process {other.pid}, since 20")
        assert not (root / "_site").exists()
        assert other.stdin
        other.stdin.close()
        assert waiting.wait(120) == 0
        assert waiting.stderr.read() == ""
    assert (root / "_site" / "index.html").is_file()


def test_a_build_that_waits_in_vain_changes_nothing_and_names_the_other(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    given = ["--root", str(root), "--today", TODAY, "--no-search", "--quiet"]
    assert cli.main(given) == 0
    before = tree(root / "_site")
    change(root, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    with another_build(root / ".cache" / "publish") as other:
        other.send_signal(signal.SIGSTOP)
        for command in (given, ["clean", "--root", str(root)]):
            hasty = [sys.executable, "-c", HASTY, *command]
            ran = subprocess.run(hasty, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)
            assert ran.returncode == 2
            last = ran.stderr.splitlines()[-1]
            assert last.startswith(f"error: another build (process {other.pid}, since 20")
            assert last.endswith("wait until it has ended, or end it")
        assert tree(root / "_site") == before
    assert cli.main(given) == 0
    assert tree(root / "_site") != before


def test_builds_into_folders_of_their_own_wait_for_nobody(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "--today", TODAY, "--no-search"]
    with another_build(root / ".cache" / "publish"), another_build(tmp_path / ".one.publish") as one:
        running = [
            subprocess.Popen([*command, "--output", str(tmp_path / name)], stderr=subprocess.PIPE, text=True)
            for name in ("two", "three")
        ]
        said = [each.communicate(timeout=120)[1] for each in running]
        assert [each.returncode for each in running] == [0, 0]
        assert "another build" not in "".join(said)
        assert one.poll() is None
    assert tree(tmp_path / "two") == tree(tmp_path / "three")


def test_a_build_beside_the_preview_is_a_build(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    serve = [sys.executable, "-u", str(REPOSITORY / "build.py"), "serve", "--root", str(root), "--port", "0"]
    given = ["--root", str(root), "--today", TODAY, "--no-search", "--quiet"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as preview:
        try:
            assert preview.stdout
            address = next(word for line in preview.stdout for word in line.split() if word.startswith("http://"))
            for number in range(3):
                change(root, "content/what/hiccups.md", f"sound?{' ' * number}\n", f"sound?{' ' * (number + 1)}\n")
                assert cli.main(given) == 0
            assert cli.main([*given, "--no-cache", "--output", str(tmp_path / "anew")]) == 0
            assert tree(root / "_site") == tree(tmp_path / "anew")
            assert preview.poll() is None
            end = time.monotonic() + 60
            while b"sound?" not in urllib.request.urlopen(f"{address.rstrip('/')}/what/hiccups/").read():
                assert time.monotonic() < end
        finally:
            preview.send_signal(signal.SIGINT)
            preview.communicate(timeout=60)


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


def test_where_the_disk_knows_no_locks_nobody_waits_or_is_told_to_be_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unlocked(sqlite3.Connection):
        def execute(self, *_: object) -> NoReturn:
            raise sqlite3.OperationalError("locking protocol")

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Unlocked))
    with turn(tmp_path) as is_alone:
        assert not is_alone
    assert not (tmp_path / HOLDER).exists()


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
