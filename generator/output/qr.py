"""The QR code of an address, as data to be drawn: it leads from a printed page back to the page as it is now."""

from functools import cache
from itertools import groupby
from typing import Any

_QUIET = 4
"""Empty modules around the code; scanners need them."""
_MASK = 3
"""One of eight equally readable patterns. A fixed one spares the time of trying all, page by page."""


@cache
def qr_code(text: str) -> dict[str, Any]:
    """Give the edge of the square in modules, with its quiet zone, and the dark modules as a path of strokes.

    Strokes are one module high and run along the rows. Positions are relative, for the fewest bytes.
    """
    import segno  # it imports half of what Python has for the web, for a page that is not rendered anew

    matrix = segno.make(text, error="l", boost_error=False, micro=False, mask=_MASK).matrix
    pen = [_QUIET, 0]
    path: list[str] = []
    for row, modules in enumerate(matrix):
        column = 0
        for is_dark, run in groupby(modules):
            length = len(list(run))
            if is_dark:
                path.append(_move(column + _QUIET - pen[0], row - pen[1], first=not path) + f"h{length}")
                pen = [column + _QUIET + length, row]
            column += length
    return {"size": len(matrix) + 2 * _QUIET, "path": "".join(path)}


def _move(right: int, down: int, first: bool) -> str:
    """A move of the pen; the first one goes to the middle of the code's first row."""
    if first:
        return f"M{_QUIET + right} {_QUIET}.5"
    return f"m{right}{' ' if down >= 0 else ''}{down}"
