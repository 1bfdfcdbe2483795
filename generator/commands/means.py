"""What a command has at hand for a build: the cache of the site, and as many processes as there are cores."""

import argparse
import datetime
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline import Means

_SELDOM = (50_000, 20, 20)
"""How many more objects there must be before those that only hold each other are looked for: a build makes very many
that all stay, and next to none that hold each other. Python itself looks after every 700."""


def add_means(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that build."""
    parser.add_argument("--no-cache", action="store_true", help="make everything anew, and keep nothing for next time")


@contextmanager
def at_hand(options: argparse.Namespace) -> Iterator["Means"]:
    """Give the means that were asked for while the block runs."""
    from generator.cache import FILE
    from generator.sources.files import CACHE

    with with_cache(None if options.no_cache else options.root / CACHE / FILE) as means:
        yield means


@contextmanager
def with_cache(path: Path | None) -> Iterator["Means"]:
    """Give the means while the block runs. What was made is kept, if anywhere, even where the block is left early."""
    from generator.cache import Cache
    from generator.pipeline import Means
    from generator.workers import Workers

    often = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    cache = Cache(path, datetime.date.today().toordinal())
    workers = Workers()
    try:
        yield Means(cache, workers)
    finally:
        workers.shutdown(cancel_futures=True)
        cache.close()
        gc.set_threshold(*often)
        if cache.note:
            print(f"note: {cache.note}", file=sys.stderr)
