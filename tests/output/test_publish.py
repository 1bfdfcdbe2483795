"""Publishing: whole or not at all; nothing is written twice, nothing is removed that no build made."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output import staging
from generator.output.layout import MANIFEST, Unsafe
from generator.output.outputs import Output
from generator.output.publish import Published, publish, write_all
from tests.helpers import moderate
from tests.sitekit import tree

OLD = {"index.html": b"home", "a/index.html": b"a", "b/index.html": b"b"}


def put(folder: Path, bodies: dict[str, bytes]) -> Published:
    return publish(
        [Output(path, body, "content/x.md") for path, body in bodies.items()], folder / "site", folder / "work"
    )


def files(folder: Path) -> dict[str, bytes]:
    return {path: body for path, body in tree(folder / "site").items() if path != MANIFEST}


def test_the_first_build_writes_everything(tmp_path: Path) -> None:
    done = put(tmp_path, OLD)
    assert files(tmp_path) == OLD
    assert done == Published(("a/index.html", "b/index.html", "index.html"), (), (), ())


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    number = (tmp_path / "site").stat().st_ino
    done = put(tmp_path, OLD)
    assert (done.written, done.removed, len(done.unchanged)) == ((), (), 3)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (tmp_path / "site").stat().st_ino == number


def test_a_file_with_equal_bytes_keeps_its_time_when_others_change(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    os.utime(tmp_path / "site/a/index.html", ns=(10**18, 10**18))
    done = put(tmp_path, {**OLD, "b/index.html": b"new"})
    assert done.written == ("b/index.html",)
    assert (tmp_path / "site/a/index.html").stat().st_mtime_ns == 10**18


def test_where_no_hard_links_are_to_be_had_times_are_kept_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, OLD)
    os.utime(tmp_path / "site/a/index.html", ns=(10**18, 10**18))

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    put(tmp_path, {**OLD, "b/index.html": b"new"})
    assert (tmp_path / "site/a/index.html").stat().st_mtime_ns == 10**18


def test_what_is_no_longer_made_is_removed_with_its_empty_folder(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    done = put(tmp_path, {"index.html": b"home"})
    assert done.removed == ("a/index.html", "b/index.html")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == [MANIFEST, "index.html"]


def test_files_folders_and_links_that_no_build_made_are_kept_and_named(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    site = tmp_path / "site"
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret").write_text("s")
    (site / "CNAME").write_text("example.org")
    (site / "a/notes.txt").write_text("mine")
    (site / "uploads/empty").mkdir(parents=True)
    (site / "link").symlink_to("../outside")
    (site / "dangling").symlink_to("nowhere")
    os.utime(site / "CNAME", ns=(10**18, 10**18))
    done = put(tmp_path, {"index.html": b"new"})
    assert done.foreign == ("CNAME", "a/notes.txt", "dangling", "link", "uploads/empty")
    assert (site / "CNAME").read_text() == "example.org"
    assert (site / "CNAME").stat().st_mtime_ns == 10**18
    assert (site / "a/notes.txt").read_text() == "mine"
    assert (site / "uploads/empty").is_dir()
    assert os.readlink(site / "link") == "../outside"
    assert os.readlink(site / "dangling") == "nowhere"
    assert tree(tmp_path / "outside") == {"secret": b"s"}


@pytest.mark.parametrize(
    ("foreign", "made"),
    [
        ("index.html", "index.html"),
        ("a", "a/index.html"),
        ("a/index.html", "a"),
        ("a/b/c", "a/b"),
    ],
)
def test_a_site_is_never_written_over_files_that_no_build_made(tmp_path: Path, foreign: str, made: str) -> None:
    (tmp_path / "site" / foreign).parent.mkdir(parents=True)
    (tmp_path / "site" / foreign).write_text("mine")
    before = tree(tmp_path / "site")
    with pytest.raises(Unsafe, match=foreign.split("/")[0]):
        put(tmp_path, {made: b"ours"})
    assert tree(tmp_path / "site") == before


def test_nothing_is_written_through_a_foreign_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a").symlink_to("../outside")
    with pytest.raises(Unsafe):
        put(tmp_path, {"a/index.html": b"ours"})
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("target", ["nowhere", "../precious", "b"])
def test_a_page_that_somebody_replaced_by_a_link_is_written_anew_and_the_link_not_followed(
    tmp_path: Path, target: str
) -> None:
    put(tmp_path, OLD)
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "site/index.html").unlink()
    (tmp_path / "site/index.html").symlink_to(target)
    assert "index.html" in put(tmp_path, {**OLD, "index.html": b"new"}).written
    assert files(tmp_path)["index.html"] == b"new"
    assert (tmp_path / "precious").read_bytes() == b"precious"


def test_an_output_folder_that_is_a_file_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(Unsafe):
        put(tmp_path, OLD)
    assert (tmp_path / "site").read_text() == "mine"


BAD_PATHS = [
    "",
    ".",
    "..",
    "/",
    "/etc/passwd",
    "../x",
    "a/../../x",
    "a/..",
    "a\\b",
    "..\\x",
    "a\0b",
    "a//b",
    "a/",
    "./a",
    MANIFEST,
]


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_could_lead_elsewhere_is_refused_before_anything_is_written(tmp_path: Path, path: str) -> None:
    put(tmp_path, OLD)
    before = tree(tmp_path)
    with pytest.raises(Unsafe):
        put(tmp_path, {**OLD, "new.html": b"x", path: b"bad"})
    assert tree(tmp_path) == before


def test_of_many_files_in_the_way_five_are_named_and_the_others_counted(tmp_path: Path) -> None:
    foreign = {f"{number}.html": b"mine" for number in range(7)}
    (tmp_path / "site").mkdir()
    for path, body in foreign.items():
        (tmp_path / "site" / path).write_bytes(body)
    with pytest.raises(Unsafe, match=r"0\.html, 1\.html, 2\.html, 3\.html, 4\.html and 2 more; delete them"):
        put(tmp_path, dict.fromkeys(foreign, b"made"))
    with pytest.raises(Unsafe, match=r"0\.html, 1\.html, 2\.html, 3\.html, 4\.html; delete them"):
        put(tmp_path, dict.fromkeys([*foreign][:5], b"made"))
    assert files(tmp_path) == foreign


def test_one_file_that_two_make_of_the_same_bytes_is_written_once(tmp_path: Path) -> None:
    both = [Output("a.html", b"a", "content/x.md"), Output("a.html", b"a", "content/y.md")]
    done = publish(both, tmp_path / "site", tmp_path / "work")
    assert (done.written, files(tmp_path)) == (("a.html",), {"a.html": b"a"})


def test_a_file_that_could_change_once_more_unseen_is_not_noted_as_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.output.publish.unsettled", lambda recent: {"a/index.html"} & recent.keys())
    put(tmp_path, OLD)
    noted = (tmp_path / "work" / "published").read_bytes()
    assert [path for path in OLD if path.encode() in noted.split(b"\0")] == ["index.html", "b/index.html"]


def test_two_outputs_of_one_path_are_refused(tmp_path: Path) -> None:
    outputs = [Output("a", b"1", "content/one.md"), Output("a", b"2", "content/two.md")]
    with pytest.raises(Unsafe, match=r"one from content/one\.md, the other from content/two\.md"):
        publish(outputs, tmp_path / "site", tmp_path / "work")
    assert not (tmp_path / "site").exists()


def test_a_path_that_is_a_file_and_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unsafe, match=r"feed\.xml would be a file, made from content/x\.md, and a folder"):
        put(tmp_path, {"feed.xml": b"1", "feed.xml/index.html": b"2"})
    assert not (tmp_path / "site").exists()


MANIFESTS = [
    b"",
    b"not json",
    b"[]",
    b"null",
    b"3",
    b"\xff\xfe",
    b"{}",
    b'{"files": []}',
    b'{"files": null}',
    b'{"files": {"../precious": "x", "/etc/passwd": "x", "../site/CNAME": "x", "./CNAME": "x"}}',
    b'{"files": {"": "x", ".": "x", "..": "x", "/": "x"}}',
    b'{"files": {"a/../CNAME": "x", "uploads": "x", "uploads/": "x", "link/inner": "x"}}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=range(len(MANIFESTS)))
def test_a_broken_or_lying_manifest_removes_nothing_that_no_build_made(tmp_path: Path, manifest: bytes) -> None:
    site = tmp_path / "site"
    (site / "uploads").mkdir(parents=True)
    (site / "uploads/photo").write_text("p")
    (site / "CNAME").write_text("c")
    (tmp_path / "precious").write_text("p")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/inner").write_text("i")
    (site / "link").symlink_to("../outside")
    (site / MANIFEST).write_bytes(manifest)
    done = put(tmp_path, OLD)
    assert done.removed == ()
    assert (tmp_path / "precious").read_text() == "p"
    assert (tmp_path / "outside/inner").read_text() == "i"
    assert {**OLD, "CNAME": b"c", "uploads/photo": b"p"}.items() <= files(tmp_path).items()
    assert os.readlink(site / "link") == "../outside"


def test_without_its_manifest_an_old_site_is_foreign_and_never_overwritten(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "site" / MANIFEST).unlink()
    with pytest.raises(Unsafe):
        put(tmp_path, {"index.html": b"new"})
    assert files(tmp_path) == OLD


def test_the_manifest_names_every_file_of_the_build(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    manifest = json.loads((tmp_path / "site" / MANIFEST).read_bytes())
    assert set(manifest["files"]) == set(OLD)


@pytest.mark.parametrize("failing", range(4))
def test_a_build_that_cannot_be_written_leaves_the_old_site_intact_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    put(tmp_path, OLD)
    (tmp_path / "site/CNAME").write_text("mine")
    before = tree(tmp_path / "site")
    write, count = os.write, 0

    def full(file: int, data: bytes) -> int:
        nonlocal count
        count += 1
        if count > failing:
            raise OSError(28, "No space left on device")
        return write(file, data)

    new = {"index.html": b"new", "a/index.html": b"a2", "c/index.html": b"c"}
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            put(tmp_path, new)
    assert tree(tmp_path / "site") == before
    put(tmp_path, new)
    assert files(tmp_path) == {**new, "CNAME": b"mine"}


def test_a_swap_that_was_cut_off_is_undone_and_the_next_build_goes_on(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "site/CNAME").write_text("mine")
    (tmp_path / "site").rename(tmp_path / "work/previous")
    done = put(tmp_path, {**OLD, "b/index.html": b"new"})
    assert (done.written, done.foreign) == (("b/index.html",), ("CNAME",))
    assert files(tmp_path) == {**OLD, "b/index.html": b"new", "CNAME": b"mine"}


def test_a_swap_that_fails_half_way_is_undone_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, OLD)
    rename = Path.rename

    def broken(path: Path, to: Path) -> Path:
        if path.name == "next":
            raise OSError("cut off")
        return rename(path, to)

    with monkeypatch.context() as patched:
        patched.setattr(staging, "exchanged", lambda one, other: False)
        patched.setattr(Path, "rename", broken)
        with pytest.raises(OSError, match="cut off"):
            put(tmp_path, {**OLD, "b/index.html": b"new"})
    assert files(tmp_path) == OLD
    put(tmp_path, {**OLD, "b/index.html": b"newer"})
    assert files(tmp_path) == {**OLD, "b/index.html": b"newer"}


def test_where_the_old_tree_cannot_be_put_aside_the_new_one_stands_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, OLD)
    rename = Path.rename

    def broken(path: Path, to: Path) -> Path:
        if to.name == "spare":
            raise OSError("no room")
        return rename(path, to)

    for number in range(3):
        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", broken)
            put(tmp_path, {**OLD, "b/index.html": str(number).encode()})
        assert files(tmp_path) == {**OLD, "b/index.html": str(number).encode()}


def test_what_an_unfinished_build_left_in_the_workspace_does_no_harm(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    for name in ("next", "previous"):
        (tmp_path / "work" / name / "x").mkdir(parents=True)
        (tmp_path / "work" / name / "x/y").write_text("left over")
    put(tmp_path, {"index.html": b"new"})
    assert files(tmp_path) == {"index.html": b"new"}


def test_what_an_unfinished_build_left_beside_a_spare_tree_does_no_harm(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    put(tmp_path, {**OLD, "index.html": b"new"})
    assert (tmp_path / "work/spare").is_dir()
    left = tmp_path / "work/next/a"
    left.mkdir(parents=True)
    (left / "index.html").write_bytes(b"half")
    put(tmp_path, {**OLD, "index.html": b"newer"})
    assert files(tmp_path) == {**OLD, "index.html": b"newer"}


@pytest.mark.parametrize("make", [lambda path, _: path.write_bytes(b"x"), Path.symlink_to], ids=["a file", "a link"])
@pytest.mark.parametrize("name", ["next", "previous", "spare"])
def test_what_stands_in_the_place_of_a_tree_gives_way_and_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[Path, Path], object]
) -> None:
    monkeypatch.setattr(staging, "exchanged", lambda one, other: False)
    put(tmp_path, OLD)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/precious").write_bytes(b"precious")
    make(tmp_path / "work" / name, tmp_path / "outside")
    put(tmp_path, {**OLD, "index.html": b"new"})
    assert files(tmp_path) == {**OLD, "index.html": b"new"}
    assert tree(tmp_path / "outside") == {"precious": b"precious"}
    assert {path.name for path in (tmp_path / "work").iterdir()} == {"published", "spare"}
    assert not (tmp_path / "work/spare").is_symlink()


def test_a_file_far_below_the_top_gets_every_folder_on_its_way(tmp_path: Path) -> None:
    far = {"a/b/c/d/index.html": b"far"}
    put(tmp_path, far)
    assert files(tmp_path) == far
    write_all([Output(path, body, "") for path, body in far.items()], tmp_path / "other")
    assert tree(tmp_path / "other") == far


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    put(tmp_path, {"a": b"1", "b/c": b"2"})
    put(tmp_path, {"a/d": b"3", "b": b"4"})
    assert files(tmp_path) == {"a/d": b"3", "b": b"4"}


NAMES = st.sampled_from(["a", "b", "a/x", "b/x", "c/d/e", "c/d/f", "g.html"])
TREES = st.dictionaries(NAMES, st.sampled_from([b"1", b"2"]), max_size=5).filter(
    lambda found: not any(other.startswith(f"{one}/") for one in found for other in found)
)


@moderate
@given(TREES, TREES, TREES, st.sampled_from(["own", "c/own", "own/x"]))
def test_after_any_builds_the_site_is_the_last_one_and_the_foreign_file(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, bytes],
    second: dict[str, bytes],
    third: dict[str, bytes],
    foreign: str,
) -> None:
    folder = tmp_path_factory.mktemp("publish")
    put(folder, first)
    (folder / "site" / foreign).parent.mkdir(parents=True, exist_ok=True)
    (folder / "site" / foreign).write_bytes(b"mine")
    for bodies in (second, third):
        before = files(folder)
        done = put(folder, bodies)
        assert files(folder) == {**bodies, foreign: b"mine"}
        assert set(done.written) == {path for path in bodies if before.get(path) != bodies[path]}
        assert set(done.removed) == set(before) - set(bodies) - {foreign}
        assert done.foreign == (foreign,)
    shutil.rmtree(folder)


def test_the_tree_that_was_replaced_is_the_beginning_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large site of which little changes, little is touched."""
    site = {f"{number}/index.html": str(number).encode() for number in range(50)}
    put(tmp_path, site)
    put(tmp_path, {**site, "1/index.html": b"new"})
    made: list[str] = []
    link, opened = os.link, os.open

    def linked(one: str, other: str) -> None:
        made.append(other)
        link(one, other)

    def noted(path: str, flags: int, mode: int = 0o777, **more: int) -> int:
        if flags & os.O_WRONLY:
            made.append(path)
        return opened(path, flags, mode, **more)

    monkeypatch.setattr(os, "link", linked)
    monkeypatch.setattr(os, "open", noted)
    done = put(tmp_path, {**site, "2/index.html": b"newer"})
    assert files(tmp_path) == {**site, "2/index.html": b"newer"}
    assert done.written == ("1/index.html", "2/index.html")
    assert sorted(Path(one).relative_to(tmp_path / "work/next").as_posix() for one in made) == [
        MANIFEST,
        "1/index.html",
        "2/index.html",
    ]


def test_a_file_that_was_changed_in_both_trees_at_once_is_written_anew(tmp_path: Path) -> None:
    """The two trees share files, so who writes into one of the site writes into the spare one too."""
    put(tmp_path, OLD)
    put(tmp_path, {**OLD, "c": b"c"})
    with (tmp_path / "site/a/index.html").open("r+b") as file:
        file.write(b"!")
    put(tmp_path, {**OLD, "c": b"d"})
    assert files(tmp_path) == {**OLD, "c": b"d"}


def test_a_link_that_was_in_the_spare_tree_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "outside").mkdir()
    (tmp_path / "site/own").symlink_to(tmp_path / "outside")
    put(tmp_path, {**OLD, "c": b"c"})
    (tmp_path / "site/own").unlink()
    put(tmp_path, {**OLD, "own/x": b"x"})
    put(tmp_path, {**OLD, "own/x": b"y"})
    assert list((tmp_path / "outside").iterdir()) == []
    assert files(tmp_path) == {**OLD, "own/x": b"y"}


def test_a_page_of_equal_size_and_age_that_is_another_file_is_written_anew(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    page = tmp_path / "site/a/index.html"
    os.utime(page, ns=(10**18, 10**18))
    put(tmp_path, {**OLD, "c": b"c"})
    page.unlink()
    page.write_bytes(b"!")
    os.utime(page, ns=(10**18, 10**18))
    put(tmp_path, {**OLD, "c": b"d"})
    assert files(tmp_path) == {**OLD, "c": b"d"}
