"""What `build` and `check` share: the day to read the site on, and how its problems are shown."""

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline import Build
    from generator.problems import Problem

FORMATS = ("text", "json", "github", "sarif")


def day(text: str) -> datetime.date:
    """Read a day of the command line."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day; write it as year-month-day: 2026-11-21') from None


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options that both commands have."""
    parser.add_argument("--format", choices=FORMATS, default="text", help="how problems are shown")
    parser.add_argument("--quiet", action="store_true", help="show problems only")
    parser.add_argument("--strict-review", action="store_true", help="a review that is overdue is an error")
    parser.add_argument("--today", type=day, help="the day to build for (default: the present one)")


def show(problems: "Sequence[Problem]", options: argparse.Namespace) -> None:
    """Print all problems in the form that was asked for."""
    sys.stdout.write(shown(problems, options.format, options.root))


def shown(problems: "Sequence[Problem]", form: str, root: Path) -> str:
    """Give all problems as they are printed in one of the forms."""
    from generator.problems import as_github, as_json, as_text

    if form == "sarif":
        from generator.workbench.sarif import as_sarif

        return as_sarif(problems) + "\n"
    if form == "json":
        return as_json(problems) + "\n"
    if form == "github":
        return "".join(as_github(problem) + "\n" for problem in problems)
    from generator.sources.lines import Lines

    lines = Lines(root)
    return "".join(as_text(problem, lines.line_of) + "\n\n" for problem in problems)


def tally(done: "Build", problems: "Sequence[Problem]") -> str:
    """One line: how many problems there are, and what was done to find them."""
    errors = sum(problem.is_error for problem in problems)
    return counted(errors, len(problems) - errors, done.parses, done.renders)


def counted(errors: int, warnings: int, parses: int, renders: int) -> str:
    """The same of numbers."""
    return f"{errors} errors, {warnings} warnings; {parses} articles parsed, {renders} pages rendered"
