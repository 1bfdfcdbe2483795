"""What was made is found again, and a store that is not what it should be is as good as none: slower, never wrong."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache.cache import Cache, key_of
from tests.helpers import moderate

BODIES = {key_of(bytes([n])): bytes([n]) * (100 + n) for n in range(40)}


def kept(path: Path, bodies: dict[bytes, bytes] = BODIES, day: int = 1) -> None:
    cache = Cache(path, day)
    cache.put(bodies)
    cache.close()
    assert cache.note == ""


def found(path: Path, day: int = 1) -> dict[bytes, bytes]:
    cache = Cache(path, day)
    every = cache.get(BODIES)
    cache.close()
    return every


def test_what_was_kept_is_found_by_its_key_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / ".cache" / "made.sqlite"
    kept(path)
    cache = Cache(path, 1)
    some = list(BODIES)[:3]
    assert cache.get([*some, key_of(b"never made")]) == {key: BODIES[key] for key in some}
    assert (cache.hits, cache.misses) == (3, 1)
    cache.close()


def test_many_keys_are_found_at_once(tmp_path: Path) -> None:
    many = {key_of(str(n).encode()): str(n).encode() for n in range(2_500)}
    kept(tmp_path / "made", many)
    cache = Cache(tmp_path / "made", 1)
    assert cache.get(many) == many
    cache.close()


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_other_parts_give_another_key(one: list[bytes], other: list[bytes]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


def test_nothing_is_kept_before_the_end_of_the_build(tmp_path: Path) -> None:
    path = tmp_path / "made"
    kept(path, {})
    cut_off = Cache(path, 1)
    cut_off.put(BODIES)  # and the process is killed here
    assert found(path) == {}


def test_without_a_file_nothing_is_kept() -> None:
    cache = Cache(None, 1)
    cache.put(BODIES)
    assert cache.get(BODIES) == {}
    cache.close()


@given(st.data())
@moderate
def test_flipped_bits_and_a_cut_off_end_never_give_wrong_bytes(tmp_path_factory: Any, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("cache") / "made"
    kept(path)
    raw = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=20)):
        raw[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw)
    again = found(path)
    assert all(BODIES[key] == body for key, body in again.items())
    kept_anew = Cache(path, 1)
    kept_anew.put(BODIES)
    kept_anew.close()


@pytest.mark.parametrize("raw", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_store_is_begun_anew(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "made"
    path.write_bytes(raw)
    cache = Cache(path, 1)
    assert cache.get(BODIES) == {}
    cache.put(BODIES)
    cache.close()
    assert found(path) == BODIES


@pytest.mark.parametrize("sql", ["pragma user_version = 99", "create table other (a)", "drop table made"])
def test_a_store_of_another_layout_is_begun_anew(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "made"
    if sql.startswith("create"):
        sqlite3.connect(path).execute(sql)
    else:
        kept(path)
        sqlite3.connect(path).execute(sql)
    cache = Cache(path, 1)
    assert cache.get(BODIES) == {}
    assert "made again" in cache.note
    cache.put(BODIES)
    cache.close()
    assert found(path) == BODIES


def test_a_folder_in_its_place_means_that_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    cache = Cache(tmp_path / "made", 1)
    assert "nothing can be kept" in cache.note
    assert cache.get(BODIES) == {}
    cache.put(BODIES)
    cache.close()


def test_a_store_that_another_build_is_writing_can_be_read_and_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "made"
    kept(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    cache = Cache(path, 1)
    assert cache.get(BODIES) == BODIES
    cache.put({key_of(b"new"): b"new"})
    cache.close()
    assert "could not be kept" in cache.note
    other.execute("rollback")
    assert found(path) == BODIES


def test_a_store_that_is_deleted_meanwhile_is_made_anew_by_the_next_build(tmp_path: Path) -> None:
    path = tmp_path / "made"
    kept(path)
    cache = Cache(path, 1)
    path.unlink()
    assert set(cache.get(BODIES)) <= set(BODIES)
    cache.put({key_of(b"new"): b"new"})
    cache.close()
    kept(path)
    assert found(path) == BODIES


def test_what_was_not_asked_for_the_longest_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "made"
    old, new = {key_of(b"old"): os.urandom(4_000)}, {key_of(b"new"): os.urandom(4_000)}
    kept(path, old, day=1)
    kept(path, new, day=2)
    asked = Cache(path, 3)
    assert asked.get(old) == old
    asked.close()
    third = Cache(path, 3, limit=9_000)
    third.put({key_of(b"third"): os.urandom(4_000)})
    third.close()
    last = Cache(path, 3)
    assert set(last.get([*old, *new, key_of(b"third")])) == {*old, key_of(b"third")}
    last.close()


@pytest.mark.parametrize(("articles", "is_kept"), [(0, False), (1, True)])
def test_what_a_site_of_many_articles_needs_stays_however_much_it_is(
    articles: int, is_kept: bool, tmp_path: Path
) -> None:
    many = {key_of(bytes([number])): os.urandom(9_000) for number in range(10)}
    cache = Cache(tmp_path / "made", 1, limit=50_000)
    cache.allow_for(articles)
    cache.put(many)
    cache.close()
    again = Cache(tmp_path / "made", 1)
    assert (again.get(many) == many) is is_kept
    again.close()
