"""The search: an index of the pages' own words, made by Pagefind, and a guide for each language with what it lacks.

Pagefind makes an index of all pages or none. It is given what the search sees of each page, and nothing else: so where
that is as it was, the index is as it was, and comes from the cache. It reads and writes folders, so the pages go to a
folder of their own for a moment. It takes no settings from its surroundings here: the same pages give the same bytes.
"""

import gzip
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import module_digest
from generator.output.outputs import Output
from generator.output.publish import write_all
from generator.output.reading import Reading
from generator.output.searched import searched
from generator.output.tree import tree_of
from generator.problems.problem import Problem, Span
from generator.site.joined import Site
from generator.site.pages import Known
from generator.site.search_guide import guide
from generator.sources.files import read_tree

FOLDER = "search"
"""The folder of the site that holds all of it."""
_PAGEFIND = ("pagefind", "pagefind-bin", "pagefind-bin-extended")
_UNUSED = ("-ui.css", "-ui.js", "-highlight.js", "-worker.js")
"""Pagefind's ready-made pieces, which our own script does without."""
_SIGNATURE = b"pagefind_dcd"
"""What the unpacked text of a file of Pagefind begins with."""
_LARGEST = 50_000_000

Tell = Callable[[int, int], None]
"""Is told when an index is begun and when it is made; where none has to be made, of nothing."""


def search_outputs(
    pages: Iterable[Known],
    outputs: Iterable[Output],
    readings: Mapping[str, Reading],
    site: Site,
    tell: Tell,
    cache: Cache = NOTHING_KEPT,
) -> tuple[list[Output], list[Problem]]:
    """Index the rendered pages that are to be found; give the index's files and the guides."""
    found = [one for one in outputs if one.path in readings and readings[one.path].digests.searched]
    files, fault = _index(found, [readings[one.path].digests.searched for one in found], tell, cache)
    if fault:
        hint = "install what README.md names, or build with --no-search"
        return [], [Problem("search-index", f"Pagefind made no index: {fault}", Span("site.yaml"), hint)]
    ids = _ids(files)
    listed = [(ids[one.url], one) for one in pages if one.url in ids]
    guides = []
    for language in site.catalogue.languages:
        data = guide(language, site, cache)
        own = sorted(((key, page) for key, page in listed if page.language == language), key=lambda one: one[0])
        data["pages"] = {key: [page.title, *page.names] for key, page in own}
        data["urgent"] = [key for key, page in own if page.is_urgent]
        guides.append(Output(f"{FOLDER}/{language}.json", _json(data), "content/names.yaml"))
    return [*files, *guides], []


def _index(pages: Sequence[Output], digests: Sequence[str], tell: Tell, cache: Cache) -> tuple[list[Output], str]:
    """Give the files of the index, or what went wrong; `digests` are those of what the search sees of each page."""
    base = key_of(b"index", module_digest("output/search.py", *_PAGEFIND))
    seen = sorted((page.path, own) for page, own in zip(pages, digests, strict=True))
    key = key_of(base, *(part.encode("utf-8", "surrogatepass") for pair in seen for part in pair))
    files = _kept_index(key, cache)
    if files:
        return files, ""
    tell(0, 1)
    files, fault = run_pagefind(_reduced(pages, digests, cache))
    tell(1, 1)
    if not fault:
        parts = {key_of(base, one.body): one.body for one in files}
        names = [[one.path, key_of(base, one.body).hex()] for one in files]
        cache.put({**parts, key: json.dumps(names).encode()})
    return files, fault


def _kept_index(key: bytes, cache: Cache) -> list[Output]:
    """The files of the index that was made of the same; none where one of them is lost."""
    data = cache.get([key]).get(key)
    names = [(path, bytes.fromhex(part)) for path, part in json.loads(data)] if data else []
    bodies = cache.get(part for _, part in names)
    return [_file(path, bodies[part]) for path, part in names] if all(part in bodies for _, part in names) else []


def _reduced(pages: Sequence[Output], digests: Sequence[str], cache: Cache) -> list[Output]:
    """What the search sees of each page. A page that is as it was is not read again."""
    base = key_of(b"searched")
    keys = [key_of(base, own.encode()) for own in digests]
    kept = cache.get(keys)
    fresh = {
        key: searched(tree_of(page.body)).encode("utf-8", "surrogatepass")
        for key, page in zip(keys, pages, strict=True)
        if key not in kept
    }
    cache.put(fresh)
    return [Output(page.path, (kept | fresh)[key], page.made_from) for key, page in zip(keys, pages, strict=True)]


def run_pagefind(pages: list[Output]) -> tuple[list[Output], str]:
    """Give the files of the index, or what went wrong."""
    # An index is seldom made: where no word changed there is one.
    import subprocess  # nosec B404

    with TemporaryDirectory(prefix="search-") as name:
        folder = Path(name)
        write_all(pages, folder / "pages")
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", "pages", "--output-path", FOLDER]
        command += ["--exclude-selectors", "h1"]  # the title, which every result begins with anyway
        surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
        # The command is ours alone; a list, and no shell.
        ran = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603
        files, problems = read_tree(folder, FOLDER, _LARGEST)
        if ran.returncode or problems or not files:
            lines = (ran.stderr or ran.stdout).strip().splitlines()
            return [], lines[-1] if lines else "it gave no reason"
        return [_file(one.path, one.data) for one in files if not one.path.endswith(_UNUSED)], ""


def _file(path: str, body: bytes) -> Output:
    return Output(path, body, "content")


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
