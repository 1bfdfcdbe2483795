"""What all social cards of a site share: its colours, which are those of its token file, and its logo."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.disk.folders import STATIC
from generator.sources.files import SourceFile, decode

Colour = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""
SIZE = (1200, 630)
"""How wide and high a card is, in pixels."""

_TOKENS, _LOGO = f"{STATIC}/css/tokens.css", f"{STATIC}/img/icon-512.png"
_COLOURS = ("page", "text", "brand", "urgent", "on-urgent")
_ROOT = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_TOKEN = re.compile(r"--([\w-]+):\s*#((?:[0-9a-fA-F]{3}){1,2})\s*;")


@dataclass(frozen=True)
class Look:
    """What all cards of a site share: its colours, and its logo as a PNG (no bytes where it has none)."""

    ground: Colour
    ink: Colour
    brand: Colour
    urgent: Colour
    on_urgent: Colour
    logo: bytes = b""


def read_look(static: Iterable[SourceFile]) -> Look | None:
    """Read the first palette of the token file, and the logo. Without those colours a site has no cards."""
    files = {file.path: file for file in static if file.path in (_TOKENS, _LOGO)}
    block = _ROOT.search(decode(files[_TOKENS])[0] or "") if _TOKENS in files else None
    colours = {name: _colour(digits) for name, digits in _TOKEN.findall(block[1])} if block else {}
    if not colours.keys() >= set(_COLOURS):
        return None
    ground, ink, brand, urgent, on_urgent = (colours[name] for name in _COLOURS)
    return Look(ground, ink, brand, urgent, on_urgent, files[_LOGO].data if _LOGO in files else b"")


def _colour(digits: str) -> Colour:
    red, green, blue = bytes.fromhex(digits if len(digits) == 6 else "".join(one * 2 for one in digits))
    return red, green, blue
