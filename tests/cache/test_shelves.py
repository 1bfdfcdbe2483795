"""Rows that were made before are made again only where something was looked at that is not the same any more."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.cache.cache import Cache
from generator.cache.seen import EVERY, in_short, note, note_all, noting
from generator.cache.shelves import PIECE, Shelf
from generator.cache.traces import Traces

NAMES = [f"/{number}/" for number in range(3 * PIECE)]
NOW = {"article": {"a.md": "1", "b.md": "2"}, "days": {"a.md": "3"}}


def traces(now: Mapping[str, Mapping[str, str]] = NOW) -> Traces:
    return Traces(lambda what: now[what])


def opened(path: Path, names: list[str] = NAMES, changed: Mapping[str, int] | None = None) -> list[int | None]:
    """What is kept of each name, before some are changed."""
    cache = Cache(path, 1)
    shelf: Shelf[int] = Shelf("numbers", int, b"facts", cache)
    found = []
    for name, slot in zip(names, shelf.rows(names), strict=True):
        found.append(slot.row)
        if changed and name in changed:
            slot.put(changed[name])
        slot.close()
    cache.close()
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "made"
    assert opened(path, changed={name: number for number, name in enumerate(NAMES)}) == [None] * len(NAMES)
    return path


def keys(path: Path) -> set[tuple[bytes, bytes]]:
    base = sqlite3.connect(path)
    found = set(base.execute("select key, digest from made"))
    base.close()
    return found


def test_rows_are_found_again_and_only_the_piece_of_a_new_one_is_written(path: Path) -> None:
    before = keys(path)
    assert opened(path) == list(range(len(NAMES)))
    assert keys(path) == before
    assert len(before) == len(NAMES) / PIECE
    opened(path, changed={NAMES[3]: 1000, NAMES[4]: 4})
    assert len(keys(path) - before) == 1
    assert opened(path) == [0, 1, 2, 1000, *range(4, len(NAMES))]


def test_reading_all_rows_asks_the_store_for_pieces_alone(path: Path) -> None:
    cache = Cache(path, 1)
    shelf: Shelf[int] = Shelf("numbers", int, b"facts", cache)
    assert [slot.row for slot in shelf.rows(NAMES)] == list(range(len(NAMES)))
    assert (cache.hits, cache.misses) == (len(NAMES) / PIECE, 0)
    cache.close()


def test_other_names_facts_and_kinds_are_other_rows(path: Path) -> None:
    cache = Cache(path, 1)
    for shelf in (Shelf[int]("numbers", int, b"other", cache), Shelf[int]("others", int, b"facts", cache)):
        assert {slot.row for slot in shelf.rows(NAMES)} == {None}
    assert {slot.row for slot in Shelf[int]("numbers", int, b"facts", cache).rows(["/x/", *NAMES[1:]])} != {None}
    assert next(Shelf[int]("numbers", int, b"facts", cache).rows(["/x/", *NAMES[1:]])).row is None
    cache.close()


@pytest.mark.parametrize("body", [b"[1]", b"{}", b"7", b"nothing", b'["a"]', b"[" + b"1.5," * (PIECE - 1) + b"1]"])
def test_a_piece_that_is_no_such_thing_is_made_again(path: Path, body: bytes) -> None:
    cache = Cache(path, 1)
    shelf: Shelf[int] = Shelf("numbers", int, b"facts", cache)
    cache.put({next(shelf.rows(NAMES)).piece.key: body})
    cache.close()
    assert opened(path) == [None] * PIECE + list(range(PIECE, len(NAMES)))


def test_a_damaged_piece_is_made_again_and_the_others_are_not(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("update made set body = x'00' where key = (select key from made limit 1)")
    base.commit()
    base.close()
    assert opened(path).count(None) == PIECE


def test_nothing_is_kept_where_nothing_can_be() -> None:
    shelf: Shelf[int] = Shelf("numbers", int, b"facts", Cache(None, 0))
    for slot in shelf.rows(NAMES[:2]):
        slot.put(1)
        slot.close()
    assert [slot.row for slot in shelf.rows(NAMES[:2])] == [None, None]


def test_what_was_looked_at_is_the_same_or_not() -> None:
    with noting() as seen:
        note("article", "a.md")
        note("days", "a.md")
        note("days", "gone.md")
    trace = traces().of(seen)
    assert trace == ("article", "a.md", "1", "days", "a.md", "3", "days", "gone.md", "")
    assert traces().hold(trace)
    assert traces({**NOW, "article": {"a.md": "1", "b.md": "other"}}).hold(trace)
    assert not traces({**NOW, "article": {"a.md": "other"}}).hold(trace)
    assert not traces({**NOW, "days": {"a.md": "3", "gone.md": "there"}}).hold(trace)
    assert not traces({**NOW, "article": {}}).hold(trace)


def test_of_many_documents_all_were_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cache.seen._MANY", 1)
    seen = in_short({("article", "a.md"): None, ("article", "b.md"): None, ("days", "a.md"): None})
    assert list(seen) == [("article", EVERY), ("days", "a.md")]
    trace = traces().of(seen)
    assert traces().hold(trace)
    assert not traces({**NOW, "article": {**NOW["article"], "b.md": "other"}}).hold(trace)
    assert not traces({**NOW, "article": {**NOW["article"], "c.md": "new"}}).hold(trace)
    assert not traces({**NOW, "article": {"a.md": "1"}}).hold(trace)


def test_what_was_looked_at_elsewhere_can_be_noted_at_once() -> None:
    note_all({("article", "a.md"): None})
    with noting() as seen:
        note_all({("article", "a.md"): None, ("days", EVERY): None})
    assert list(seen) == [("article", "a.md"), ("days", EVERY)]
