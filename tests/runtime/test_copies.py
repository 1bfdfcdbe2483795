"""Copies of a process share its work: they hold what it holds, one process alone writes, and what comes is the same."""

import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from generator.cache.cache import Cache, key_of
from generator.markup.document import Inside
from generator.markup.kept import as_bytes, from_bytes, hold_few, inside_from
from generator.markup.parser import Settings, parse
from generator.problems.faults import Lost
from generator.runtime.copies import FEWEST, by_copies
from generator.runtime.workers import Workers
from generator.sources.files import source_file

pytestmark = pytest.mark.usefixtures("copies")
ITEMS = range(FEWEST + 5)
BEFORE = key_of(b"before")


def named(item: int) -> str:
    return f"squared {item}"


@contextmanager
def store(path: Path, day: int = 1) -> Iterator[Cache]:
    """A store that knows one thing which was put by the build that runs."""
    cache = Cache(path / "made.sqlite", day)
    cache.put({BEFORE: b"what was made before"})
    yield cache
    cache.close()


def shared(cache: Cache, count: int = len(ITEMS)) -> list[tuple[int, int]] | None:
    """The square of each number, and the process that found it; None where no copies could be had."""

    def work(number: int) -> tuple[int, int]:
        assert cache.get([BEFORE]) == {BEFORE: b"what was made before"}
        cache.put({key_of(bytes([number])): bytes([number]) * 1000})
        return number**2, os.getpid()

    with Workers(2) as workers, by_copies(work, range(count), cache, workers, named) as made:
        return None if made is None else [result for result, gathered in made if cache.add(gathered)]


def test_copies_work_and_their_results_come_in_order(tmp_path: Path) -> None:
    with store(tmp_path) as cache:
        done = shared(cache)
    assert done
    assert [square for square, _ in done] == [number**2 for number in ITEMS]
    assert os.getpid() not in {process for _, process in done}


def test_what_copies_would_keep_is_kept_by_the_one_that_they_are_copies_of(tmp_path: Path) -> None:
    with store(tmp_path) as cache:
        shared(cache)
        assert (cache.hits, cache.misses) == (len(ITEMS), 0)  # what they read is counted too
    again = Cache(tmp_path / "made.sqlite", 1)
    for number in ITEMS:
        assert again.get([key_of(bytes([number]))]) == {key_of(bytes([number])): bytes([number]) * 1000}
    again.close()


def test_what_copies_ask_for_counts_as_asked_for(tmp_path: Path) -> None:
    """Otherwise it would be the first to go."""
    with store(tmp_path, day=1) as cache:
        cache.put({key_of(b"other"): b"nobody asks for it"})
    cache = Cache(tmp_path / "made.sqlite", 2)
    shared(cache)
    cache.close()
    days = dict(sqlite3.connect(tmp_path / "made.sqlite").execute("select key, used from made"))
    assert (days[BEFORE], days[key_of(b"other")]) == (2, 1)


def test_there_are_none_for_few_things_or_where_nothing_is_kept(tmp_path: Path) -> None:
    with store(tmp_path) as cache:
        assert shared(cache, FEWEST - 1) is None
    assert shared(Cache(None, 1)) is None
    reading = Cache(tmp_path / "made.sqlite", 1, may_write=False)
    assert shared(reading) is None
    reading.close()


def test_there_are_none_beside_threads(tmp_path: Path) -> None:
    """A copy would hold their locks for ever."""
    end = threading.Event()
    waiting = threading.Thread(target=end.wait)
    waiting.start()
    try:
        with store(tmp_path) as cache:
            assert shared(cache) is None
    finally:
        end.set()
        waiting.join()


def test_processes_that_were_at_work_before_give_way(tmp_path: Path) -> None:
    with store(tmp_path) as cache, Workers(2) as workers:
        assert workers.submit(int, "1").result() == 1
        with by_copies(lambda number: -number, ITEMS, cache, workers, named) as made:
            assert made is not None
            assert [result for result, _ in made] == [-number for number in ITEMS]
        assert workers.submit(int, "1").result() == 1


def test_a_copy_that_ends_is_told_with_what_it_was_at(tmp_path: Path) -> None:
    def work(number: int) -> int:
        if number == 17:
            os._exit(1)
        return number

    with store(tmp_path) as cache, Workers(2) as workers:
        with (
            pytest.raises(Lost, match=re.escape("a worker ended while it squared 17")),
            by_copies(work, ITEMS, cache, workers, named) as made,
        ):
            list(made or ())
        assert Workers.held is None


def test_a_fault_is_told_as_it_is(tmp_path: Path) -> None:
    def work(number: int) -> int:
        if number == 17:
            raise LookupError("no square of 17")
        return number

    with (
        store(tmp_path) as cache,
        Workers(2) as workers,
        pytest.raises(LookupError, match="no square of 17"),
        by_copies(work, ITEMS, cache, workers, named) as made,
    ):
        list(made or ())


def test_a_loss_that_has_nothing_to_do_with_the_items_costs_time_alone(tmp_path: Path) -> None:
    mark = tmp_path / "lost"

    def work(number: int) -> int:
        if number == 17 and not mark.exists():
            mark.touch()
            os._exit(1)
        return number

    with store(tmp_path) as cache, Workers(2) as workers, by_copies(work, ITEMS, cache, workers, named) as made:
        assert [result for result, _ in made or ()] == list(ITEMS)


def test_a_build_that_takes_the_store_meanwhile_makes_this_one_keep_nothing_more(tmp_path: Path) -> None:
    with store(tmp_path) as cache:
        with cache.at_rest():
            other = Cache(tmp_path / "made.sqlite", 1)
            other.put({key_of(b"its own"): b"1"})
        assert not cache.may_write
        assert "locked" in cache.note
        assert cache.get([BEFORE]) == {BEFORE: b"what was made before"}
        other.close()
    again = Cache(tmp_path / "made.sqlite", 1)
    assert len(again.get([BEFORE, key_of(b"its own")])) == 2
    again.close()


def test_a_copy_holds_of_what_is_inside_articles_little_more_than_it_has_from_before(tmp_path: Path) -> None:
    article = source_file("content/a.md", b"---\ntitle: A\nsummary: B\nstatus: published\n---\n\nText.\n")
    whole = parse(article, Settings("en", ()))
    outside, inside, _ = as_bytes(whole)
    fetched: list[int] = []

    def fetch(number: int) -> Inside:
        fetched.append(number)
        return inside_from(inside)

    documents = [from_bytes(outside, partial(fetch, number), whole.fetch_prose, lambda: whole) for number in range(60)]

    def again(number: int) -> list[int]:
        for one in documents[1:]:
            one.fetch_inside()
        fetched.clear()
        for one in documents:
            one.fetch_inside()
        return fetched

    documents[0].fetch_inside()
    with store(tmp_path) as cache, Workers(1) as workers:

        def work(number: int) -> list[int]:
            hold_few()
            return again(number)

        with by_copies(work, ITEMS, cache, workers, named) as made:
            assert made is not None
            (first, *_) = [result for result, _ in made]
    assert first == list(range(1, 60)), "each was let go of, but the one from before"
    assert again(0) == []
