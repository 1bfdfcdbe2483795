"""Cut off builds at every one of their calls that write: `python -m tests.crashes kills --site hiccups --command`."""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crashes.calls import is_possible
from tests.crashes.trial import FAULTS, RENAMES, SITES, Trial, faults, first_kills, kills, without_exchange


def main() -> int:
    """Try what is asked, and print how many builds were cut off, by the call at which they were."""
    parser = argparse.ArgumentParser(prog="python -m tests.crashes")
    parser.add_argument("what", choices=("possible", "kills", "first", "swap", "faults", "fault"))
    parser.add_argument("--site", choices=SITES, default=SITES[0])
    parser.add_argument("--command", action="store_true", help="begin the command anew for each build")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try one call of N")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="leave out as many calls")
    parser.add_argument("--of-cache", type=int, default=1, metavar="N", help="try one of N calls that write the cache")
    parser.add_argument("--kinds", nargs="+", choices=[*FAULTS], default=[*FAULTS])
    given = parser.parse_args()
    if given.what == "possible":
        return 0 if is_possible() else 1
    with TemporaryDirectory(prefix="crashes-") as folder:
        trial = Trial(Path(folder).resolve() / "trial", given.site, given.command)
        if given.what == "kills":
            kills(trial, given.every, given.first, of_cache=given.of_cache)
        elif given.what == "first":
            first_kills(trial, given.every, given.first)
        elif given.what == "swap":
            with without_exchange():
                kills(trial, names=RENAMES)
        else:
            faults(trial, given.kinds, given.every, given.first, is_lasting=given.what == "faults")
        print(json.dumps({"tried": dict(sorted(trial.tried.items())), "builds": trial.builds}))
    return 0


sys.exit(main())
