"""Make the site: `python build.py`. For other commands see `python build.py --help`."""

import gc
import sys

from generator.cli import main

_SELDOM = (200_000, 20, 20)
"""How many more objects there must be before those that only hold each other are looked for: a build makes very many
that all stay, and next to none that hold each other. Python itself looks after every 700."""

if __name__ == "__main__":
    gc.set_threshold(*_SELDOM)
    code = main()
    gc.freeze()  # what is left goes with the process, and is not looked through once more before
    sys.exit(code)
