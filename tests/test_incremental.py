"""A build costs what changed: counted, not timed. Whatever was kept, the bytes are those of a build from nothing."""

import re
from pathlib import Path

import pytest

from generator import cli
from tests.sitekit import TODAY, change, copy_site, tree

KEPT = ".cache/made.sqlite"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def counted(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, command: str = "build") -> tuple[int, int]:
    """Run a command that builds; give how many articles it parsed and how many pages it rendered."""
    capsys.readouterr()
    more = ["--no-search"] if command == "build" else []
    assert cli.main([command, "--root", str(root), "--today", TODAY, *more, *arguments]) == 0
    found = re.search(r"(\d+) articles parsed, (\d+) pages rendered", capsys.readouterr().out)
    assert found
    return int(found[1]), int(found[2])


def parses(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, command: str = "build") -> int:
    """Run a command that builds; give how many articles it parsed."""
    return counted(root, capsys, *arguments, command=command)[0]


def test_only_what_changed_is_parsed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = len(list((site / "content").rglob("*.md")))
    assert parses(site, capsys) == every
    assert parses(site, capsys) == 0
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    assert parses(site, capsys, command="check") == 1
    assert parses(site, capsys) == 0
    change(site, "site.yaml", "language: en-US", "language: en-GB")
    assert parses(site, capsys) == every


def test_only_pages_whose_inputs_changed_are_rendered(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, every = counted(site, capsys)
    assert every > 30
    assert counted(site, capsys) == (0, 0)
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    assert counted(site, capsys) == (1, 1)
    change(site, "content/what/hiccups.md", "title: What a hiccup is", "title: What hiccups are")
    parsed, rendered = counted(site, capsys)
    assert (parsed, 1 < rendered < every) == (1, True), "the page, and those that name it"
    template = site / "templates" / "question.html"
    template.write_text(template.read_text(encoding="utf-8") + "{# another end #}", encoding="utf-8")
    assert counted(site, capsys) == (0, 1)
    change(site, "templates/base.html", "</body>", "\n</body>")
    parsed, rendered = counted(site, capsys)
    assert (parsed, 10 < rendered < every) == (0, True), "all pages, and none of the files for machines"


def test_what_is_made_with_what_was_kept_is_made_from_nothing_too(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parses(site, capsys)
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    parses(site, capsys)
    parses(site, capsys, "--no-cache", "--output", str(tmp_path / "anew"))
    assert tree(site / "_site") == tree(tmp_path / "anew")


def test_without_the_cache_nothing_is_kept(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = parses(site, capsys, "--no-cache")
    assert not (site / KEPT).exists()
    assert parses(site, capsys, "--no-cache") == every


def test_clean_deletes_what_is_kept_and_nothing_else(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = parses(site, capsys)
    before = {name for name in tree(site) if not name.startswith(".cache/")}
    assert cli.main(["clean", "--root", str(site)]) == 0
    assert "deleted" in capsys.readouterr().out
    assert set(tree(site)) == before
    assert cli.main(["clean", "--root", str(site)]) == 0
    assert "nothing to delete" in capsys.readouterr().out
    assert parses(site, capsys) == every


def test_a_damaged_cache_is_told_in_one_line_and_costs_time_alone(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = parses(site, capsys)
    before = tree(site / "_site")
    (site / KEPT).write_bytes(b"\x00" * 5_000)
    capsys.readouterr()
    assert cli.main(["build", "--root", str(site), "--today", TODAY, "--no-search"]) == 0
    told = capsys.readouterr()
    assert f"{every} articles parsed" in told.out
    assert [line for line in told.err.splitlines() if line.startswith("note: ")] == [
        "note: what was kept is damaged or of another version, and is made again"
    ]
    assert tree(site / "_site") == before
