"""Show the site while somebody writes."""

import argparse

from generator.commands.saying import say, say_lines
from generator.problems.exits import GOOD

_LAST_PORT = 65535


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--port", type=port, default=8000, help="the port on 127.0.0.1 (default: 8000; 0 picks one)")
    parser.add_argument("--drafts", action="store_true", help="show drafts too, each with a note that says so")
    parser.add_argument(
        "--search", action="store_true", help="index the pages on every build, so that the search works"
    )


def port(text: str) -> int:
    if text.isdecimal() and int(text) <= _LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to {_LAST_PORT}")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from generator.stages.options import Options
    from generator.workbench.preview.serve import serve

    wanted = Options(for_host=False, search=options.search, drafts=options.drafts)
    try:
        serve(options.root, options.port, wanted, say_lines)
    except KeyboardInterrupt:
        say("stopped")
    return GOOD
