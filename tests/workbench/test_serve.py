"""`build.py serve` shows the site, and shows a change after it was saved."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sitekit import REPOSITORY, change, copy_site

PATIENCE = 60.0
"""Seconds after which even a slow machine should have done it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, text: str) -> str:
    """Ask for a page until it holds a text."""
    end = time.monotonic() + PATIENCE
    page = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                page = answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            page = ""
        if text in page:
            return page
        time.sleep(0.2)
    raise AssertionError(f"{url} never held {text!r}; at last it was:\n{page[:500]}")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site("hiccups", tmp_path)


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(site), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield f"http://127.0.0.1:{port}/"
        process.terminate()


def test_a_saved_change_is_shown_and_a_broken_one_is_not(site: Path, address: str) -> None:
    wait_for(f"{address}what/hiccups/", "What makes the sound?")
    change(site, "content/what/hiccups.md", "What makes the sound?", "Where does the sound come from?")
    wait_for(f"{address}what/hiccups/", "Where does the sound come from?")
    change(site, "content/what/hiccups.md", "../help/index.md", "../help/nowhere.md")
    time.sleep(2)
    wait_for(f"{address}what/hiccups/", "Where does the sound come from?")
    change(site, "content/what/hiccups.md", "../help/nowhere.md", "../help/index.md")
    change(site, "content/what/hiccups.md", "Where does the sound", "How does the sound")
    wait_for(f"{address}what/hiccups/", "How does the sound come from?")
