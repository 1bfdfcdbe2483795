"""Lines that commands print. What others wrote, such as the name of a file, is shown and never obeyed (`visible`)."""

import sys

from generator.problems.visible import visible


def say(line: str) -> None:
    """Print a line of what was asked for."""
    print(visible(line), flush=True)


def say_lines(text: str) -> None:
    """Print a text of several lines."""
    for line in text.split("\n"):
        say(line)


def note(line: str) -> None:
    """Print a line about how it went, apart from what was asked for."""
    print(f"note: {visible(line)}", file=sys.stderr, flush=True)


def error(line: str) -> None:
    """Print why a command ends without having done what was asked for."""
    print(f"error: {visible(line)}", file=sys.stderr, flush=True)
