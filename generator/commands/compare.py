"""Say what a change means for readers."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.means import add_means, at_hand
from generator.commands.reading import sources_of
from generator.commands.reports import day
from generator.commands.saying import note
from generator.problems.exits import BAD_CONTENT, GOOD
from generator.problems.faults import Refused

if TYPE_CHECKING:
    from generator.workbench.compare.report import Report


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "base",
        help="what to compare with: a revision in git (`main...` is where this branch left main), or a site's folder",
    )
    parser.add_argument("--output", type=Path, help="write the whole report to this file too, as HTML")
    parser.add_argument(
        "--accept-lowered",
        action="append",
        default=[],
        metavar="SIGN",
        help="a red flag (by id) or page (by path) whose sign may be lowered or removed; can be given again",
    )
    add_means(parser)
    parser.add_argument(
        "--today", type=day, metavar="YYYY-MM-DD", help="the day to build for (default: the present one)"
    )


def run(options: argparse.Namespace) -> int:
    """Build both in memory, print the report, and say by the exit code whether something is to be mended."""
    from generator.sources.files import write_file
    from generator.workbench.compare.markdown import as_markdown
    from generator.workbench.compare.web import as_html

    report = _report(options)
    print(as_markdown(report), end="")
    if options.output:
        try:
            write_file(options.output.resolve().parent, options.output.name, as_html(report))
        except OSError as fault:
            raise Refused(f"{options.output} cannot be written: {fault.strerror}") from fault
    for name in _idle(report, options.accept_lowered):
        note(f"nothing was lowered or removed under the name {name}")
    return BAD_CONTENT if report.errors else GOOD


def _report(options: argparse.Namespace) -> "Report":
    """Both sides are made with the templates of the tree at hand, so that what differs is content."""
    from generator.runtime.day import present_day
    from generator.stages import intake
    from generator.workbench.compare.base import NoBase, base_of
    from generator.workbench.compare.differences import compare
    from generator.workbench.compare.report import WARNING, Entry, code, same, strong
    from generator.workbench.compare.snapshot import take

    today = str(options.today or present_day())
    with base_of(options.root, options.base) as base:
        sources, problems = sources_of(options.root)
        old, old_problems = intake.read(base.folder)
        if old is None:
            raise NoBase(f"the site.yaml of {base.name} cannot be read by this program")
    old = replace(old, templates=sources.templates, words=sources.words, static=sources.static)
    with at_hand(options) as means:
        after = take("this tree", sources, problems, today, means)
        before = take(base.name, old, old_problems, today, means)
        report = compare(before, after, options.accept_lowered)
    if not base.has_gone_on:
        return report
    said = (
        " has commits that this tree lacks; what they changed stands here the other way round. To leave it out, name "
    )
    note = Entry((strong("The base"), same(said), code(f"{options.base}..."), same(".")), WARNING)
    return replace(report, notes=(note, *report.notes))


def _idle(report: "Report", accepted: list[str]) -> list[str]:
    from generator.workbench.compare.report import ACCEPTED, CODE

    marked = [one for section in report.sections for one in section.entries if one.mark == ACCEPTED]
    used = {piece.text for one in marked for piece in one.line if piece.kind == CODE}
    return [name for name in accepted if name not in used]
