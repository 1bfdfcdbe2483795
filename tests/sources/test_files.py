"""Reading: never outside the folder, never too much, and a clear word on every byte that is wrong."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.decoding import decode
from generator.sources.files import read_file, read_tree, source_file
from generator.sources.names import address_part_is_good
from tests.helpers import codes, file, misplaced, moderate, write


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


@pytest.mark.parametrize(
    ("data", "text", "found"),
    [
        (b"a\nb\n", "a\nb\n", []),
        (b"\xef\xbb\xbfa", "a", ["byte-order-mark"]),
        (b"a\r\nb\r\n", "a\nb\n", ["carriage-return"]),
        (b"a\rb", "a\nb", ["carriage-return"]),
        (b"", None, ["empty-file"]),
        (b" \n\t\n", None, ["empty-file"]),
        (b"\xef\xbb\xbf", None, ["byte-order-mark", "empty-file"]),
        (b"a\xff", None, ["not-utf8"]),
        ("a\u00e9\U0001f600".encode(), "a\u00e9\U0001f600", []),
    ],
)
def test_the_text_of_a_file_has_plain_line_ends_and_no_mark(data: bytes, text: str | None, found: list[str]) -> None:
    result, wrong = decode(file(data))
    assert (result, codes(wrong)) == (text, found)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\ue000", "\uf8ff", "\uffff"])
def test_an_invisible_character_is_refused_at_its_place(character: str) -> None:
    _, (problem,) = decode(file(f"one\ntwo {character} three\n"))
    assert problem.code == "reserved-character"
    assert (problem.span.line, problem.span.column) == (2, 5)


def test_a_byte_that_is_no_text_is_found_at_its_place() -> None:
    _, (problem,) = decode(file("é\nab".encode() + b"\xff"))
    assert (problem.code, problem.span.line, problem.span.column) == ("not-utf8", 2, 3)


@moderate
@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused_at_a_place_in_the_file(data: bytes) -> None:
    text, wrong = decode(source_file("f", data))
    assert text is not None or wrong
    assert misplaced(wrong, data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")) == []
    assert text is None or not ({"\r", "\x00", "\ue000", "\ue001"} & set(text))


def test_names_that_can_be_addresses() -> None:
    good, bad = ["a", "back-mice", "2nd", "a-1-b"], ["", "A", "a b", "a_b", "-a", "a-", "a--b", "é", "a.b", "..", "a/b"]
    assert [name for name in good + bad if address_part_is_good(name)] == good


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
    write(tmp_path, {"content/a.md": "a", "content/b/c.md": "c"})
    scan = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    files, found = read_tree(tmp_path, "content", 10)
    assert [one.path for one in files] == ["content/a.md"]
    assert [(one.code, one.span.path) for one in found] == [("unreadable-file", "content/b")]
