"""Print the tables of CONTRIBUTING.md, as the program itself has them."""

import argparse

from generator.problems.exits import GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(_options: argparse.Namespace) -> int:
    """Print every table with the lines between which it stands."""
    from generator.workbench.tables import all_tables

    for name, table in all_tables().items():
        print(f"<!-- table: {name} -->\n{table}\n<!-- end -->\n")
    return GOOD
