"""Fixtures for tests that look at the whole built site.

Set SITE_UNDER_TEST=/some/folder to test a site that is built already; otherwise the site is built once.
"""

import datetime
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.needs import need
from tests.outside import chromium
from tests.outside.nginx import Host, serving
from tests.outside.serving import SUB_PATH, served
from tests.sitekit import REPOSITORY, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A shell that runs the tests in the background has them ignore Ctrl+C, and programs that they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _the_day_of_the_tests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.runtime.day._today", lambda: datetime.date.fromisoformat(TODAY))
        yield


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have processes copied beside threads that wait since earlier tests, but beside no other; none is left behind."""
    before, others = threading.active_count(), set(multiprocessing.active_children())

    def may_copy() -> bool:
        return sys.platform == "linux" and threading.active_count() <= before

    monkeypatch.setattr("generator.runtime.workers._may_copy", may_copy)
    yield
    assert set(multiprocessing.active_children()) <= others


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    ready_made = os.environ.get("SITE_UNDER_TEST")
    if ready_made:
        return Path(ready_made).resolve()
    folder = tmp_path_factory.mktemp("site") / "_site"
    command = [sys.executable, "build.py", "--output", str(folder), "--quiet", "--today", TODAY]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"the build failed:\n{result.stdout}\n{result.stderr}"
    return folder


@pytest.fixture(scope="session")
def site_server(built_site: Path) -> Iterator[str]:
    """The base URL at which the built site is served."""
    with served(built_site) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def real_host(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The built site on a real nginx, with the configuration that the build made for it."""
    configuration = built_site.with_name(f"{built_site.name}.hosting") / "nginx" / "site.conf"
    need("the configuration for nginx", configuration.is_file(), "name nginx in `hosting` of site.yaml")
    folder = tmp_path_factory.mktemp("host")
    with serving(configuration.read_text(encoding="utf-8"), built_site, folder, SUB_PATH) as host:
        yield host


@pytest.fixture(scope="module", name="chromium")
def chromium_fixture() -> "Iterator[Browser]":
    """A running Chromium. One for each test module: while Playwright runs, no other event loop can."""
    need("Chromium", chromium.executable() is not None, "apt-get install chromium")
    with chromium.running() as browser:
        yield browser


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, and loudly, which tool was missing and how to get it."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{reason} ({count} tests)", yellow=True, bold=True)
