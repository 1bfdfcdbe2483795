"""Find all problems, or those of some codes, and write nothing."""

import argparse
import sys
from typing import TYPE_CHECKING

from generator.commands.exits import BAD_CONTENT, BAD_USE, GOOD
from generator.commands.means import add_means, at_hand
from generator.commands.progress import Bar
from generator.commands.reports import add_reading, show, tally

if TYPE_CHECKING:
    from generator.problems.problem import Problem


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_reading(parser)
    add_means(parser)
    parser.add_argument("--only", type=_codes, default=(), metavar="CODE,CODE", help="tell these problems alone")
    parser.add_argument("--skip", type=_codes, default=(), metavar="CODE,CODE", help="do not tell these problems")
    parser.add_argument("--online", action="store_true", help="ask other hosts whether the pages we link to are there")
    parser.add_argument("--seconds", type=float, default=120, help="--online: how long it may take (default: 120)")


def _codes(text: str) -> tuple[str, ...]:
    """Read a list of codes; one that is not there is answered with the nearest."""
    from generator.problems.codes import CODES
    from generator.problems.problem import suggest

    found = tuple(code.strip() for code in text.split(",") if code.strip())
    for code in found:
        if code not in CODES:
            raise argparse.ArgumentTypeError(
                f'there is no code "{code}"; {suggest(code, CODES) or "see CONTRIBUTING.md"}'
            )
    return found


def run(options: argparse.Namespace) -> int:
    """Build in memory and show what is wrong."""
    from generator.pipeline import build
    from generator.stages.options import Options, quiet

    bar = None if options.quiet or options.format != "text" else Bar(sys.stderr)
    with at_hand(options) as means:
        done = build(options.root, Options(str(options.today or ""), options.strict_review), bar or quiet, means)
    if bar:
        bar.clear()
    found = [*done.problems, *(_online(options) if options.online else ())]
    chosen = [one for one in found if (not options.only or one.code in options.only) and one.code not in options.skip]
    show(chosen, options)
    if not options.quiet and options.format == "text":
        print(tally(done, chosen))
    if done.bad_config:
        return BAD_USE
    return BAD_CONTENT if any(one.is_error for one in chosen) else GOOD


def _online(options: argparse.Namespace) -> "list[Problem]":
    """Ask for the pages of other sites, and say how many could not be asked for."""
    from generator.problems.problem import told
    from generator.stages import intake
    from generator.workbench import online

    sources, _ = intake.read(options.root)
    if sources is None:
        return []
    links = online.links_in([*sources.articles, *sources.records.values(), *sources.claims], sources.config.url)
    answers = online.answers_for(links, online.read_cache(options.root), options.seconds)
    online.write_cache(options.root, answers)
    silent = sum(not (address in answers and answers[address].status) for address in links)
    if not options.quiet and options.format == "text":
        print(f"{len(links)} addresses of other sites; {silent} gave no answer and are not judged")
    return list(told(online.problems_of(answers, links)))
