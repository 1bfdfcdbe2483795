"""The site as a folder on a reader's disk: Chromium opens every page and finds every link, without a server."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.outside.pages import is_redirect, unlike_pages
from tests.sitekit import REPOSITORY, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOOK = """() => ({
    ids: [...document.querySelectorAll('[id]')].map(one => one.id),
    links: [...document.querySelectorAll('a[href], link[rel=stylesheet], link[rel~=icon], img, script[src]')]
        .map(one => one.href?.baseVal ?? one.href ?? one.src).map(one => new URL(one, document.baseURI).href)
        .filter(one => one.startsWith('file:')),
    rules: document.styleSheets.length,
    broken: [...document.images].filter(one => one.complete && !one.naturalWidth).map(one => one.src),
    text: document.querySelector('main').innerText.length})"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("a stick") / "back mice"
    command = [sys.executable, "build.py", "--relative", "--output", str(target), "--quiet", "--today", TODAY]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return target


def walk(browser: "Browser", folder: Path, files: Sequence[Path]) -> list[str]:
    """Open pages from the disk; say which links lead to what is not there, and of what the browser complains."""
    wrong: list[str] = []
    seen: dict[str, dict[str, Any]] = {}
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        tab = context.new_page()
        tab.on("console", lambda message: wrong.append(f"{tab.url}: {message.text}"))
        tab.on("requestfailed", lambda request: wrong.append(f"{tab.url}: {request.url} {request.failure}"))
        for file in files:
            if not is_redirect(file):
                tab.goto(file.as_uri())
                seen[file.as_uri()] = tab.evaluate(LOOK)
    wrong = [one for one in wrong if not one.endswith(" net::ERR_ABORTED")]  # a tab's icon, when the tab moves on
    for page, found in seen.items():
        wrong += [f"{page} shows no {one}" for one in found["broken"]]
        wrong += [f"{page} has no text or no style"] if found["text"] < 80 or not found["rules"] else []
        for link in dict.fromkeys(found["links"]):
            address, _, anchor = link.partition("#")
            if not Path(unquote(urlsplit(address).path)).is_file():
                wrong.append(f"{page} links to {link}, which is not there")
            elif anchor and address in seen and unquote(anchor) not in seen[address]["ids"]:
                wrong.append(f"{page} links to {link}, a place that is not there")
    return wrong


def test_every_page_opens_from_the_disk_and_every_link_of_it_leads_to_a_file(chromium: "Browser", folder: Path) -> None:
    wrong = walk(chromium, folder, [folder / page.path for page in unlike_pages(folder)])
    assert not wrong, "\n".join(wrong[:40])


def test_a_reader_can_click_from_the_home_page_to_the_warning_signs(chromium: "Browser", folder: Path) -> None:
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto((folder / "index.html").as_uri())
        tab.locator(".urgent-link").click()
        assert tab.url == (folder / "red-flags" / "index.html").as_uri()
        assert tab.locator(".callout-emergency").first.is_visible()


def test_a_site_that_needs_a_server_is_noticed(chromium: "Browser", built_site: Path) -> None:
    assert any("which is not there" in one for one in walk(chromium, built_site, [built_site / "index.html"]))
