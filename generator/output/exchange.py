"""Two folders change places in one step, where the system knows how: who looks meanwhile sees the one or the other."""

import os
from pathlib import Path

_HERE = -100
"""Stands for the working folder (`AT_FDCWD`)."""
_EXCHANGE = 2
"""Asks `renameat2` for it (`RENAME_EXCHANGE`)."""


def exchanged(one: Path, other: Path) -> bool:
    """Have two folders of one file system change places; give whether that was done. If not, both are as they were.

    Linux can, on nearly all of its file systems. Python has no word for it, so the C library is asked.
    """
    import ctypes  # a build that changes nothing needs it not

    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # another system, or an old library
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
