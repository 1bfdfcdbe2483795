"""Whatever stands in the folders of a site: each thing that cannot be read is named once, and nothing is waited for."""

import os
import socket
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli, pipeline
from generator.disk.looks import bytes_of
from generator.problems.problem import Problem
from generator.sources import files as sources
from generator.sources.files import Changed, Later, SourceFile, read_file, read_one, read_tree
from generator.sources.names import LONGEST
from generator.stages.options import Options
from tests.helpers import DEFAULT, codes, make_site, write
from tests.sitekit import TODAY, copy_site

LIMIT = 1000


def read(root: Path, folder: str = "content") -> tuple[list[SourceFile], list[Problem]]:
    return read_tree(root, folder, LIMIT)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket may have 107 bytes
        try:
            listening.bind(path.name)
        finally:
            os.chdir(here)


def a_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root may make a device")


def a_disk(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFBLK | 0o666, os.makedev(7, 99))
    except PermissionError:
        pytest.skip("only root may make a device")


def link(to: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(to)


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)  # of which no block is on the disk


def named(name: str) -> Callable[[Path], object]:
    return lambda path: path.with_name(name).write_text("x")


def undecodable(path: Path) -> None:
    Path(os.fsdecode(os.fsencode(path.parent) + b"/\xff\xfe.md")).write_text("x")


def deep(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        for _ in range(300):
            Path("deep").mkdir()
            os.chdir("deep")
        Path("x.md").write_text("x")
    finally:
        os.chdir(here)


TROUBLE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "pipe": (a_pipe, "special-file", "a pipe"),
    "socket": (a_socket, "special-file", "a socket"),
    "device": (a_device, "special-file", "a device"),
    "block device": (a_disk, "special-file", "a device"),
    "link to a device": (link("/dev/zero"), "outside-folder", "leads outside"),
    "link out": (link("/etc/passwd"), "outside-folder", "leads outside"),
    "link up": (link("../../secret.md"), "outside-folder", "leads outside"),
    "link through /proc": (link("/proc/self/root/etc/passwd"), "outside-folder", "leads outside"),
    "link to itself": (link("x.md"), "outside-folder", "to nothing"),
    "link to nothing": (link("nothing.md"), "outside-folder", "to nothing"),
    "link to a folder": (link("care"), "outside-folder", "to a folder"),
    "link to its own folder": (link("."), "outside-folder", "to a folder"),
    "a terabyte": (large, "file-too-large", "1099511627776 bytes"),
    "device of Windows": (named("con.md"), "file-name", "Windows keeps"),
    "colon": (named("a:b.md"), "file-name", "holds a :"),
    "line break": (named("a\nb.md"), "file-name", "cannot be seen (U+000A)"),
    "escape": (named("\x1b[31m.md"), "file-name", "U+001B"),
    "reversed": (named("\u202edm.exe"), "file-name", "U+202E"),
    "trailing dot": (named("a.md."), "file-name", "ends with a dot"),
    "no UTF-8": (undecodable, "file-name", "byte 0xff"),
    "long name": (named("a" * (LONGEST - 10) + ".md"), "file-name", f"at most {LONGEST}"),
    "hundreds of folders deep": (deep, "file-name", f"at most {LONGEST}"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, {"secret.md": "secret"})
    return write(tmp_path / "site", {"content/a.md": "a", "content/care/b.md": "b", "elsewhere/c.md": "c"})


@pytest.mark.parametrize("kind", TROUBLE)
def test_each_kind_of_trouble_is_one_problem_and_the_other_files_are_read(root: Path, kind: str) -> None:
    make, code, says = TROUBLE[kind]
    make(root / "content" / "x.md")
    files, problems = read(root)
    assert [one.data for one in files] == [b"a", b"b"]
    assert [one.code for one in problems] == [code]
    assert says in problems[0].message
    assert problems[0].span.path.startswith("content/")
    assert problems[0].span.path.isprintable()


@pytest.mark.parametrize("kind", TROUBLE)
def test_each_kind_of_trouble_is_told_by_a_whole_build_too(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make, code, says = TROUBLE[kind]
    root = make_site(tmp_path / "site")
    make(root / "content" / "x.md")
    assert cli.main(["--root", str(root), "--quiet", "--jobs", "1", "--today", TODAY]) == 1
    said = capsys.readouterr().out
    assert f"error[{code}]" in said
    assert says in said
    assert not (root / "_site").exists()


@pytest.mark.parametrize("folder", ["templates", "static", "content/claims"])
@pytest.mark.parametrize("kind", ["pipe", "link to a device", "no UTF-8", "device of Windows"])
def test_every_folder_is_read_as_carefully(tmp_path: Path, folder: str, kind: str) -> None:
    make, code, _ = TROUBLE[kind]
    root = make_site(tmp_path / "site")
    (root / folder).mkdir(exist_ok=True, parents=True)
    make(root / folder / "x.md")
    assert code in codes(pipeline.build(root, Options(today=TODAY)).problems)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.symlink_to(".."), "outside-folder"),
        (lambda path: path.symlink_to("/"), "outside-folder"),
        (lambda path: path.symlink_to("content"), "special-file"),
        (lambda path: path.write_text("x"), "special-file"),
        (a_pipe, "special-file"),
    ],
)
def test_what_should_be_a_folder_of_the_site_and_is_none_is_one_problem(
    tmp_path: Path, make: Callable[[Path], object], code: str
) -> None:
    root = tmp_path / "site"
    root.mkdir()
    make(root / "content")
    files, problems = read(root)
    assert (files, [(one.code, one.span.path) for one in problems]) == ([], [(code, "content")])


def test_a_link_to_a_folder_of_the_site_stands_for_it(root: Path) -> None:
    (root / "texts").symlink_to("content")
    files, problems = read(root, "texts")
    assert ([one.path for one in files], problems) == (["texts/a.md", "texts/care/b.md"], [])


def test_a_folder_called_like_an_article_is_a_folder(root: Path) -> None:
    write(root, {"content/x.md/y.md": "y"})
    assert [one.path for one in read(root)[0]] == ["content/a.md", "content/care/b.md", "content/x.md/y.md"]


def test_one_file_with_two_names_is_two_files(root: Path) -> None:
    os.link(root / "content/a.md", root / "content/x.md")
    assert [one.data for one in read(root)[0]] == [b"a", b"a", b"b"] or read(root)[1] == []


def test_names_that_some_machines_do_not_tell_apart_are_named_with_each_other(root: Path) -> None:
    write(root, {"content/Care/z.md": "z", "content/caf\u00e9.svg": "1", "content/cafe\u0301.svg": "2"})
    files, problems = read(root)
    assert len(files) == 5
    assert [(one.code, one.span.path, one.related[0][1].path) for one in problems] == [
        ("name-clash", "content/caf\u00e9.svg", "content/cafe\u0301.svg"),
        ("name-clash", "content/care", "content/Care"),
    ]


@pytest.mark.parametrize(("most", "said"), [((2, 1000), "more than 2 files"), ((1000, 2), "3 bytes in its files")])
def test_too_many_files_or_bytes_are_refused_before_any_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch, most: tuple[int, int], said: str
) -> None:
    write(root, {"content/x.md": "x"})
    monkeypatch.setattr(sources, "bytes_of", None)
    files, problems = read_tree(root, "content", LIMIT, most=most)
    assert (files, codes(problems)) == ([], ["over-limit"])
    assert said in problems[0].message


@pytest.mark.parametrize(
    ("swap", "code"),
    [
        (lambda path: os.mkfifo(path), "unreadable-file"),
        (lambda path: path.symlink_to("/etc/passwd"), "unreadable-file"),
        (lambda path: path.mkdir(), "unreadable-file"),
        (lambda path: path.write_bytes(b"x" * 10 * LIMIT), "file-too-large"),
        (lambda path: None, "unreadable-file"),
    ],
    ids=["pipe", "link", "folder", "grown", "gone"],
)
def test_what_is_put_in_the_place_of_a_file_before_it_is_read_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, swap: Callable[[Path], object], code: str
) -> None:
    def late(path: str, most: int) -> bytes:
        if path.endswith("a.md"):
            Path(path).unlink()
            swap(Path(path))
        return bytes_of(path, most)

    monkeypatch.setattr(sources, "bytes_of", late)
    files, problems = read(root)
    assert ([one.path for one in files], codes(problems)) == (["content/care/b.md"], [code])


@pytest.mark.parametrize("swap", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_what_is_put_in_the_place_of_a_known_file_is_a_change(root: Path, swap: Callable[[Path], object]) -> None:
    (file, *_), _ = read(root)
    known = Later(str(root / file.path), file.digest)
    (root / file.path).unlink()
    swap(root / file.path)
    with pytest.raises(Changed):
        known()


def test_no_more_is_read_than_the_limit_of_a_file_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, {"a": "x" * 100}) / "a"
    whole = os.read
    given = []

    def growing(file: int, count: int) -> bytes:
        with path.open("ab") as more:
            more.write(b"x" * count)
        given.append(whole(file, count))
        return given[-1]

    monkeypatch.setattr(os, "read", growing)
    with pytest.raises(OSError, match="too large"):
        bytes_of(str(path), 500)
    assert sum(map(len, given)) <= 1 << 13


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 8193, 100_000])
def test_a_file_is_read_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(os.urandom(size))
    assert bytes_of(str(path), size) == path.read_bytes()


OWN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (a_pipe, "is no ordinary file"),
    "a folder": (Path.mkdir, "is no ordinary file"),
    "a link to nothing": (link("nothing"), "is no ordinary file"),
    "a device": (link("/dev/zero"), "is no ordinary file"),
    "a link out": (link("/etc/passwd"), "outside-folder"),
    "too large": (large, "file-too-large"),
}


@pytest.mark.parametrize("kind", OWN)
def test_a_site_yaml_that_cannot_be_read_is_told(tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    make, says = OWN[kind]
    root = make_site(tmp_path / "site")
    (root / "site.yaml").unlink()
    make(root / "site.yaml")
    assert cli.main(["--root", str(root), "--quiet", "--jobs", "1"]) == 2
    told = capsys.readouterr()
    assert says in told.out + told.err


def test_a_link_to_a_site_yaml_within_the_site_is_read(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    (root / "site.yaml").rename(root / "other.yaml")
    (root / "site.yaml").symlink_to("other.yaml")
    file, problems = read_one(root, "site.yaml")
    assert (file and file.data.decode(), problems) == (DEFAULT["site.yaml"], [])


def test_a_file_that_is_shown_beside_a_problem_is_never_read_beyond_its_limit(tmp_path: Path) -> None:
    large(tmp_path / "a")
    assert read_file(tmp_path, "a") is None


def test_a_fresh_pipe_or_link_to_a_device_does_not_hold_up_the_look_for_changes(tmp_path: Path) -> None:
    """The look for what has changed compares fresh files by their bytes."""
    root = copy_site("hiccups", tmp_path)
    assert cli.main(["--root", str(root), "--quiet", "--jobs", "1", "--today", TODAY]) == 0
    a_pipe(root / "content" / "x.md")
    link("/dev/zero")(root / "static" / "y.css")
    done: list[int] = []
    thread = threading.Thread(
        target=lambda: done.append(cli.main(["--root", str(root), "--quiet", "--jobs", "1", "--today", TODAY])),
        daemon=True,
    )
    thread.start()
    thread.join(60)
    assert done == [1]
