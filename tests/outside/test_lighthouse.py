"""Lighthouse, as a phone, finds nothing to mend on a page of each template, as nginx sends it.

What it counts is asserted here. What it times (its performance) is measured by `benchmarks/scores.py`, since a slow
machine must not fail a test; of what makes a page slow, `test_weight.py` counts the rest.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.needs import need
from tests.outside import chromium as browser
from tests.outside.lighthouse import COUNTED, MODULE, Result, measure
from tests.outside.nginx import Host
from tests.outside.pages import all_pages, kinds
from tests.outside.serving import served

AUDITS = ["cumulative-layout-shift", "unused-css-rules", "unused-javascript", "uses-text-compression"]
NOT_TO_BE_FOUND = b'<meta name="robots" content="noindex">'


@pytest.fixture(scope="module", autouse=True)
def _needs_lighthouse() -> None:
    need("Chromium", browser.executable() is not None, "apt-get install chromium")
    need("Node", shutil.which("node") is not None, "apt-get install nodejs")
    need("Lighthouse", MODULE.is_dir(), "npm ci --ignore-scripts")


@pytest.fixture(scope="module")
def results(real_host: Host, built_site: Path) -> dict[str, Result]:
    """What Lighthouse says of the longest page of each kind."""
    paths = [page.path for page in kinds(all_pages(built_site)).values()]
    found = measure([real_host.url + path.removesuffix("index.html") for path in paths], COUNTED, 2, onlyAudits=AUDITS)
    return dict(zip(paths, found, strict=True))


def lost(results: dict[str, Result], site: Path) -> Iterator[str]:
    """The points that pages lose. That a page asks not to be found is no loss."""
    for path, result in results.items():
        hidden = NOT_TO_BE_FOUND in (site / path).read_bytes()
        failed = [audit for audit in result.failed if not (hidden and audit == "is-crawlable")]
        if result.faults or result.warnings or failed:
            yield f"{path}: {result.scores} {failed} {result.faults} {result.warnings}"


def test_accessibility_best_practices_and_search_engines_have_full_marks(
    results: dict[str, Result], built_site: Path
) -> None:
    assert list(lost(results, built_site)) == []
    full = [result for result in results.values() if list(result.scores.values()) == [100, 100, 100]]
    assert len(full) >= len(results) - 2, "the two pages that are shown instead of others ask not to be found"


def test_nothing_moves_while_a_page_loads(results: dict[str, Result]) -> None:
    assert {path: value for path, one in results.items() if (value := one.value("cumulative-layout-shift"))} == {}


@pytest.mark.parametrize("audit", ["unused-css-rules", "unused-javascript", "uses-text-compression"])
def test_no_bytes_are_wasted(results: dict[str, Result], audit: str) -> None:
    assert {path: items for path, one in results.items() if (items := one.items(audit))} == {}


BAD_PAGE = """<!doctype html><html><head><title>Bad</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="site.css"><script src="site.js" defer></script></head>
<body><main><h1>Bad</h1><p>{text}</p><p class="grey">Grey. <a href="#">here</a></p></main></body></html>"""
LATE = "setTimeout(() => document.querySelector('main').prepend('moved '.repeat(300)), 600);"


def test_a_bad_page_is_rejected(tmp_path: Path) -> None:
    unused = "".join(f".unused-{number} {{ color: #{number:06x}; margin: {number}px }} " for number in range(3000))
    (tmp_path / "index.html").write_text(BAD_PAGE.format(text="Words. " * 400))
    (tmp_path / "site.css").write_text(f".grey {{ color: #999 }} {unused}")
    (tmp_path / "site.js").write_text(LATE)
    with served(tmp_path) as base_url:
        (result,) = measure([base_url], COUNTED, onlyAudits=AUDITS)
    assert {"html-has-lang", "color-contrast", "meta-description"} <= set(result.failed)
    assert all(score is not None and score < 100 for score in result.scores.values()), result.scores
    assert len(list(lost({"index.html": result}, tmp_path))) == 1
    assert result.value("cumulative-layout-shift") > 0
    assert result.items("unused-css-rules")
    assert result.items("uses-text-compression")
