"""Show how hard each page is to read."""

import argparse

from generator.commands.exits import GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--write", action="store_true", help="keep the grades, so that no page gets harder to read")


def run(options: argparse.Namespace) -> int:
    """Print the grades, and keep them if that is asked for."""
    from generator.workbench import grades

    found = grades.rows(options.root)
    print(grades.as_text(found))
    if options.write:
        grades.record(options.root, found)
    return GOOD
