"""The runner: in each round every generator does a phase before any does the next, so a slow minute meets all."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import measure, sites
from benchmarks.figures import Run
from benchmarks.generators import Command, Generator, arguments
from benchmarks.serving import save_until_served

BUILDS = ("cold", "nothing", "edit", "template")
PHASES = (*BUILDS, "serve")
SAID = {
    "cold": "cold build",
    "nothing": "nothing changed",
    "edit": "one body edited",
    "template": "base template edited",
    "serve": "serve: save to changed page served",
}
_FIRST = 20
"""Pages of a first build, which is not counted."""
Found = Mapping[str, tuple[Generator, Command]]
Tell = Callable[[str], None]


def run_all(
    work: Path, found: Found, sizes: Sequence[int], phases: Sequence[str], rounds: int, seed: int, tell: Tell
) -> Iterator[Run]:
    """Give the figures of all runs as they come. Who cannot build a few pages rightly is left out."""
    able = []
    for generator, command in found.values():
        first = build(sites.make(work, generator, _FIRST, seed), command, "cold", 0, work)
        tell(f"{generator.name}: {f'LEFT OUT: {first.wrong}' if first.wrong else 'ready'}")
        able += [] if first.wrong else [(generator, command)]
    for pages in sizes:
        ready = [(sites.make(work, generator, pages, seed), command) for generator, command in able]
        for number in range(1, rounds + 1):
            for phase in phases:
                for site, command in ready if number % 2 else reversed(ready):
                    if phase == "serve" and not site.generator.serve:
                        continue
                    done = serve(site, command, number, work) if phase == "serve" else build(
                        site, command, phase, number, work
                    )  # fmt: skip
                    tell(f"{pages} pages, round {number}, {phase}, {site.generator.name}: {_told(done)}")
                    yield done


def build(site: sites.Site, command: Command, phase: str, number: int, work: Path) -> Run:
    """Bring a site into the state of a phase, build it in a fresh process, and look whether the pages are right."""
    sites.link_modules(site, command)
    prepare(site, phase)
    os.sync()
    name = site.generator.name
    given = (*command, *arguments(site.generator.build, site.folder))
    done = measure.run(given, site.folder, work / f"{name}.log")
    wrong = f"exit code {done.code}" if done.code else sites.wrong(site, count_pages=phase == "cold")
    return Run(
        name, site.pages, phase, number, done.wall, done.cpu, done.pss, done.rss, wrong, cores=os.cpu_count() or 1
    )


def prepare(site: sites.Site, phase: str) -> None:
    """Change what a phase changes."""
    if phase == "cold":
        sites.clear(site)
    elif phase == "edit":
        sites.edit_body(site)
    elif phase == "template":
        sites.edit_template(site)


def serve(site: sites.Site, command: Command, number: int, work: Path) -> Run:
    """Start the preview, edit one article, and time it until the changed page is served."""
    name = site.generator.name
    done = save_until_served(site, command, work / f"{name}-serve.log")
    return Run(name, site.pages, "serve", number, done.wall, 0.0, done.pss, done.rss, done.wrong, os.cpu_count() or 1)


def _told(done: Run) -> str:
    return f"VOID: {done.wrong}" if done.wrong else f"{done.wall:.2f} s, {done.pss:.0f} MiB"
