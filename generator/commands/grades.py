"""Show how hard each page is to read."""

import argparse

from generator.commands.reading import unread
from generator.commands.saying import say_lines
from generator.problems.exits import GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--write", action="store_true", help="keep the grades, so that no page gets harder to read")


def run(options: argparse.Namespace) -> int:
    """Print the grades, and keep them if that is asked for."""
    from generator.config import FILE, read_config
    from generator.sources.files import read_file
    from generator.workbench import grades

    if read_config(read_file(options.root, FILE))[0] is None:
        raise unread()
    found = grades.rows(options.root)
    say_lines(grades.as_text(found))
    if options.write:
        grades.record(options.root, found)
    return GOOD
