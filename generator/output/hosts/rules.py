"""How long files may be kept and who may read them from another site: the same for every host."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.output.outputs import Output
from generator.output.policy import YEAR

ASSETS = "assets/"
"""Where every file has a name that changes with its bytes."""
KEEP = f"public, max-age={YEAR}, immutable"
REVALIDATE = "no-cache"
"""Keep it, but ask each time whether it has changed: a correction reaches every reader at once."""

_FOR_PROGRAMS = (".json", ".jsonld", ".xml")
_FOLDERS = ("api/",)


@dataclass(frozen=True)
class Shared:
    """What programs on other sites may read: whole folders, and single files at the top."""

    folders: tuple[str, ...]
    files: tuple[str, ...]


def shared_with_programs(outputs: Iterable[Output]) -> Shared:
    """Find the data files: all of `api/`, and the feeds and lists at the top of the site."""
    paths = sorted(one.path for one in outputs)
    return Shared(
        folders=tuple(folder for folder in _FOLDERS if any(path.startswith(folder) for path in paths)),
        files=tuple(path for path in paths if path.endswith(_FOR_PROGRAMS) and "/" not in path),
    )
