"""A build that is killed, or fails, at any call that writes leaves the old site or the new one; the next one mends all.

Here a copy of a process that has loaded the program builds a small site. `python -m tests.crashes kills --command`
does it with the command itself, begun anew each time.
"""

import json
import subprocess
import sys

import pytest

from tests.needs import need
from tests.sitekit import REPOSITORY

WAYS = {"rename", "renameat2", "unlink", "mkdir", "openat", "write", "pwrite64"}


def run(*given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.crashes", *given]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=900)


def tried(*given: str) -> dict[str, int]:
    """Have builds cut off in a process of its own, which has one thread; give how many were, by the call."""
    is_possible = run("possible").returncode == 0
    need("Linux, which can stop a process at its calls (seccomp)", is_possible, "use Linux 5.9 on x86-64 or ARM64")
    done = run(*given)
    assert done.returncode == 0, done.stderr[-4_000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])["tried"]
    return found


def test_a_build_of_an_edited_site_is_killed_at_each_of_its_calls() -> None:
    """Of those by which SQLite writes the cache, at one of twelve."""
    found = tried("kills", "--of-cache", "12")
    assert found.keys() >= WAYS
    assert sum(found.values()) > 80


def test_so_is_that_of_a_larger_site_at_some() -> None:
    assert sum(tried("kills", "--site", "hiccups", "--every", "83").values()) > 2


def test_a_first_build_is_killed_at_some_of_its_calls() -> None:
    found = tried("first", "--every", "67")
    assert len(found) > 2


def test_where_folders_cannot_be_exchanged_the_next_build_finds_the_old_site() -> None:
    """For one moment there is none."""
    assert tried("swap").keys() >= {"rename"}


@pytest.mark.parametrize("way", ["faults", "fault"])
def test_a_build_that_fails_at_some_calls_says_why(way: str) -> None:
    found = tried(way, "--every", "13")
    assert sum(found.values()) > 10
    assert any(" borne at " in name for name in found)
    assert any(" borne " not in name for name in found) or way == "fault", "a single fault is mostly borne"
