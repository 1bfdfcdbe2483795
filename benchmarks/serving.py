"""How long a preview takes from the save of an article to the changed page."""

import http.client
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import measure, sites
from benchmarks.generators import Command, arguments

_STARTS = 1800.0
"""Seconds that a preview has to show its first page, and to end a change."""
_CALM = 2.0
"""Seconds between the first page and the edit, in which it may finish what it does behind."""
_BETWEEN = 0.005


@dataclass(frozen=True)
class Served:
    """Seconds from save to page, and the peak of memory until then, in MiB."""

    wall: float
    pss: float
    rss: float
    wrong: str


def save_until_served(site: sites.Site, command: Command, log: Path, calm: float = _CALM) -> Served:
    """Start the preview of a site, wait until it is calm, save an edit, and ask for the page until it shows it."""
    port = _free_port()
    given = (*command, *arguments(site.generator.serve, site.folder, port))
    process = measure.start_in_session(given, site.folder, log)
    try:
        with measure.sampling(process.pid) as sampler:
            before = sites.current_mark(site)
            if not _shows(site, port, before, process):
                return Served(0.0, 0.0, 0.0, "the preview showed no page")
            time.sleep(calm)
            sites.edit_body(site)
            start = time.perf_counter()
            shown = _shows(site, port, sites.current_mark(site), process)
            wall = time.perf_counter() - start
        wrong = "" if shown else "the preview did not show the edit"
        return Served(wall, sampler.pss / 1024, sampler.rss / 1024, wrong)
    finally:
        _end(process)


def _shows(site: sites.Site, port: int, mark: str, process: "subprocess.Popen[bytes]") -> bool:
    """Ask until the page holds a word and whatever else it must."""
    path = _base(site) + site.probe.output.removesuffix("index.html")
    last = time.monotonic() + _STARTS
    while time.monotonic() < last and process.poll() is None:
        text = _get(port, path)
        if mark in text and all(one in text for one in site.probe.needles):
            return True
        time.sleep(_BETWEEN)
    return False


def _base(site: sites.Site) -> str:
    """The path under which a preview shows the site: that of its address."""
    settings = site.folder / "site.yaml"
    if not settings.is_file():
        return "/"
    lines = settings.read_text(encoding="utf-8").splitlines()
    return urlsplit(next(line for line in lines if line.startswith("url: ")).removeprefix("url: ")).path


def _get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _end(process: "subprocess.Popen[bytes]") -> None:
    measure.end(process.pid, signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        measure.end(process.pid)
        process.wait()
