"""How a command is typed on this machine, for messages that somebody will copy."""

import sys
from pathlib import Path


def typed(words: str) -> str:
    """Give a command in backticks, with the Python of this virtual environment as it is found from here."""
    python = Path(sys.executable)
    here = Path.cwd()
    program = python.relative_to(here) if python.is_relative_to(here) else "python"
    return f"`{program} build.py {words}`"
