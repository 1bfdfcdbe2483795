"""Lighthouse, run on pages that are served here: for the tests, which count, and for the benchmark, which times."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.outside.chromium import ARGUMENTS, executable
from tests.sitekit import REPOSITORY

MODULE = REPOSITORY / "node_modules" / "lighthouse"
RUNNER = Path(__file__).with_suffix(".mjs")
COUNTED = ("accessibility", "best-practices", "seo")
TIMED = ("performance",)


@dataclass(frozen=True)
class Result:
    """What Lighthouse says of one page: scores of 100 by category, and the audits that cost points."""

    address: str
    faults: list[str]
    warnings: list[str]
    scores: dict[str, int | None]
    failed: list[str]
    audits: dict[str, dict[str, Any]]

    def value(self, audit: str) -> float:
        """The number that an audit measured."""
        return float(self.audits[audit]["value"])

    def items(self, audit: str) -> list[dict[str, Any]]:
        """What an audit lists."""
        found: list[dict[str, Any]] = self.audits[audit]["items"]
        return found


@contextmanager
def _browser() -> Iterator[int]:
    """A Chromium of its own, with nothing kept; the port by which it is steered."""
    with TemporaryDirectory() as profile:
        command = [str(executable()), "--headless=new", "--no-sandbox", *ARGUMENTS]
        command += ["--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                yield _port(Path(profile) / "DevToolsActivePort", process)
            finally:
                process.terminate()
                process.wait(30)
        shutil.rmtree(profile, ignore_errors=True)


def _port(file: Path, process: "subprocess.Popen[bytes]") -> int:
    for _ in range(600):
        assert process.poll() is None, "Chromium did not start"
        if file.is_file() and "\n" in (text := file.read_text(encoding="utf-8")):
            return int(text.split()[0])
        time.sleep(0.1)
    raise AssertionError("Chromium never answered")


def _run(addresses: Sequence[str], settings: dict[str, Any]) -> list[Result]:
    with _browser() as port:
        command = ["node", str(RUNNER), str(port), json.dumps(settings), *addresses]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [Result(**json.loads(line)) for line in done.stdout.splitlines()]


def measure(addresses: Sequence[str], categories: Sequence[str], at_once: int = 1, **settings: Any) -> list[Result]:
    """Run Lighthouse on each address as a phone would load it; `at_once` more than one only where nothing is timed."""
    shares = [addresses[start::at_once] for start in range(at_once)]
    with ThreadPoolExecutor(at_once) as pool:
        parts = pool.map(lambda share: _run(share, {"onlyCategories": list(categories), **settings}), shares)
        found = {result.address: result for part in parts for result in part}
    return [found[address] for address in addresses]
