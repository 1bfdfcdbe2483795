"""A new site is as accessible as the one that the program was written for."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator import cli
from tests.outside.axe import axe_tab, violations
from tests.outside.pages import all_pages
from tests.outside.serving import served
from tests.sitekit import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_axe_finds_no_violation_on_any_page_of_a_new_site(chromium: "Browser", tmp_path: Path) -> None:
    root = tmp_path / "tennis-elbow"
    assert cli.main(["new", "site", str(root), "--root", str(REPOSITORY)]) == 0
    assert cli.main(["--root", str(root), "--quiet"]) == 0
    narrow = {"width": 390, "height": 844}
    with axe_tab(chromium, viewport=narrow) as page, served(root / "_site") as base_url:
        found = []
        pages = all_pages(root / "_site")
        for one in pages:
            page.goto(base_url + one.path)
            found += violations(page)
    assert len(pages) >= 8
    assert not found, "\n".join(found)
