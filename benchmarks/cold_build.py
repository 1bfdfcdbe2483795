"""Time a cold build of a site of a given size: `python benchmarks/cold_build.py --pages 100`.

The site is this repository's own with copies of its questions added until it has that many pages. Every run is a fresh
process with no output and no cache. Prints the median and the range of the wall time, and what the build counted.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def make_site(root: Path, pages: int) -> None:
    """Copy the site and add copies of its questions until it has at least so many pages."""
    for name in ("content", "templates", "static"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "site.yaml", root)
    questions = sorted(path for path in (root / "content" / "faq").glob("*.md") if path.name != "index.md")
    missing = pages - rendered(run(root))
    for number in range(max(0, missing)):
        original = questions[number % len(questions)]
        shutil.copy(original, original.with_name(f"{original.stem}-{number}.md"))


def run(root: Path) -> str:
    """Build once from nothing and give what the build printed."""
    for name in ("_site", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    return result.stdout


def rendered(printed: str) -> int:
    """The number of pages that a build rendered."""
    line = next(line for line in printed.splitlines() if "pages rendered" in line)
    return int(line.split(", ")[-1].split()[0])


def main() -> None:
    """Make the site, build it several times, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100, help="how many pages the site has at least")
    parser.add_argument("--runs", type=int, default=5, help="how many builds are timed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        root.mkdir()
        make_site(root, options.pages)
        seconds = []
        for _ in range(options.runs):
            start = time.perf_counter()
            printed = run(root)
            seconds.append(time.perf_counter() - start)
    print("\n".join(printed.splitlines()[-2:]))
    print(f"cold build: median {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f} s")


if __name__ == "__main__":
    main()
