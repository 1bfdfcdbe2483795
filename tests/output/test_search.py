"""The index of the search: the same bytes every time, only what is to be found, and no site without a reason why."""

import gzip
import json
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import pipeline
from generator.cache.cache import Cache
from generator.markup.document import Document
from generator.output import search
from generator.runtime.means import Means
from generator.site import search_guide
from generator.stages.options import Options
from tests.sitekit import REPOSITORY, TODAY, change, copy_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def built(root: Path, store: Path | None = None) -> dict[str, bytes]:
    """Build; what is made is kept in `store`."""
    cache = Cache(store, 1)
    done = pipeline.build(root, Options(today=TODAY, search=True), means=Means(cache))
    cache.close()
    assert done.is_good, done.problems
    return {one.path: one.body for one in done.outputs}


def index(outputs: dict[str, bytes]) -> dict[str, bytes]:
    return {path: body for path, body in outputs.items() if path.startswith("search/")}


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For each run of Pagefind from now on, the number of pages that it was given."""
    counted: list[int] = []
    run = search.run_pagefind

    def noted(pages: Any) -> Any:
        counted.append(len(pages))
        return run(pages)

    monkeypatch.setattr(search, "run_pagefind", noted)
    return counted


def guide(outputs: dict[str, bytes], language: str = "en-US") -> Any:
    return json.loads(outputs[f"search/{language}.json"])


def test_the_same_pages_give_the_same_bytes_whatever_is_set_around(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(site)
    monkeypatch.setenv("PAGEFIND_ROOT_SELECTOR", "footer")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert built(site) == first


def test_every_page_is_found_by_title_and_names_but_not_the_list_of_names_nor_a_page_that_is_not_there(
    site: Path,
) -> None:
    texts = list(guide(built(site))["pages"].values())
    assert ["What a hiccup is", "hiccough", "hicups"] in [[one[0], *one[1:3]] for one in texts]
    titles = {one[0] for one in texts}
    assert "Glossary" in titles
    assert not titles & {"All names, A to Z", "This page is not here"}


def test_a_misspelt_name_is_known_but_never_proposed(site: Path) -> None:
    found = guide(built(site))
    assert "hicups" in found["known"].split()
    assert "hicups" not in found["vocabulary"].split()
    assert "hiccough" in found["vocabulary"].split()


def test_a_sign_is_found_by_its_own_words_with_what_to_do(site: Path) -> None:
    assert guide(built(site))["signs"] == []
    change(site, "content/red-flags.yaml", "  topics: [home]", "  search: [two days, 48 hours]\n  topics: [home]")
    (sign,) = guide(built(site))["signs"]
    assert (sign["level"], sign["words"]) == ("soon", ["two days", "48 hours"])
    assert sign["action"] == "See your doctor."


def test_what_readers_type_instead_of_our_words_goes_to_the_guide_of_its_language(site: Path) -> None:
    assert guide(built(site))["synonyms"] == []
    (site / "content" / "synonyms.yaml").write_text("- {typed: [the jerks, hics], means: hiccups}\n", encoding="utf-8")
    found = guide(built(site))
    assert found["synonyms"] == [[["the jerks", "hics"], "hiccups"]]
    assert "jerks" not in found["vocabulary"].split()


def test_words_for_a_sign_that_no_text_has_do_not_count_as_words_of_the_site(site: Path) -> None:
    change(site, "content/red-flags.yaml", "  topics: [home]", "  search: [endless gulping]\n  topics: [home]")
    assert "gulping" not in guide(built(site))["vocabulary"].split()


def test_a_site_without_the_index_has_a_form_without_script(site: Path) -> None:
    outputs = {one.path: one.body for one in pipeline.build(site, Options(today=TODAY)).outputs}
    assert not [path for path in outputs if path.startswith("search/")]
    page = outputs["what/hiccups/index.html"].decode()
    assert 'role="search" action="../../names/"' in page
    assert "data-index" not in page
    assert b'data-index="../../search/"' in built(site)["what/hiccups/index.html"]


def test_ready_made_pieces_that_nobody_loads_are_left_out(site: Path) -> None:
    names = {path for path in built(site) if path.startswith("search/") and path.endswith((".js", ".css"))}
    assert names == {"search/pagefind.js"}


def test_no_index_is_an_error_and_never_a_site_whose_search_is_silent(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "No module named pagefind\n")

    monkeypatch.setattr(subprocess, "run", refuse)
    done = pipeline.build(site, Options(today=TODAY, search=True))
    (problem,) = done.problems
    assert (problem.code, done.outputs) == ("search-index", ())
    assert "No module named pagefind" in problem.message
    assert "--no-search" in problem.hint


def test_every_word_that_is_given_to_the_script_is_used_there() -> None:
    words = (REPOSITORY / "templates" / "words" / "en.yaml").read_text(encoding="utf-8")
    script = (REPOSITORY / "static" / "js" / "search.js").read_text(encoding="utf-8")
    keys = [line.split(":")[0].removeprefix("search_") for line in words.splitlines() if line.startswith("search_")]
    assert len(keys) > 8
    assert [key for key in keys if f"words.{key}" not in script and f'"{key}"' not in script and key != "skip"] == []


SILENT = (
    ("content/what/hiccups.md", "by itself [@mayohiccups]", "by itself [@hullhiccup; @mayohiccups]"),
    ("content/what/hiccups.md", "updated: 2026-11-21", "updated: 2026-11-20"),
    ("content/what/hiccups.md", "review: {due: 2027-11-21}", "review: {due: 2027-10-21}"),
    ("content/what/hiccups.md", "related: [../options/waiting.md]\n", ""),
    ("content/options/waiting.md", "../lookalikes/long-hiccups.md", "../help/index.md"),
    ("templates/base.html", "</body>", "<footer>Another foot.</footer></body>"),
    ("static/css/tokens.css", "--page: #fbf7ef", "--page: #fbf7e9"),
)
"""Changes of what readers do not search for: sources, dates, ways on, and how pages look."""
TOLD = (
    ("content/what/hiccups.md", "The diaphragm moves", "The diaphragm jerks"),
    ("content/what/hiccups.md", "## What moves?", "## What is it that moves?"),
    ("content/what/hiccups.md", "title: What a hiccup is", "title: What hiccups are"),
    ("content/names.yaml", "hicups", "hikups"),
)
"""Changes of words that readers search for."""


def test_the_index_is_made_once_and_then_kept(site: Path, tmp_path: Path, runs: list[int]) -> None:
    first = built(site, tmp_path / "made")
    assert len(runs) == 1
    assert built(site, tmp_path / "made") == first
    assert len(runs) == 1
    assert index(first)


@pytest.mark.parametrize(("name", "old", "new"), SILENT)
def test_where_no_word_changes_the_index_is_not_made_again_and_is_what_it_would_be(
    site: Path, tmp_path: Path, runs: list[int], name: str, old: str, new: str
) -> None:
    before = built(site, tmp_path / "made")
    change(site, name, old, new)
    after = built(site, tmp_path / "made")
    assert len(runs) == 1
    assert after != before
    assert index(after) == index(built(site))


@pytest.mark.parametrize(("name", "old", "new"), TOLD)
def test_where_a_word_changes_the_index_is_made_again_once(
    site: Path, tmp_path: Path, runs: list[int], name: str, old: str, new: str
) -> None:
    before = built(site, tmp_path / "made")
    change(site, name, old, new)
    after = built(site, tmp_path / "made")
    assert len(runs) == 2
    assert index(after) != index(before)
    assert index(after) == index(built(site))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*SILENT, *TOLD]), unique=True, min_size=1, max_size=3))
def test_after_any_changes_the_index_that_was_kept_is_that_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("search")
    root = copy_site("hiccups", folder)
    built(root, folder / "made")
    for name, old, new in changes:
        change(root, name, old, new)
        assert index(built(root, folder / "made")) == index(built(root))


def test_only_articles_that_changed_are_read_for_their_words(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    texts = search_guide._texts

    def noted(document: Document) -> Any:
        read.append(document.id)
        return texts(document)

    monkeypatch.setattr(search_guide, "_texts", noted)
    built(site, tmp_path / "made")
    assert len(read) > 4
    read.clear()
    before = built(site, tmp_path / "made")
    assert read == []
    change(site, "content/what/hiccups.md", "moves by itself", "wriggles")
    after = built(site, tmp_path / "made")
    assert read == ["what/hiccups"]
    assert {*guide(after)["vocabulary"].split()} - {*guide(before)["vocabulary"].split()} == {"wriggles"}


def test_a_part_of_the_index_that_is_lost_or_damaged_is_made_again(site: Path, tmp_path: Path, runs: list[int]) -> None:
    store = tmp_path / "made"
    first = built(site, store)
    for harm in ("update made set body = zeroblob(20)", "delete from made where rowid % 3 = 0"):
        base = sqlite3.connect(store)
        base.execute(harm)
        base.commit()
        base.close()
        assert built(site, store) == first
    assert len(runs) == 3
    assert built(site, store) == first
    assert len(runs) == 3


def test_progress_tells_of_the_index_only_where_it_is_made(site: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    for expected in ([("indexing", 0, 1), ("indexing", 1, 1)], []):
        cache = Cache(tmp_path / "made", 1)
        options = Options(today=TODAY, search=True)
        pipeline.build(site, options, lambda *state: told.append(state), Means(cache))
        cache.close()
        assert [state for state in told if state[0] == "indexing"] == expected
        told.clear()


def test_words_that_the_glossary_explains_are_found_where_they_stand(site: Path) -> None:
    """On a page they hang on an element that Pagefind would leave out with all its words."""
    glossary = site / "content" / "glossary.yaml"
    entry = "- {id: vocal-cords, term: vocal cords, definition: two folds in the throat, sources: [mayohiccups]}\n"
    glossary.write_text(glossary.read_text(encoding="utf-8") + entry, encoding="utf-8")
    outputs = built(site)
    assert b'<label class="term"><span aria-hidden="true">vocal</span> <button' in outputs["what/hiccups/index.html"]
    pages = [gzip.decompress(body) for path, body in outputs.items() if path.endswith(".pf_fragment")]
    contents = {one["url"]: one["content"] for one in (json.loads(page[page.index(b"{") :]) for page in pages)}
    assert "The vocal cords close and make the sound." in contents["/what/hiccups/"]
