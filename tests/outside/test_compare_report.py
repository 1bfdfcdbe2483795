"""The HTML report of `compare` can be read on a small screen, by day and by night, and Axe finds nothing in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from generator.stages import intake
from generator.workbench.compare.differences import compare
from generator.workbench.compare.snapshot import Snapshot, take
from generator.workbench.compare.web import as_html
from tests.needs import need
from tests.outside.test_accessibility import AXE, violations
from tests.sitekit import TODAY
from tests.workbench.compare.history import make_one_of_each_change, site_before

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CONTRAST = "axe.run({runOnly: ['color-contrast-enhanced']}).then(results => results)"
"""Seven to one for text; Axe does not ask for it by itself."""


def snapshot(root: Path) -> Snapshot:
    sources, problems = intake.read(root)
    assert sources is not None
    return take("main", sources, problems, TODAY)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    root = site_before(folder)
    before = snapshot(root)
    make_one_of_each_change(root)
    target = folder / "report.html"
    target.write_text(as_html(compare(before, snapshot(root), ["stroke"])), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def axe_tab(chromium: "Browser") -> Iterator["Page"]:
    need("axe-core", AXE.is_file(), "npm ci --ignore-scripts")
    with chromium.new_context(bypass_csp=True) as context:
        context.add_init_script(path=AXE)
        yield context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_every_text_stands_out(
    axe_tab: "Page", report: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    axe_tab.set_viewport_size({"width": width, "height": 844})
    axe_tab.emulate_media(color_scheme=scheme)
    axe_tab.goto(report.as_uri())
    assert violations(axe_tab) == []
    found: dict[str, list[Any]] = axe_tab.evaluate(CONTRAST)
    assert found["passes"], "the contrast was measured"
    assert [node["html"] for one in found["violations"] for node in one["nodes"]] == []
    assert axe_tab.evaluate("document.documentElement.scrollWidth") == width, "nothing is scrolled sideways"


def test_it_loads_nothing_runs_nothing_and_breaks_no_policy_of_its_own(chromium: "Browser", report: Path) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(report.as_uri())
        assert asked == [report.as_uri()]
        assert said == []
        assert tab.locator("li.error").first.is_visible()
