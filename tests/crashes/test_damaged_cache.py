"""Whatever happened to what was kept: the site is the one from nothing, and one line says so.

DAMAGES=1 flips bits in every part of the cache, and has every row lie in every way; without it some are tried.
"""

import hashlib
import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

import pytest

from generator import cli
from generator.cache.cache import FILE
from generator.cache.packing import packed
from generator.disk.unchanged import FILE as RECORD
from tests.crashes.trial import colds
from tests.sitekit import REPOSITORY, TODAY, tree

ALL = os.environ.get("DAMAGES") == "1"
TEXT = "content/care/rest.md"


class Site:
    """A site that is built again and again, with one of two texts, of which it is known what comes from nothing."""

    def __init__(self, folder: Path) -> None:
        self.root = colds(folder / "colds", "hosting: [nginx]\ncompress: yes\n")
        self.kept = self.root / ".cache" / FILE
        self.outside = folder / "outside"
        self.outside.mkdir()
        (self.outside / "precious").write_bytes(b"precious")
        first = (self.root / TEXT).read_text(encoding="utf-8")
        self._texts = (first, first + "\nAnd more of it.\n")
        self._now = 0
        self._clean = []
        for text in self._texts:
            (self.root / TEXT).write_text(text, encoding="utf-8")
            assert self._build("--no-cache") == (0, [])
            self._clean.append(tree(self.root / "_site"))
        assert self._clean[0] != self._clean[1]
        for _ in self._texts:
            assert self.build() == []

    def build(self) -> list[str]:
        """Build it with the other text; give what it noted. It has to be good, and right."""
        self._now = 1 - self._now
        (self.root / TEXT).write_text(self._texts[self._now], encoding="utf-8")
        return self.same()

    def same(self) -> list[str]:
        """Build it once more."""
        code, notes = self._build()
        assert (code, len(notes) <= 1) == (0, True), notes
        assert tree(self.root / "_site") == self._clean[self._now]
        assert tree(self.outside) == {"precious": b"precious"}
        return notes

    def _build(self, *more: str) -> tuple[int, list[str]]:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.main(
                ["--root", str(self.root), "--today", TODAY, "--no-search", "--jobs", "1", "--format", "json", *more]
            )
        assert "Traceback" not in err.getvalue(), err.getvalue()
        return code, err.getvalue().splitlines()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("damaged"))


def rows(path: Path) -> list[tuple[bytes, bytes]]:
    """Every key, and its body as it is stored."""
    with closing(sqlite3.connect(path)) as base:
        return base.execute("select key, body from made order by key").fetchall()


def told(path: Path, *commands: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for one in commands:
            base.execute(one)


def test_flipped_bits_in_any_part_of_the_cache_change_nothing(site: Site) -> None:
    dice = random.Random(20261122)  # noqa: S311  it chooses bits
    noted = 0
    size = len(site.kept.read_bytes())
    for start in range(0, size, 4096 if ALL else 4096 * 5):
        if not site.kept.exists():
            assert site.build() == [], "one that was damaged is begun anew"
        raw = bytearray(site.kept.read_bytes())
        for _ in range(dice.choice([1, 1, 2, 8, 64])):
            raw[(start + dice.randrange(4096)) % len(raw)] ^= 1 << dice.randrange(8)
        site.kept.write_bytes(raw)
        noted += len(site.build())
    assert noted > 3


def test_a_cache_that_was_cut_off_anywhere_changes_nothing(site: Site) -> None:
    size = len(site.kept.read_bytes())
    noted = 0
    for left in (0, 1, 15, 16, 99, 100, 511, 4095, 4096, 4097, 8192, size // 3, size // 2, size - 4096, size - 1):
        raw = site.kept.read_bytes() if site.kept.exists() else b""
        site.kept.write_bytes(raw[:left])
        noted += len(site.build())
        site.build()
    assert noted > 5


def image(root: Path) -> bytes:
    return (REPOSITORY / "static/img/icon-192.png").read_bytes()


OTHER = "create table made (key blob primary key, digest blob not null, used integer, size integer, body blob)"


def another(path: Path, *commands: str) -> None:
    path.unlink()
    told(path, *commands)


def linked(path: Path, target: Path) -> None:
    path.unlink()
    path.symlink_to(target)


INSTEAD: dict[str, Callable[[Path, Path], object]] = {
    "an older version": lambda path, _: another(path, OTHER, "pragma user_version = 1"),
    "a newer version": lambda path, _: told(path, "pragma user_version = 99"),
    "a version in name alone": lambda path, _: another(path, OTHER, "pragma user_version = 2"),
    "a text": lambda path, _: path.write_text("This is no cache.\n" * 300),
    "a picture": lambda path, _: path.write_bytes(image(path)),
    "zeros": lambda path, _: path.write_bytes(bytes(20_000)),
    "a database of somebody else": lambda path, _: another(path, "create table visits (url text)"),
    "a table more": lambda path, _: told(path, "create table visits (url text)"),
    "a trigger": lambda path, _: told(
        path, "create trigger t after insert on made begin delete from made; end", "pragma user_version = 2"
    ),
    "a view without end": lambda path, _: another(
        path,
        "create view made as with recursive n(x) as (select 1 union all select x + 1 from n) "
        "select cast(x as blob) as key, x as digest, x as used, x as body from n",
        "pragma user_version = 2",
    ),
    "no table": lambda path, _: told(path, "drop table made"),
    "no index": lambda path, _: told(path, "drop index by_use"),
    "a link to nothing": lambda path, out: linked(path, out / "new"),
    "a link to a file of somebody": lambda path, out: linked(path, out / "precious"),
}


@pytest.mark.parametrize("damage", INSTEAD.values(), ids=INSTEAD)
def test_something_else_in_its_place_is_begun_anew(site: Site, damage: Callable[[Path, Path], object]) -> None:
    damage(site.kept, site.outside)
    assert site.build() == ["note: what was kept is damaged or of another version, and is made again"]
    assert site.build() == []


BARRED: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
}


@pytest.mark.parametrize("damage", BARRED.values(), ids=BARRED)
def test_what_cannot_be_taken_away_is_told_and_done_without(site: Site, damage: Callable[[Path], object]) -> None:
    site.kept.unlink()
    damage(site.kept)
    for _ in range(2):
        assert site.build() == [f"note: nothing can be kept in {FILE}: there is something else of that name"]
    site.kept.rmdir() if site.kept.is_dir() else site.kept.unlink()
    assert site.build() == []


def test_the_files_beside_it_may_be_damaged_too(site: Site) -> None:
    for end in ("-wal", "-shm"):
        for data in (b"", b"\xff" * 5_000, bytes(32), os.urandom(70_000)):
            site.kept.with_name(FILE + end).write_bytes(data)
            assert site.build() in ([], ["note: what was kept is damaged or of another version, and is made again"])


def test_a_row_of_another_key_is_not_taken_for_one_of_this(site: Site) -> None:
    """As an index does that leads to the wrong row, which is whole."""
    keys = [key for key, _ in rows(site.kept)]
    with closing(sqlite3.connect(site.kept, isolation_level=None)) as base:
        held = base.execute("select digest, body from made order by key").fetchall()
        turned = zip(held[1:] + held[:1], keys, strict=True)
        base.executemany("update made set digest = ?, body = ? where key = ?", [(*one, key) for one, key in turned])
    for _ in range(2):  # once for what either of the texts asks for
        assert site.build() == ["note: a part of what was kept is damaged, and is made again"]
    assert site.build() == []


DEEP = b"[" * 100_000
LIES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda body: b"",
    "null": lambda body: b"null",
    "a number": lambda body: b"-1",
    "a list": lambda body: b'[[1, null, "x"]]',
    "an object": lambda body: b'{"a": {"b": [1]}}',
    "deep": lambda body: DEEP,
    "no text": lambda body: b"\xff\xfe\x00\n" + body[::-1],
    "half": lambda body: body[: len(body) // 2],
    "twice": lambda body: body + b"\n" + body,
    "a path": lambda body: body.replace(b".html", b"/../../../outside/precious").replace(b'"care', b'"../../outside'),
    "huge": lambda body: bytes(60_000_000),
}
"""What a row may say that is kept as it should be, and that nobody has made: whoever writes it knows our ways."""


def lying(path: Path, lie: Callable[[bytes], bytes], chosen: Callable[[int], bool]) -> None:
    """Have some rows hold something else, with the right digest."""
    held = [(key, stored) for number, (key, stored) in enumerate(rows(path)) if chosen(number)]
    wrong = [packed(key, lie(body_of(stored)), 1) for key, stored in held]
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("begin")
        base.executemany("insert or replace into made values (?, ?, ?, ?)", wrong)
        base.execute("commit")


def body_of(stored: bytes) -> bytes:
    return stored[1:] if stored.startswith(b"\0") else zlib.decompress(stored)


def test_rows_that_lie_neither_stop_a_build_nor_lead_it_elsewhere(site: Site, tmp_path: Path) -> None:
    """Whoever can write the cache can have other bytes published: no build can know. It must do no more than that."""
    whole = tmp_path / "whole"
    shutil.copyfile(site.kept, whole)
    every = len(rows(whole))
    dice = random.Random(7)  # noqa: S311  it chooses lies
    names = [name for name in LIES if name != "huge"]
    tried: list[tuple[str, Callable[[int], bool]]] = [(name, lambda number: True) for name in names]
    tried.append(("huge", lambda number: number % 20 == 0))
    for at in range(0, every, 1 if ALL else 16):
        some = names if ALL else [dice.choice(names)]
        tried += [(name, lambda number, at=at: number == at) for name in some]  # type: ignore[misc]
    for name, chosen in tried:
        shutil.copyfile(whole, site.kept)
        lying(site.kept, LIES[name], chosen)
        (site.root / ".cache" / RECORD).unlink(missing_ok=True)
        before = tree(site.root / "_site")
        code, notes = site._build()
        assert code == 0 or (code == 1 and tree(site.root / "_site") == before), (name, notes)
        assert len(notes) <= 1, (name, notes)
        assert tree(site.outside) == {"precious": b"precious"}
        assert set(site.root.parent.iterdir()) == {site.root, site.outside}
    site.kept.unlink()
    site.build()


def signed(made: object, data: bytes) -> bytes:
    """A record that holds something else, with the right digest."""
    whole = json.loads(data)
    whole["made"] = {**whole["made"], **made} if isinstance(made, dict) and made else made
    whole["digest"] = hashlib.blake2b(json.dumps(whole["made"]).encode(), digest_size=16).hexdigest()
    return json.dumps(whole).encode()


RECORDS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[:-20],
    "no JSON": lambda data: b"\xff\xfe",
    "deep": lambda data: DEEP,
    "a list": lambda data: b"[]",
    "flipped": lambda data: data.replace(b"0", b"1", 1),
}
LYING: tuple[object, ...] = (
    *({}, [], None, {"asked": {}}, {"told": 3}),
    *({"told": [{}, "1", [], 2]}, {"outputs": 5, "fresh": 7}),
)
RECORDS |= {f"lies with {made!r}": partial(signed, made) for made in LYING}


@pytest.mark.parametrize("damage", RECORDS.values(), ids=RECORDS)
def test_a_damaged_record_of_the_last_build_is_none(site: Site, damage: Callable[[bytes], bytes]) -> None:
    site.build()
    record = site.root / ".cache" / RECORD
    assert record.is_file()
    record.write_bytes(damage(record.read_bytes()))
    assert site.same() == []
    assert site.build() == []


@pytest.mark.parametrize("name", [f".cache/{RECORD}", ".cache/publish/published", ".cache/publish/turn"])
@pytest.mark.parametrize("kind", ["link", "link to nothing", "pipe", "folder", "noise"])
def test_what_else_is_kept_may_be_anything(site: Site, name: str, kind: str) -> None:
    for path in (site.root / name, site.root / f"{name}.new"):
        site.build()
        path.unlink(missing_ok=True)
        if kind.startswith("link"):
            path.symlink_to(site.outside / ("precious" if kind == "link" else "new"))
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        else:
            path.write_bytes(os.urandom(5_000))
        assert site.build() == []
        assert site.same() == []
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def test_flipped_bits_in_what_was_seen_of_the_site_change_nothing(site: Site) -> None:
    seen = site.root / ".cache" / "publish" / "published"
    dice = random.Random(3)  # noqa: S311  it chooses bits
    for _ in range(12):
        raw = bytearray(seen.read_bytes())
        for _ in range(dice.choice([1, 4, 40])):
            raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        seen.write_bytes(raw)
        assert site.build() == []


def test_a_cache_that_vanishes_at_any_moment_is_told_once_and_changes_nothing(site: Site) -> None:
    moments = ("reading", "rendering")
    for moment in moments:
        site.build()

        def gone(told: Callable[..., None], moment: str = moment) -> Callable[..., None]:
            def telling(bar: object, stage: str, done: int, total: int) -> None:
                if stage == moment:
                    shutil.rmtree(site.kept.parent, ignore_errors=True)
                told(bar, stage, done, total)

            return telling

        with pytest.MonkeyPatch.context() as patched:
            from generator.commands.progress import Watch

            patched.setattr(Watch, "__call__", gone(Watch.__call__))
            assert site.build() == ["note: what was kept was deleted meanwhile, and is made again"]
        assert site.build() == []


def without_power() -> None:
    """Be an account like others, even as root: what may not be written, may not be written."""
    import ctypes

    system = ctypes.CDLL(None)
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        system.prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP


def command(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    given = [sys.executable, "build.py", "--root", str(root), "--today", TODAY, "--no-search", *more]
    return subprocess.run(
        given, cwd=REPOSITORY, capture_output=True, text=True, check=False, preexec_fn=without_power, timeout=120
    )


@pytest.mark.skipif(sys.platform != "linux", reason="rights are laid down as Linux does")
def test_a_cache_into_which_nobody_may_write_is_done_without(tmp_path: Path) -> None:
    site = Site(tmp_path)
    folders = [site.root / ".cache", *(one for one in (site.root / ".cache").rglob("*") if one.is_dir())]
    site._now = 1 - site._now
    (site.root / TEXT).write_text(site._texts[site._now], encoding="utf-8")
    before = tree(site.root / ".cache")
    for one in folders:
        one.chmod(0o555)
    try:
        done = command(site.root, "--quiet")
        assert tree(site.root / ".cache") == before
    finally:
        for one in folders:
            one.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert tree(site.root / "_site") == site._clean[site._now]
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["note"]
    assert site.build() == []


def test_links_that_lead_out_of_the_site_are_named_and_nothing_is_written_there(tmp_path: Path) -> None:
    site = Site(tmp_path)
    before = tree(site.root / "_site")
    for name in ("_site", "_site.hosting", ".cache", ".cache/publish", ".cache/publish/hosting"):
        path = site.root / name
        path.rename(tmp_path / "aside")
        for inner in ("next", "previous", "spare", "publish/next"):
            (site.outside / inner).mkdir(parents=True)
        path.symlink_to(site.outside)
        held = sorted(site.outside.rglob("*"))
        for given in ([], ["clean"]):
            done = command(site.root) if not given else clean(site.root)
            assert "Traceback" not in done.stderr
            if not given:
                assert done.returncode == 2, name
                assert "error: " in done.stderr
                assert str(path) in done.stderr
            assert sorted(site.outside.rglob("*")) == held, name
        path.unlink()
        shutil.rmtree(site.outside)
        site.outside.mkdir()
        (site.outside / "precious").write_bytes(b"precious")
        (tmp_path / "aside").rename(path)
    assert tree(site.root / "_site") == before
    site.build()


def clean(root: Path) -> subprocess.CompletedProcess[str]:
    given = [sys.executable, "build.py", "clean", "--root", str(root)]
    return subprocess.run(given, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)
