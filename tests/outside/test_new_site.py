"""A new site is as accessible as the one that the program was written for."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator import cli
from tests.needs import need
from tests.outside.pages import REPOSITORY, all_pages
from tests.outside.serving import served
from tests.outside.test_accessibility import AXE, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_axe_finds_no_violation_on_any_page_of_a_new_site(chromium: "Browser", tmp_path: Path) -> None:
    need("axe-core", AXE.is_file(), "npm ci --ignore-scripts")
    root = tmp_path / "tennis-elbow"
    assert cli.main(["new", "site", str(root), "--root", str(REPOSITORY)]) == 0
    assert cli.main(["--root", str(root), "--quiet"]) == 0
    with chromium.new_context(bypass_csp=True) as context, served(root / "_site") as base_url:
        context.add_init_script(path=AXE)
        page = context.new_page()
        page.set_viewport_size({"width": 390, "height": 844})
        found = []
        pages = all_pages(root / "_site")
        for one in pages:
            page.goto(base_url + one.path)
            found += violations(page)
    assert len(pages) >= 8
    assert not found, "\n".join(found)
