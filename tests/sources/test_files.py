"""Reading: never outside the folder, never too much, and a clear word on every byte that is wrong."""

import hashlib
import os
from pathlib import Path

import pytest

from generator.sources.files import copy_kept, is_free, read_file, read_one, read_tree, remove_kept, write_file
from tests.helpers import codes, write


def names(root: Path, limit: int = 1000) -> list[str]:
    files, _ = read_tree(root, "content", limit)
    return [one.path for one in files]


def problems(root: Path, limit: int = 1000) -> list[str]:
    _, found = read_tree(root, "content", limit)
    return codes(found)


def test_every_file_is_read_with_its_path_bytes_and_digest(tmp_path: Path) -> None:
    write(tmp_path, {"content/b/c.md": "c", "content/a.md": "a", "elsewhere.md": "x"})
    files, found = read_tree(tmp_path, "content", 1000)
    assert [(one.path, one.data) for one in files] == [("content/a.md", b"a"), ("content/b/c.md", b"c")]
    assert files[0].digest == hashlib.sha256(b"a").hexdigest()
    assert found == []


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"content/.swp": "x", "content/.git/a.md": "x", "content/a.md": "a"})
    assert names(tmp_path) == ["content/a.md"]


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert read_tree(tmp_path, "content", 10) == ([], [])


@pytest.mark.parametrize("target", ["/etc/passwd", "../secret.md", "/", "..", "nowhere", "a.md"])
def test_a_link_that_leads_out_or_nowhere_is_named_and_never_read(tmp_path: Path, target: str) -> None:
    write(tmp_path, {"site/content/b.md": "b", "secret.md": "secret"})
    (tmp_path / "site/content/a.md").symlink_to(target)
    assert names(tmp_path / "site") == ["content/b.md"]
    assert problems(tmp_path / "site") == ["outside-folder"]


def test_a_link_within_the_folder_is_read_as_the_file_it_names(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "a"})
    (tmp_path / "content/b.md").symlink_to("a.md")
    assert names(tmp_path) == ["content/a.md", "content/b.md"]


def test_links_that_lead_to_each_other_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").symlink_to("b.md")
    (tmp_path / "content/b.md").symlink_to("a.md")
    assert problems(tmp_path) == ["outside-folder", "outside-folder"]


def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content/a.md")
    assert problems(tmp_path) == ["special-file"]


def test_a_file_as_large_as_the_limit_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "x" * 10, "content/b.md": "x" * 11})
    assert names(tmp_path, 10) == ["content/a.md"]
    assert problems(tmp_path, 10) == ["file-too-large"]


def test_one_file_is_read_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": "a"})
    found = read_file(tmp_path, "site.yaml")
    assert found is not None
    assert (found.path, found.data) == ("site.yaml", b"a")
    assert read_file(tmp_path, "other.yaml") is None


def test_a_file_that_may_not_be_read_is_a_problem_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"content/a.md": "a", "content/b.md": "b"})
    opened = os.open

    def closed(path: str, way: int) -> int:
        if path.endswith("a.md"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, way)

    monkeypatch.setattr(os, "open", closed)  # whoever is root may read everything
    files, found = read_tree(tmp_path, "content", 10)
    assert [one.path for one in files] == ["content/b.md"]
    assert [(one.code, one.span.path) for one in found] == [("unreadable-file", "content/a.md")]


def test_a_folder_that_may_not_be_read_is_a_problem_and_not_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"content/a.md": "a", "content/b/c.md": "c", "content/d/e.md": "e"})
    scan = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    files, found = read_tree(tmp_path, "content", 10)
    assert [one.path for one in files] == ["content/a.md", "content/d/e.md"]
    assert [(one.code, one.span.path) for one in found] == [("unreadable-file", "content/b")]


def test_a_folder_and_a_link_to_one_are_no_file_and_each_is_called_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    assert [codes(read_one(tmp_path, name)[1]) for name in ("folder", "link", "nothing")] == [
        ["special-file"],
        ["outside-folder"],
        [],
    ]


def test_a_site_is_begun_in_an_empty_folder_or_in_one_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, {"full/a.md": "a"})
    (tmp_path / "empty").mkdir()
    assert [is_free(tmp_path / name) for name in ("empty", "new", "full", "full/a.md")] == [True, True, False, False]


def test_what_is_kept_is_copied_and_removed_by_its_names_and_nothing_else_is(tmp_path: Path) -> None:
    write(tmp_path, {".cache/made": "12345", ".cache/mine": "x", "copy/mine": "y"})
    (tmp_path / ".cache/link").symlink_to("mine")
    names = ("made", "made-wal")
    assert copy_kept(tmp_path, names, tmp_path / "copy")
    assert (tmp_path / "copy/made").read_text() == "12345"
    assert remove_kept(tmp_path, names) == 5
    assert not copy_kept(tmp_path, names, tmp_path / "copy")
    remove_kept(tmp_path, ["link"])
    assert sorted(path.name for path in (tmp_path / ".cache").iterdir()) == ["mine"]


@pytest.mark.parametrize("content", ["é\n", "é\n".encode()], ids=["text", "bytes"])
def test_a_file_is_written_with_the_folders_that_it_needs(tmp_path: Path, content: str | bytes) -> None:
    for _ in range(2):
        write_file(tmp_path, "a/b/c.md", content)
        assert (tmp_path / "a/b/c.md").read_bytes() == "é\n".encode()
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.md"]
