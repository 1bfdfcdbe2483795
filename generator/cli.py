"""The commands. Nothing heavy is imported before it is known which one runs."""

import argparse
import datetime
import io
import os
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from generator.output.publish import Published
    from generator.pipeline import Build
    from generator.problems import Problem

GOOD, BAD_CONTENT, BAD_USE, FAULT = 0, 1, 2, 3
"""Exit codes: good, problems in content, wrong use or configuration, a fault of the program."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # no terminal is too old to show a problem
    options = _parser().parse_args(arguments)
    if not (options.root / "site.yaml").is_file():
        print(f"error: there is no site.yaml in {options.root}", file=sys.stderr)
        return BAD_USE
    try:
        if options.command == "serve":
            return _serve(options)
        if options.command == "grades":
            return _grades(options)
        if options.command == "tables":
            return _tables()
        return _build(options)
    except KeyboardInterrupt:
        return BAD_USE
    except BrokenPipeError:  # whoever reads our output has seen enough, as `head` has
        os._exit(BAD_USE)
    except Exception:
        traceback.print_exc()
        print("\nThis is a fault of the program, not of your files. The site was not changed.", file=sys.stderr)
        return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Make the site from content/ and site.yaml.")
    parser.add_argument(
        "command",
        nargs="?",
        default="build",
        choices=("build", "check", "serve", "grades", "tables"),
        help="build: make the site (the default); check: find problems, write nothing; "
        "serve: show it while you write; grades: how hard each page is to read; "
        "tables: print the tables of CONTRIBUTING.md",
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the site's folder (default: this one)")
    parser.add_argument("--output", type=Path, help="where the site is made (default: _site in the site's folder)")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="how problems are shown")
    parser.add_argument(
        "--relative",
        action="store_true",
        help="build: a site to be read from a folder, without a server, in _relative",
    )
    parser.add_argument("--zip", action="store_true", help="build: the same as one file, site.zip, in _zip")
    parser.add_argument("--quiet", action="store_true", help="show problems only")
    parser.add_argument("--strict-review", action="store_true", help="a review that is overdue is an error")
    parser.add_argument(
        "--today", type=datetime.date.fromisoformat, help="the day to build for (default: the present one)"
    )
    parser.add_argument("--compress", action="store_true", help="build: put compressed copies beside the files")
    parser.add_argument(
        "--no-search", action="store_true", help="build: make no index; the search field leads to A to Z"
    )
    parser.add_argument("--pdf", action="store_true", help="make the pages for paper as PDF too (needs WeasyPrint)")
    parser.add_argument("--epub", action="store_true", help="make the whole site as an electronic book too")
    parser.add_argument("--write", action="store_true", help="grades: keep them, so that no page gets harder to read")
    parser.add_argument("--port", type=int, default=8000, help="serve: the port on 127.0.0.1")
    return parser


def _build(options: argparse.Namespace) -> int:
    from generator.keep.pdf import MISSING, is_installed
    from generator.output.publish import Unsafe
    from generator.pipeline import Options, build, put_in_place, quiet

    start = time.perf_counter()
    shown = quiet if options.quiet or options.format != "text" else _Progress(sys.stderr)
    if options.pdf and not is_installed():
        print(MISSING, file=sys.stderr)
        return BAD_USE
    portable = options.relative or options.zip
    wanted = Options(
        today=str(options.today or ""),
        strict_review=options.strict_review,
        portable=portable,
        for_host=not portable,
        compress=options.compress,
        search=options.command == "build" and not options.no_search,
        pdf=options.pdf,
        epub=options.epub,
    )
    done = build(options.root, wanted, shown)
    if isinstance(shown, _Progress):
        shown.clear()
    published = None
    if done.is_good and options.command == "build":
        target = (options.output or options.root / _folder(options)).resolve()
        done = _packed(done) if options.zip else done
        try:
            published = put_in_place(done, target, _workspace(target, options.root))
        except Unsafe as refusal:
            print(f"error: {refusal}", file=sys.stderr)
            return BAD_USE
    _show(done.problems, options.format, options.root)
    if not options.quiet and options.format == "text":
        _summary(done, published, time.perf_counter() - start)
    if done.bad_config:
        return BAD_USE
    return GOOD if done.is_good else BAD_CONTENT


def _folder(options: argparse.Namespace) -> str:
    """Where a build lands, so that no kind of it takes the place of another."""
    if options.zip:
        return "_zip"
    return "_relative" if options.relative else "_site"


def _packed(done: "Build") -> "Build":
    """A build whose only output is the zip of all of them."""
    from generator.output.archive import zipped

    return replace(done, outputs=(zipped(done.outputs, "site"),))


def _serve(options: argparse.Namespace) -> int:
    from generator.workbench.serve import serve

    serve(options.root, options.port)
    return GOOD


def _grades(options: argparse.Namespace) -> int:
    from generator.workbench import grades

    found = grades.rows(options.root)
    print(grades.as_text(found))
    if options.write:
        grades.record(options.root, found)
    return GOOD


def _tables() -> int:
    from generator.workbench.tables import all_tables

    for name, table in all_tables().items():
        print(f"<!-- table: {name} -->\n{table}\n<!-- end -->\n")
    return GOOD


def _workspace(target: Path, root: Path) -> Path:
    """Where the next site is made: in the site's cache, or beside an output that is elsewhere."""
    if target.is_relative_to(root.resolve()):
        return root.resolve() / ".cache" / "publish"
    return target.parent / f".{target.name}.publish"


def _show(problems: "Sequence[Problem]", form: str, root: Path) -> None:
    from generator.problems import as_github, as_json, as_text

    if form == "json":
        print(as_json(problems))
    elif form == "github":
        for problem in problems:
            print(as_github(problem))
    else:
        lines = _Lines(root)
        for problem in problems:
            print(as_text(problem, lines.line_of), end="\n\n")


def _summary(done: "Build", published: "Published | None", seconds: float) -> None:
    errors = sum(problem.is_error for problem in done.problems)
    warnings = len(done.problems) - errors
    print(f"{errors} errors, {warnings} warnings; {done.parses} articles parsed, {done.renders} pages rendered")
    if published:
        counts = f"{len(published.written)} written, {len(published.unchanged)} unchanged"
        print(f"{counts}, {len(published.removed)} removed; {seconds:.2f} s")
        if published.foreign:
            names = ", ".join(published.foreign[:10])
            print(f"kept {len(published.foreign)} files that no build made: {names}")
        if done.aside:
            print(f"beside the site, for its hosts: {', '.join(one.path for one in done.aside)}")
    elif errors:
        print("the site was not changed")


class _Lines:
    """Lines of the site's files, each file read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, list[str]] = {}

    def line_of(self, path: str, number: int) -> str | None:
        from generator.sources.files import read_file

        if path not in self.files:
            file = read_file(self.root, path)
            text = file.data.decode("utf-8-sig", errors="replace") if file else ""
            self.files[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self.files[path]
        return lines[number - 1] if 0 < number <= len(lines) and lines[number - 1] else None


class _Progress:
    """A bar on a terminal; elsewhere one line for each stage."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self.live:
            filled = 24 * done // max(total, 1)
            text = f"\r{stage:<10} [{'#' * filled:<24}] {done}/{total}"
            self.width = max(self.width, len(text))
            self.stream.write(text)
            self.stream.flush()
        elif done == total:
            self.stream.write(f"{stage} {total}\n")

    def clear(self) -> None:
        """Take the bar away."""
        if self.live:
            self.stream.write("\r" + " " * self.width + "\r")
            self.stream.flush()
