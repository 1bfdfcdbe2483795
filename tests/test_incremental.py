"""A build costs what changed: counted, not timed. Whatever was kept, the bytes are those of a build from nothing."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from generator.cache.cache import Cache
from generator.disk.unchanged import FILE as RECORD
from generator.pipeline import build
from generator.runtime.means import Means
from generator.site import words
from generator.sources import records
from generator.stages import data, intake
from generator.stages.data import read_data
from generator.stages.options import Options
from tests.sitekit import REPOSITORY, SITES, TODAY, change, copy_site, tree

KEPT = ".cache/made.sqlite"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def counted(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, command: str = "build") -> tuple[int, int]:
    """Run a command that builds; give how many articles it parsed and how many pages it rendered."""
    capsys.readouterr()
    more = ["--no-search"] if command == "build" else []
    assert cli.main([command, "--root", str(root), "--today", TODAY, *more, *arguments]) == 0
    found = re.search(r"(\d+) articles? parsed, (\d+) pages? rendered", capsys.readouterr().out)
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


def test_data_files_are_read_again_only_where_one_of_them_changed(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read: list[str] = []

    def noted(name: str, module: Any) -> None:
        really = getattr(module, name)

        def reading(*given: Any) -> Any:
            read.append(next(one for one in (getattr(given[0], "path", ""), given[-1]) if one))
            return really(*given)

        monkeypatch.setattr(module, name, reading)

    noted("read_yaml", records)
    noted("read_yaml", words)
    noted("read_references", data)

    def files_read() -> list[str]:
        read.clear()
        counted(site, capsys)
        return sorted(read)

    files = sorted(one.relative_to(site).as_posix() for one in (site / "content").rglob("*.yaml"))
    spoken = ["templates/words/en.yaml"]
    assert files_read() == sorted([*files, "content/references.json", *spoken])
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    assert files_read() == []
    change(site, "content/glossary.yaml", "the muscle between", "a muscle between")
    assert files_read() == files, "and the references stay as they were"
    change(site, "templates/words/en.yaml", "On this page", "Here")
    assert files_read() == spoken


@pytest.mark.parametrize("name", ["broken", "hiccups", "wrong-claims", "."])
def test_data_that_was_kept_is_what_the_files_say(name: str, tmp_path: Path) -> None:
    root = SITES / name if name != "." else REPOSITORY
    sources, _ = intake.read(root)
    assert sources
    anew = read_data(sources)
    for hits in (0, 1):
        cache = Cache(tmp_path / "made.sqlite", 1)
        assert read_data(sources, cache) == anew
        assert cache.hits == hits
        cache.close()


def test_what_the_index_of_the_search_costs_is_told_apart_where_it_is_made(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It can be made as a whole alone: whoever changes a word shall know what that costs."""
    command = ["build", "--root", str(site), "--today", TODAY]
    for expected in (True, False):
        assert cli.main(command) == 0
        told = capsys.readouterr().out
        assert bool(re.search(r"removed; [\d.]+ s, of which [\d.]+ s for the index of the search\n", told)) == expected
        assert bool(re.search(r"removed; [\d.]+ s\n", told)) != expected


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
    turn = ".cache/publish/turn"  # empty, and perhaps another build is holding it
    before = {name for name in tree(site) if name == turn or not name.startswith(".cache/")}
    assert cli.main(["clean", "--root", str(site)]) == 0
    assert "deleted" in capsys.readouterr().out
    assert set(tree(site)) == before
    assert cli.main(["clean", "--root", str(site)]) == 0
    assert "nothing to delete" in capsys.readouterr().out
    assert parses(site, capsys) == every


def test_clean_leaves_a_site_that_was_on_its_way(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Between two moves of its last step a build that is killed leaves the old site here, and nowhere else."""
    parses(site, capsys)
    before = tree(site / "_site")
    (site / ".cache" / "publish").mkdir(exist_ok=True)
    (site / "_site").rename(site / ".cache" / "publish" / "previous")
    assert cli.main(["clean", "--root", str(site)]) == 0
    assert tree(site / ".cache" / "publish" / "previous") == before


def running_in(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    every = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(maxsplit=2) for line in every.splitlines())
    return [args for pgid, state, args in rows if int(pgid) == group and not state.startswith("Z")]


@pytest.mark.skipif(sys.platform != "linux", reason="process groups are listed as Linux does")
@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.1, 0.4])
def test_ctrl_c_ends_all_workers_and_says_one_line(site: Path, seconds: float) -> None:
    """Whenever it comes: the moment is counted from when the first worker is there."""
    article = (site / "content/ask/how-long.md").read_text(encoding="utf-8")
    for number in range(400):
        (site / f"content/ask/copy-{number}.md").write_text(article, encoding="utf-8")
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(site), "--today", TODAY, "--no-search"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while len(running_in(process.pid)) < 2 and process.poll() is None:
            pass
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, told = process.communicate(timeout=60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        assert process.returncode == 2
        assert "Traceback" not in told
        assert running_in(process.pid) == []
    assert not (site / "_site").exists()


def test_a_damaged_cache_is_told_in_one_line_and_costs_time_alone(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = parses(site, capsys)
    before = tree(site / "_site")
    (site / KEPT).write_bytes(b"\x00" * 5_000)
    (site / ".cache" / RECORD).unlink()  # otherwise there is nothing to do for which the cache would be opened
    capsys.readouterr()
    assert cli.main(["build", "--root", str(site), "--today", TODAY, "--no-search"]) == 0
    told = capsys.readouterr()
    assert f"{every} articles parsed" in told.out
    assert [line for line in told.err.splitlines() if line.startswith("note: ")] == [
        "note: what was kept is damaged or of another version, and is made again"
    ]
    assert tree(site / "_site") == before


def test_where_nobody_watches_each_stage_is_one_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--root", str(site), "--today", TODAY, "--no-search"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in said] == ["reading", "rendering"]
    assert int(said[1].split()[1]) > 30


def put_together(root: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> dict[str, int]:
    """How often a build calls some of what puts pages and files together."""
    count = dict.fromkeys(names, 0)
    cache = Cache(root / KEPT, 1)
    with monkeypatch.context() as patch:
        for name in names:
            module, _, what = name.rpartition(".")
            real = getattr(import_module(f"generator.{module}"), what)
            patch.setattr(f"generator.{name}", partial(_counting, count, name, real))
        assert build(root, Options(today=TODAY), means=Means(cache)).is_good
    cache.close()
    return count


def _counting(count: dict[str, int], name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
    count[name] += 1
    return call(*given, **named)


PAGES, ARTICLES, ATOM = "site.plans.graph", "site.machines.api._article", "site.machines.feeds._atom"
RECORDS = "stages.checking.check_records"


def test_only_pages_and_files_that_show_what_changed_are_put_together(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = len(list((site / "content").rglob("*.md")))
    names = (PAGES, ARTICLES, ATOM, RECORDS)
    first = put_together(site, monkeypatch, *names)
    assert (first[PAGES] > 2 * every, first[ARTICLES], first[ATOM], first[RECORDS]) == (True, every, 2, 1)
    assert set(put_together(site, monkeypatch, *names).values()) == {0}
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    words = put_together(site, monkeypatch, *names)
    assert (words[PAGES] < 4, words[ARTICLES], words[ATOM], words[RECORDS]) == (True, 0, 0, 0)
    change(site, "content/what/hiccups.md", "updated: 2026-11-21", "updated: 2026-11-20")
    day = put_together(site, monkeypatch, *names)
    assert (day[ARTICLES], day[ATOM], day[RECORDS]) == (every, 2, 0)


def test_what_the_pages_hold_is_not_read_again_for_an_edited_word(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all other pages the digests are enough, to check them, for the policy and for the list of what can be kept."""
    put_together(site, monkeypatch)
    change(site, "content/what/hiccups.md", "close and make", "shut and make")
    held = "making.kept._read"
    assert put_together(site, monkeypatch, held)[held] < 4
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    assert put_together(site, monkeypatch, held)[held] < 8
