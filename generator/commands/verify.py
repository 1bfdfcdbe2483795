"""Compare a site in place with a build from nothing, byte by byte, and that with what a build makes of the cache."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.cache.cache import FILE, FILES
from generator.commands.means import with_cache
from generator.commands.progress import Bar
from generator.commands.reports import show
from generator.commands.saying import say
from generator.disk.folders import beside
from generator.output.archive import zipped
from generator.output.outputs import Output, fetched
from generator.output.publish import FOREIGN, differing
from generator.pipeline import Build, Finished, build
from generator.problems.exits import BAD_CONTENT, BAD_USE, FAULT, GOOD
from generator.problems.faults import Refused
from generator.runtime.workers import Workers
from generator.sources.files import copy_kept
from generator.stages.options import Options, quiet


def verify(options: argparse.Namespace, wanted: Options, target: Path) -> int:
    """Build twice in memory, say which files differ, and write nothing."""
    if not target.is_dir():
        raise Refused(f"there is no site in {target}")
    anew = _built(options, wanted, None)
    if anew.finished is None:
        show(anew.problems, options)
        return BAD_USE if anew.bad_config else BAD_CONTENT
    in_place = _in_place(anew.finished, target, options.zip)
    for path, wrong in in_place.items():
        say(f"{path} {wrong}")
    wrong_ones = sum(wrong != FOREIGN for wrong in in_place.values())
    kept = None if options.no_cache else _from_cache(options, wanted)
    of_cache = _unlike(anew, kept) if kept else []
    for path in of_cache:
        say(f"{path} is another one when it comes out of the cache")
    if not options.quiet:
        cache = "differ" if of_cache else "are the same" if kept else "were not compared"
        site = f"{wrong_ones} files of the site differ" if wrong_ones else "the site in place is the same"
        say(f"{len(anew.outputs)} files made from nothing: {site}, and those out of the cache {cache}")
    if of_cache:
        return FAULT
    return BAD_CONTENT if wrong_ones else GOOD


def _built(options: argparse.Namespace, wanted: Options, cache: Path | None) -> Build:
    bar = None if options.quiet or options.format != "text" else Bar(sys.stderr)
    with with_cache(cache, Workers()) as means:
        done = build(options.root, wanted, bar or quiet, means)
        if done.finished:
            done = replace(done, finished=replace(done.finished, outputs=tuple(map(fetched, done.outputs))))
    if bar:
        bar.clear()
    return done


def _from_cache(options: argparse.Namespace, wanted: Options) -> Build | None:
    """What a build makes with a copy of the cache, which itself is left as it is; None where nothing is kept."""
    with TemporaryDirectory(prefix="cache-") as folder:
        if not copy_kept(options.root, FILES, Path(folder)):
            return None
        return _built(options, wanted, Path(folder) / FILE)


def _in_place(made: Finished, target: Path, packed: bool) -> dict[str, str]:
    """What there is to say of the site in place, and of what is beside it for its hosts."""
    found = differing([zipped(made.outputs, "site")] if packed else made.outputs, target)
    hosting = beside(target)
    if made.aside or (made.aside is not None and hosting.exists()):
        found |= {f"{hosting.name}/{path}": wrong for path, wrong in differing(made.aside, hosting).items()}
    return found


def _unlike(anew: Build, kept: Build) -> list[str]:
    """The files that two builds make differently, and `problems` if they tell others."""
    one, other = _files(anew), _files(kept)
    found = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    return found + (["problems"] if anew.problems != kept.problems else [])


def _files(done: Build) -> dict[str, bytes]:
    every: Iterable[Output] = (*done.finished.outputs, *(done.finished.aside or ())) if done.finished else ()
    return {one.path: one.body for one in every}
