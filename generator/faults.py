"""Faults that are neither of the files nor of the program, and that a command tells in one line."""


class Lost(Exception):
    """A worker ended, as a process does that runs out of memory, while it made something that is named."""


class Unusable(Exception):
    """Those who were to share the work cannot: nobody reaches them, or they would make other bytes."""
