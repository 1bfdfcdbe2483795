"""Compressed copies hold the same bytes, are the same at every build, and stand only where they pay."""

import gzip
import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import pipeline
from generator.cache.cache import Cache
from generator.output import compression
from generator.output.compression import LEAST, TEXT, compressed
from generator.output.outputs import Output
from generator.runtime.means import Means
from generator.stages.options import Options
from tests.helpers import moderate
from tests.sitekit import TODAY, change, copy_site

LONG = b"<p>Many a word, and many a word again.</p>\n" * 100


def copies(body: bytes, path: str = "a/index.html") -> dict[str, bytes]:
    return {one.path: one.body for one in compressed([Output(path, body, "content/a.md")])}


@moderate
@given(st.binary(max_size=300).map(lambda body: body * 20))
def test_copies_hold_the_same_bytes(body: bytes) -> None:
    for path, copy in copies(body).items():
        undo = brotli.decompress if path.endswith(".br") else gzip.decompress
        assert undo(copy) == body
        assert len(copy) < len(body)


@pytest.mark.parametrize("ending", TEXT)
def test_every_text_has_both_copies_beside_it(ending: str) -> None:
    assert list(copies(LONG, f"a{ending}")) == [f"a{ending}.br", f"a{ending}.gz"]


@pytest.mark.parametrize("path", ["a.png", "a.webp", "a.woff2", "a.pdf", "a.epub", "CNAME", ".nojekyll"])
def test_what_is_packed_already_has_none(path: str) -> None:
    assert copies(LONG, path) == {}


def test_small_files_and_those_that_hardly_shrink_have_none() -> None:
    assert copies(LONG[: LEAST - 1]) == {}
    assert copies(hashlib.shake_256(b"x").digest(5000)) == {}


def test_no_time_name_or_system_is_in_a_copy() -> None:
    head = copies(LONG)["a/index.html.gz"][:10]
    assert head == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


def test_the_order_is_that_of_the_files() -> None:
    files = [Output(f"{number}.html", LONG * (50 - number), "x") for number in range(50)]
    assert [one.path for one in compressed(files)] == [f"{n}.html{end}" for n in range(50) for end in (".br", ".gz")]
    assert compressed(files) == compressed(files)


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bodies that are compressed from now on."""
    done: list[bytes] = []
    pack = compression.pack

    def noted(body: bytes) -> tuple[bytes, ...]:
        done.append(body)
        return pack(body)

    monkeypatch.setattr(compression, "pack", noted)
    return done


def kept(store: Path, files: list[Output]) -> list[Output]:
    """The copies of files, which are kept in `store` for next time."""
    cache = Cache(store, 1)
    found = compressed(files, cache)
    cache.close()
    return found


NOISE = hashlib.shake_256(b"x").digest(5000)
FILES = [
    Output("a.html", LONG, "a"),
    Output("b.html", LONG + b"b", "b"),
    Output("same.html", LONG, "c"),
    Output("noise.txt", NOISE, "d"),
]


def test_what_was_compressed_before_is_not_compressed_again(tmp_path: Path, packed: list[bytes]) -> None:
    first = kept(tmp_path / "made", FILES)
    assert sorted(packed) == sorted([LONG, LONG + b"b", NOISE]), "each body once, also one of which no copy pays"
    packed.clear()
    assert kept(tmp_path / "made", FILES) == first == compressed(FILES)
    packed.clear()
    changed = [Output("a.html", LONG + b"a", "a"), *FILES[1:]]
    assert kept(tmp_path / "made", changed) == compressed(changed)
    assert packed[:1] == [LONG + b"a"]


def test_another_name_or_source_of_the_same_bytes_has_the_same_copies(tmp_path: Path, packed: list[bytes]) -> None:
    kept(tmp_path / "made", FILES[:1])
    (copy, _) = kept(tmp_path / "made", [Output("b/c.html", LONG, "d")])
    assert (copy.path, copy.made_from, packed) == ("b/c.html.br", "d", [LONG])


@pytest.mark.parametrize("harm", ["update made set body = zeroblob(20)", "delete from made where rowid % 2"])
def test_a_copy_that_is_lost_or_damaged_is_made_again(tmp_path: Path, harm: str) -> None:
    first = kept(tmp_path / "made", FILES)
    base = sqlite3.connect(tmp_path / "made")
    base.execute(harm)
    base.commit()
    base.close()
    assert kept(tmp_path / "made", FILES) == first == kept(tmp_path / "made", FILES)


def test_a_build_that_is_cut_off_keeps_what_it_had_compressed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = compression.pack

    def until_b(body: bytes) -> tuple[bytes, ...]:
        if body.endswith(b"b"):
            raise KeyboardInterrupt
        return pack(body)

    monkeypatch.setattr(compression, "pack", until_b)
    cache = Cache(tmp_path / "made", 1)
    with pytest.raises(KeyboardInterrupt):
        compressed(FILES, cache)
    cache.close()
    assert kept(tmp_path / "made", FILES[:1]) == compressed(FILES[:1])


def test_a_site_that_is_built_again_compresses_only_what_changed(tmp_path: Path, packed: list[bytes]) -> None:
    root = copy_site("hiccups", tmp_path)

    def built() -> pipeline.Build:
        cache = Cache(tmp_path / "made", 1)
        done = pipeline.build(root, Options(today=TODAY, compress=True), means=Means(cache))
        cache.close()
        return done

    first = built()
    every = len(packed)
    assert every > 30
    packed.clear()
    assert built() == replace(first, parses=0, renders=0)
    assert packed == []
    change(root, "content/what/hiccups.md", "moves by itself", "moves alone")
    built()
    assert 1 < len(packed) < every / 2
