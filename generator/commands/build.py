"""Make the site."""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.exits import BAD_CONTENT, BAD_USE, GOOD
from generator.commands.means import add_means, at_hand
from generator.commands.progress import Bar
from generator.commands.reports import add_reading, show, tally

if TYPE_CHECKING:
    from generator.output.publish import Published
    from generator.pipeline import Build


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


def run(options: argparse.Namespace) -> int:
    """Build, show what is wrong, and publish what is good."""
    from generator.keep.pdf import MISSING, is_installed
    from generator.output.publish import Unsafe
    from generator.pipeline import Options, build, put_in_place, quiet

    start = time.perf_counter()
    if options.pdf and not is_installed():
        print(MISSING, file=sys.stderr)
        return BAD_USE
    bar = None if options.quiet or options.format != "text" else Bar(sys.stderr)
    portable = options.relative or options.zip
    wanted = Options(
        today=str(options.today or ""),
        strict_review=options.strict_review,
        portable=portable,
        for_host=not portable,
        compress=options.compress,
        search=not options.no_search,
        pdf=options.pdf,
        epub=options.epub,
    )
    published = None
    with at_hand(options) as means:
        done = build(options.root, wanted, bar or quiet, means)
        if bar:
            bar.clear()
        if done.is_good:
            means.clock.begin("publishing")
            target = (options.output or options.root / _folder(options)).resolve()
            fault = _no_target(target, options.root.resolve())
            if fault:
                print(f"error: {fault}", file=sys.stderr)
                return BAD_USE
            done = _packed(done) if options.zip else done
            try:
                published = put_in_place(done, target, _workspace(target, options.root))
            except Unsafe as refusal:
                print(f"error: {refusal}", file=sys.stderr)
                return BAD_USE
    show(done.problems, options)
    if not options.quiet and options.format == "text":
        print(tally(done, done.problems))
        _summary(done, published, time.perf_counter() - start)
    if done.bad_config:
        return BAD_USE
    return GOOD if done.is_good else BAD_CONTENT


def _no_target(target: Path, root: Path) -> str:
    """Say why a site may not be made in a folder: among what it is made from, it would be read as a part of it."""
    from generator.sources.files import CONTENT, STATIC, TEMPLATES

    if root.is_relative_to(target):
        return f"{target} holds the site's own files; name a folder of its own (--output)"
    inner = target.relative_to(root).parts[0] if target.is_relative_to(root) else ""
    taken = (CONTENT, STATIC, TEMPLATES, "generator", "schemas", "tests", ".git", ".github", ".cache")
    if inner in taken:
        return f"{inner}/ holds what the site is made from; name another folder (--output)"
    return ""


def _folder(options: argparse.Namespace) -> str:
    """Where a build lands, so that no kind of it takes the place of another."""
    if options.zip:
        return "_zip"
    return "_relative" if options.relative else "_site"


def _packed(done: "Build") -> "Build":
    """A build whose only output is the zip of all of them."""
    from generator.output.archive import zipped

    return replace(done, outputs=(zipped(done.outputs, "site"),))


def _workspace(target: Path, root: Path) -> Path:
    """Where the next site is made: in the site's cache, or beside an output that is elsewhere."""
    if target.is_relative_to(root.resolve()):
        return root.resolve() / ".cache" / "publish"
    return target.parent / f".{target.name}.publish"


def _summary(done: "Build", published: "Published | None", seconds: float) -> None:
    if published:
        counts = f"{len(published.written)} written, {len(published.unchanged)} unchanged"
        print(f"{counts}, {len(published.removed)} removed; {seconds:.2f} s")
        if published.foreign:
            names = ", ".join(published.foreign[:10])
            print(f"kept {len(published.foreign)} files that no build made: {names}")
        if done.aside:
            print(f"beside the site, for its hosts: {', '.join(one.path for one in done.aside)}")
    else:
        print("the site was not changed")
