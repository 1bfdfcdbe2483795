"""The libraries that Python finds, by the names of their folders: that takes a hundredth of asking importlib.metadata,
which imports what it needs to read e-mail."""

import os
import sys


def installed() -> list[tuple[str, str]]:
    """Give the folder in which each library is, and the name of its record there, such as `jinja2-3.1.6.dist-info`."""
    found = []
    for place in sys.path:
        if os.path.isdir(place or "."):
            names = (name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))
            found += [(place, name) for name in sorted(names)]
    return found
