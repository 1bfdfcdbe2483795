"""How large a picture is, read from its first bytes, so that a page does not jump while it loads."""

import re
import struct

_VIEW_BOX = re.compile(rb'viewBox="\s*[\d.-]+[ ,]+[\d.-]+[ ,]+(\d{0,9}\.?\d{1,9})[ ,]+(\d{0,9}\.?\d{1,9})\s*"')
_PNG = b"\x89PNG\r\n\x1a\n"


def dimensions(data: bytes) -> tuple[int, int] | None:
    """Give width and height in pixels of a PNG or of an SVG with a viewBox; None for others."""
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    match = _VIEW_BOX.search(data[:4096])
    if match:
        return round(float(match[1])), round(float(match[2]))
    return None
