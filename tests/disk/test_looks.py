"""How files look from outside: whatever happens to one, it looks different afterwards."""

import os
import time
from pathlib import Path

import pytest

from generator.disk import looks
from generator.disk.looks import FRESH, Look, as_lines, look_at, machine, tree_below, unsettled


def look(top: Path) -> Look:
    return look_at(str(top), tree_below(str(top)), 0)


def test_a_tree_is_told_by_its_files_links_and_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_text("c")
    (tmp_path / "a/link").symlink_to("b")
    (tmp_path / "empty/inner").mkdir(parents=True)
    (tmp_path / ".hidden").write_text("h")
    (tmp_path / "only").mkdir()
    (tmp_path / "only/.hidden").write_text("h")
    every, shown = tree_below(str(tmp_path)), tree_below(str(tmp_path), (".",))
    assert set(every.files) == {"a/b/c", "a/link", ".hidden", "only/.hidden"}
    assert (set(every.folders), every.empty) == ({"a", "a/b", "empty", "empty/inner", "only"}, ["empty/inner"])
    assert (set(shown.files), sorted(shown.empty)) == ({"a/b/c", "a/link"}, ["empty/inner", "only"])
    assert every.folders.index("a") < every.folders.index("a/b")


def test_a_folder_in_which_there_is_nothing_is_not_one_that_is_not_there(tmp_path: Path) -> None:
    assert look(tmp_path).lines == {"/": ""}


def test_a_look_that_is_written_down_is_read_back(tmp_path: Path) -> None:
    for name in ("a", "b\nb", "ä"):
        (tmp_path / name).write_text(name)
    (tmp_path / "c").mkdir()
    seen = look(tmp_path)
    assert as_lines(seen.data) == seen.lines
    assert Look(dict(reversed(list(seen.lines.items()))), {}).data == seen.data, (
        "in whatever order the system lists them"
    )


@pytest.mark.parametrize("data", [b"", b"\0", b"a", b"a\0b\0c", b"\xff\xfe", b"\0\0\0\0"])
def test_what_is_damaged_can_be_read_too(data: bytes) -> None:
    assert isinstance(as_lines(data), dict)


def test_a_link_looks_different_when_what_it_leads_to_does(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "words").write_text("one")
    (tmp_path / "site/link").symlink_to("../words")
    first = look(tmp_path / "site").data
    (tmp_path / "words").write_text("three")
    second = look(tmp_path / "site").data
    (tmp_path / "words").unlink()
    assert len({first, second, look(tmp_path / "site").data}) == 3


def test_an_edit_that_puts_the_time_back_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    before = path.stat()
    assert unsettled({"a": before.st_ctime_ns}) == set(), "from now on each change has another time"
    first = look(tmp_path).data
    path.write_text("two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert look(tmp_path).data != first


def test_nobody_waits_for_what_was_touched_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    now = time.time_ns()
    assert unsettled({}) == unsettled({"a": now - FRESH, "b": now - 10**8 + 1}) == set()
    assert waits == []
    unsettled({"a": now - FRESH, "b": time.time_ns()})
    assert len(waits) == 1
    assert 0 < waits[0] <= 0.02


def test_a_clock_of_whole_seconds_is_not_believed_for_two_of_them() -> None:
    second = time.time_ns() // 10**9 * 10**9
    assert unsettled({"fat": second - 10**9, "old": second - 3 * 10**9, "fine": second - 10**9 + 1}) == {"fat"}


def test_what_is_said_to_be_of_later_is_not_believed_and_not_waited_for() -> None:
    begun = time.monotonic()
    assert unsettled({"later": time.time_ns() + 10**12}) == {"later"}
    assert time.monotonic() - begun < 1


def test_where_nothing_tells_since_when_the_machine_runs_there_is_nothing_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "_BOOT", tmp_path / "nowhere")
    assert machine() == ""
