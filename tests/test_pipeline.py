"""What a build promises: the same bytes everywhere, all or nothing, counted work, drafts kept back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.commandkit import ran
from tests.sitekit import REPOSITORY, TODAY, change, copy_site, site_of, tree


def build_in(surroundings: dict[str, str], root: Path, target: Path) -> None:
    """Build a site as a process of its own, with other variables of the environment."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "--output", str(target)]
    subprocess.run([*command, "--today", TODAY], check=True, env={**os.environ, **surroundings}, cwd=root)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


def test_two_builds_give_the_same_bytes_whatever_surrounds_them(site: Path, tmp_path: Path) -> None:
    build_in({"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, site, tmp_path / "one")
    moved = tmp_path / "moved"
    moved.mkdir()
    for path in sorted(site.iterdir(), reverse=True):  # written in another order, in another place
        shutil.move(path, moved / path.name)
    build_in({"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, moved, tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_order_in_which_the_disk_lists_files_does_not_matter(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forward = pipeline.build(site)
    walk = os.walk

    def backward(top: Path, **more: Any) -> Iterator[tuple[str, list[str], list[str]]]:
        for place, folders, names in walk(str(top), **more):
            yield place, folders, names[::-1]

    monkeypatch.setattr(os, "walk", backward)
    assert pipeline.build(site).outputs == forward.outputs


def test_each_article_is_parsed_once_and_each_page_rendered_once(site: Path) -> None:
    done = pipeline.build(site)
    articles = list((site / "content").rglob("*.md"))
    ends = (".html", ".xml", "robots.txt", ".json", ".webmanifest")
    rendered = [one for one in done.outputs if one.path.endswith(ends) and one.path != "offline.json"]
    assert (done.parses, done.renders) == (len(articles), len(rendered))


def test_a_second_build_writes_nothing(site: Path) -> None:
    ran(site)
    times = {path: path.stat().st_mtime_ns for path in (site / "_site").rglob("*") if path.is_file()}
    result = ran(site)
    assert "0 written" in result.out
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_one_changed_sentence_rewrites_only_what_shows_it(site: Path) -> None:
    ran(site, "--no-search")  # the index holds all texts, so it changes with each
    change(site, "content/ask/how-long.md", "More on [what", "Read more on [what")
    done = pipeline.build(site)
    published = pipeline.put_in_place(site_of(done), site / "_site", site / ".cache" / "publish")
    assert published.written == ("ask/how-long/index.html", "ask/how-long/page.md", "offline.json", "sw.js")


def test_an_error_leaves_the_old_site_as_it_is_to_the_byte(site: Path) -> None:
    ran(site)
    before = tree(site / "_site")
    change(site, "content/what/hiccups.md", "../help/index.md", "../help/nowhere.md")
    change(site, "content/ask/how-long.md", "[@hullhiccup; @mayohiccups]", "[@hulhiccup; @mayohiccups]")
    result = ran(site)
    assert result.code == 1
    assert "content/what/hiccups.md:27:74: error[broken-link]" in result.out
    assert 'did you mean "hullhiccup"' in result.out
    assert "the site was not changed" in result.out
    assert tree(site / "_site") == before


def test_a_page_that_is_gone_is_removed_and_a_foreign_file_is_kept_and_named(site: Path) -> None:
    ran(site)
    (site / "_site" / "CNAME").write_text("example.org\n", encoding="utf-8")
    (site / "content" / "ask" / "how-long.md").unlink()
    result = ran(site)
    assert not (site / "_site" / "ask").exists()
    assert (site / "_site" / "CNAME").read_text(encoding="utf-8") == "example.org\n"
    assert "kept 1 files that no build made: CNAME" in result.out


@pytest.mark.parametrize("status", ["draft", "publised", "Published", "yes", ""])
def test_nothing_but_published_is_ever_published(site: Path, status: str) -> None:
    change(site, "content/ask/how-long.md", "status: published", f"status: {status}")
    done = pipeline.build(site)
    assert not [one for one in done.outputs if "how-long" in one.path]


def test_a_page_whose_front_matter_is_broken_is_never_published(site: Path) -> None:
    change(site, "content/ask/how-long.md", "topic: basics", "topic: [basics")
    assert pipeline.build(site).outputs == ()


def test_a_link_to_a_draft_is_an_error(site: Path) -> None:
    change(site, "content/options/waiting.md", "status: published", "status: draft")
    codes = {problem.code for problem in pipeline.build(site).problems}
    assert "unpublished-link" in codes


def test_an_old_address_leads_to_the_new_one(site: Path) -> None:
    outputs = {one.path: one.body for one in pipeline.build(site).outputs}
    page = outputs["hiccough/index.html"].decode()
    assert 'content="0; url=../what/hiccups/"' in page
    assert '<link rel="canonical" href="https://example.org/hiccups/what/hiccups/">' in page


def test_every_link_of_the_site_is_relative_so_that_it_lives_under_any_path(site: Path) -> None:
    for one in pipeline.build(site).outputs:
        if one.path.endswith(".html") and one.path not in ("404.html", "not-kept.html"):
            text = one.body.decode()
            assert 'href="/' not in text
            assert 'src="/' not in text


def test_the_page_for_what_is_not_there_has_links_that_hold_at_any_depth(site: Path) -> None:
    page = next(one.body.decode() for one in pipeline.build(site).outputs if one.path == "404.html")
    assert 'href="/hiccups/help/"' in page
    assert 'href="../' not in page


def test_check_writes_nothing_of_the_site(site: Path) -> None:
    result = ran(site, "check")
    assert result.code == 0
    assert not (site / "_site").exists()
    assert not (site / ".cache" / "publish").exists()


def test_problems_as_json_and_as_annotations(site: Path) -> None:
    change(site, "content/what/hiccups.md", "../help/index.md", "../help/nowhere.md")
    (problem,) = json.loads(ran(site, "check", "--format", "json").out)
    assert (problem["code"], problem["path"], problem["line"]) == ("broken-link", "content/what/hiccups.md", 27)
    annotation = ran(site, "check", "--format", "github").out.strip()
    assert annotation.startswith("::error file=content/what/hiccups.md,line=27,col=74,endColumn=92,title=broken-link::")


def test_wrong_use_and_wrong_configuration_have_a_code_of_their_own(site: Path, tmp_path: Path) -> None:
    assert ran(tmp_path).code == 2
    assert ran(site, "bild").code == 2
    change(site, "site.yaml", "urgent_section: help", "urgent_section: halp")
    result = ran(site)
    assert result.code == 2
    assert "site.yaml:8:17: error[unknown-section]" in result.out


def test_a_fault_of_the_program_is_told_from_a_problem_in_content(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from generator import cli

    monkeypatch.setattr(pipeline, "build", lambda *_: 1 / 0)
    assert cli.main(["--root", str(site)]) == 3
    assert "This is a fault of the program" in capsys.readouterr().err


def test_a_site_is_never_written_over_files_that_no_build_made(site: Path) -> None:
    (site / "_site").mkdir()
    (site / "_site" / "index.html").write_text("mine", encoding="utf-8")
    result = ran(site)
    assert result.code == 2
    assert "index.html" in result.err
    assert (site / "_site" / "index.html").read_text(encoding="utf-8") == "mine"


def test_plain_lines_tell_the_progress_where_there_is_no_terminal(site: Path) -> None:
    result = ran(site)
    assert "reading 6\n" in result.err
    assert "\r" not in result.err
    assert ran(site, "--quiet").err == ""
