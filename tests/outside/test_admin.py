"""An editor who does not use git changes an article in a browser, and the site is built from what was saved."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import pipeline
from generator.workbench.cms_server import BUNDLE, HOW_TO_GET
from tests.needs import need
from tests.sitekit import REPOSITORY, TODAY, copy_site, tree

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARTICLE = "content/options/waiting.md"
SUMMARY = "Doing nothing for a good while."
TEXT = "Waiting is what most people do [@hullhiccup]. See also [long hiccups](../lookalikes/long-hiccups.md)."
PATIENCE = 60_000


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with Decap beside it: its bundle, and its server where it was installed."""
    need("Decap CMS", (REPOSITORY / BUNDLE).is_file() and shutil.which("node") is not None, HOW_TO_GET)
    root = copy_site("hiccups", tmp_path)
    (root / BUNDLE).parent.mkdir(parents=True)
    shutil.copy(REPOSITORY / BUNDLE, root / BUNDLE)
    server = Path("cms/node_modules/decap-server")
    (root / server).symlink_to(REPOSITORY / server)
    return root


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """The address of the editors' page, as the command tells it."""
    ports = ["--port", str(free_port()), "--files-port", str(free_port())]
    command = [sys.executable, str(REPOSITORY / "build.py"), "admin", "--root", str(site), *ports]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        told = running.stdout.readline()
        assert " edits the articles of " in told
        yield told.split()[0]
        running.terminate()
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", int(ports[-1]))) != 0, "the server of files has not ended"


def open_article(page: "Page", section: str, title: str) -> None:
    page.get_by_role("link", name=section).click(timeout=PATIENCE)
    page.locator("a[href*='/entries/']", has_text=title).click(timeout=PATIENCE)


def publish(page: "Page") -> None:
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("menuitem", name="Publish now").click()
    page.get_by_text("Changes saved").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(500)


def test_an_article_is_changed_and_the_site_is_built_from_it(chromium: "Browser", site: Path, address: str) -> None:
    before = tree(site / "content")
    complaints: list[str] = []
    asked: list[str] = []
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("console", lambda one: complaints.append(one.text) if "Content Security Policy" in one.text else None)
        page.on("request", lambda one: asked.append(one.url))
        page.goto(address)
        page.get_by_role("button", name="Login").click(timeout=PATIENCE)
        open_article(page, "What can be done", "Waiting")
        page.get_by_label("Summary").fill(SUMMARY, timeout=PATIENCE)
        page.locator("textarea[id^=body-field]").fill(TEXT)
        publish(page)
        page.goto(address)
        open_article(page, "What hiccups are", "What a hiccup is")
        page.get_by_label("Summary").fill("What moves in a hiccup.", timeout=PATIENCE)
        publish(page)
        page.goto(address)
        open_article(page, "Front pages", "When to ask for help")
        page.get_by_label("Summary").fill("When a hiccup needs a doctor.", timeout=PATIENCE)
        publish(page)
    after = tree(site / "content")
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {ARTICLE.removeprefix("content/"), "what/hiccups.md", "help/index.md"}
    assert TEXT in (site / ARTICLE).read_text(encoding="utf-8")
    assert complaints == []
    assert [one for one in asked if not one.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []

    done = pipeline.build(site, pipeline.Options(today=TODAY, search=False))
    assert done.problems == ()
    html = next(one.body.decode() for one in done.outputs if one.path == "options/waiting/index.html")
    assert SUMMARY in html
    assert "Waiting is what most people do" in html
