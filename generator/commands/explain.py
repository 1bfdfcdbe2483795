"""Show what stands behind one page."""

import argparse
import sys

from generator.commands.exits import BAD_USE, GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("page", help="an article: its file, or its address on the site")


def run(options: argparse.Namespace) -> int:
    """Print the explanation of a page."""
    from generator.workbench.explain import Unknown, as_text, explain

    found = explain(options.root, options.page)
    if found is None:
        print("error: site.yaml cannot be read; `python build.py check` says why", file=sys.stderr)
        return BAD_USE
    if isinstance(found, Unknown):
        near = " or ".join(found.near)
        print(
            f'error: there is no article "{found.name}"' + (f"; did you mean {near}?" if near else ""), file=sys.stderr
        )
        return BAD_USE
    print(as_text(found))
    return GOOD
