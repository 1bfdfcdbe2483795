"""A build with nothing to do does nothing; and it never does nothing where there was something to do."""

import datetime
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import cli
from generator.commands.reports import FORMATS
from generator.disk import looks, unchanged
from generator.disk.folders import beside
from generator.disk.looks import Tree, look_at
from generator.disk.unchanged import FILE, FILES, Before, Told, keep, look, nothing_changed
from tests.helpers import moderate
from tests.sitekit import REPOSITORY, TODAY, change, copy_site, tree

HEAVY = {
    *("jinja2", "markdown", "yaml", "lxml", "nh3", "babel", "brotli", "PIL", "pygments", "tornado", "livereload"),
    *("sqlite3", "multiprocessing", "concurrent.futures", "importlib.metadata", "asyncio", "dataclasses", "difflib"),
    *("generator.pipeline", "generator.problems.problem", "generator.cache.cache", "generator.sources.files"),
}
TOLD = Told({form: f"warnings as {form}" for form in FORMATS}, 2, 3, ["kept 1 files that no build made: CNAME"])
ASKED = {"today": TODAY, "compress": "False"}
INPUTS = ("site.yaml", "content/a.md", "content/care/b.md", "templates/page.html", "static/css/site.css")


class Toy:
    """A site whose build only copies: every input into one output of its own, and what was asked into one more."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.target = self.root / "_site"
        self.folders = (self.target, beside(self.target))
        for name in INPUTS:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(f"what {name} says", encoding="utf-8")

    def made(self, asked: dict[str, str]) -> dict[str, bytes]:
        """What a build from nothing gives."""
        found = {"asked": json.dumps(asked).encode()}
        for name in ("site.yaml", "content", "templates", "static"):
            paths = [self.root / name, *(self.root / name).rglob("*")]
            names = {path: path.relative_to(self.root).as_posix() for path in paths if path.is_file()}
            found |= {one: path.read_bytes() for path, one in names.items() if "/." not in one}
        return found

    def publish(self, asked: dict[str, str]) -> dict[Path, bytes]:
        """Put a site in place; give what it says of itself."""
        shutil.rmtree(self.target, ignore_errors=True)
        for name, data in self.made(asked).items():
            (self.target / name).parent.mkdir(parents=True, exist_ok=True)
            (self.target / name).write_bytes(data)
        beside(self.target).mkdir(exist_ok=True)
        (beside(self.target) / "host.conf").write_text("asked", encoding="utf-8")
        return {self.target / "asked": json.dumps(asked).encode()}

    def look(self, asked: dict[str, str] = ASKED) -> Before:
        before = look(self.root, asked)
        assert before is not None
        return before

    def is_skipped(self, asked: dict[str, str] = ASKED) -> bool:
        """Whether a build that is asked for now has nothing to do."""
        return nothing_changed(self.root, self.look(asked), self.folders) is not None

    def build(self, asked: dict[str, str] = ASKED) -> bool:
        """Build as the command does; give whether it was more than a look."""
        before = self.look(asked)
        if nothing_changed(self.root, before, self.folders):
            return False
        keep(self.root, before, self.folders, self.publish(asked), TOLD)
        return True


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    """A toy that was built."""
    toy = Toy(tmp_path)
    assert toy.build()
    return toy


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def build(root: Path, *arguments: str) -> int:
    return cli.main(["build", "--root", str(root), "--today", TODAY, "--no-search", *arguments])


def is_real(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> bool:
    """Build; give whether that was more than a look."""
    capsys.readouterr()
    assert build(root, *arguments) == 0
    return "nothing has changed" not in capsys.readouterr().out


def with_warnings(root: Path) -> Path:
    """Have a site of which several things are to be told."""
    path = root / "content" / "what" / "hiccups.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return root


def test_a_second_build_tells_the_same_and_does_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_warnings(site)
    assert build(site) == 0
    first = capsys.readouterr().out.splitlines()
    before = {path: path.stat().st_mtime_ns for path in (site / "_site").rglob("*")}
    assert build(site) == 0
    told = capsys.readouterr()
    again = told.out.splitlines()
    assert any("warning[carriage-return]" in line for line in again)
    counts = next(number for number, line in enumerate(first) if "articles parsed" in line)
    assert again[:counts] == first[:counts]
    assert again[counts] == first[counts].partition(";")[0] + "; 0 articles parsed, 0 pages rendered"
    files = len(tree(site / "_site")) - 1
    assert again[counts + 1].startswith(f"nothing has changed: 0 written, {files} unchanged, 0 removed; ")
    assert again[counts + 2 :] == first[counts + 2 :]
    assert told.err == ""
    assert {path: path.stat().st_mtime_ns for path in (site / "_site").rglob("*")} == before


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_what_a_whole_build_says(form: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_warnings(site)
    assert build(site, "--quiet", "--no-cache", "--format", form) == 0
    whole = capsys.readouterr().out
    assert build(site, "--quiet") == 0
    capsys.readouterr()
    assert build(site, "--quiet", "--format", form) == 0
    assert capsys.readouterr().out == whole
    assert "carriage-return" in whole


def test_with_nothing_to_do_nothing_heavy_is_imported(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_warnings(site)
    assert build(site) == 0
    given = ["--root", str(site), "--today", TODAY, "--no-search"]
    code = (
        "import argparse, pathlib, sys; before = set(sys.modules); from generator import cli; "
        f"cli.main({given}); print(*set(sys.modules) - before, file=sys.stderr)"
    )
    ran = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
        for _ in range(2)
    ][-1]
    assert "nothing has changed" in ran.stdout, "asked by the very same program as before"
    assert HEAVY & set(ran.stderr.split()) == set()


def imported_by(root: Path) -> set[str]:
    """Build in a new process; give the modules that it has loaded."""
    given = ["--root", str(root), "--today", TODAY, "--no-search", "--quiet"]
    code = f"import sys; from generator import cli; cli.main({given}); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    return set(ran.stderr.split())


SELDOM = {
    "asyncio",
    "brotli",
    "concurrent.futures.process",
    "difflib",
    "distributed",
    "generator.formats.epub",
    "generator.formats.pdf",
    "importlib.metadata",
    "multiprocessing",
    "PIL",
    "pygments.lexers",
    "subprocess",
    "tarfile",
    "unittest",
    "weasyprint",
    "xml.dom",
    "zipfile",
}
"""What an edit of one word has no use for."""


def test_an_edited_word_loads_what_it_needs_alone(site: Path) -> None:
    assert imported_by(site) >= {"markdown", "jinja2", "lxml"}
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    loaded = imported_by(site)
    assert loaded >= {"markdown", "jinja2", "lxml"}, "the article is parsed, and its page is made"
    assert loaded & SELDOM == set()


def test_where_no_text_is_new_markdown_is_not_loaded(site: Path) -> None:
    build(site)
    change(site, "templates/base.html", "</body>", "\n</body>")
    loaded = imported_by(site)
    assert "jinja2" in loaded
    assert {"markdown", "generator.markup.library"} & loaded == set()


@pytest.mark.parametrize(
    "changed",
    [
        lambda root: change(root, "content/what/hiccups.md", "What makes the sound?", "What makes the noise?"),
        lambda root: change(root, "site.yaml", "language: en-US", "language: en-GB"),
        lambda root: change(root, "templates/base.html", "</body>", "\n</body>"),
        lambda root: (root / "static" / "robots-too.txt").write_text("new"),
        lambda root: (root / "_site" / "index.html").write_text("by somebody else"),
        lambda root: (root / "_site" / "index.html").unlink(),
        lambda root: (root / "_site" / "CNAME").write_text("example.org"),
        lambda root: shutil.rmtree(root / "_site"),
        lambda root: (root / ".cache" / FILE).write_text("{}"),
    ],
)
def test_what_changed_is_built(
    changed: Callable[[Path], object], site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_real(site, capsys)
    assert not is_real(site, capsys)
    changed(site)
    assert is_real(site, capsys)
    assert not is_real(site, capsys)
    assert is_real(site, capsys, "--no-cache", "--output", str(tmp_path / "anew"))
    made = {name: data for name, data in tree(site / "_site").items() if name != "CNAME"}
    assert made == tree(tmp_path / "anew")


def test_another_question_is_answered(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_real(site, capsys)
    for asked in (
        ["--strict-review"],
        ["--compress"],
        ["--epub"],
        ["--relative"],
        ["--zip"],
        ["--today", "2026-11-22"],
    ):
        assert is_real(site, capsys, *asked), asked
        assert not is_real(site, capsys, *asked), asked
    assert is_real(site, capsys)


def test_another_folder_is_another_question(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_real(site, capsys)
    assert is_real(site, capsys, "--output", str(tmp_path / "other"))
    assert not is_real(site, capsys, "--output", str(tmp_path / "other"))
    assert tree(tmp_path / "other") == tree(site / "_site")


def test_in_another_folder_an_edit_is_one_real_build_too(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ("--output", str(tmp_path / "other"))
    assert is_real(site, capsys, *there)
    change(site, "content/what/hiccups.md", "moves by itself", "moves alone")
    assert is_real(site, capsys, *there)
    assert not is_real(site, capsys, *there), "the tree that was replaced shares no file with the site any more"


def test_without_a_day_the_present_one_counts(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ["--root", str(site), "--no-search"]
    assert cli.main(given) == 0
    assert cli.main(given) == 0
    assert "nothing has changed" in capsys.readouterr().out
    monkeypatch.setattr("generator.runtime.day._today", lambda: datetime.date(2027, 2, 3))
    assert cli.main(given) == 0
    assert "nothing has changed" not in capsys.readouterr().out


def test_without_the_cache_a_build_is_whole_and_leaves_no_record(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_real(site, capsys, "--no-cache")
    assert not (site / ".cache" / FILE).exists()
    assert is_real(site, capsys)
    record = (site / ".cache" / FILE).read_bytes()
    assert is_real(site, capsys, "--no-cache")
    assert (site / ".cache" / FILE).read_bytes() == record


def test_a_build_with_errors_is_never_skipped(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_real(site, capsys)
    change(site, "content/what/hiccups.md", "What makes the sound?", "What makes the [sound](nowhere.md)?")
    for _ in range(2):
        assert build(site) == 1
        assert "nothing has changed" not in capsys.readouterr().out


def test_clean_takes_the_record_away(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_real(site, capsys)
    (site / ".cache" / FILES[1]).write_text("left by a build that was killed")
    assert cli.main(["clean", "--root", str(site)]) == 0
    assert not any((site / ".cache" / name).exists() for name in FILES)
    assert is_real(site, capsys)


def edited_alike(path: Path) -> None:
    """Change one letter, and leave the size and the time of the last change as they were."""
    seen = path.stat()
    data = path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


@pytest.mark.parametrize("name", [*INPUTS, "_site/asked", "_site/content/a.md", "_site.hosting/host.conf"])
@pytest.mark.parametrize(
    "changed",
    [
        edited_alike,
        Path.unlink,
        lambda path: path.write_text("longer than it was before, by far"),
        lambda path: path.rename(path.with_name("z")),
        lambda path: path.chmod(0o600),
        lambda path: os.utime(path, ns=(0, 0)),
    ],
    ids=["edited alike", "deleted", "edited", "renamed", "closed to others", "with another time"],
)
def test_a_change_of_any_file_is_seen(changed: Callable[[Path], object], name: str, toy: Toy) -> None:
    assert toy.is_skipped()
    changed(toy.root / name)
    assert not toy.is_skipped()


@pytest.mark.parametrize("folder", ["content", "content/care", "templates", "static/css", "_site", "_site.hosting"])
def test_what_is_added_to_a_folder_is_seen(folder: str, toy: Toy) -> None:
    (toy.root / folder / "new").mkdir()
    assert not toy.is_skipped()
    (toy.root / folder / "new").rmdir()
    assert toy.is_skipped()
    (toy.root / folder / "new").write_text("")
    assert not toy.is_skipped()


def test_what_is_hidden_or_elsewhere_is_no_input(toy: Toy) -> None:
    (toy.root / "content" / ".a.md.swp").write_text("an editor's own")
    (toy.root / "static" / ".git").mkdir()
    (toy.root / "README.md").write_text("words")
    assert toy.is_skipped()
    (toy.target / ".htaccess").write_text("hidden, but served")
    assert not toy.is_skipped()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_name_that_is_no_text_is_looked_at_too(toy: Toy) -> None:
    path = toy.root / "static" / os.fsdecode(b"caf\xe9.txt")
    path.write_text("one")
    assert toy.build()
    assert toy.is_skipped()
    path.write_text("two")
    assert not toy.is_skipped()


def test_a_folder_that_goes_away_is_seen(toy: Toy) -> None:
    shutil.rmtree(toy.root / "static")
    assert not toy.is_skipped()
    assert toy.build()
    assert toy.is_skipped()


def test_a_file_that_a_link_leads_to_is_looked_at(toy: Toy) -> None:
    (toy.root / "texts").mkdir()
    (toy.root / "texts" / "c.md").write_text("one")
    (toy.root / "content" / "c.md").symlink_to("../texts/c.md")
    assert toy.build()
    assert toy.is_skipped()
    (toy.root / "texts" / "c.md").write_text("two")
    assert not toy.is_skipped()


def test_a_folder_that_is_a_link_is_always_built(toy: Toy) -> None:
    (toy.root / "content").rename(toy.root / "texts")
    (toy.root / "content").symlink_to("texts")
    assert look(toy.root, ASKED) is None


def test_a_file_touched_shortly_before_is_compared_by_its_bytes(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk whose clock has long ticks: a second change leaves no sign."""
    now = time.time_ns()
    monkeypatch.setattr(looks, "outward", lambda path, _: (now if "content" in path and "_site" not in path else 0, ""))
    toy.build({"another": "question"})
    toy.build()
    assert toy.is_skipped()
    path = toy.root / "content" / "a.md"
    text = path.read_text()
    path.write_text(text.upper())
    assert not toy.is_skipped()
    path.write_text(text)
    assert toy.is_skipped()


def test_what_was_touched_long_ago_is_not_read(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    own = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path.name)
        return own(path)

    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    assert toy.is_skipped(), "compared by their bytes once more, and then no longer fresh"
    monkeypatch.setattr(Path, "read_bytes", noted)
    assert toy.is_skipped()
    assert read == [FILE]


def test_a_site_whose_last_tick_is_not_over_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Toy(tmp_path)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    moment = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: moment)
    assert toy.build()
    assert toy.build()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"[" * 100_000,
        lambda data: b"[]",
        lambda data: b"null",
        lambda data: data[:-20],
        lambda data: data.replace(b"warnings as", b"no problem as"),
        lambda data: data.replace(b'"layout": 1', b'"layout": 2'),
        lambda data: json.dumps({**json.loads(data), "made": {}}).encode(),
        lambda data: b"\xff\xfe" + data,
    ],
)
def test_a_record_that_is_damaged_or_of_another_version_is_none(damage: Callable[[bytes], bytes], toy: Toy) -> None:
    path = toy.root / ".cache" / FILE
    good = path.read_bytes()
    path.write_bytes(damage(good))
    assert not toy.is_skipped()
    path.write_bytes(good)
    assert toy.is_skipped()


def test_a_copy_of_a_site_is_built(toy: Toy, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What came from elsewhere, record and all, is nothing that this program has seen."""
    copied = Toy.__new__(Toy)
    copied.root = tmp_path_factory.mktemp("copies") / "copy"
    copied.target = copied.root / "_site"
    copied.folders = (copied.target, beside(copied.target))
    shutil.copytree(toy.root, copied.root)
    assert not copied.is_skipped()


def test_another_program_builds(toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "program"
    (own / "site" / "__pycache__").mkdir(parents=True)
    (own / "site" / "pages.py").write_text("one")
    monkeypatch.setattr(unchanged, "PROGRAM", own)
    assert toy.build()
    (own / "site" / "__pycache__" / "pages.pyc").write_text("made from it")
    assert toy.is_skipped()
    (own / "site" / "pages.py").write_text("two")
    assert toy.build()
    (own / "letters.ttf").write_text("another font")
    assert toy.build()
    libraries = tmp_path / "libraries"
    (libraries / "jinja2-3.1.6.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(libraries)
    assert toy.build()
    (libraries / "jinja2-3.1.6.dist-info").rename(libraries / "jinja2-3.1.7.dist-info")
    assert toy.build()
    assert toy.is_skipped()
    monkeypatch.syspath_prepend(tmp_path / "with-a-library-that-has-no-record")
    assert toy.build()
    monkeypatch.setattr(sys, "version", "4.0")
    assert not toy.is_skipped()


def test_after_a_crash_of_the_machine_a_build_is_whole(
    toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "boot").write_text("the next one")
    monkeypatch.setattr(looks, "_BOOT", tmp_path / "boot")
    assert not toy.is_skipped()


def test_what_changes_while_a_build_runs_is_built_by_the_next(toy: Toy) -> None:
    (toy.root / "content" / "a.md").write_text("first")
    before = toy.look()
    (toy.root / "content" / "a.md").write_text("other")
    proofs = toy.publish(ASKED)
    keep(toy.root, before, toy.folders, proofs, TOLD)
    assert not toy.is_skipped()


def test_two_builds_at_once_leave_no_record_that_lies(toy: Toy) -> None:
    """Whichever ends last: a record is of the build that put in place what is there."""
    other = {**ASKED, "compress": "True"}
    one, two = toy.look(), toy.look(other)
    first = toy.publish(ASKED)
    second = toy.publish(other)
    keep(toy.root, one, toy.folders, first, TOLD)
    assert not toy.is_skipped()
    keep(toy.root, two, toy.folders, second, TOLD)
    assert toy.is_skipped(other)
    assert not toy.is_skipped()


def test_a_site_that_was_looked_at_when_it_was_put_in_place_is_not_looked_at_again(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, proofs, own = toy.look(), toy.publish(ASKED), looks.tree_below
    seen = {toy.target: look_at(str(toy.target), own(str(toy.target)), 0)}
    listed: list[str] = []

    def noted(top: str, left_out: tuple[str, ...] = ()) -> Tree:
        listed.append(top)
        return own(top, left_out)

    with monkeypatch.context() as patched:
        patched.setattr(unchanged, "tree_below", noted)
        keep(toy.root, before, toy.folders, proofs, TOLD, seen)
    assert listed == [str(beside(toy.target))]
    assert toy.is_skipped()
    (toy.target / "asked").write_text("changed since")
    keep(toy.root, before, toy.folders, {}, TOLD, seen)
    assert not toy.is_skipped()


def test_a_folder_in_which_nothing_can_be_kept_makes_every_build_whole(tmp_path: Path) -> None:
    toy = Toy(tmp_path)
    (tmp_path / ".cache").write_text("in the way")
    assert toy.build()
    assert toy.build()


def test_what_was_told_is_given_back(toy: Toy) -> None:
    assert nothing_changed(toy.root, toy.look(), toy.folders) == TOLD


NAMES = (*INPUTS, "content/care/new.md", "static/new.css", "_site/asked", "_site/site.yaml", "_site/foreign")
DEEDS = (
    "build",
    "edit",
    "edit alike",
    "edit back",
    "delete",
    "add",
    "swap",
    "touch",
    "ask",
    "kill",
    "damage",
    "outrun",
    "wait",
)


@moderate
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(NAMES)), max_size=6))
def test_whatever_happens_between_builds_the_site_is_that_of_a_build_from_nothing(deeds: list[tuple[str, str]]) -> None:
    """Deeds follow each other at once, as no hand could: where the clock has long ticks, within one of them."""
    with TemporaryDirectory() as folder:
        toy = Toy(Path(folder))
        asked = ASKED
        toy.build(asked)
        for deed, name in deeds:
            path = toy.root / name
            if deed == "build":
                toy.build(asked)
            elif deed == "ask":
                asked = {**asked, "compress": str(asked["compress"] == "False")}
            elif deed == "kill":
                toy.publish({"another": "question"})
            elif deed == "damage":
                (toy.root / ".cache" / FILE).write_text(name)
            elif deed == "outrun":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("meanwhile")
                before = toy.look(asked)
                edited_alike(path)
                keep(toy.root, before, toy.folders, toy.publish(asked), TOLD)
            elif deed == "wait":
                time.sleep(0.01)
            elif deed == "add" or not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("x")
            elif deed == "edit alike":
                edited_alike(path)
            elif deed == "edit back":
                edited_alike(path)
                edited_alike(path)
            elif deed == "delete":
                path.unlink()
            elif deed == "swap":
                path.rename(path.with_name("z"))
            elif deed == "touch":
                path.touch()
            else:
                path.write_text("another text")
        toy.build(asked)
        made = {name: data for name, data in tree(toy.target).items() if "foreign" not in name and name != "z"}
        assert made == toy.made(asked)
