"""What a build of a hostile site touches: its own folder, the program, Python. No connection, no other program."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.hostile_site import write_site
from tests.hostile.payloads import payloads
from tests.sitekit import REPOSITORY

_OF_MACHINE = (
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/usr/lib/locale",
    "/usr/share/locale",
    "/dev/null",
    "/proc/sys/kernel/random/boot_id",  # tells one run of the machine from another
    "/dev/urandom",
)
_PYTHON = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
_GUARD = 600
"""Seconds after which a build hangs."""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a build of every attack at once asked Python for, by `watched.py`."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "secret.md").write_text("---\ntitle: a secret\n---\n", encoding="utf-8")
    chosen = [one for one in payloads() if one.place[0] not in ("data", "json") and one.kind != "deep and huge"]
    site = write_site(folder / "site", chosen)
    command = [sys.executable, str(Path(__file__).with_name("watched.py")), str(site.root), str(folder / "out")]
    surroundings = {"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    ran = subprocess.run(command, capture_output=True, text=True, env=surroundings, timeout=_GUARD, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    assert found["problems"] > 300
    assert found["outputs"] > 500
    return {**found, "root": str(site.root), "folder": str(folder)}


def outside(found: dict[str, Any]) -> list[str]:
    """The paths that are neither of the site, nor of the program, nor of Python and what it always reads."""
    allowed = [found["root"], f"{found['folder']}/out", *_OF_MACHINE]
    allowed += [str(REPOSITORY / name) for name in ("generator", "tests", "pyproject.toml")]
    allowed += [one for path in _PYTHON for one in (path, str(Path(path).resolve()))]
    parts = [Path(one).parts for one in allowed]
    own = {str(REPOSITORY)}  # whether modules stand there is asked, and that is all

    def is_allowed(path: str) -> bool:
        mine = Path(path).parts
        return path in own or any(mine[: len(one)] == one for one in parts)

    return [path for path in found["touched"] if not is_allowed(path)]


def test_nothing_outside_is_touched(watched: dict[str, Any]) -> None:
    assert outside(watched) == []


def test_what_is_touched_outside_is_noticed(watched: dict[str, Any]) -> None:
    assert outside({**watched, "touched": ["/etc/passwd"]}) == ["/etc/passwd"]
    assert any(path.startswith(watched["root"]) for path in watched["touched"])


def test_nobody_is_asked_and_no_program_is_run(watched: dict[str, Any]) -> None:
    assert watched.get("reached", []) == []


def test_no_code_is_run_but_that_of_the_program_and_its_templates(watched: dict[str, Any]) -> None:
    known = (
        str(REPOSITORY / "generator"),
        "templates/",
        "<frozen",
        *_PYTHON,
        *(str(Path(one).resolve()) for one in _PYTHON),
    )
    made_by_python = (
        "<string>",
        "<template>",
        "<unknown>",
        "<rule>",
    )  # of data classes, Jinja, Python, Babel's plurals
    assert [name for name in watched["ran"] if not name.startswith((*known, *made_by_python))] == []
