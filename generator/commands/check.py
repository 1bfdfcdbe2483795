"""Find all problems, or those of some codes, and write nothing."""

import argparse
import sys

from generator.commands.exits import BAD_CONTENT, BAD_USE, GOOD
from generator.commands.progress import Bar
from generator.commands.reports import add_reading, show, tally


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_reading(parser)
    parser.add_argument("--only", type=_codes, default=(), metavar="CODE,CODE", help="tell these problems alone")
    parser.add_argument("--skip", type=_codes, default=(), metavar="CODE,CODE", help="do not tell these problems")


def _codes(text: str) -> tuple[str, ...]:
    """Read a list of codes; one that is not there is answered with the nearest."""
    from generator.codes import CODES
    from generator.problems import suggest

    found = tuple(code.strip() for code in text.split(",") if code.strip())
    for code in found:
        if code not in CODES:
            raise argparse.ArgumentTypeError(
                f'there is no code "{code}"; {suggest(code, CODES) or "see CONTRIBUTING.md"}'
            )
    return found


def run(options: argparse.Namespace) -> int:
    """Build in memory and show what is wrong."""
    from generator.pipeline import Options, build, quiet

    bar = None if options.quiet or options.format != "text" else Bar(sys.stderr)
    done = build(options.root, Options(str(options.today or ""), options.strict_review), bar or quiet)
    if bar:
        bar.clear()
    chosen = [one for one in done.problems if (not options.only or one.code in options.only)]
    chosen = [one for one in chosen if one.code not in options.skip]
    show(chosen, options)
    if not options.quiet and options.format == "text":
        print(tally(done, chosen))
    if done.bad_config:
        return BAD_USE
    return BAD_CONTENT if any(one.is_error for one in chosen) else GOOD
