"""Measure this generator beside others: `python -m benchmarks --help`."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks import figures, install, sites
from benchmarks.corpus.texts import SEED
from benchmarks.generators import GENERATORS, REPOSITORY, installed
from benchmarks.plot import plot
from benchmarks.report import report
from benchmarks.rounds import PHASES, run_all

WORK = REPOSITORY / ".cache" / "benchmarks"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = _parser().parse_args(arguments)
    options.work = options.work.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    return {"install": _install, "generate": _generate, "run": _run, "report": _report, "plot": _plot}[options.command](
        options
    )


def _install(options: argparse.Namespace) -> int:
    faults = install.install(options.work / "tools")
    for fault in faults:
        print(f"not installed: {fault}", file=sys.stderr)
    print("found: " + ", ".join(installed(list(GENERATORS), options.work / "tools")))
    return 1 if faults else 0


def _generate(options: argparse.Namespace) -> int:
    for pages in options.pages:
        for name in options.only:
            site = sites.make(options.work, GENERATORS[name], pages, options.seed)
            print(site.folder)
    return 0


def _run(options: argparse.Namespace) -> int:
    found = installed(options.only, options.work / "tools")
    for name in options.only:
        if name not in found:
            print(f"{name} is not here; `python -m benchmarks install` installs it", file=sys.stderr)
    results = _results(options)
    if options.anew:
        results.unlink(missing_ok=True)
    void = 0
    for run in run_all(
        options.work, found, options.pages, options.phases, options.rounds, options.seed, partial(print, flush=True)
    ):
        figures.append(results, run)
        void += bool(run.wrong)
    runs = figures.read(results) if results.is_file() else []
    (options.work / "report.md").write_text(report(runs), encoding="utf-8")
    (options.work / "cost.svg").write_text(plot(runs), encoding="utf-8")
    print(f"\n{report(runs)}\nfigures, report.md and cost.svg are in {options.work}")
    return 1 if void else 0


def _report(options: argparse.Namespace) -> int:
    return _put(report(figures.read(_results(options))), options.output)


def _plot(options: argparse.Namespace) -> int:
    return _put(plot(figures.read(_results(options)), options.phases), options.output)


def _put(text: str, output: Path | None) -> int:
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


def _results(options: argparse.Namespace) -> Path:
    return Path(options.results or options.work / "results.jsonl")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, says: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.")
        one.add_argument("--work", type=Path, default=WORK, help="a folder for all that is made (default: %(default)s)")
        return one

    command("install", "install the peers, from PyPI and npm")
    for name, says in (("generate", "write corpora as sites"), ("run", "measure, and write report and plot")):
        one = command(name, says)
        one.add_argument("--pages", type=int, nargs="+", default=[100, 1000], help="sizes (default: 100 1000)")
        one.add_argument(
            "--only", nargs="+", choices=GENERATORS, default=list(GENERATORS), metavar="NAME",
            help=f"some of {', '.join(GENERATORS)} (default: all; ours-rich builds the rich corpus)",
        )  # fmt: skip
        one.add_argument("--seed", type=int, default=SEED, help="another seed, other texts (default: %(default)s)")
        if name == "run":
            one.add_argument("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
            one.add_argument(
                "--phases", nargs="+", choices=PHASES, default=PHASES, metavar="PHASE",
                help=f"some of {', '.join(PHASES)} (default: all)",
            )  # fmt: skip
            one.add_argument("--anew", action="store_true", help="forget the figures of earlier runs first")
            one.add_argument("--results", type=Path, help="the file of figures (default: results.jsonl in the folder)")
    for name, says in (("report", "print the figures as Markdown"), ("plot", "draw cost against pages as SVG")):
        one = command(name, says)
        one.add_argument("--results", type=Path, help="the file of figures (default: results.jsonl in the folder)")
        one.add_argument("--output", type=Path, help="a file to write to, instead of printing")
        if name == "plot":
            one.add_argument("--phases", nargs="+", choices=PHASES, default=("cold", "edit"), metavar="PHASE",
                             help="what is drawn, side by side (default: cold edit)")  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
