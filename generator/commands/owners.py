"""Show or keep whom GitHub asks about changes."""

import argparse
import sys

from generator.commands.exits import BAD_USE, GOOD
from generator.commands.typed import typed


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--write", action="store_true", help="write it to .github/CODEOWNERS, where GitHub looks for it"
    )


def run(options: argparse.Namespace) -> int:
    """Print the file, or write it."""
    from generator.sources.files import write_file
    from generator.stages import intake
    from generator.workbench.owners import FILE, code_owners

    sources, _ = intake.read(options.root)
    if sources is None:
        print(f"error: site.yaml cannot be read; {typed('check')} says why", file=sys.stderr)
        return BAD_USE
    data, _ = intake.read_data(sources)
    text = code_owners(list(data.people.values()), sources.config)
    if options.write:
        write_file(options.root, FILE, text)
    else:
        print(text, end="")
    return GOOD
