"""`python -m supply [LOCK]` prints the bill of materials of a build (CycloneDX 1.6)."""

import argparse
import sys
from pathlib import Path

from supply.bill import LOCKS, bill_of

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Print it."""
    parser = argparse.ArgumentParser(prog="python -m supply", description="Print the bill of materials of a build.")
    parser.add_argument("lock", nargs="?", choices=LOCKS, default=next(iter(LOCKS)), help="what was installed")
    sys.stdout.write(bill_of(ROOT, parser.parse_args().lock))
    return 0


if __name__ == "__main__":
    sys.exit(main())
