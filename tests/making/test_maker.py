"""Pages that were made before are not made again, and whoever makes them, they are the same."""

import os
import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.cache.cache import Cache
from generator.cache.seen import note
from generator.making import recipe as recipes
from generator.making import rendering
from generator.making.digests import Templates
from generator.making.maker import Everything, Maker
from generator.making.reasons import CHANGED, GONE, INPUT, NEW, PROGRAM, TEMPLATE, Basis, Difference, Why, made_anew
from generator.making.recipe import Recipe
from generator.making.rendering import Stored
from generator.output.outputs import Gone
from generator.problems.faults import Lost
from generator.runtime.means import Means
from generator.runtime.workers import Workers
from generator.site.pages import Known, Page, Plan, with_known
from generator.sources.files import SourceFile, source_file

WORDS = {"licence": "Licence: {licence}", "hello": "Hello"}
TEMPLATES = {
    "page.html": '{% extends "base.html" %}{% block main %}{% include "parts/said.html" %}{% endblock %}',
    "base.html": "<body><main><h1 id='top'>{{ page.title }}</h1>{% block main %}{% endblock %}</main></body>",
    "parts/said.html": "<p>{{ words.hello }}, {{ said }}</p>",
    "other.xml": "<x>{{ said }}</x>",
}


def files(texts: Mapping[str, str] = TEMPLATES) -> tuple[SourceFile, ...]:
    return tuple(source_file(f"templates/{name}", text.encode()) for name, text in texts.items())


def page(number: int, **more: Any) -> Page:
    inputs = {
        "words": WORDS,
        "language": "en",
        "site": {"licence": "CC BY", "licence_url": "https://example.org/"},
        "page": {"title": f"Page {number}", "canonical": f"https://example.org/{number}/"},
        "said": "you",
        **more,
    }
    return Page(f"/{number}/", f"{number}/index.html", "page.html", inputs, f"content/{number}.md")


PAGES = [*(page(number) for number in range(40)), replace(page(40), output="x.xml", template="other.xml", listed=False)]


def made(
    pages: list[Page] = PAGES,
    cache: Cache | None = None,
    workers: Workers | None = None,
    templates: tuple[SourceFile, ...] | None = None,
) -> Everything:
    facts = repr(pages).encode()  # so that other pages are put together again
    maker = Maker(Recipe(templates or files(), facts, lambda what: {}), Means(cache or Cache(None, 0), workers))
    known = list(maker.take_all(Plan(one.url, partial(with_known, one)) for one in pages))
    assert [one.url for one in known] == [one.url for one in pages]
    return maker.everything()


def contents(done: Everything) -> list[object]:
    every = [*done.outputs, *done.markdown]
    return [[(one.path, one.body, one.made_from) for one in every], done.readings, done.problems]


def renders(path: Path, pages: list[Page] = PAGES, templates: tuple[SourceFile, ...] | None = None) -> int:
    cache = Cache(path, 1)
    done = made(pages, cache, templates=templates)
    cache.close()
    return done.renders


def test_a_page_is_rendered_read_and_written_as_text() -> None:
    done = made()
    assert done.renders == len(PAGES)
    assert done.outputs[3].body == b"<body><main><h1 id='top'>Page 3</h1><p>Hello, you</p></main></body>"
    assert done.readings["3/index.html"].ids == ("top",)
    assert done.markdown[3].path == "3/page.md"
    assert done.markdown[3].body.decode().startswith("# Page 3\n")
    assert done.outputs[-1].body == b"<x>you</x>"
    assert len(done.markdown) == len(done.readings) == len(PAGES) - 1


def test_the_same_pages_are_not_made_again(tmp_path: Path) -> None:
    assert renders(tmp_path / "made") == len(PAGES)
    assert renders(tmp_path / "made") == 0
    cache = Cache(tmp_path / "made", 1)
    assert contents(made(cache=cache)) == contents(made())
    cache.close()


@pytest.mark.parametrize(
    "other",
    [
        page(3, said="they"),
        page(3, words={**WORDS, "hello": "Welcome"}),
        replace(page(3), made_from="content/three.md"),
        replace(page(3), listed=False),
        replace(page(3), template="other.xml"),
        replace(page(3), output="three.html"),
    ],
)
def test_another_page_is_made_anew_and_no_other(tmp_path: Path, other: Page) -> None:
    renders(tmp_path / "made")
    assert renders(tmp_path / "made", [*PAGES[:3], other, *PAGES[4:]]) == 1


@pytest.mark.parametrize(
    ("name", "count"), [("page.html", 40), ("base.html", 40), ("parts/said.html", 40), ("other.xml", 1)]
)
def test_another_template_makes_all_pages_anew_that_use_it(tmp_path: Path, name: str, count: int) -> None:
    renders(tmp_path / "made")
    changed = files({**TEMPLATES, name: TEMPLATES[name].replace("{{", "\n{{").replace("{% block", "\n{% block")})
    assert renders(tmp_path / "made", templates=changed) == count


def test_a_template_uses_what_those_use_that_it_names() -> None:
    texts = {
        "a.html": '{% extends "b.html" %}',
        "b.html": "{% include 'c.html' %}",
        "c.html": "{# 'a.html' #}",
        "d.html": "a.html",
    }
    templates = Templates(files(texts))
    assert [*templates.digests("a.html")] == ["templates/a.html", "templates/b.html", "templates/c.html"]
    assert [*templates.digests("d.html")] == ["templates/d.html"]
    assert [*templates.digests("gone.html")] == []
    changed = Templates(files({**texts, "c.html": "C"}))
    assert changed.digest("a.html") != templates.digest("a.html")
    assert changed.digest("d.html") == templates.digest("d.html")


def test_inputs_that_are_no_plain_data_are_never_kept(tmp_path: Path) -> None:
    odd = page(3, said=Path("you"))
    renders(tmp_path / "made", [odd])
    assert renders(tmp_path / "made", [odd]) == 1


def test_a_page_that_failed_is_told_every_time(tmp_path: Path) -> None:
    broken = page(41, said=None)
    broken.inputs.pop("said")
    for _ in range(2):
        cache = Cache(tmp_path / "made", 1)
        done = made([*PAGES, broken], cache)
        cache.close()
        assert [one.code for one in done.problems] == ["template"]
        assert len(done.outputs) == len(PAGES)


def test_workers_make_the_same_in_the_same_order() -> None:
    with Workers(2) as workers:
        assert contents(made(workers=workers)) == contents(made())


def _ends_at_once(pages: list[Page], templates: tuple[SourceFile, ...], seconds: float) -> list[rendering.Rendered]:
    if any(one.url == "/17/" for one in pages):
        os._exit(1)
    return rendering.make_lot(pages, templates, seconds)


def test_a_worker_that_ends_names_the_page_that_it_was_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipes, "make_lot", _ends_at_once)
    with Workers(2) as workers, pytest.raises(Lost, match=re.escape("made /17/ from content/17.md")):
        made(workers=workers)


def settled(cache: Cache, workers: Workers | None, *, plans: int = 40, bad: int = -1) -> tuple[list[Known], Everything]:
    """Pages that follow from the site alone, taken all at once; they say which process put them together."""

    def make(number: int) -> tuple[Page, Known]:
        if number == bad:
            os._exit(1)
        note("article", f"content/{number}.md")
        PUT_TOGETHER.append(number)
        return with_known(page(number))

    recipe = Recipe(files(), b"facts", lambda what: {f"content/{n}.md": what for n in range(plans)})
    maker = Maker(recipe, Means(cache, workers))
    every = [Plan(f"/{n}/", partial(make, n), made_from=f"content/{n}.md") for n in range(plans)]
    known = list(maker.take_all(every))
    return known, maker.everything()


PUT_TOGETHER: list[int] = []
"""The pages that this process has put together itself."""


@pytest.fixture
def always_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.runtime.copies.FEWEST", 1)
    PUT_TOGETHER.clear()


@pytest.mark.usefixtures("copies", "always_shared")
def test_workers_put_pages_together_and_they_are_the_same(tmp_path: Path) -> None:
    alone = Cache(tmp_path / "alone", 1)
    known, done = settled(alone, None)
    assert len(PUT_TOGETHER) == 40
    cache = Cache(tmp_path / "made", 1)
    with Workers(2) as workers:
        other, shared = settled(cache, workers)
    assert len(PUT_TOGETHER) == 40, "this process puts none of them together"
    wanted = contents(done)
    assert (other, shared.renders, contents(shared)) == (known, done.renders, wanted)
    assert {url: why() for url, why in shared.why.items()} == {url: why() for url, why in done.why.items()}
    alone.close()
    cache.close()
    for one in ("alone", "made"):
        again = Cache(tmp_path / one, 1)
        kept, reused = settled(again, None)
        assert (kept, reused.renders, contents(reused)) == (known, 0, wanted)
        assert len(PUT_TOGETHER) == 40
        again.close()


@pytest.mark.usefixtures("copies", "always_shared")
def test_beside_threads_pages_are_put_together_here_and_travel(tmp_path: Path) -> None:
    end = threading.Event()
    waiting = threading.Thread(target=end.wait)
    waiting.start()
    try:
        cache = Cache(tmp_path / "made", 1)
        with Workers(2) as workers:
            known, done = settled(cache, workers)
        assert len(PUT_TOGETHER) == 40
        assert (known, contents(done)) == (settled(Cache(None, 1), None)[0], contents(settled(Cache(None, 1), None)[1]))
        cache.close()
    finally:
        end.set()
        waiting.join()


@pytest.mark.usefixtures("copies", "always_shared")
def test_only_pages_that_are_not_kept_are_shared_out(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "made", 1)
    settled(cache, None, plans=30)
    cache.close()
    cache = Cache(tmp_path / "made", 1)
    with Workers(2) as workers:
        known, done = settled(cache, workers)
    assert (len(PUT_TOGETHER), done.renders) == (30, 10)
    assert [one.url for one in known] == [f"/{n}/" for n in range(40)]
    assert contents(done) == contents(settled(Cache(None, 1), None)[1])
    cache.close()


@pytest.mark.usefixtures("copies", "always_shared")
def test_a_worker_that_ends_names_the_page_that_it_put_together(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "made", 1)
    with Workers(2) as workers, pytest.raises(Lost, match=re.escape("made /17/ from content/17.md")):
        settled(cache, workers, bad=17)
    cache.close()


@pytest.mark.usefixtures("copies", "always_shared")
def test_pages_of_workers_that_cannot_be_kept_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "made", 1)
    monkeypatch.setattr(cache, "add", lambda gathered: False)
    with Workers(2) as workers:
        _, done = settled(cache, workers)
    cache.close()
    assert contents(done) == contents(settled(Cache(None, 1), None)[1])


SEEN = {("article", "content/a.md"): "1", ("article", "content/b.md"): "1"}


def put_together(path: Path, *, facts: bytes = b"facts", seen: Mapping[tuple[str, str], str] = SEEN) -> tuple[int, int]:
    """How often a page that looks at one article is put together, and rendered; it says what the article says."""
    count = 0

    def make() -> tuple[Page, Known]:
        nonlocal count
        count += 1
        note("article", "content/a.md")
        return with_known(page(1, said=seen["article", "content/a.md"]))

    cache = Cache(path, 1)
    recipe = Recipe(files(), facts, lambda what: {path: one for (thing, path), one in seen.items() if thing == what})
    maker = Maker(recipe, Means(cache))
    known = maker.take(Plan("/1/", make))
    done = maker.everything()
    cache.close()
    assert (known.title, len(done.outputs)) == ("Page 1", 1)
    return count, done.renders


def test_a_page_that_looks_at_the_same_is_not_even_put_together(tmp_path: Path) -> None:
    assert put_together(tmp_path / "made") == (1, 1)
    assert put_together(tmp_path / "made") == (0, 0)


def test_an_article_that_a_page_did_not_look_at_does_not_matter(tmp_path: Path) -> None:
    put_together(tmp_path / "made")
    assert put_together(tmp_path / "made", seen={**SEEN, ("article", "content/b.md"): "2"}) == (0, 0)


def test_an_article_that_a_page_looked_at_does(tmp_path: Path) -> None:
    put_together(tmp_path / "made")
    assert put_together(tmp_path / "made", seen={**SEEN, ("article", "content/a.md"): "2"}) == (1, 1)


def test_other_facts_put_it_together_again_but_the_same_page_is_not_rendered_twice(tmp_path: Path) -> None:
    put_together(tmp_path / "made")
    assert put_together(tmp_path / "made", facts=b"others") == (1, 0)


def test_a_file_whose_bytes_the_cache_lost_is_made_once_more(tmp_path: Path) -> None:
    renders(tmp_path / "made")
    cache = Cache(tmp_path / "made", 1)
    done = made(cache=cache)
    cache.close()
    assert done.renders == 0
    assert contents(done) == contents(made())


def test_one_that_would_not_be_the_same_is_named(tmp_path: Path) -> None:
    one = page(3, said="you")
    renders(tmp_path / "made", [one])
    cache = Cache(tmp_path / "made", 1)
    done = made([one], cache=cache)
    cache.close()
    one.inputs["said"] = "they"
    with pytest.raises(Gone, match=re.escape("3/index.html")):
        _ = done.outputs[0].body


def test_a_page_says_why_it_was_made_anew_or_that_it_was_reused(tmp_path: Path) -> None:
    def why(**more: Any) -> Why:
        cache = Cache(tmp_path / "made", 1)
        found = made([page(1, **more)], cache, templates=templates).why["/1/"]()
        cache.close()
        return found

    templates = files()
    assert why() == Why(is_anew=True, because=())
    changed = Difference(INPUT, "said", CHANGED)
    assert why(said="they") == Why(is_anew=True, because=(changed,))
    assert why(said="they") == Why(is_anew=False, because=(changed,))
    assert why(said="they", more=1).because == (Difference(INPUT, "more", NEW),)
    assert why(said="they").is_anew is False
    templates = files({**TEMPLATES, "parts/said.html": "<p>{{ said }}</p>"})
    assert why(said="they").because[0] == Difference(TEMPLATE, "templates/parts/said.html", CHANGED)


def test_all_that_differs_is_told_in_its_order(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "made", 1)
    before = Basis("1", {"a.html": "1", "b.html": "1"}, {"one": "1", "two": "1"})
    now = Basis("2", {"b.html": "2", "c.html": "1"}, {"two": "1"})
    assert made_anew("/", before, now, cache).because == (
        Difference(PROGRAM, "", CHANGED),
        Difference(TEMPLATE, "a.html", GONE),
        Difference(TEMPLATE, "b.html", CHANGED),
        Difference(TEMPLATE, "c.html", NEW),
        Difference(INPUT, "one", GONE),
    )
    assert made_anew("/", now, now, cache).because == ()
    cache.close()


def plans_of(pages: list[Page], **given: Any) -> list[Plan]:
    return [Plan(one.url, partial(with_known, one), given=(lambda: given) if given else None) for one in pages]


def all_taken(path: Path, **given: Any) -> tuple[Everything, Cache]:
    cache = Cache(path, 1)
    maker = Maker(Recipe(files(), b"facts", lambda what: {}), Means(cache))
    list(maker.take_all(plans_of(PAGES, **given)))
    return maker.everything(), cache


def test_what_is_known_of_pages_that_are_the_same_is_one_row_for_many(tmp_path: Path) -> None:
    _, cache = all_taken(tmp_path / "made")
    cache.close()
    done, cache = all_taken(tmp_path / "made")
    assert (cache.hits, cache.misses, done.renders) == (1, 0, 0)
    assert [one.digests for one in done.readings.values()] == [one.digests for one in made().readings.values()]
    assert cache.hits == 1, "their signs are known without them"
    assert done.readings["7/index.html"] == made().readings["7/index.html"]
    assert cache.hits == 2
    cache.close()


def test_a_reading_that_is_lost_is_read_again_from_the_page_or_from_one_that_is_made_again(tmp_path: Path) -> None:
    for are_pages_lost in (False, True):
        _, cache = all_taken(tmp_path / "made")
        cache.close()
        done, cache = all_taken(tmp_path / "made")
        assert cache._base is not None
        stay = () if are_pages_lost else {Stored(one.digest, 0).key for one in (*done.outputs, *done.markdown)}
        gone = [row for row in cache._base.execute("select key from made") if row[0] not in stay]
        cache._base.executemany("delete from made where key = ?", gone)
        assert done.readings == made().readings
        assert contents(done) == contents(made())
        cache.close()


def test_pages_that_are_given_something_else_of_others_are_put_together_again(tmp_path: Path) -> None:
    first, cache = all_taken(tmp_path / "made", used={"a": [("A", "/a/")]})
    cache.close()
    assert first.renders == len(PAGES)
    for given, hits in (({"used": {"a": [("A", "/a/")]}}, 1), ({"used": {"a": []}}, 1 + len(PAGES))):
        done, cache = all_taken(tmp_path / "made", **given)
        assert (cache.hits, done.renders) == (hits, 0), "but their inputs are the same"
        cache.close()


def test_where_the_store_has_dropped_bodies_the_pages_are_made_anew_at_once(tmp_path: Path) -> None:
    done, cache = all_taken(tmp_path / "made")
    assert cache._base is not None
    digests = {one.digest for one in done.outputs}
    for digest in digests:
        cache._base.execute("delete from made where key = ?", (Stored(digest, 0).key,))
    cache.close()
    done, cache = all_taken(tmp_path / "made")
    assert done.renders == len(PAGES)
    assert contents(done) == contents(made())
    cache.close()
