"""An editor who does not use git changes an article in a browser, and the site is built from what was saved."""

import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import pipeline
from generator.stages.options import Options
from generator.workbench.admin.cms_server import BUNDLE, HOW_TO_GET, file_server
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

    done = pipeline.build(site, Options(today=TODAY, search=False))
    assert done.problems == ()
    html = next(one.body.decode() for one in done.outputs if one.path == "options/waiting/index.html")
    assert SUMMARY in html
    assert "Waiting is what most people do" in html


FILE = "content/planted.md"


def persist(path: str = FILE) -> bytes:
    """What Decap's page sends to have a file written."""
    told: dict[str, object] = {
        "branch": "main",
        "assets": [],
        "dataFiles": [{"slug": "x", "path": path, "raw": "planted"}],
    }
    told["options"] = {"collectionName": "what", "commitMessage": "x", "useWorkflow": False, "status": "draft"}
    return json.dumps({"action": "persistEntry", "params": told}).encode()


@pytest.fixture
def files_at(site: Path) -> Iterator[int]:
    """The port of the server of files, as the command runs it."""
    port = free_port()
    with file_server(site, port, "http://127.0.0.1:1"):
        for _ in range(600):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port


def status(port: int, headers: dict[str, str], body: bytes, method: str = "POST") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, "/api/v1", skip_host=True)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    with closing(connection), connection.getresponse() as answer:
        return answer.status


def test_no_page_but_our_own_has_a_file_written(site: Path, files_at: int) -> None:
    own = {"Host": f"127.0.0.1:{files_at}", "Origin": "http://127.0.0.1:1", "Content-Type": "application/json"}
    before = tree(site)
    forged: list[dict[str, str]] = [
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:2"},
        {"Origin": "http://127.0.0.1:1.example.org"},
        {"Origin": "http://localhost:1"},
        {"Origin": f"http://127.0.0.1:{files_at}"},
        {"Host": f"rebound.test:{files_at}", "Origin": f"http://rebound.test:{files_at}"},
        {"Host": f"rebound.test:{files_at}"},
        {"Host": f"localhost:{files_at}"},
        {"Host": "127.0.0.1"},
        {"Host": ""},
        {"Origin": "http://example.org", "Content-Type": "text/plain"},
        {"Origin": "http://example.org", "Content-Type": "application/x-www-form-urlencoded"},
        {"Origin": "http://example.org", "Content-Type": "multipart/form-data; boundary=x"},
        {"Origin": ""},
    ]
    for one in forged:
        assert status(files_at, own | one, persist()) == 421, one
        assert status(files_at, own | one, b"", "OPTIONS") == 421, one
    for left_out in ("Host", "Origin"):
        assert status(files_at, {key: it for key, it in own.items() if key != left_out}, persist()) in (400, 421)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""):
        assert status(files_at, own | {"Content-Type": kind}, persist()) in (415, 422), kind
    for path in (
        "../planted.md",
        "/etc/planted",
        "content/../../planted.md",
        "..\\planted.md/../../x",
        f"../{site.name}x/p.md",
    ):
        status(files_at, own, persist(path))
    assert tree(site) == before
    assert {one.name for one in site.parent.iterdir()} == {site.name}
    assert status(files_at, own, persist()) == 200
    assert (site / FILE).read_text(encoding="utf-8") == "planted"
