"""Make the site: `python build.py`. For other commands see `python build.py --help`."""

import gc
import sys

from generator.cli import main

if __name__ == "__main__":
    code = main()
    gc.freeze()  # Python would look once more through all that is left; it goes with the process
    sys.exit(code)
