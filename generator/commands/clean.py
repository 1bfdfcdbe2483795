"""Take away what builds have kept for the next one."""

import argparse

from generator.commands.exits import GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Delete the cache and the answers of other hosts. The site stays, and so does one that is being put in place."""
    from generator.cache import FILES
    from generator.output.publish import discard_spare
    from generator.sources.files import CACHE, remove_kept
    from generator.unchanged import FILES as RECORDS
    from generator.workbench.online import FILE as ANSWERS

    discard_spare(options.root / CACHE / "publish")
    size = remove_kept(options.root, (*FILES, *RECORDS, ANSWERS))
    print(f"{CACHE}: {size / 1_000_000:.1f} MB deleted" if size else f"{CACHE}: there is nothing to delete")
    return GOOD
