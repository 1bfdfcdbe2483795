"""The index of the search: the same bytes every time, only what is to be found, and no site without a reason why."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.sitekit import REPOSITORY, TODAY, change, copy_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def built(root: Path) -> dict[str, bytes]:
    done = pipeline.build(root, pipeline.Options(today=TODAY, search=True))
    assert done.is_good, done.problems
    return {one.path: one.body for one in done.outputs}


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
    outputs = {one.path: one.body for one in pipeline.build(site, pipeline.Options(today=TODAY)).outputs}
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

    monkeypatch.setattr("generator.output.search.subprocess.run", refuse)
    done = pipeline.build(site, pipeline.Options(today=TODAY, search=True))
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
