"""Drafts are shown to those who write and to nobody else."""

import re
from pathlib import Path

import pytest

from generator.pipeline import Build, build, put_in_place
from generator.stages.options import Options
from tests.sitekit import change, copy_site, site_of

DRAFTS = Options(for_host=False, drafts=True)
NOTE = "This is a draft."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site, of which two pages are drafts: an option and an article."""
    root = copy_site("hiccups", tmp_path)
    for name in ("content/options/waiting.md", "content/what/hiccups.md"):
        text = (root / name).read_text(encoding="utf-8").replace("status: published", "status: draft")
        inner = Path(name)
        (root / inner.with_name(f"new-{inner.name}")).write_text(
            re.sub("title: .*", "title: Something new", text).replace("redirect_from: [/hiccough/]\n", ""),
            encoding="utf-8",
        )
    return root


def pages(done: Build) -> dict[str, str]:
    assert [one for one in done.problems if one.is_error] == []
    return {one.path: one.body.decode() for one in done.outputs if one.path.endswith((".html", ".xml"))}


def test_a_draft_is_no_part_of_the_site(site: Path) -> None:
    made = pages(build(site))
    assert "what/new-hiccups/index.html" not in made
    assert not any("Something new" in text or NOTE in text for text in made.values())


def test_a_draft_that_is_asked_for_has_a_note_and_is_not_to_be_indexed(site: Path) -> None:
    made = pages(build(site, DRAFTS))
    for path in ("what/new-hiccups/index.html", "options/new-waiting/index.html"):
        assert NOTE in made[path]
        assert '<meta name="robots" content="noindex">' in made[path]
    assert NOTE not in made["what/hiccups/index.html"]
    assert "noindex" not in made["what/hiccups/index.html"]


def test_lists_call_a_draft_a_draft(site: Path) -> None:
    made = pages(build(site, DRAFTS))
    for path in ("what/index.html", "options/index.html"):
        assert "Something new (draft)" in made[path]
    assert "What a hiccup is (draft)" not in made["what/index.html"]


def test_a_draft_is_not_in_the_sitemap(site: Path) -> None:
    assert "new-hiccups" not in pages(build(site, DRAFTS))["sitemap.xml"]


def test_a_page_may_link_to_a_draft_while_drafts_are_shown(site: Path) -> None:
    change(site, "content/what/hiccups.md", "../help/index.md", "new-hiccups.md")
    assert [one.code for one in build(site).problems if one.is_error] == ["unpublished-link"]
    assert pages(build(site, DRAFTS))


def test_the_words_of_a_draft_are_judged_when_it_is_published(site: Path) -> None:
    draft = site / "content/what/new-hiccups.md"
    draft.write_text(draft.read_text(encoding="utf-8") + "\n\nTODO: write here.\n", encoding="utf-8")
    assert "TODO: write here." in pages(build(site, DRAFTS))["what/new-hiccups/index.html"]
    change(site, "content/what/new-hiccups.md", "status: draft", "status: published")
    assert "unwritten" in [one.code for one in build(site, DRAFTS).problems]


def test_a_page_without_a_status_is_not_shown_with_the_drafts(site: Path) -> None:
    change(site, "content/what/new-hiccups.md", "status: draft", "status: later")
    assert not build(site, DRAFTS).is_good


def test_a_build_that_shows_drafts_is_never_published(site: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="drafts"):
        put_in_place(site_of(build(site, DRAFTS)), tmp_path / "_site", tmp_path / "work")
    assert not (tmp_path / "_site").exists()
