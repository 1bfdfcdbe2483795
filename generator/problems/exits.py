"""Exit codes, the same for every command."""

GOOD, BAD_CONTENT, BAD_USE, FAULT = 0, 1, 2, 3
"""Good; problems in content; wrong use or configuration; a fault of the program."""
