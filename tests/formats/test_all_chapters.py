"""The chapters of a book are those of a book from nothing, whatever was kept; and only those that must be are made."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache.cache import Cache
from generator.formats import all_chapters as chapters
from generator.formats.all_chapters import ChapterSource, all_chapters
from generator.formats.chapters import Chapter, chapter
from tests.helpers import moderate

SITE = "https://example.org/"
FILES = {"/a/": "text/001.xhtml", "/b/": "text/002.xhtml", "/c/": "text/003.xhtml"}


def source(url: str, inner: str) -> ChapterSource:
    return ChapterSource(url, "en", url.strip("/").upper(), f"<html><body><main>{inner}</main></body></html>".encode())


A, B, C = source("/a/", '<a href="../b/#p">b</a>'), source("/b/", '<p id="p">B</p>'), source("/c/", "<p>C</p>")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are made chapters from now on."""
    done: list[str] = []

    def noted(page: Any, *others: Any) -> Chapter:
        done.append(page.url)
        return chapter(page, *others)

    monkeypatch.setattr(chapters, "chapter", noted)
    return done


def kept(store: Path, pages: list[ChapterSource], files: dict[str, str] = FILES) -> dict[str, Chapter]:
    """The chapters of pages, which are kept in `store` for next time."""
    cache = Cache(store, 1)
    found = all_chapters(pages, files, SITE, cache)
    cache.close()
    return found


def test_what_is_as_it_was_is_not_made_again(tmp_path: Path, made: list[str]) -> None:
    first = kept(tmp_path / "made", [A, B, C])
    assert made == ["/a/", "/b/", "/c/"]
    assert 'href="002.xhtml#p"' in first["/a/"].xhtml
    assert kept(tmp_path / "made", [A, B, C]) == first
    assert len(made) == 3


@pytest.mark.parametrize(
    ("b", "files", "again"),
    [
        (source("/b/", '<p id="p">Other words</p>'), FILES, ["/b/"]),
        (source("/b/", '<p id="p">B</p><p id="q">B</p>'), FILES, ["/b/"]),
        (source("/b/", '<p id="q">B</p>'), FILES, ["/a/", "/b/"]),
        (B, {**FILES, "/b/": "text/009.xhtml"}, ["/a/", "/b/"]),
        (B, {**FILES, "/c/": "text/009.xhtml"}, ["/c/"]),
        (B, {**FILES, "/d/": "text/004.xhtml"}, []),
    ],
)
def test_a_chapter_is_made_again_where_its_page_or_what_its_links_find_has_changed(
    tmp_path: Path, made: list[str], b: ChapterSource, files: dict[str, str], again: list[str]
) -> None:
    kept(tmp_path / "made", [A, B, C])
    made.clear()
    found = kept(tmp_path / "made", [A, b, C], files)
    assert made == again
    assert found == all_chapters([A, b, C], files, SITE)


INNER = st.lists(
    st.sampled_from(
        ['<p id="p">P</p>', '<p id="q">Q</p>', '<a href="../a/#p">', '<a href="../b/#q">', '<a href="../c/">', "word"]
    ),
    max_size=5,
).map("".join)


@st.composite
def books(draw: st.DrawFn) -> tuple[list[ChapterSource], dict[str, str]]:
    pages = [source(url, draw(INNER)) for url in draw(st.permutations(sorted(FILES)))[: draw(st.integers(1, 3))]]
    return pages, {page.url: f"text/{number:03}.xhtml" for number, page in enumerate(pages, 1)}


@moderate
@given(st.lists(books(), min_size=2, max_size=4))
def test_whatever_was_kept_of_other_books_the_chapters_are_those_of_this_one(
    tmp_path_factory: pytest.TempPathFactory, several: list[tuple[list[ChapterSource], dict[str, str]]]
) -> None:
    store = tmp_path_factory.mktemp("chapters") / "made"
    for pages, files in several:
        assert kept(store, pages, files) == all_chapters(pages, files, SITE)
