"""Take away what builds have kept for the next one."""

import argparse
import sys

from generator.commands.exits import BAD_USE, GOOD
from generator.disk.folders import leads_out


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Delete the cache and the answers of other hosts. The site stays, and so does one that is being put in place."""
    from generator.cache.cache import FILES
    from generator.disk.folders import CACHE
    from generator.disk.unchanged import FILES as RECORDS
    from generator.output.publish import discard_spare
    from generator.output.turns import Busy, turn
    from generator.sources.files import remove_kept
    from generator.workbench.online import FILE as ANSWERS

    workspace = options.root / CACHE / "publish"
    if leads_out(options.root, workspace / "hosting"):
        print(f"error: {workspace}, or what it holds, leads out of the site's folder; delete the link", file=sys.stderr)
        return BAD_USE
    try:
        if workspace.is_dir():
            with turn(workspace):  # or a build might be filling just now what is taken away
                discard_spare(workspace)
    except Busy as other:
        print(f"error: {other}", file=sys.stderr)
        return BAD_USE
    size = remove_kept(options.root, (*FILES, *RECORDS, ANSWERS))
    print(f"{CACHE}: {size / 1_000_000:.1f} MB deleted" if size else f"{CACHE}: there is nothing to delete")
    return GOOD
