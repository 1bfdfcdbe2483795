"""Too few files, too little memory, no right: a build is good, or it says what it lacks and changes nothing."""

import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.crashes.trial import colds, without_power
from tests.sitekit import REPOSITORY, TODAY, tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="means are limited as Linux does")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built."""
    made = colds(tmp_path_factory.mktemp("short") / "colds", "compress: yes\n")
    done = command(made, lambda: None)
    assert done.returncode == 0, done.stderr
    return made


def command(root: Path, limit: Callable[[], object], *more: str) -> subprocess.CompletedProcess[str]:
    given = [sys.executable, "build.py", "--root", str(root), "--today", TODAY, "--no-search", *more]
    return subprocess.run(
        given, cwd=REPOSITORY, capture_output=True, text=True, check=False, preexec_fn=limit, timeout=300
    )


def limited(what: int, most: int) -> Callable[[], object]:
    return partial(resource.setrlimit, what, (most, most))


def edited(root: Path) -> dict[str, bytes]:
    """Change a text; give the site as it stands."""
    with (root / "content/care/rest.md").open("a", encoding="utf-8") as file:
        file.write("\nAnd more.\n")
    return tree(root / "_site")


def judged(root: Path, done: subprocess.CompletedProcess[str], before: dict[str, bytes], *said: str) -> bool:
    """Whether a build was good. If not, it has said why, and the site is the one that stood there."""
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode == 0:
        assert tree(root / "_site") != before
        return True
    assert done.returncode in (1, 2), done.stderr
    assert any(one in done.stderr + done.stdout for one in said), done.stderr + done.stdout
    assert tree(root / "_site") == before
    return False


@pytest.mark.parametrize("more", [(), ("--jobs", "1")], ids=["workers", "alone"])
def test_with_too_few_files_at_once_it_says_so(root: Path, more: tuple[str, ...]) -> None:
    for most in (8, 20, 63, 64):
        before = edited(root)
        done = command(root, limited(resource.RLIMIT_NOFILE, most), *more)
        assert judged(root, done, before, f"error: only {most} files may be open") == (most == 64)


def test_where_more_files_can_be_allowed_they_are(root: Path) -> None:
    before = edited(root)
    assert judged(root, command(root, partial(resource.setrlimit, resource.RLIMIT_NOFILE, (20, 2_000))), before)


def test_with_too_small_files_it_says_so(root: Path) -> None:
    for most in (0, 100, 4_000, 20_000):
        before = edited(root)
        done = command(root, limited(resource.RLIMIT_FSIZE, most))
        judged(root, done, before, "error: ")
    before = edited(root)
    assert judged(root, command(root, lambda: None), before)


def test_with_too_little_memory_it_says_so(root: Path) -> None:
    """Unless there is not even enough to say it: of that Python ends, or a library in C."""
    said = []
    for megabytes in (60, 100, 130, 4_000):
        before = edited(root)
        done = command(root, limited(resource.RLIMIT_AS, megabytes * 1_000_000), "--jobs", "1")
        assert "Traceback" not in done.stderr, done.stderr
        assert (tree(root / "_site") == before) == (done.returncode != 0)
        said.append("error: there is not enough memory; free some memory" in done.stderr)
    assert True in said
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["", "_site"])
def test_a_folder_into_which_nobody_may_write_is_named(root: Path, name: str) -> None:
    before = edited(root)
    folder = root / name
    folder.chmod(0o555)
    try:
        done = command(root, without_power)
    finally:
        folder.chmod(0o755)
    assert judged(root, done, before, f"error: {folder}") is False
    assert "Permission denied; allow your account" in done.stderr


def test_a_site_that_cannot_be_read_is_named(root: Path) -> None:
    before = edited(root)
    (root / "content/care").chmod(0)
    try:
        done = command(root, without_power)
    finally:
        (root / "content/care").chmod(0o755)
    assert judged(root, done, before, "unreadable-file") is False
