"""All chapters of a book. Those that were made of the same page come from the cache, unless its links now find other
files or places in the book: what they ask for follows from the page alone, and is noted beside its chapter.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.codec import Unfit, decoder, encoder
from generator.cache.program import program_digest
from generator.formats.chapters import Book, Chapter, chapter, places
from generator.formats.shown import Shown, shown
from generator.output.tree import tree_of


@dataclass(frozen=True)
class ChapterSource:
    """A page of the site that is to be a chapter: its address, its language, its title and its HTML."""

    url: str
    language: str
    title: str
    body: bytes


def all_chapters(
    sources: Sequence[ChapterSource], files: Mapping[str, str], site_url: str, cache: Cache = NOTHING_KEPT
) -> dict[str, Chapter]:
    """Give every page as a chapter, by its address; `files` has the file of each."""
    base = key_of(b"chapter", program_digest(), site_url.encode())
    keys = {one.url: key_of(base, json.dumps([one.url, one.language, one.title]).encode(), one.body) for one in sources}
    trees: dict[str, Shown] = {}
    book = Book(files, _all_places(sources, keys, cache, trees), site_url)
    noted = cache.get(_of_asked(key) for key in keys.values())
    asked = {url: json.loads(noted.get(_of_asked(key), b"[]")) for url, key in keys.items()}
    names = {url: _name(key, url, asked[url], book) for url, key in keys.items()}
    kept = cache.get(names.values())
    chapters = {}
    for one in sources:
        key = keys[one.url]
        found = _read(kept.get(names[one.url])) if _of_asked(key) in noted else None
        if found is None:
            page = trees.pop(one.url) if one.url in trees else page_of(one)
            found = chapter(page, book)
            name = _name(key, one.url, found.asked, book)
            cache.put({_of_asked(key): _plain(found.asked), name: _plain(encoder(Chapter)(found))})
        chapters[one.url] = found
    return chapters


def _of_asked(key: bytes) -> bytes:
    return key_of(key, b"asked")


def _name(key: bytes, url: str, asked: Iterable[Sequence[str]], book: Book) -> bytes:
    """The key of a chapter: its page, its file, and what its links find in the book."""
    found = [[book.files.get(address), place in book.places.get(address, ())] for address, place in asked]
    return key_of(key, book.files[url].encode(), json.dumps(found).encode())


def page_of(source: ChapterSource) -> Shown:
    """Read a page."""
    return shown(source.url, source.language, source.title, tree_of(source.body))


def _all_places(
    sources: Iterable[ChapterSource], keys: Mapping[str, bytes], cache: Cache, trees: dict[str, Shown]
) -> dict[str, frozenset[str]]:
    """The places of every page, by its address; the pages that had to be read for them are added to `trees`."""
    kept = cache.get(keys.values())
    ids = {}
    for one in sources:
        data = kept.get(keys[one.url])
        if data:
            ids[one.url] = frozenset(json.loads(data))
            continue
        trees[one.url] = page_of(one)
        ids[one.url] = places(trees[one.url])
        cache.put({keys[one.url]: _plain(sorted(ids[one.url]))})
    return ids


def _plain(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _read(data: bytes | None) -> Chapter | None:
    if data is None:
        return None
    try:
        found: Chapter = decoder(Chapter)(json.loads(data))
    except (Unfit, ValueError):
        return None
    return found
