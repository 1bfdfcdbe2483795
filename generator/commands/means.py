"""What a command has at hand for a build: the cache of the site, and others that share the work."""

import argparse
import datetime
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline import Means


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


def _jobs(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("write a whole number from 1 on; with 1, one process does all of it")
    return int(text)


def _address(text: str) -> str:
    from generator.cluster import is_address

    if not is_address(text):
        raise argparse.ArgumentTypeError("write it as dask://host:port, with the port of the scheduler (often 8786)")
    return text


@contextmanager
def at_hand(options: argparse.Namespace) -> Iterator["Means"]:
    """Give the means while the block runs. What was made is kept even where the block is left early."""
    from generator.cache import FILE, Cache
    from generator.cluster import Cluster
    from generator.pipeline import Means
    from generator.sources.files import CACHE
    from generator.workers import Workers

    today = datetime.date.today().toordinal()
    workers = Cluster(options.executor) if options.executor else None if options.jobs == 1 else Workers(options.jobs)
    cache = Cache(None if options.no_cache else options.root / CACHE / FILE, today)
    try:
        yield Means(cache, workers)
    finally:
        if workers:
            workers.shutdown(cancel_futures=True)
        cache.close()
        if cache.note:
            print(f"note: {cache.note}", file=sys.stderr)
