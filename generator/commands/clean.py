"""Take away what builds have kept for the next one."""

import argparse

from generator.commands.exits import GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Delete the cache; the site and everything else stays."""
    from generator.sources.files import CACHE, remove_own_tree

    size = remove_own_tree(options.root, CACHE)
    print(f"{CACHE}: {size / 1_000_000:.1f} MB deleted" if size else f"{CACHE}: there is nothing to delete")
    return GOOD
