"""What `build` and `check` share: the day to read the site on, and how its problems are shown."""

import argparse
import datetime
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.saying import say
from generator.problems.visible import several

if TYPE_CHECKING:
    from generator.pipeline import Build
    from generator.problems.problem import Problem

FORMATS = ("text", "json", "github", "sarif")
_MANY = 10
"""More problems than one looks through at once; and more than GitHub shows of a step beside their lines."""
_MOST = 5
"""How many codes, and how many files, are named where there are many problems."""


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
    parser.add_argument(
        "--today", type=day, metavar="YYYY-MM-DD", help="the day to build for (default: the present one)"
    )


def show(problems: "Sequence[Problem]", options: argparse.Namespace) -> None:
    """Print all problems in the form that was asked for."""
    for part in _parts(problems, options.format, options.root):
        sys.stdout.write(_writable(part))


def shown(problems: "Sequence[Problem]", form: str, root: Path) -> str:
    """Give all problems as they are printed in one of the forms."""
    return "".join(map(_writable, _parts(problems, form, root)))


def _parts(problems: "Sequence[Problem]", form: str, root: Path) -> Iterator[str]:
    """Give the same piece by piece, so that of very many problems no more than one is in memory twice."""
    from generator.problems.shown import as_github, as_json, as_text

    if form == "sarif":
        from generator.workbench.sarif import as_sarif

        yield as_sarif(problems) + "\n"
    elif form == "json":
        yield as_json(problems) + "\n"
    elif form == "github":
        yield from (as_github(problem) + "\n" for problem in problems)
        yield from _of_the_step(problems)
    else:
        from generator.sources.lines import Lines

        lines = Lines(root)
        yield from (as_text(problem, lines.line_of) + "\n\n" for problem in problems)


def _writable(text: str) -> str:
    """Write what no UTF-8 can say, as in the name of a file, as `\\udcff`, which JSON reads as it was."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _of_the_step(problems: "Sequence[Problem]") -> Iterator[str]:
    """Say what GitHub would not: it shows ten errors and ten warnings of a step beside their lines."""
    from generator.problems.shown import notice

    lines = overview(problems)
    if lines:
        text = f"GitHub shows {_MANY} of each beside their lines; the log of this step has them all."
        yield notice(f"{len(problems)} problems", "\n".join([text, *lines])) + "\n"


def overview(problems: "Sequence[Problem]") -> list[str]:
    """Say in a few lines what to mend first: the codes and the files that many problems have. Of few, nothing."""
    from collections import Counter

    from generator.problems.codes import CODES
    from generator.problems.visible import visible

    if len(problems) <= _MANY:
        return []
    codes = Counter(problem.code for problem in problems)
    files = Counter(problem.span.path for problem in problems)
    worst = sorted(codes, key=lambda code: (CODES[code].severity, -codes[code], code))
    fullest = sorted((path for path, count in files.items() if count >= _MANY), key=lambda path: (-files[path], path))
    named = {code: f"{CODES[code].severity}[{code}] {CODES[code].meaning} {CODES[code].fix}" for code in worst}
    where = f"in {len(files)} files" if len(files) > 1 else f"all in {visible(problems[0].span.path)}"
    lines = [f"{where}, most often:", *_most(codes, worst, named, "codes")]
    if len(files) > 1 and fullest:
        lines += ["most of them in:", *_most(files, fullest, {path: visible(path) for path in fullest}, "files")]
    return [*lines, f"`build.py check --only {worst[0]}` tells one kind alone"]


def _most(counts: Mapping[str, int], ranked: Sequence[str], named: Mapping[str, str], kind: str) -> list[str]:
    first = ranked[:_MOST]
    rest = sum(counts.values()) - sum(counts[one] for one in first)
    lines = [f"{counts[one]:>7} {named[one]}" for one in first]
    return lines + ([f"{rest:>7} of {len(counts) - len(first)} other {kind}"] if rest else [])


def say_tally(done: "Build", problems: "Sequence[Problem]") -> None:
    """Say how many problems there are and what was done to find them, in one line; then what to mend first."""
    errors = sum(problem.is_error for problem in problems)
    if done.bad_config:
        say(f"{several(errors, 'error')} in site.yaml; it says how all else is read, so nothing else was looked at yet")
        return
    say(counted(errors, len(problems) - errors, done.parses, done.renders))
    for line in overview(problems):
        say(line)


def counted(errors: int, warnings: int, parses: int, renders: int) -> str:
    """The same of numbers."""
    found = f"{several(errors, 'error')}, {several(warnings, 'warning')}"
    return f"{found}; {several(parses, 'article')} parsed, {several(renders, 'page')} rendered"
