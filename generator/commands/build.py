"""Make the site."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.means import add_means, at_hand
from generator.commands.progress import Bar, Watch
from generator.commands.reports import FORMATS, add_reading, counted, overview, say_tally, show, shown
from generator.commands.saying import note, say
from generator.disk.folders import CACHE, CONTENT, STATIC, TEMPLATES, beside, leads_out
from generator.disk.unchanged import Before, Told, keep, look, nothing_changed
from generator.problems.exits import BAD_CONTENT, BAD_USE, GOOD
from generator.problems.faults import Refused
from generator.runtime.day import present_day

if TYPE_CHECKING:
    from generator.output.publish import Published
    from generator.pipeline import Build, Finished
    from generator.problems.problem import Problem
    from generator.runtime.means import Means
    from generator.stages.options import Options

_OF_NO_WEIGHT = ("root", "output", "format", "quiet", "no_cache", "verify", "jobs", "executor", "profile", "timings")
"""Options on which no byte of the site depends."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_reading(parser)
    add_means(parser)
    parser.add_argument("--output", type=Path, help="where the site is made (default: _site in the site's folder)")
    parser.add_argument(
        "--relative", action="store_true", help="a site to be read from a folder, without a server, in _relative"
    )
    parser.add_argument("--zip", action="store_true", help="the same as one file, site.zip, in _zip")
    parser.add_argument("--compress", action="store_true", help="put compressed copies beside the files")
    parser.add_argument("--no-search", action="store_true", help="make no index; the search field leads to A to Z")
    parser.add_argument("--pdf", action="store_true", help="make the pages for paper as PDF too (needs WeasyPrint)")
    parser.add_argument("--epub", action="store_true", help="make the whole site as an electronic book too")
    parser.add_argument(
        "--verify", action="store_true", help="make it in memory alone, from nothing, and say which files differ"
    )


def run(options: argparse.Namespace) -> int:
    """Build, show what is wrong, and publish what is good; or find that there is nothing to do."""
    start = time.perf_counter()
    root = options.root.resolve()
    today = str(options.today or present_day())
    target = (options.output or root / _folder(options)).resolve()
    if options.verify:
        from generator.commands.verify import verify

        _must_be_installed(options)
        return verify(options, _wanted(options, today), target)
    fault = _no_target(options, target)
    if fault:
        raise Refused(fault)
    folders = (target, beside(target))
    before = None if options.no_cache else look(root, _asked(options, today, target))
    is_measured = options.profile or options.timings
    told = nothing_changed(root, before, folders) if before and not is_measured else None
    if told:
        _tell_again(told, options, start)
        return GOOD
    return _build(options, today, target, before, start)


def _asked(options: argparse.Namespace, today: str, target: Path) -> dict[str, str]:
    """All of what was asked on which the site depends, and where it shall be."""
    given = {name: str(value) for name, value in vars(options).items() if name not in _OF_NO_WEIGHT}
    return {**given, "today": today, "output": str(target)}


def _tell_again(told: Told, options: argparse.Namespace, start: float) -> None:
    sys.stdout.write(told.problems[options.format])
    if not options.quiet and options.format == "text":
        say(counted(0, told.warnings, 0, 0))
        say(f"nothing has changed: 0 written, {told.files} unchanged, 0 removed; {time.perf_counter() - start:.2f} s")
        for line in told.notes:
            say(line)


def _build(options: argparse.Namespace, today: str, target: Path, before: Before | None, start: float) -> int:
    from dataclasses import replace  # it takes as long to import as all that is looked at where nothing has changed

    from generator.cache.cache import NOTHING_KEPT
    from generator.output.outputs import Gone
    from generator.output.publish import discard_spare
    from generator.output.turns import turn
    from generator.pipeline import build, put_in_place
    from generator.sources.files import Changed
    from generator.stages.options import quiet

    _must_be_installed(options)
    root = options.root.resolve()
    bar = None if options.quiet or options.format != "text" else Bar(sys.stderr)
    watch = Watch(bar or quiet)

    def make(means: "Means") -> "tuple[Build, Published | None]":
        done = build(options.root, _wanted(options, today), watch, means)
        if bar:
            bar.clear()
        if done.finished is None:
            return done, None
        means.clock.begin("publishing")
        site = _packed(done.finished) if options.zip else done.finished
        workspace = _workspace(target, options.root)
        is_own = workspace.parent != target.parent  # beside what is the user's own, no second tree is left
        with turn(workspace, note) as is_alone:
            placed = put_in_place(site, target, workspace, with_spare=is_own and before is not None)
            seen = {target: placed.look}
            if not is_own:
                discard_spare(workspace)
                seen = {}  # what the two shared has one link less
            if before and is_alone:
                told = _told(done.problems, site, placed, options.root)
                keep(root, before, (target, beside(target)), _proofs(site, placed, target), told, seen)
        return done, placed

    with at_hand(options) as means:
        try:
            done, published = make(means)
        except (Gone, Changed) as loss:
            note(f"{loss}, so all is made anew")
            done, published = make(replace(means, cache=NOTHING_KEPT))
    show(done.problems, options)
    if not options.quiet and options.format == "text":
        say_tally(done, done.problems)
        _summary(done, published, time.perf_counter() - start, watch.seconds.get("indexing"))
    if done.bad_config:
        return BAD_USE
    return GOOD if done.is_good else BAD_CONTENT


def _must_be_installed(options: argparse.Namespace) -> None:
    """Refuse what cannot be made with what is installed."""
    if options.pdf:
        from generator.formats.pdf import MISSING, is_installed

        if not is_installed():
            raise Refused(MISSING)


def _proofs(site: "Finished", published: "Published", target: Path) -> dict[Path, bytes]:
    """The files by which the next build sees that the site in place is this one."""
    from generator.output.layout import MANIFEST

    return {target / MANIFEST: published.manifest, **{beside(target) / one.path: one.body for one in site.aside or ()}}


def _wanted(options: argparse.Namespace, today: str) -> "Options":
    """What the command line asks for, in the words of a build."""
    from generator.stages.options import Options

    portable = options.relative or options.zip
    return Options(
        today=today,
        strict_review=options.strict_review,
        portable=portable,
        for_host=not portable,
        compress=options.compress,
        search=not options.no_search,
        pdf=options.pdf,
        epub=options.epub,
    )


def _no_target(options: argparse.Namespace, target: Path) -> str:
    """Say why a site may not be made in a folder: among what it is made from, it would be read as a part of it; and a
    link, which may have come with the site's files, must not say where else something is written."""
    root = options.root.resolve()
    if root.is_relative_to(target):
        return f"{target} holds the site's own files; name a folder of its own (--output)"
    if options.output is None and leads_out(root, target):
        return (
            f"{root / _folder(options)} is a link to {target}; name that folder (--output) if the site shall be there"
        )
    inner = target.relative_to(root).parts[0] if target.is_relative_to(root) else ""
    taken = (CONTENT, STATIC, TEMPLATES, "generator", "schemas", "tests", ".git", ".github", CACHE)
    if inner in taken:
        return f"{inner}/ holds what the site is made from; name another folder (--output)"
    ours = (root / CACHE / "publish" / "hosting", *([beside(target)] if inner else []))
    linked = next((str(one) for one in ours if leads_out(root, one)), "")
    return f"{linked} is a link, or in one, that leads out of the site's folder; delete it" if linked else ""


def _folder(options: argparse.Namespace) -> str:
    """Where a build lands, so that no kind of it takes the place of another."""
    if options.zip:
        return "_zip"
    return "_relative" if options.relative else "_site"


def _packed(site: "Finished") -> "Finished":
    """A site whose only file is the zip of all of them."""
    from dataclasses import replace

    from generator.output.archive import zipped

    return replace(site, outputs=(zipped(site.outputs, "site"),))


def _workspace(target: Path, root: Path) -> Path:
    """Where the next site is made: in the site's cache, or beside an output that is elsewhere; so too where nobody may
    write into the cache, which is then done without."""
    own = root.resolve() / CACHE / "publish"
    standing = next(one for one in (own, own.parent, root.resolve()) if one.exists())
    if target.is_relative_to(root.resolve()) and os.access(standing, os.W_OK | os.X_OK):
        return own
    return target.parent / f".{target.name}.publish"


def _told(problems: "Sequence[Problem]", site: "Finished", published: "Published", root: Path) -> Told:
    """What the next build tells, if nothing changes until then."""
    return Told(
        problems={form: shown(problems, form, root) for form in FORMATS},
        warnings=len(problems),
        files=len(published.written) + len(published.unchanged),
        notes=[*overview(problems), *_notes(site, published)],
    )


def _notes(site: "Finished", published: "Published") -> list[str]:
    """Lines about what stands in or beside the site."""
    notes = []
    if published.foreign:
        names = ", ".join(published.foreign[:10])
        notes.append(f"kept {len(published.foreign)} files that no build made: {names}")
    if site.aside:
        notes.append(f"beside the site, for its hosts: {', '.join(one.path for one in site.aside)}")
    return notes


def _summary(done: "Build", published: "Published | None", seconds: float, indexing: float | None) -> None:
    if done.finished and published:
        apart = "" if indexing is None else f", of which {indexing:.2f} s for the index of the search"
        counts = f"{len(published.written)} written, {len(published.unchanged)} unchanged"
        say(f"{counts}, {len(published.removed)} removed; {seconds:.2f} s{apart}")
        for line in _notes(done.finished, published):
            say(line)
    else:
        say("the site was not changed")
