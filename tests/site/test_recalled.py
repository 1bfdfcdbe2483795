"""What was found about a site is found again only where something is not as it was when it was looked at."""

from dataclasses import replace
from pathlib import Path

from generator.cache.cache import Cache
from generator.cache.seen import noting
from generator.markup.document import Document
from generator.site.joined import Site
from generator.site.recalled import for_site, in_each
from generator.stages import intake
from generator.stages.joining import join_all
from generator.stages.parsing import parse_all
from tests.sitekit import TODAY, change, copy_site

WHAT = "content/what/hiccups.md"


def joined(root: Path, cache: Cache, today: str = TODAY) -> Site:
    sources, _ = intake.read(root)
    assert sources
    return join_all(sources, parse_all(sources).documents, today, cache=cache)[0]


def passages(document: Document, _site: Site) -> int:
    FOUND.append(document.path)
    return len(document.prose)


FOUND: list[str] = []


def counted(root: Path, kept: Path, today: str = TODAY) -> tuple[dict[str, int], list[str]]:
    """How many passages each article has, and in which of them they were counted now."""
    FOUND.clear()
    cache = Cache(kept, 1)
    site = joined(root, cache, today)
    with noting() as seen:
        found = in_each("passages", int, passages, site.catalogue.documents.values(), site)
    assert {path for what, path in seen if what == "article"} == set(found), "who asks has looked at all of them"
    cache.close()
    return found, list(FOUND)


def test_only_in_the_article_that_changed_something_is_looked_for_again(tmp_path: Path) -> None:
    root, kept = copy_site("hiccups", tmp_path), tmp_path / "made"
    found, looked = counted(root, kept)
    assert looked == list(found)
    assert counted(root, kept) == (found, [])
    change(root, WHAT, "What makes the sound?", "Where does the sound come from?")
    assert counted(root, kept) == (found, [WHAT])
    change(root, WHAT, "title: What a hiccup is", "title: What hiccups are")
    assert counted(root, kept) == (found, list(found)), "a title is what all may show"
    assert counted(root, kept, "2027-01-01")[1] == list(found)
    assert counted(root, tmp_path / "other")[0] == found


def test_what_is_found_of_the_whole_site_is_found_again_by_what_was_looked_at(tmp_path: Path) -> None:
    root, kept = copy_site("hiccups", tmp_path), tmp_path / "made"

    def searched(given: object = None) -> tuple[str, bool]:
        FOUND.clear()
        cache = Cache(kept, 1)
        site = joined(root, cache)

        def find() -> str:
            FOUND.append("")
            return site.catalogue.documents[WHAT].day("updated")

        day = for_site("day", str, find, site, given)
        cache.close()
        return day, bool(FOUND)

    day, is_found = searched()
    assert is_found
    assert searched() == (day, False)
    assert searched("more") == (day, True)
    change(root, WHAT, "What makes the sound?", "Where does the sound come from?")
    assert searched() == (day, False), "only the days of the article were looked at"
    change(root, WHAT, f"updated: {day}", "updated: 2026-11-01")
    assert searched() == ("2026-11-01", True)


def test_a_site_with_an_article_that_was_read_anew_remembers_nothing(tmp_path: Path) -> None:
    root = copy_site("hiccups", tmp_path)
    cache = Cache(tmp_path / "made", 1)
    site = joined(root, cache)
    newer, _ = site.with_newer(replace(site.catalogue.documents[WHAT], title="Other"))
    assert (newer.facts, newer.cache.put({b"key": b"body"})) == (b"", False)
    cache.close()
