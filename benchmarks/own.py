"""This site itself, as readers and maintainers have it: `python -m benchmarks.own`.

Builds a copy of it with its index for the search, and tells how long that takes and how much memory; then what its
pages weigh, and what its search finds (in Chromium, the queries of `tests/search/queries.yaml`).
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import measure
from benchmarks.generators import REPOSITORY, TODAY
from generator.disk.folders import CACHE, CONTENT, STATIC, TEMPLATES
from tests.outside import chromium
from tests.outside.serving import served
from tests.outside.weights import weigh
from tests.search.finder import Answer, Finder

CHANGES = {
    "first build": "",
    "nothing changed": "",
    "one text edited": f"{CONTENT}/treatments/exercise.md",
    "the base template edited": f"{TEMPLATES}/base.html",
}
"""What is built, and the file that is changed before."""
_KB = 1024


class Site:
    """A copy of this site in a folder, with its output in `_site`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "_site"
        for name in (CONTENT, TEMPLATES, STATIC):
            shutil.copytree(REPOSITORY / name, root / name)
        shutil.copy(REPOSITORY / "site.yaml", root)

    def build(self, change: str) -> measure.Measured:
        """Bring it into the state of a change, and build it in a fresh process."""
        if change == "first build":
            for name in (self.output.name, CACHE):
                shutil.rmtree(self.root / name, ignore_errors=True)
        elif CHANGES[change]:
            edited(self.root / CHANGES[change])
        log = self.root / "build.log"
        command = (sys.executable, str(REPOSITORY / "build.py"), "--root", str(self.root), "--today", TODAY)
        done = measure.run(command, self.root, log)
        if done.code:
            raise RuntimeError(log.read_text(encoding="utf-8"))
        return done


def edited(path: Path) -> None:
    """Say something more at the end of a text, or in the foot of a template."""
    text = path.read_text(encoding="utf-8")
    more = "<!-- edited -->\n</body>" if "</body>" in text else ""
    path.write_text(text.replace("</body>", more) if more else f"{text.rstrip()} And more.\n", encoding="utf-8")


def build_rows(site: Site, rounds: int) -> Iterator[tuple[str, str]]:
    """Seconds and memory of each change: medians."""
    found: dict[str, list[measure.Measured]] = {change: [] for change in CHANGES}
    for _ in range(rounds):
        for change, done in found.items():
            done.append(site.build(change))
    for change, done in found.items():
        seconds, memory = (statistics.median(getattr(one, name) for one in done) for name in ("wall", "pss"))
        yield change, f"{seconds:.2f} s, {memory:.0f} MiB"


def weight_rows(output: Path) -> Iterator[tuple[str, str]]:
    """What pages weigh with all that they load, compressed by gzip."""
    weights = weigh(output)
    files = [one for one in output.rglob("*") if one.is_file()]
    yield "pages; files", f"{len(weights)}; {len(files)}, {sum(one.stat().st_size for one in files) / _KB**2:.1f} MiB"
    yield "heaviest page", f"{weights[0].total / _KB:.1f} KB: {weights[0].page or 'home'}"
    yield "page in the middle", f"{statistics.median(one.total for one in weights) / _KB:.1f} KB"


def search_rows(answers: list[Answer]) -> Iterator[tuple[str, str]]:
    """What the search finds."""
    judged = [one for one in answers if one.wanted_card]
    right = sum(one.card == one.wanted_card for one in judged)
    yield "queries that find their page in the first three", f"{sum(one.is_found for one in answers)} of {len(answers)}"
    yield "queries with the right urgent sign on top, or rightly none", f"{right} of {len(judged)}"
    yield from (("not found", f"{one.query}: {', '.join(one.first)}") for one in answers if not one.is_found)


def answers_of(output: Path) -> list[Answer]:
    """Ask the search of a built site."""
    with served(output) as base, chromium.running() as browser, browser.new_context() as context:
        finder = Finder(context.new_page(), base)
        finder.open()
        return finder.answers()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.own", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each build is timed (default: 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "site"
        root.mkdir()
        site = Site(root)
        rows = [*build_rows(site, options.rounds), *weight_rows(site.output), *search_rows(answers_of(site.output))]
    print("\n".join(("| what | |", "| --- | --- |", *(f"| {what} | {said} |" for what, said in rows))))


if __name__ == "__main__":
    main()
