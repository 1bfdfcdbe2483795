"""What a command has at hand for a build: the cache of the site, and others that share the work."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.saying import note

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from generator.runtime.means import Means
    from generator.runtime.timing import Clock


def add_means(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that build."""
    parser.add_argument("--no-cache", action="store_true", help="make everything anew, and keep nothing for next time")
    workers = parser.add_mutually_exclusive_group()
    workers.add_argument(
        "--jobs", type=_jobs, default=0, metavar="N", help="processes that share the work (default: one for each core)"
    )
    workers.add_argument(
        "--executor", type=_address, metavar="dask://HOST:PORT", help="have a cluster of Dask share the work"
    )
    parser.add_argument("--profile", action="store_true", help="say at the end what took how long")
    parser.add_argument("--timings", type=_file, metavar="FILE", help="write the same to a file, as JSON")


def _file(text: str) -> Path:
    if Path(text).is_dir():
        raise argparse.ArgumentTypeError("this is a folder; name a file")
    return Path(text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("write a whole number from 1 on; with 1, one process does all of it")
    return int(text)


def _address(text: str) -> str:
    from generator.runtime.cluster import is_address

    if not is_address(text):
        raise argparse.ArgumentTypeError("write it as dask://host:port, with the port of the scheduler (often 8786)")
    return text


@contextmanager
def at_hand(options: argparse.Namespace) -> Iterator["Means"]:
    """Give the means that were asked for while the block runs, then tell those who asked what took how long."""
    from generator.cache.cache import FILE
    from generator.disk.folders import CACHE
    from generator.runtime.cluster import Cluster
    from generator.runtime.timing import STOPPED, Clock
    from generator.runtime.workers import Workers

    clock = Clock() if options.profile or options.timings else STOPPED
    workers = Cluster(options.executor) if options.executor else None if options.jobs == 1 else Workers(options.jobs)
    with with_cache(None if options.no_cache else options.root / CACHE / FILE, workers, clock) as means:
        yield means
    if clock.runs:
        _tell(options, clock, (means.cache.hits, means.cache.misses))


@contextmanager
def with_cache(path: Path | None, workers: "Executor | None" = None, clock: "Clock | None" = None) -> Iterator["Means"]:
    """Give the means while the block runs. What was made is kept, if anywhere, even where the block is left early."""
    from generator.cache.cache import Cache
    from generator.runtime.day import number_of_day
    from generator.runtime.means import Means
    from generator.runtime.timing import STOPPED

    clock = clock or STOPPED
    cache = Cache(path, number_of_day())
    try:
        yield Means(cache, workers, clock)
    finally:
        clock.begin("keeping")
        if workers:
            workers.shutdown(cancel_futures=True)
        cache.close()
        if cache.note:
            note(cache.note)


def _tell(options: argparse.Namespace, clock: "Clock", cache: tuple[int, int]) -> None:
    from generator.commands.timings import as_json, as_text, write
    from generator.runtime.timing import peak_memory

    timings, memory = clock.timings(), peak_memory()
    if options.timings:
        write(as_json(timings, cache, memory), options.timings)
    if options.profile:
        print(as_text(timings, cache, memory), file=sys.stderr)
