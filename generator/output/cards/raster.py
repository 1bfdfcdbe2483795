"""Pictures made of pixels: the only file that knows Pillow.

A picture has a palette, and each of its pixels is a place in it. Letters come from a font of our own, so that they are
the same on every machine: Atkinson Hyperlegible Next, drawn for readers who see little, which has the letters of most
languages that are written in Latin script.
"""

import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from generator.disk.own import own_file
from generator.output.cards.look import Colour

FONT = "output/fonts/AtkinsonHyperlegibleNext-Bold.ttf"
EM = 1000
"""In how many parts the size of type is divided to tell how wide a letter is."""
_NOWHERE = "\U0010ffff"
"""A code that no font has a letter for, so that it gets the mark for missing ones."""

Picture = Image.Image
Line = tuple[str, float, int]
"""A line of text, where it begins, and the row on which its letters stand."""


def blank(size: tuple[int, int], colours: Iterable[Colour]) -> Picture:
    """Give a picture that has the first colour of its palette everywhere."""
    picture = Image.new("P", size, 0)
    picture.putpalette([part for colour in colours for part in colour])
    return picture


def write(picture: Picture, lines: Iterable[Line], size: int, rows: tuple[int, int], inks: Sequence[int]) -> None:
    """Write lines into an empty strip of a picture, from one row to another.

    `inks` are the places in the palette from no ink, which fills the strip, to full ink.
    """
    top, bottom = rows
    mask = Image.new("L", (picture.width, bottom - top))
    for text, left, baseline in lines:
        for letter in text:
            glyph, beside, below = _glyph(letter, size)
            if glyph:
                mask.paste(255, (round(left) + beside, baseline - top + below), glyph)
            left += advance(letter) * size / EM
    last = len(inks) - 1
    picture.paste(mask.point([inks[round(amount * last / 255)] for amount in range(256)]), (0, top))


def read_logo(data: bytes, side: int, ground: Colour) -> Picture | None:
    """Read a square PNG in a size of its own, on a ground; None where it is none that can be read."""
    try:
        logo = PngImagePlugin.PngImageFile(BytesIO(data)).convert("RGBA").resize((side, side))
    except (OSError, SyntaxError, ValueError):
        return None
    return Image.alpha_composite(Image.new("RGBA", logo.size, (*ground, 255)), logo).convert("RGB")


def main_colours(picture: Picture) -> list[tuple[int, Colour]]:
    """The 32 colours that tell most of a picture that has no palette, each with the number of its pixels."""
    few = picture.quantize(32)
    parts = few.getpalette() or []
    counts = few.histogram()
    return [(count, (parts[at * 3], parts[at * 3 + 1], parts[at * 3 + 2])) for at, count in enumerate(counts) if count]


def reduced(picture: Picture, colours: Iterable[Colour]) -> Picture:
    """Give a picture in the nearest colours of a palette."""
    return picture.quantize(palette=blank((1, 1), colours), dither=Image.Dither.NONE)


def png(picture: Picture) -> bytes:
    """Pack a picture of at most 16 colours. Only runs of one colour are looked for: that is quick and small, and it is
    the one way in which all libraries of this kind give the same bytes."""
    file = BytesIO()
    picture.save(file, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return file.getvalue()


@lru_cache(maxsize=4096)
def advance(letter: str) -> float:
    """How far a letter moves the next one, in thousandths of the size of type."""
    return _font(EM).getlength(letter)


@lru_cache(maxsize=4096)
def has_letter(letter: str) -> bool:
    """Whether the font has a letter. It has none for what has no shape, or belongs onto another letter."""
    if letter in (" ", "\u00a0"):
        return True
    return unicodedata.category(letter)[0] not in "CM" and _shape(letter) != _shape(_NOWHERE)


def _shape(letter: str) -> tuple[float, int, int, bytes]:
    glyph, beside, below = _glyph(letter, 40)
    return advance(letter), beside, below, glyph.tobytes() if glyph else b""


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The font in one size. The basic layout is part of Pillow; the other one depends on what a machine has."""
    return ImageFont.truetype(BytesIO(own_file(FONT)), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _glyph(letter: str, size: int) -> tuple[Picture | None, int, int]:
    """A letter as a mask, and where it lies from the beginning of the line: to the right, and down."""
    left, top, right, bottom = (round(one) for one in _font(size).getbbox(letter, anchor="ls"))
    if right <= left or bottom <= top:
        return None, 0, 0
    glyph = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(glyph).text((-left, -top), letter, fill=255, font=_font(size), anchor="ls")
    return glyph, left, top
