"""The search: an index of the rendered pages, made by Pagefind, and a guide for each language with what it lacks.

Pagefind reads and writes folders, so the pages go to a folder of their own for a moment. It takes no settings from
its surroundings here: the same pages give the same bytes.
"""

import gzip
import json
import os
import subprocess  # nosec B404
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.output.outputs import Output
from generator.output.publish import write_all
from generator.problems import Problem, Span
from generator.site.joined import Site
from generator.site.pages import Known
from generator.site.search_guide import guide
from generator.sources.files import read_tree

FOLDER = "search"
"""The folder of the site that holds all of it."""
SEARCHED = b" data-pagefind-body"
"""Marks the part of a page that is searched; a page without it is not found."""
_LEFT_OUT = (
    *(".crumbs", ".contents", ".letters", ".around", ".turn"),
    *(".dateline", ".overdue", ".about-page", ".references", ".cite", ".term-note"),
    *("h1", ".answer h2", ".key-points h2", ".glance h2"),
)
"""Parts of a page that say nothing of its own: ways on; dates, sources, notes; headings that every page has."""
_UNUSED = ("-ui.css", "-ui.js", "-highlight.js", "-worker.js")
"""Pagefind's ready-made pieces, which our own script does without."""
_SIGNATURE = b"pagefind_dcd"
"""What the unpacked text of a file of Pagefind begins with."""
_LARGEST = 50_000_000


def search_outputs(pages: Iterable[Known], outputs: Iterable[Output], site: Site) -> tuple[list[Output], list[Problem]]:
    """Index the rendered pages that are to be found; give the index's files and the guides."""
    found = [one for one in outputs if one.path.endswith(".html") and SEARCHED in one.body]
    files, fault = _run_pagefind(found)
    if fault:
        hint = "install what README.md names, or build with --no-search"
        return [], [Problem("search-index", f"Pagefind made no index: {fault}", Span("site.yaml"), hint)]
    ids = _ids(files)
    listed = [(ids[one.url], one) for one in pages if one.url in ids]
    guides = []
    for language in site.catalogue.languages:
        data = guide(language, site)
        own = sorted(((key, page) for key, page in listed if page.language == language), key=lambda one: one[0])
        data["pages"] = {key: [page.title, *page.names] for key, page in own}
        data["urgent"] = [key for key, page in own if page.is_urgent]
        guides.append(Output(f"{FOLDER}/{language}.json", _json(data), "content/names.yaml"))
    return [*files, *guides], []


def _run_pagefind(pages: list[Output]) -> tuple[list[Output], str]:
    """Give the files of the index, or what went wrong."""
    with TemporaryDirectory(prefix="search-") as name:
        folder = Path(name)
        write_all(pages, folder / "pages")
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", "pages", "--output-path", FOLDER]
        command += ["--exclude-selectors", ", ".join(_LEFT_OUT)]
        surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
        # The command is ours alone; a list, and no shell.
        ran = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603
        files, problems = read_tree(folder, FOLDER, _LARGEST)
        if ran.returncode or problems or not files:
            lines = (ran.stderr or ran.stdout).strip().splitlines()
            return [], lines[-1] if lines else "it gave no reason"
        kept = [one for one in files if not one.path.endswith(_UNUSED)]
        return [Output(one.path, one.data, "content") for one in kept], ""


def _ids(files: Iterable[Output]) -> dict[str, str]:
    """The name that the index has for each page, by the page's address."""
    ids = {}
    for one in files:
        if one.path.endswith(".pf_fragment"):
            page = json.loads(gzip.decompress(one.body).removeprefix(_SIGNATURE))
            ids[str(page["url"])] = Path(one.path).stem
    return ids


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
