"""Show or keep whom GitHub asks about changes."""

import argparse

from generator.commands.reading import sources_of
from generator.problems.exits import GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--write", action="store_true", help="write it to .github/CODEOWNERS, where GitHub looks for it"
    )


def run(options: argparse.Namespace) -> int:
    """Print the file, or write it."""
    from generator.sources.files import write_file
    from generator.stages.data import read_data
    from generator.workbench.owners import FILE, code_owners

    sources, _ = sources_of(options.root)
    data, _ = read_data(sources)
    text = code_owners(list(data.people.values()), sources.config)
    if options.write:
        write_file(options.root, FILE, text)
    else:
        print(text, end="")
    return GOOD
