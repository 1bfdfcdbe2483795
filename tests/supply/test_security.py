"""SECURITY.md is true: what it names is there, each promise names a test, and what it says of the contact holds."""

import re
from pathlib import Path

import pytest
import yaml

from tests.sitekit import REPOSITORY

TEXT = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")


def promises(text: str) -> dict[str, list[str]]:
    """Each promise with the tests that are named beside it."""
    table = text.split("## What we promise")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", table, flags=re.MULTILINE)
    return {promise: re.findall(r"`([^`]+)`", shown) for promise, shown in rows[2:]}


def unshown(text: str) -> list[str]:
    """The promises beside which no test stands that is there."""
    return [
        promise
        for promise, tests in promises(text).items()
        if not tests or not all(re.search(r"def test_\w+\(", _source(REPOSITORY / name)) for name in tests)
    ]


def _source(path: Path) -> str:
    files = sorted(path.glob("test_*.py")) if path.is_dir() else [path] if path.is_file() else []
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_promise_is_shown_by_tests_that_are_there() -> None:
    assert len(promises(TEXT)) >= 15
    assert unshown(TEXT) == []


@pytest.mark.parametrize(
    "shown", ["`tests/no/test_such.py`", "nothing", "`tests/helpers.py`", "`tests/site`, `tests/no`"]
)
def test_a_promise_that_nothing_shows_is_noticed(shown: str) -> None:
    text = TEXT.replace("\n## Pull requests", f"| No evil | {shown} |\n\n## Pull requests")
    assert unshown(re.sub(r"\n+(\| No evil)", r"\n\1", text)) == ["No evil"]


def test_the_files_and_folders_that_are_named_are_there() -> None:
    for name in re.findall(r"`((?:\.github|\.ci|content|generator|static|supply|templates|tests)/[\w./-]*)`", TEXT):
        assert (REPOSITORY / name).exists(), name


def test_an_address_stands_there_if_and_only_if_the_site_has_one() -> None:
    settings = yaml.safe_load((REPOSITORY / "site.yaml").read_text(encoding="utf-8"))
    assert bool(settings.get("security")) == ("there is no private way to reach us yet" not in TEXT)
    assert not re.search(r"[\w.]+@[\w.]+\.\w+", TEXT)
