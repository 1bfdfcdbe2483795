"""Putting a site in place costs what has changed; and whatever happened to either tree, the site is right then."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.disk.looks import Look, look_at, tree_below
from generator.output import staging
from generator.output.exchange import exchanged
from generator.output.outputs import Output
from generator.output.publish import MANIFEST, Published, differing, discard_spare, publish
from tests.helpers import moderate
from tests.needs import need
from tests.sitekit import tree

PAGES = {f"{letter}/{number}/index.html": f"{letter}{number}".encode() for letter in "abc" for number in range(4)}
OLDEST = PAGES | {"index.html": b"oldest", "only/then.html": b"then"}
OLD = PAGES | {"index.html": b"old", "a/1/index.html": b"of old", "old/here.html": b"here"}
NEW = PAGES | {"index.html": b"new", "b/2/index.html": b"of new", "new/there.html": b"there"}

_Event = tuple[str, tuple[object, ...]]
_hooks: list[Callable[[str, tuple[object, ...]], None]] = []
_hearing: list[list[_Event]] = []
_until: list[int] = []
"""How many changes of files are let through, where that is limited."""
_CHANGES = ("os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.rename", "shutil.rmtree")


class Killed(BaseException):
    """What nothing that cleans up after faults takes notice of."""


def _hear(event: str, given: tuple[object, ...]) -> None:
    if not _hearing or event not in ("open", "os.scandir", *_CHANGES):
        return
    _hearing[-1].append((event, given))
    writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_CREAT | os.O_WRONLY)
    if _until and (writes or event in _CHANGES):
        _until[0] -= 1
        if _until[0] < 0:
            raise Killed


@contextmanager
def heard() -> Iterator[list[_Event]]:
    """Note which files are opened, linked and so on: everything of which the interpreter tells an audit hook."""
    if not _hooks:  # one that was added cannot be taken away
        sys.addaudithook(_hear)
        _hooks.append(_hear)
    told: list[_Event] = []
    _hearing.append(told)
    try:
        yield told
    finally:
        _hearing.clear()


class Looks:
    """How often somebody asked how a file looks."""

    def __init__(self) -> None:
        self.count = 0

    def counted(self, own: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
        def counted(*given: object, **more: object) -> os.stat_result:
            self.count += 1
            return own(*given, **more)

        return counted


def put(folder: Path, bodies: dict[str, bytes], with_spare: bool = False) -> Published:
    outputs = [Output(path, body, "content/x.md") for path, body in bodies.items()]
    return publish(outputs, folder / "site", folder / "work", with_spare)


def files(folder: Path) -> dict[str, bytes]:
    return {path: body for path, body in tree(folder / "site").items() if path != MANIFEST}


def two_builds(folder: Path) -> tuple[Path, Path]:
    """Have a site and the spare tree that it replaced; give both."""
    put(folder, OLDEST)
    put(folder, OLD)
    assert set(files(folder)) == set(OLD)
    assert (folder / "work/spare/only/then.html").read_bytes() == b"then"
    return folder / "site", folder / "work" / "spare"


def paths(told: list[_Event], event: str, folder: Path) -> list[str]:
    """What one kind of event was about, below a folder."""
    every = [os.fspath(one[1][0]) for one in told if one[0] == event and isinstance(one[1][0], str | Path)]
    return sorted(Path(one).relative_to(folder).as_posix() for one in every if one.startswith(f"{folder}/"))


@pytest.fixture(params=[True, False], ids=["exchanged", "one after the other"])
def exchanges(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the system can have two folders change places in one step."""
    can: bool = request.param
    if can:
        need(
            "a file system that exchanges folders",
            _can_exchange(),
            "use Linux, and a file system such as ext4 or tmpfs",
        )
    else:
        monkeypatch.setattr(staging, "exchanged", lambda one, other: False)
    return can


def _can_exchange() -> bool:
    with TemporaryDirectory() as name:
        one, other = Path(name, "one"), Path(name, "other")
        one.mkdir()
        other.mkdir()
        return exchanged(one, other)


def test_two_folders_change_places_and_what_cannot_stays(tmp_path: Path) -> None:
    need("a file system that exchanges folders", _can_exchange(), "use Linux, and a file system such as ext4 or tmpfs")
    put(tmp_path / "a", OLD)
    put(tmp_path / "b", NEW)
    assert exchanged(tmp_path / "a/site", tmp_path / "b/site")
    assert (files(tmp_path / "a"), files(tmp_path / "b")) == (NEW, OLD)
    assert not exchanged(tmp_path / "a/site", tmp_path / "nowhere")
    assert (files(tmp_path / "a"), files(tmp_path / "b")) == (NEW, OLD)


def test_of_an_edited_site_only_what_changed_is_opened(tmp_path: Path, exchanges: bool) -> None:
    put(tmp_path, PAGES)
    put(tmp_path, PAGES | {"a/1/index.html": b"edited"})
    with heard() as told:
        done = put(tmp_path, PAGES | {"a/1/index.html": b"edited again"})
    assert done.written == ("a/1/index.html",)
    assert paths(told, "open", tmp_path) == [
        f"site/{MANIFEST}",
        f"work/next/{MANIFEST}",
        "work/next/a/1/index.html",
        "work/published",
        "work/published",
        "work/published.new",
    ]
    assert paths(told, "os.remove", tmp_path / "work/next") == [MANIFEST, "a/1/index.html"]
    for event in ("os.link", "os.mkdir"):
        assert paths(told, event, tmp_path / "work/next") == []
    assert len(paths(told, "os.rename", tmp_path)) == (3 if exchanges else 5), "the trees change places"


def test_after_a_first_build_an_edit_costs_no_more_than_later_ones(tmp_path: Path) -> None:
    done = put(tmp_path, PAGES, with_spare=True)
    assert seen_now(tmp_path).data == done.look.data
    with heard() as told:
        done = put(tmp_path, PAGES | {"a/1/index.html": b"edited"}, with_spare=True)
    assert seen_now(tmp_path).data == done.look.data
    for event in ("os.link", "os.mkdir"):
        assert paths(told, event, tmp_path / "work/next") == paths(told, event, tmp_path / "site") == []
    assert paths(told, "open", tmp_path / "work/next") == [MANIFEST, "a/1/index.html"]
    assert files(tmp_path) == PAGES | {"a/1/index.html": b"edited"}


def test_where_no_hard_links_are_to_be_had_a_first_build_leaves_no_second_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no hard links here")

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", refuse)
        done = put(tmp_path, PAGES, with_spare=True)
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["published"]
    assert seen_now(tmp_path).data == done.look.data
    assert files(tmp_path) == PAGES


def test_a_file_that_stands_elsewhere_too_is_never_written_over(tmp_path: Path) -> None:
    """As one of a backup that is made of hard links."""
    site, spare = two_builds(tmp_path)
    shutil.copytree(site, tmp_path / "backup", copy_function=os.link)
    shutil.copytree(spare, tmp_path / "older", copy_function=os.link)
    for bodies in (NEW, OLD, NEW):
        put(tmp_path, bodies)
        assert files(tmp_path) == bodies
        assert tree(tmp_path / "backup").items() >= OLD.items()
        assert tree(tmp_path / "older").items() >= OLDEST.items()


def test_what_somebody_may_still_be_reading_is_never_written_over(tmp_path: Path) -> None:
    large = b"large " * 20_000
    put(tmp_path, {"large": large, "index.html": b"1"})
    with (tmp_path / "site/large").open("rb", buffering=0) as file:
        read = file.read(1_000)
        for number in range(4):
            put(tmp_path, {"large": bytes([number]) * len(large), "index.html": b"1"})
        assert read + file.read() == large


@pytest.mark.parametrize("size", [1, 3, 70_000])
def test_a_file_that_is_written_over_has_no_more_than_its_own_bytes(size: int, tmp_path: Path) -> None:
    bodies = [
        {"a": b"1" * 30, "b": b"1"},
        {"a": b"2" * size, "b": b"2"},
        {"a": b"3" * 2, "b": b"3"},
        {"a": b"", "b": b"4"},
    ]
    for one in [*bodies, *reversed(bodies), *bodies]:
        put(tmp_path, one)
        assert files(tmp_path) == one


def test_a_file_that_was_closed_to_others_is_open_again_once_it_is_written(tmp_path: Path) -> None:
    site, _ = two_builds(tmp_path)
    mode = (site / "a/1/index.html").stat().st_mode
    (site / "index.html").chmod(0o600)
    put(tmp_path, NEW)
    put(tmp_path, OLD)
    assert (site / "index.html").stat().st_mode == mode
    put(tmp_path, NEW)
    assert (site / "index.html").stat().st_mode == mode


def test_what_the_build_before_changed_is_all_that_the_spare_tree_lacks(tmp_path: Path) -> None:
    put(tmp_path, PAGES)
    put(tmp_path, PAGES | {"a/1/index.html": b"edited"})
    with heard() as told:
        put(tmp_path, PAGES | {"a/1/index.html": b"edited", "b/1/index.html": b"edited too"})
    assert paths(told, "os.link", tmp_path) == ["site/a/1/index.html"]


@pytest.mark.parametrize("changes", [False, True])
def test_each_folder_is_listed_once_and_each_file_looked_at_once(
    changes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look at a file comes with the list of its folder; how many others there are does not grow with the site."""
    asked: dict[int, int] = {}
    for count in (10, 100):
        top = tmp_path / str(count)
        site = {f"{number}/index.html": str(number).encode() for number in range(count)}
        put(top, site | {"0/index.html": b"another"})
        put(top, site)
        looks = Looks()
        with monkeypatch.context() as patched, heard() as told:
            patched.setattr(os, "lstat", looks.counted(os.lstat))
            patched.setattr(os, "stat", looks.counted(os.stat))
            put(top, site | ({"1/index.html": b"edited"} if changes else {}))
        asked[count] = looks.count
        listed = [event for event in told if event[0] == "os.scandir"]
        assert len(listed) == (count + 1) * (2 if changes else 1)
    assert asked[10] == asked[100]


def test_where_nothing_changed_nothing_is_written(tmp_path: Path) -> None:
    put(tmp_path, PAGES)
    with heard() as told:
        put(tmp_path, PAGES)
    assert paths(told, "open", tmp_path) == [f"site/{MANIFEST}", "work/published", "work/published"]
    assert [event for event, _ in told if event in _CHANGES] == []


def test_what_is_said_of_the_new_site_is_what_a_look_at_it_says(tmp_path: Path) -> None:
    """Whoever keeps it for the next build need not look again."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/CNAME").write_text("mine")
    (tmp_path / "site/empty/inner").mkdir(parents=True)
    (tmp_path / "site/link").symlink_to("index.html")
    for bodies in (OLDEST, OLD, OLD, NEW, {"index.html": b"x"}):
        done = put(tmp_path, bodies)
        assert seen_now(tmp_path).data == done.look.data


def seen_now(folder: Path) -> Look:
    return look_at(str(folder / "site"), tree_below(str(folder / "site")), 0)


def replaced(path: Path, make: Callable[[Path], object]) -> None:
    """Have something else where a file or a folder was."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    make(path)


def emptied(folder: Path) -> None:
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()


def edited_alike(path: Path) -> None:
    """Change one letter, and leave the size and the time of the last change as they were."""
    seen = path.stat()
    data = path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "gone": lambda top, _: shutil.rmtree(top),
    "emptied": lambda top, _: emptied(top),
    "a file is gone": lambda top, _: (top / "a/2/index.html").unlink(),
    "a folder is gone": lambda top, _: shutil.rmtree(top / "b"),
    "a file of its own is changed": lambda top, _: (top / "index.html").write_bytes(b"???"),
    "a shared file is changed in place": lambda top, _: (top / "a/2/index.html").write_bytes(b"??"),
    "a shared file is changed and hides it": lambda top, _: edited_alike(top / "a/2/index.html"),
    "a file is another one of equal bytes": lambda top, _: replaced(
        top / "a/2/index.html", lambda path: path.write_bytes(b"a2")
    ),
    "a file is another one": lambda top, _: replaced(top / "a/2/index.html", lambda path: path.write_bytes(b"??")),
    "a file is a folder": lambda top, _: replaced(top / "a/2/index.html", Path.mkdir),
    "a file is a link": lambda top, out: replaced(
        top / "a/2/index.html", lambda path: path.symlink_to(out / "precious")
    ),
    "a file is a link to nothing": lambda top, _: replaced(
        top / "a/2/index.html", lambda path: path.symlink_to("nowhere")
    ),
    "a folder is a file": lambda top, _: replaced(top / "c", lambda path: path.write_bytes(b"c")),
    "a folder is a link": lambda top, out: replaced(top / "c", lambda path: path.symlink_to(out)),
    "files are exchanged": lambda top, _: (
        (top / "a/1/index.html").rename(top / "x"),
        (top / "a/2/index.html").rename(top / "a/1/index.html"),
        (top / "x").rename(top / "a/2/index.html"),
    ),
    "its manifest is gone": lambda top, _: (top / MANIFEST).unlink(),
}
"""What may happen to a tree, given with a folder elsewhere that nobody may touch."""


@pytest.mark.parametrize("bodies", [OLD, NEW, OLDEST], ids=["the same", "another", "the one before"])
@pytest.mark.parametrize(
    "damage",
    [
        *DAMAGES.values(),
        lambda top, _: replaced(top, lambda path: path.write_bytes(b"a file")),
        lambda top, out: replaced(top, lambda path: path.symlink_to(out)),
        lambda top, out: replaced(top, lambda path: shutil.copytree(out, path)),
        lambda top, _: (top / "x/y/z").mkdir(parents=True),
        lambda top, _: (top / "a/2/more.html").write_bytes(b"more"),
        lambda top, _: (top / "new").write_bytes(b"in the way of a folder"),
        lambda top, _: (top / "new/there.html").mkdir(parents=True),
    ],
    ids=[*DAMAGES, "a file", "a link", "of another site", "with folders", "with a file", "a way barred", "a way taken"],
)
def test_whatever_happened_to_the_spare_tree_the_next_site_is_right(
    damage: Callable[[Path, Path], object], bodies: dict[str, bytes], tmp_path: Path
) -> None:
    _, spare = two_builds(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_bytes(b"precious")
    (elsewhere / "index.html").write_bytes(b"not ours")
    damage(spare, elsewhere)
    before = files(tmp_path)
    done = put(tmp_path, bodies)
    assert files(tmp_path) == bodies
    assert set(done.written) == {path for path in bodies if before.get(path) != bodies[path]}
    assert done.foreign == ()
    assert tree(elsewhere) == {"precious": b"precious", "index.html": b"not ours"}
    for more in (OLD, NEW):
        put(tmp_path, more)
        assert files(tmp_path) == more


@pytest.mark.parametrize("bodies", [OLD, NEW], ids=["the same", "another"])
@pytest.mark.parametrize(
    "damage", [damage for name, damage in DAMAGES.items() if "manifest" not in name and "folder" not in name]
)
def test_whatever_happened_to_the_site_it_is_made_good(
    damage: Callable[[Path, Path], object], bodies: dict[str, bytes], tmp_path: Path
) -> None:
    site, _ = two_builds(tmp_path)
    (tmp_path / "precious").write_bytes(b"precious")
    damage(site, tmp_path)
    if not (site / MANIFEST).exists():
        shutil.rmtree(site, ignore_errors=True)
    before = files(tmp_path) if site.exists() else {}
    links = {path for path in before if (site / path).is_symlink()}
    done = put(tmp_path, bodies)
    assert files(tmp_path) == bodies
    assert not any(path.is_symlink() for path in site.rglob("*"))
    assert set(done.written) == {path for path in bodies if before.get(path) != bodies[path] or path in links}
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert put(tmp_path, bodies).written == ()


def test_a_page_that_became_a_link_to_a_file_of_equal_bytes_is_a_page_again(tmp_path: Path) -> None:
    site, _ = two_builds(tmp_path)
    (tmp_path / "copy").write_bytes(OLD["index.html"])
    replaced(site / "index.html", lambda path: path.symlink_to("../copy"))
    assert put(tmp_path, OLD).written == ("index.html",)
    assert not (site / "index.html").is_symlink()


@pytest.mark.parametrize("is_edited", [False, True])
@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\xfe" * 40),
        lambda path: path.write_bytes(path.read_bytes()[:-30]),
        lambda path: path.write_bytes(path.read_bytes()[40:]),
        lambda path: path.write_bytes(b"another run of the machine" + path.read_bytes()),
        lambda path: path.write_bytes(path.read_bytes().replace(b"index", b"INDEX")),
        lambda path: replaced(path, Path.mkdir),
    ],
)
def test_without_what_was_seen_of_the_site_its_files_are_read(
    damage: Callable[[Path], object], is_edited: bool, tmp_path: Path
) -> None:
    site, _ = two_builds(tmp_path)
    damage(tmp_path / "work/published")
    if is_edited:
        edited_alike(site / "b/3/index.html")
    assert put(tmp_path, OLD).written == (("b/3/index.html",) if is_edited else ())
    assert files(tmp_path) == OLD


def test_what_was_seen_of_another_site_is_not_believed(tmp_path: Path) -> None:
    """As when the output folder was put back from a backup, files and times and all."""
    site, _ = two_builds(tmp_path)
    with heard() as told:
        put(tmp_path, OLD)
    assert [path for path in paths(told, "open", tmp_path) if path.endswith(".html")] == []
    data = (site / MANIFEST).read_bytes()
    (site / MANIFEST).unlink()
    (site / MANIFEST).write_bytes(data.replace(b'"index.html": "', b'"index.html": "0'))
    with heard() as told:
        put(tmp_path, OLD)
    read = {path for path in paths(told, "open", tmp_path) if path.endswith(".html")}
    assert read == {f"site/{path}" for path in OLD}


def test_after_a_crash_of_the_machine_each_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_builds(tmp_path)
    (tmp_path / "boot").write_text("the next one")
    monkeypatch.setattr("generator.disk.looks._BOOT", tmp_path / "boot")
    with heard() as told:
        assert put(tmp_path, OLD).written == ()
    assert {f"site/{path}" for path in OLD} <= set(paths(told, "open", tmp_path))


def test_a_first_build_that_is_killed_at_any_moment_leaves_no_site_or_a_whole_one(tmp_path: Path) -> None:
    moment, is_done = 0, False
    while not is_done:
        top = tmp_path / str(moment)
        with heard():
            _until[:] = [moment]
            try:
                put(top, OLD, with_spare=True)
                is_done = True
            except Killed:
                pass
            finally:
                _until.clear()
        assert not (top / "site").exists() or files(top) == OLD, moment
        for bodies in (OLD, NEW):
            put(top, bodies, with_spare=True)
            assert files(top) == bodies, moment
        shutil.rmtree(top)
        moment += 1
    assert moment > 60


def test_killed_at_any_moment_it_leaves_the_old_site_or_the_new_one(tmp_path: Path, exchanges: bool) -> None:
    """Before each change of a file in turn; the next build puts the new one in place, whatever it finds."""
    moment, is_done = 0, False
    while not is_done:
        top = tmp_path / str(moment)
        site, _ = two_builds(top)
        (site / "CNAME").write_bytes(b"mine")
        with heard():
            _until[:] = [moment]
            try:
                put(top, NEW)
                is_done = True
            except Killed:
                pass
            finally:
                _until.clear()
        if site.exists():
            assert files(top) in ({**OLD, "CNAME": b"mine"}, {**NEW, "CNAME": b"mine"}), moment
        else:
            assert not exchanges
            assert tree(top / "work/previous").items() >= OLD.items(), moment
        put(top, NEW)
        assert files(top) == {**NEW, "CNAME": b"mine"}, moment
        put(top, OLD)
        assert files(top) == {**OLD, "CNAME": b"mine"}, moment
        shutil.rmtree(top)
        moment += 1
    assert moment > 15


def test_a_spare_tree_in_which_nothing_may_be_changed_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_builds(tmp_path)
    unlink = os.unlink

    def refuse(path: str, **more: int) -> None:
        if str(path).endswith("/only/then.html"):  # not so where it is taken away as a whole, from within its folder
            raise PermissionError(path)
        unlink(path, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", refuse)
        put(tmp_path, NEW)
    assert files(tmp_path) == NEW


def test_where_no_hard_links_are_to_be_had_the_site_is_right_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    for bodies in (OLDEST, OLD, NEW, OLD):
        put(tmp_path, bodies)
        assert files(tmp_path) == bodies
        assert put(tmp_path, bodies).written == ()


def test_a_disk_that_numbers_no_files_shares_none(tmp_path: Path) -> None:
    """Files that all have the number 0 are not one and the same."""
    site, _ = two_builds(tmp_path)
    seen = {path: os.lstat(site / path) for path in PAGES}
    unnumbered = {path: os.stat_result((one.st_mode, 0, *one[2:10])) for path, one in seen.items()}
    folders = {f"{letter}/{number}" for letter in "abc" for number in range(4)} | set("abc")
    made = staging.stage(staging.Plan(unnumbered, (), folders), site, tmp_path / "work")
    assert made.keys() == PAGES.keys()


@pytest.mark.parametrize("bodies", [{}, {"a": b"1"}, {'q"uo\\te': b"1", "ä/ß.html": b"2", "b/\u2028": b"3"}, OLD])
def test_the_manifest_is_plain_json(bodies: dict[str, bytes], tmp_path: Path) -> None:
    bodies = {path: body for path, body in bodies.items() if "\\" not in path} or bodies
    put(tmp_path, bodies)
    data = (tmp_path / "site" / MANIFEST).read_bytes()
    assert data == (json.dumps(json.loads(data), indent=1) + "\n").encode()
    assert list(json.loads(data)["files"]) == sorted(bodies)


def test_a_comparison_names_what_is_not_as_it_should_be_whatever_was_seen(tmp_path: Path) -> None:
    site, _ = two_builds(tmp_path)
    outputs = [Output(path, body, "content/x.md") for path, body in OLD.items()]
    assert differing(outputs, site) == {}
    edited_alike(site / "a/2/index.html")
    (site / "a/3/index.html").unlink()
    replaced(site / "b/1/index.html", Path.mkdir)
    (site / "a/3").rmdir()
    (site / "CNAME").write_bytes(b"mine")
    assert differing(outputs, site) == {
        "CNAME": "was made by no build",
        "a/2/index.html": "differs",
        "a/3/index.html": "is missing",
        "b/1/index.html": "differs",
    }


def test_without_the_spare_tree_and_what_was_seen_nothing_is_lost(tmp_path: Path) -> None:
    two_builds(tmp_path)
    (tmp_path / "work/published.new").write_text("left by a build that was killed")
    discard_spare(tmp_path / "work")
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == []
    assert put(tmp_path, OLD).written == ()
    put(tmp_path, NEW)
    assert files(tmp_path) == NEW


@moderate
@given(st.lists(st.tuples(st.sampled_from(["site", "spare", "build"]), st.sampled_from(sorted(DAMAGES))), max_size=6))
def test_after_any_damages_and_builds_the_site_is_the_last_one(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("staging")
    two_builds(folder)
    (folder / "elsewhere").mkdir()
    for number, (where, name) in enumerate(deeds):
        top = folder / "site" if where == "site" else folder / "work" / "spare"
        if where == "build":
            bodies = (OLD, NEW, OLDEST)[len(name) % 3] | {"count": str(number).encode()}
            put(folder, bodies)
            assert files(folder) == bodies
        elif where == "spare" or ("manifest" not in name and "folder" not in name and "emptied" not in name):
            try:
                DAMAGES[name](top, folder / "elsewhere")
            except OSError:
                continue
    put(folder, NEW)
    assert {path: body for path, body in files(folder).items() if path != "x"} == NEW
    assert tree(folder / "elsewhere") == {}
    shutil.rmtree(folder)
