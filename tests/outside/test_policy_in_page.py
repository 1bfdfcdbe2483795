"""Where a host sends no headers of ours, a browser keeps to the policy that stands in the page."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import pipeline
from generator.output.publish import publish
from generator.stages.options import Options
from tests.outside.pages import all_pages
from tests.outside.serving import served
from tests.outside.test_browser import complaints, expect_none, visit_all
from tests.sitekit import TODAY, change, copy_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site as GitHub Pages gets it."""
    root = copy_site("hiccups", tmp_path)
    change(root, "site.yaml", "https://example.org/hiccups/", "https://example.org/back-mice/")
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("hosting: [github-pages]\n")
    publish(pipeline.build(root, Options(today=TODAY)).outputs, tmp_path / "_site", tmp_path / "workspace")
    return tmp_path / "_site"


def test_nothing_on_the_site_is_forbidden(chromium: "Browser", site: Path) -> None:
    with served(site) as base_url:
        visits = visit_all(chromium, base_url, [page.path for page in all_pages(site)])
    expect_none(visits, lambda visit: visit.violations)
    expect_none(visits, complaints)


def test_nothing_else_is_allowed(chromium: "Browser", site: Path) -> None:
    page = site / "index.html"
    frame = '<iframe src="404.html" title="Not needed by any page"></iframe>'  # the server's own policy allows it
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{frame}</main>"), encoding="utf-8")
    with served(site) as base_url:
        (visit,) = visit_all(chromium, base_url, ["index.html"])
    assert {violation.split()[0] for violation in visit.violations} == {"frame-src"}
