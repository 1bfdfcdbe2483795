"""A small file of our own, written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

NEXT = ".new"
"""What is behind the name of a file that is not whole yet."""


def write_whole(place: Path, data: bytes) -> None:
    """Write a file beside its place, and move it there. What stands in the way of either goes, and is not followed.

    Raises:
        OSError: If it cannot be written; what stood in its place still does.
    """
    beside = place.with_name(place.name + NEXT)
    beside.unlink(missing_ok=True)
    try:
        with beside.open("xb") as file:
            file.write(data)
        os.replace(beside, place)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
