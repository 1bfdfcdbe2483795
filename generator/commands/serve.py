"""Show the site while somebody writes."""

import argparse

from generator.commands.exits import GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from generator.workbench.serve import serve

    serve(options.root, options.port)
    return GOOD
