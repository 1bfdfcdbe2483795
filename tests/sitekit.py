"""Sites for tests: copies of the small ones in tests/sites, with the real templates and static files."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.cache.cache import FILE
from generator.commands.means import with_cache
from generator.disk.folders import CACHE
from generator.pipeline import Build, Finished
from generator.problems.problem import Problem
from generator.runtime.means import Means

REPOSITORY = Path(__file__).resolve().parents[1]
SITES = REPOSITORY / "tests" / "sites"
TODAY = "2026-11-21"
"""The day of every build in tests, so that they say the same when reviews fall due."""


def site_of(done: Build) -> Finished:
    """The site that came of a build without errors."""
    assert done.finished, [one.message for one in done.problems if one.is_error]
    return done.finished


def copy_site(name: str, folder: Path) -> Path:
    """Copy a site of tests/sites into a folder, ready to be built."""
    root = folder / name
    shutil.copytree(SITES / name, root)
    for part in ("templates", "static"):
        shutil.copytree(REPOSITORY / part, root / part)
    return root


_SHEET = """---
title: A sheet on hiccups
summary: Hiccups on one side of paper.
status: published
updated: 2026-11-01
evidence_searched: 2026-11-01
review: {due: 2027-11-01}
authors: [testers]
sheets: 1
---

## Two weeks

::diary{14}
"""


def add_sheet(root: Path) -> None:
    """Give the site about hiccups a page made for paper, at keep/sheet/."""
    section = "  - {folder: keep, kind: sheet, title: To keep, summary: To print., menu: foot}\n"
    change(root, "site.yaml", "topics:\n", f"{section}topics:\n")
    (root / "content/keep").mkdir()
    (root / "content/keep/sheet.md").write_text(_SHEET, encoding="utf-8")


@contextmanager
def kept() -> Iterator[Means]:
    """Give what builds of the real site have kept: with it, a test makes only what differs from the site it is."""
    with with_cache(REPOSITORY / CACHE / FILE) as means:
        yield means


Place = tuple[str, int, int, str]
"""Where a problem is, and its code."""


def place(problem: Problem) -> Place:
    """Give the place of a problem."""
    return problem.span.path, problem.span.line, problem.span.column, problem.code


def expected(name: str) -> list[Place]:
    """Give the problems that a site of tests/sites has: its expected.txt, sorted."""
    places = []
    for line in (SITES / name / "expected.txt").read_text(encoding="utf-8").splitlines():
        where, code = line.rsplit(" ", 1)
        path, row, column = where.rsplit(":", 2)
        places.append((path, int(row), int(column), code))
    return places


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def change(root: Path, name: str, old: str, new: str) -> None:
    """Change a text in a file of a site; the text must be there once."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
