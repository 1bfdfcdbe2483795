"""What was found in each article is found again, and what it points at is what was found first."""

from pathlib import Path

import pytest

from generator.cache.cache import Cache, key_of
from generator.cache.keeping import kept_whole
from generator.cache.program import program_digest
from generator.markup.document import Document
from generator.runtime.means import Means
from generator.site.catalogue import Catalogue
from generator.site.joined import Site
from generator.site.linker import link_in_time
from generator.site.links import Later, Linked
from generator.stages import intake, joining
from generator.stages.joining import join_all
from generator.stages.parsing import parse_all
from tests.sitekit import TODAY, copy_site


def joined(root: Path, path: Path | None) -> Site:
    sources, _ = intake.read(root)
    assert sources is not None
    cache = Cache(path, 1)
    means = Means(cache)
    site, _ = join_all(sources, parse_all(sources, means=means).documents, TODAY, cache=cache)
    cache.close()
    return site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


@pytest.fixture
def path(root: Path, tmp_path: Path) -> Path:
    joined(root, tmp_path / "made")
    return tmp_path / "made"


def test_links_that_were_kept_are_those_that_were_found(root: Path, path: Path) -> None:
    first, again = joined(root, None), joined(root, path)
    assert all(isinstance(one.targets, Later) for one in again.linked.values())
    assert dict(again.linked) == dict(first.linked)
    assert again.link_digests == first.link_digests


def test_an_edited_text_is_linked_alone_and_a_new_heading_has_all_linked_again(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []

    def noted(document: Document, catalogue: Catalogue) -> Linked:
        found.append(document.path)
        return link_in_time(document, catalogue)

    monkeypatch.setattr(joining, "link_in_time", noted)
    edited = root / "content/what/hiccups.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "\nAnd more.\n", encoding="utf-8")
    joined(root, path)
    assert found == ["content/what/hiccups.md"]
    edited.write_text(edited.read_text(encoding="utf-8") + "\n## One more\n\nText.\n", encoding="utf-8")
    every = joined(root, path).linked
    assert set(found[1:]) == set(every)


def test_one_thing_is_made_once_of_the_same(tmp_path: Path) -> None:
    count = 0

    def made(key: bytes, cache: Cache) -> tuple[str, ...]:
        def make() -> tuple[str, ...]:
            nonlocal count
            count += 1
            return ("a", "b")

        return kept_whole("things", tuple[str, ...], key, make, cache)

    cache = Cache(tmp_path / "made", 1)
    assert [made(key, cache) for key in (b"1", b"1", b"2")] == [("a", "b")] * 3
    assert count == 2
    whole = key_of(b"things", program_digest(), b"1")
    cache.put({whole: b"[1]"})
    assert (made(b"1", cache), count) == (("a", "b"), 3)
    cache.close()
