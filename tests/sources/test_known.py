"""A file that looks as it did when it was read is not opened, and one that was touched is, however alike it looks."""

import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.cache.cache import Cache
from generator.disk.looks import bytes_of as read_bytes
from generator.markup.parser import parse
from generator.pipeline import Build, build
from generator.runtime.means import Means
from generator.sources import files as sources
from generator.sources import known
from generator.sources.files import Changed, Later, SourceFile, read_tree
from generator.sources.known import KnownFiles
from generator.stages.options import Options
from tests.helpers import write
from tests.sitekit import TODAY, change, copy_site

LONG_AGO = 1_600_000_000_000_000_000
_opened: list[str] = []
_is_watched = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _is_watched and event == "open":
        _opened.append(str(arguments[0]))


sys.addaudithook(_watch)  # for good: a hook cannot be taken away


@pytest.fixture(autouse=True)
def _soon_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a file to be old enough."""
    monkeypatch.setattr(known, "FRESH", 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "site", {f"content/{name}.md": name for name in ("a", "b", "c")})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made"


def read(root: Path, path: Path | None) -> tuple[list[SourceFile], list[str]]:
    """Read the articles of a site; give them, and the names of those that were opened."""
    global _is_watched
    cache = Cache(path, 1)
    _opened.clear()
    _is_watched = True
    try:
        files, problems = read_tree(root, "content", 100, KnownFiles(cache, b"base"))
    finally:
        _is_watched = False
    cache.close()
    assert problems == []
    return files, sorted(Path(one).name for one in _opened if one.endswith(".md"))


def test_what_was_read_before_is_not_opened_and_is_the_same(root: Path, path: Path) -> None:
    first, opened = read(root, path)
    assert opened == ["a.md", "b.md", "c.md"]
    again, opened = read(root, path)
    assert opened == []
    assert again == first
    assert [one.data for one in again] == [b"a", b"b", b"c"]


def test_one_that_changed_is_the_only_one_that_is_opened(root: Path, path: Path) -> None:
    read(root, path)
    (root / "content/b.md").write_text("x")
    files, opened = read(root, path)
    assert opened == ["b.md"]
    assert [one.data for one in files] == [b"a", b"x", b"c"]
    assert read(root, path)[1] == []


def test_one_of_the_same_size_and_time_is_opened_all_the_same(root: Path, path: Path) -> None:
    os.utime(root / "content/b.md", ns=(LONG_AGO, LONG_AGO))
    read(root, path)
    (root / "content/b.md").write_text("x")
    os.utime(root / "content/b.md", ns=(LONG_AGO, LONG_AGO))
    files, opened = read(root, path)
    assert (opened, files[1].data) == (["b.md"], b"x")


def test_one_that_took_the_place_of_another_is_opened(root: Path, path: Path) -> None:
    (root / "spare.md").write_text("x")
    for one in (root / "spare.md", root / "content/b.md"):
        os.utime(one, ns=(LONG_AGO, LONG_AGO))
    read(root, path)
    (root / "spare.md").replace(root / "content/b.md")
    assert read(root, path)[1] == ["b.md"]


def test_a_file_touched_just_now_is_opened_until_it_is_old_enough(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "FRESH", 3600 * 10**9)
    assert read(root, path)[1] == ["a.md", "b.md", "c.md"]
    assert read(root, path)[1] == ["a.md", "b.md", "c.md"]
    monkeypatch.setattr(known, "FRESH", 0)
    assert read(root, path)[1] == ["a.md", "b.md", "c.md"]
    assert read(root, path)[1] == []


def test_a_file_that_changes_while_it_is_read_is_opened_again(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(one: str, most: int) -> bytes:
        data = read_bytes(one, most)
        if one.endswith("b.md"):
            Path(one).write_text("y")
        return data

    monkeypatch.setattr(sources, "bytes_of", slowly)
    read(root, path)
    monkeypatch.undo()
    monkeypatch.setattr(known, "FRESH", 0)
    files, opened = read(root, path)
    assert (opened, files[1].data) == (["b.md"], b"y")


def test_a_link_is_followed_each_time(root: Path, path: Path) -> None:
    (root / "content/d.md").symlink_to("a.md")
    assert read(root, path)[0][3].data == b"a"
    (root / "content/d.md").unlink()
    (root / "content/d.md").symlink_to("b.md")
    files, opened = read(root, path)
    assert (opened, files[3].data) == (["b.md"], b"b")


def test_a_file_that_grew_too_large_is_refused_though_it_is_known(root: Path, path: Path) -> None:
    read(root, path)
    cache = Cache(path, 1)
    (root / "content/b.md").write_text("x" * 101)
    files, problems = read_tree(root, "content", 100, KnownFiles(cache, b"base"))
    assert ([one.path for one in files], len(problems)) == (["content/a.md", "content/c.md"], 1)
    cache.close()


def test_after_a_restart_of_the_machine_all_are_opened(root: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(root, path)
    monkeypatch.setattr(known, "machine", lambda: "anew")
    assert len(read(root, path)[1]) == 3


def test_a_copy_elsewhere_is_opened(root: Path, path: Path, tmp_path: Path) -> None:
    read(root, path)
    os.rename(root, tmp_path / "moved")
    assert len(read(tmp_path / "moved", path)[1]) == 3


def test_without_a_store_all_are_opened(root: Path) -> None:
    read(root, None)
    assert len(read(root, None)[1]) == 3


@pytest.mark.parametrize("loss", ["changed", "gone"])
def test_bytes_that_are_others_by_now_are_never_given(root: Path, path: Path, loss: str) -> None:
    read(root, path)
    files, _ = read(root, path)
    if loss == "changed":
        (root / "content/b.md").write_text("x")
    else:
        (root / "content/b.md").unlink()
    assert files[0].data == b"a"
    with pytest.raises(Changed, match=r"b\.md"):
        _ = files[1].data


def test_a_file_that_goes_elsewhere_takes_its_bytes_along(root: Path, path: Path) -> None:
    read(root, path)
    files, _ = read(root, path)
    assert isinstance(files[0].held, Later)
    there = pickle.loads(pickle.dumps(files[0]))  # noqa: S301
    assert (there, there.held) == (files[0], b"a")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def made(site: Path, path: Path | None, told: Any = lambda *_: None) -> Build:
    cache = Cache(path, 1)
    done = build(site, Options(today=TODAY), told, Means(cache))
    outputs = [(one.path, one.body) for one in done.outputs]
    cache.close()
    assert outputs
    return done


def bytes_of(done: Build) -> Iterator[tuple[str, str]]:
    return ((one.path, one.digest) for one in done.outputs)


def test_an_edited_text_is_one_article_that_is_opened(site: Path, path: Path) -> None:
    global _is_watched
    made(site, path)
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    _opened.clear()
    _is_watched = True
    try:
        done = made(site, path)
    finally:
        _is_watched = False
    assert done.parses == 1
    assert [Path(one).name for one in _opened if one.endswith(".md")] == ["hiccups.md"]
    assert list(bytes_of(done)) == list(bytes_of(made(site, None)))


def test_a_file_that_changes_during_a_build_is_read_with_all_others_once_more(
    site: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(site, path)
    monkeypatch.setattr("generator.stages.parsing.program_digest", lambda: b"another program")  # so that all are parsed
    parse.cache_clear()
    article = site / "content/what/hiccups.md"

    def meanwhile(stage: str, done: int, _every: int) -> None:
        if (stage, done) == ("reading", 0):
            article.write_text(article.read_text().replace("What makes the sound?", "And what is that?"))

    done = made(site, path, meanwhile)
    assert list(bytes_of(done)) == list(bytes_of(made(site, None)))


def test_a_digest_that_is_wrong_is_noticed_where_the_bytes_are_needed(
    site: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As only somebody could bring about who means it."""
    monkeypatch.setattr(known.FileDigests, "keep", _keep_another)
    made(site, path)
    monkeypatch.undo()
    assert list(bytes_of(made(site, path))) == list(bytes_of(made(site, None)))


def _keep_another(digests: known.FileDigests, number: int, digest: str, _now: os.stat_result) -> None:
    digests._pieces.put(number, digest[::-1].encode())
