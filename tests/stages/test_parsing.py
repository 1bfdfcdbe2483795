"""Articles that were parsed before are not parsed again, and whoever parses them, they are the same."""

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator.cache import program
from generator.cache.cache import Cache
from generator.cache.codec import decoder
from generator.cache.packing import packed
from generator.markup import kept
from generator.markup.document import Document, Inside
from generator.markup.face import Entry, Rest
from generator.markup.kept import as_bytes
from generator.markup.parser import Settings, parse
from generator.problems.faults import Lost
from generator.runtime.means import Means
from generator.runtime.workers import Workers
from generator.sources.files import SourceFile, source_file
from generator.stages import intake, parsing
from generator.stages.parsing import Fresh, Parsed, parse_articles
from tests.sitekit import copy_site

SETTINGS = Settings("en", (("options", "treatment"),))
NOWHERE = Cache(None, 0)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[SourceFile, ...]:
    """Articles enough for several workers, some of them broken."""
    articles: list[SourceFile] = []
    for name in ("hiccups", "broken"):
        sources, _ = intake.read(copy_site(name, tmp_path_factory.mktemp("site")))
        assert sources is not None
        articles += sources.articles
    more = [source_file(f"content/more/page-{n}.md", one.data) for n, one in enumerate(articles)]
    return (*articles, *more)


def parsed(files: tuple[SourceFile, ...], cache: Cache = NOWHERE, executor: Executor | None = None) -> Parsed:
    return parse_articles(files, SETTINGS, means=Means(cache, executor))


def same(one: list[Document], other: list[Document]) -> bool:
    every = [[(doc.rest(), doc.inside(), doc.prose) for doc in some] for some in (one, other)]
    return one == other and every[0] == every[1]


@pytest.fixture
def path(files: tuple[SourceFile, ...], tmp_path: Path) -> Path:
    """A cache that holds all articles."""
    cache = Cache(tmp_path / "made", 1)
    assert parsed(files, cache).parses == len(files)
    cache.close()
    return tmp_path / "made"


def test_what_is_kept_is_the_same_and_is_not_parsed_again(files: tuple[SourceFile, ...], path: Path) -> None:
    cache = Cache(path, 1)
    again = parsed(files, cache)
    assert again.parses == 0
    assert same(again.documents, parsed(files).documents)
    cache.close()


def test_one_edited_file_is_one_that_is_parsed(files: tuple[SourceFile, ...], path: Path) -> None:
    edited = source_file(files[3].path, files[3].data + b"\nAnd more.\n")
    several = (*files[:3], edited, *files[4:])
    cache = Cache(path, 1)
    again = parsed(several, cache)
    assert again.parses == 1
    assert same(again.documents, parsed(several).documents)
    cache.close()


def test_the_same_text_elsewhere_is_another_article(files: tuple[SourceFile, ...], path: Path) -> None:
    moved = source_file("content/options/elsewhere.md", files[0].data)
    cache = Cache(path, 1)
    again = parsed((moved,), cache)
    assert again.parses == 1
    assert again.documents[0].path == moved.path
    cache.close()


def test_other_settings_and_another_program_parse_all_again(
    files: tuple[SourceFile, ...], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(path, 1)
    other = replace(SETTINGS, language="de")
    assert parse_articles(files, other, means=Means(cache)).parses == len(files)
    monkeypatch.setattr("generator.stages.parsing.program_digest", lambda: b"another program")
    assert parsed(files, cache).parses == len(files)
    cache.close()


def test_the_program_is_known_by_its_source_and_by_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    one = program.program_digest.__wrapped__()
    assert program.program_digest.__wrapped__() == one
    monkeypatch.setattr(program, "installed", lambda: [("", "lxml-99.dist-info")])
    assert program.program_digest.__wrapped__() != one
    monkeypatch.undo()
    monkeypatch.setattr(program, "own_tree", lambda *_: {"pipeline.py": b"pass"})
    assert program.program_digest.__wrapped__() != one


@pytest.fixture(params=["processes", "fresh processes", "threads"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    if request.param == "threads":
        often = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)  # so that threads get into each other's way if they can
        with ThreadPoolExecutor(4) as pool:
            yield pool
        sys.setswitchinterval(often)
    else:
        way = "spawn" if request.param == "fresh processes" else None
        with ProcessPoolExecutor(2, mp_context=get_context(way)) as pool:
            yield pool


def test_workers_give_the_same_in_the_same_order(
    files: tuple[SourceFile, ...], executor: Executor, tmp_path: Path
) -> None:
    alone = parsed(files).documents
    parse.cache_clear()
    assert len(files) > 64
    assert same(parsed(files, executor=executor).documents, alone)
    cache = Cache(tmp_path / "made", 1)
    assert same(parsed(files, cache, executor).documents, alone)
    cache.close()
    again = Cache(tmp_path / "made", 1)
    assert parsed(files, again).parses == 0
    again.close()


def _ends_at_once(files: list[SourceFile], settings: Settings, day: int | None) -> list[Fresh]:
    if any(b"deadly" in file.data for file in files):
        os._exit(1)
    return [(outside, tuple(parts), ()) for outside, *parts in (as_bytes(parse(file, settings)) for file in files)]


def test_a_worker_that_ends_names_the_file_that_it_was_at(
    files: tuple[SourceFile, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = source_file("content/more/deadly.md", b"deadly")
    monkeypatch.setattr(parsing, "parse_lot", _ends_at_once)
    with Workers(2) as workers, pytest.raises(Lost, match=re.escape(deadly.path)):
        parsed((*files[:40], deadly, *files[40:]), executor=workers)


def test_no_worker_is_begun_for_nothing(files: tuple[SourceFile, ...], path: Path) -> None:
    cache = Cache(path, 1)
    with Workers(2) as workers:
        parsed(files, cache, workers)
        assert workers._pool is None
    cache.close()


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"[1,2", b"\xff", b"[" * 100_000])
def test_what_is_kept_but_is_no_document_is_parsed_again(
    files: tuple[SourceFile, ...], path: Path, body: bytes
) -> None:
    """Even where its digest is right, as only somebody could bring about who means it."""
    base = sqlite3.connect(path)
    keys = [key for (key,) in base.execute("select key from made")]
    base.executemany("insert or replace into made values (?, ?, ?, ?)", [packed(key, body, 1) for key in keys])
    base.commit()
    base.close()
    cache = Cache(path, 1)
    again = parsed(files, cache)
    assert again.parses == len(files)
    assert same(again.documents, parsed(files).documents)
    cache.close()


def test_a_cache_that_loses_what_is_inside_meanwhile_costs_a_parse_and_no_more(
    files: tuple[SourceFile, ...], path: Path
) -> None:
    cache = Cache(path, 1)
    again = parsed(files, cache)
    cache.close()
    assert again.parses == 0
    assert same(again.documents, parsed(files).documents)


def test_an_edited_text_costs_few_rows_and_nobody_looks_closer_at_the_others(
    files: tuple[SourceFile, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(source_file(f"content/many/page-{n}.md", files[n % len(files)].data) for n in range(600))
    cache = Cache(tmp_path / "made", 1)
    parsed(many, cache)
    cache.close()
    read: list[object] = []

    def noted(kind: object) -> object:
        read.append(kind)
        return decoder(kind)

    monkeypatch.setattr(kept, "decoder", noted)
    edited = source_file(many[300].path, many[300].data + b"\nAnd more.\n")
    several = (*many[:300], edited, *many[301:])
    cache = Cache(tmp_path / "made", 1)
    again = parsed(several, cache)
    assert (again.parses, cache.hits < 600 / 20, cache.misses) == (1, True, 1)
    assert (read.count(Entry), read.count(Rest), read.count(Inside)) == (599, 0, 0)
    assert again.documents[7].meta == parse(several[7], SETTINGS).meta
    assert (read.count(Rest), read.count(Inside)) == (1, 0)
    cache.close()


def test_what_few_look_at_is_parsed_again_where_it_is_no_good(files: tuple[SourceFile, ...]) -> None:
    """Even where all else is right, as only somebody could bring about who means it."""
    whole = parse(files[0], SETTINGS)
    entry, _, _ = as_bytes(whole)[0].partition(b"\n")
    for rest in (b"", b"null", b"[1]", b"[{}, [], {}]", b"\xff"):
        found = kept.from_bytes(entry + b"\n" + rest, whole.fetch_inside, whole.fetch_prose, lambda: whole)
        assert (found, found.rest()) == (whole, whole.rest())
