"""The Nu HTML checker finds neither an error nor a warning in any page."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.needs import need
from tests.outside.pages import html_files
from tests.sitekit import REPOSITORY

CHECKER = REPOSITORY / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@dataclass(frozen=True)
class Report:
    """Which files the checker has read, and what it says of them."""

    files: list[str]
    findings: list[str]


def is_finding(message: dict[str, Any]) -> bool:
    """True of an error and of a warning; the checker's mere remarks are neither."""
    return message["type"] != "info" or message.get("subType") == "warning"


def in_words(message: dict[str, Any]) -> str:
    return f"{message.get('url', '?')}:{message.get('lastLine', '?')}: {message['message']}"


def check(files: list[Path]) -> Report:
    """Check all files in one call. With --verbose the checker names each file it reads on standard error."""
    command = ["java", "-jar", str(CHECKER), "--verbose", "--format", "json", "--stdout", *map(str, files)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stdout)["messages"]
    return Report(result.stderr.split(), [in_words(message) for message in messages if is_finding(message)])


@pytest.fixture(scope="module", autouse=True)
def _needs_checker() -> None:
    need("Java", shutil.which("java") is not None, "apt-get install openjdk-17-jre-headless")
    need("vnu-jar", CHECKER.is_file(), "npm ci --ignore-scripts")


def test_every_page_is_valid(built_site: Path) -> None:
    pages = html_files(built_site)
    assert pages
    report = check(pages)
    assert not report.findings, "\n".join(report.findings)
    assert report.files == [str(page) for page in pages], "the checker left files out"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<img src='x.png'>", id="an error"),
        pytest.param("<section><p>No heading.</p></section>", id="a warning"),
    ],
)
def test_a_bad_page_is_rejected(tmp_path: Path, body: str) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(f"<!doctype html><html lang='en'><head><title>Bad</title></head><body>{body}</body>")
    assert len(check([bad]).findings) == 1
