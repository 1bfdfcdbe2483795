"""Find all problems, and write nothing."""

import argparse
import sys

from generator.commands.exits import BAD_CONTENT, BAD_USE, GOOD
from generator.commands.progress import Bar
from generator.commands.reports import add_reading, show, tally


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_reading(parser)


def run(options: argparse.Namespace) -> int:
    """Build in memory and show what is wrong."""
    from generator.pipeline import Options, build, quiet

    bar = None if options.quiet or options.format != "text" else Bar(sys.stderr)
    done = build(options.root, Options(str(options.today or ""), options.strict_review), bar or quiet)
    if bar:
        bar.clear()
    show(done.problems, options)
    if not options.quiet and options.format == "text":
        print(tally(done))
    if done.bad_config:
        return BAD_USE
    return GOOD if done.is_good else BAD_CONTENT
