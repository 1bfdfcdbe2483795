"""A file for machines, as it is planned."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

DATA = "feeds/data.json"
"""The template of every file that is data and nothing else."""
NO_DAY = "1970-01-01"
"""The day of what has none, where a format wants one."""


@dataclass(frozen=True)
class MachineFile:
    """A file for machines: its address, its template, and what gives the template's inputs.

    `given` gives what they hold of other pages than those that are looked at for them: plain data.
    """

    url: str
    template: str
    inputs: Callable[[], dict[str, Any]]
    given: Callable[[], object] | None = None
