"""Lighthouse on one page of each template, as a phone: `python -m benchmarks.scores`.

Builds this site with compressed copies, serves it by nginx with the configuration that the build makes, and runs
Lighthouse with its own simulated network and processor, one page after the other. Prints a table: the median of each
score, and of the times behind the first of them. Run it on a machine that does nothing else: Lighthouse multiplies what
the processor took by four.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from generator import pipeline
from generator.stages.options import Options
from tests.outside.lighthouse import COUNTED, TIMED, Result, measure
from tests.outside.nginx import running
from tests.outside.pages import all_pages, kinds
from tests.outside.serving import SUB_PATH
from tests.sitekit import REPOSITORY

TIMES = {
    "first-contentful-paint": "first paint, ms",
    "largest-contentful-paint": "largest paint, ms",
    "speed-index": "speed index, ms",
    "total-blocking-time": "blocked, ms",
    "cumulative-layout-shift": "shift",
    "total-byte-weight": "bytes",
}


def row(kind: str, results: list[Result]) -> list[str]:
    """One line of the table: what a kind of page reached in several runs."""
    scores = [
        [score for one in results if (score := one.scores.get(category)) is not None] for category in (*TIMED, *COUNTED)
    ]
    cells = [f"{statistics.median(found):.0f}" if found else "-" for found in scores]
    values = [statistics.median(one.value(audit) for one in results) for audit in TIMES]
    return [kind.removeprefix("page "), "/".join(cells), *(f"{value:.0f}" for value in values)]


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scores", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each page is measured")
    parser.add_argument("--speed", action="store_true", help="measure performance alone, which is faster")
    parser.add_argument("--kind", action="append", default=[], help="only kinds whose name holds this word")
    options = parser.parse_args()
    categories = TIMED if options.speed else (*TIMED, *COUNTED)
    with tempfile.TemporaryDirectory() as name:
        done = pipeline.build(REPOSITORY, Options(compress=True, search=True))
        with running(done, Path(name), SUB_PATH) as host:
            pages = {
                kind: page
                for kind, page in kinds(all_pages(host.folder)).items()
                if not options.kind or any(word in kind for word in options.kind)
            }
            addresses = [host.url + page.url for page in pages.values()]
            runs = [measure(addresses, categories) for _ in range(options.runs)]
    heads = ["template", "scores", *TIMES.values()]
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for number, kind in enumerate(pages):
        print("| " + " | ".join(row(kind, [run[number] for run in runs])) + " |", flush=True)


if __name__ == "__main__":
    main()
