"""The files of a site, read for a command that is no build."""

from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.typed import typed
from generator.problems.faults import Refused

if TYPE_CHECKING:
    from generator.problems.problem import Problem
    from generator.stages.intake import Sources


def sources_of(root: Path) -> "tuple[Sources, list[Problem]]":
    """Read the files of a site, with what is wrong in them.

    Raises:
        Refused: If its settings cannot be read.
    """
    from generator.stages import intake

    sources, problems = intake.read(root)
    if sources is None:
        raise unread()
    return sources, problems


def unread() -> Refused:
    """Give what says that the settings of a site cannot be read."""
    return Refused(f"site.yaml cannot be read; {typed('check')} says why")
