"""Which changes of files make a new build."""

from pathlib import Path

import pytest

from generator.workbench.preview.watching import matters, relevant


@pytest.mark.parametrize(
    "path",
    [
        "content/what/hiccups.md",
        "content/claims/waiting.yaml",
        "content/references.json",
        "content/what",
        "content",
        "templates/base.html",
        "templates/words/en.yaml",
        "static/css/site.css",
        "static/img/icon.svg",
        "site.yaml",
    ],
)
def test_what_a_site_is_made_from_counts(path: str) -> None:
    assert matters(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "README.md",
        "_site/index.html",
        "node_modules/content/one.md",
        "other/site.yaml",
        "site.yaml.new",
        ".git/index",
        "content/.obsidian/workspace.json",
        "content/.DS_Store",
    ],
)
def test_what_is_not_read_does_not_count(path: str) -> None:
    assert not matters(path)


@pytest.mark.parametrize(
    "name",
    [
        ".hiccups.md.swp",
        ".hiccups.md.swx",
        "hiccups.swp",
        "4913",
        "hiccups.md~",
        "#hiccups.md#",
        ".#hiccups.md",
        "hiccups.md___jb_tmp___",
        "hiccups.md___jb_old___",
        ".hiccups.md.kate-swp",
        ".goutputstream-X2DE51",
        "hiccups.md.tmp",
        "hiccups.md.bak",
        "hiccups.md.orig",
    ],
)
@pytest.mark.parametrize("folder", ["content/what", "templates", "static/css"])
def test_what_editors_make_beside_a_file_does_not_count(folder: str, name: str) -> None:
    assert not matters(f"{folder}/{name}")


@pytest.mark.parametrize("name", ["49130.md", "swp.md", "tilde.md", "bak.svg", "4913.md"])
def test_a_name_that_only_looks_like_one_of_those_counts(name: str) -> None:
    assert matters(f"content/what/{name}")


def test_changes_are_named_from_the_folder_of_the_site(tmp_path: Path) -> None:
    changed = [
        str(tmp_path / "content" / "b.md"),
        str(tmp_path / "content" / "a.md"),
        str(tmp_path / "content" / "a.md"),
        str(tmp_path / "content" / ".a.md.swp"),
        str(tmp_path.parent / "content" / "c.md"),
        str(tmp_path),
    ]
    assert relevant(tmp_path, changed) == ["content/a.md", "content/b.md"]
