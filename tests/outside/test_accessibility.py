"""Axe finds no violation on a page of each kind: on phones and desktops, by day and by night."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.needs import need
from tests.outside.pages import REPOSITORY, sample_pages
from tests.outside.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
RUN = "axe.run({resultTypes: ['violations']}).then(results => results.violations)"


def violations(page: "Page") -> list[str]:
    """Each violation on the open page, with the elements that it is about."""
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{page.url} {each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]


@pytest.fixture(scope="module")
def axe_page(chromium: "Browser") -> Iterator["Page"]:
    """A tab in which every document gets axe; the policy is off there, since axe is a script of ours."""
    need("axe-core", AXE.is_file(), "npm ci --ignore-scripts")
    with chromium.new_context(bypass_csp=True) as context:
        context.add_init_script(path=AXE)
        yield context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_violation(
    axe_page: "Page", site_server: str, built_site: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    axe_page.set_viewport_size({"width": width, "height": 844})
    axe_page.emulate_media(color_scheme=scheme)
    found = []
    for page in sample_pages(built_site):
        axe_page.goto(site_server + page.path)
        found += violations(axe_page)
    assert not found, "\n".join(found)


def test_a_bad_page_is_rejected(axe_page: "Page", tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>Bad</title><main><h1>Bad</h1><img src='index.html'></main>")
    with served(tmp_path) as base_url:
        axe_page.goto(base_url)
        assert [each.split()[1] for each in violations(axe_page)] == ["html-has-lang:", "image-alt:"]
