"""The picture of a social card, drawn from its words.

All words stand in the middle square, since some programs show no more than that of a picture. The colours are those of
the site's token file, with the steps between them that make the edges of letters smooth: 14 in all.
"""

from collections.abc import Sequence
from functools import lru_cache

from generator.output.cards import raster
from generator.output.cards.lettering import Fitted, fit
from generator.output.cards.look import SIZE, Colour, Look
from generator.output.cards.raster import Picture
from generator.site.machines.identity import Card

SQUARE = 630
"""The side of what is left of a card that is cut to a square, from its middle."""
BAND, FOOT = 148, 614
"""The rows between which the title stands: below the band with the site's name, and above the strip at the foot."""

_MARGIN, _GAP = 28, 24
_LOGO_SIDE, _BESIDE_LOGO = 96, 26
_WIDTHS = (SQUARE - 30, SIZE[0] - 120)
"""How wide text may be: within the square, or where a word is too long for that, within the card."""
_TITLE, _LABEL, _NAME = range(44, 105, 4), range(28, 45, 4), range(24, 57, 4)
"""Sizes of type."""

_INK, _PAPER, _TINT = (0, 1, 2, 3), (4, 5, 6, 7, 8), (0, 9, 10, 11, 4)
"""Places in the palette from no ink to full ink: of the title on the ground, the name on the band, the label."""


@lru_cache(maxsize=2048)
def draw(card: Card, look: Look) -> bytes:
    """Draw a card as a PNG. Words that the font cannot write are left out; the label then takes the title's place."""
    picture = _base(card.site, card.is_urgent, look).copy()
    title, label = _texts(card)
    top = (BAND + FOOT - _height(title, label)) // 2
    for text, inks in ((title, _INK), (label, _TINT)):
        if text:
            raster.write(picture, text.placed(top, SIZE[0] / 2), text.size, text.rows(top), inks)
            top += text.height + _GAP
    return raster.png(picture)


def palette(look: Look, is_urgent: bool) -> list[Colour]:
    """The colours of a card, in the order in which `_INK`, `_PAPER` and `_TINT` name them, and two for the logo."""
    accent, paper = (look.urgent, look.on_urgent) if is_urgent else (look.brand, look.ground)
    spare = _spare(look)
    return [
        *(_mix(look.ground, look.ink, step / 3) for step in range(4)),
        *(_mix(accent, paper, step / 4) for step in range(5)),
        *(_mix(look.ground, accent, step / 4) for step in (1, 2, 3)),
        spare,
        _mix(accent, spare, 1 / 2),
    ]


def _texts(card: Card) -> tuple[Fitted | None, Fitted | None]:
    """The title and the label of a card. Where the title cannot be written, the label stands in its place."""
    room = FOOT - BAND - 2 * _MARGIN
    label = fit(card.label, _WIDTHS[:1], 2 * _LABEL[0], _LABEL) or fit(card.label, _WIDTHS, room // 4, _LABEL)
    title = fit(card.title, _WIDTHS, room - label.height - _GAP if label else room, _TITLE)
    return (title, label) if title else (fit(card.label, _WIDTHS, room, _TITLE), None)


def _height(*texts: Fitted | None) -> int:
    heights = [one.height for one in texts if one]
    return sum(heights) + _GAP * (len(heights) - 1)


@lru_cache(maxsize=8)
def _base(name: str, is_urgent: bool, look: Look) -> Picture:
    """What cards share: the logo and the site's name on a band, and a strip at the foot."""
    picture = raster.blank(SIZE, palette(look, is_urgent))
    picture.paste(_PAPER[0], (0, 0, SIZE[0], BAND))
    picture.paste(_PAPER[0], (0, FOOT, *SIZE))
    logo = _logo(look)
    beside = logo.width + _BESIDE_LOGO if logo else 0
    text = fit(name, [width - beside for width in _WIDTHS], _LOGO_SIDE, _NAME)
    left = (SIZE[0] - beside - (text.width if text else -_BESIDE_LOGO)) / 2
    if text:
        top = (BAND - text.height) // 2
        lines = text.placed(top, left + beside + text.width / 2)
        raster.write(picture, lines, text.size, text.rows(top), _PAPER)
    if logo:
        picture.paste(logo, (round(left), (BAND - logo.height) // 2))
    return picture


@lru_cache(maxsize=8)
def _logo(look: Look) -> Picture | None:
    """The logo in places of the palette, so that on an urgent card it has the urgent colour."""
    logo = raster.read_logo(look.logo, _LOGO_SIDE, look.brand)
    return raster.reduced(logo, palette(look, is_urgent=False)) if logo else None


@lru_cache(maxsize=8)
def _spare(look: Look) -> Colour:
    """The colour of the logo that is least like those of the site."""
    logo = raster.read_logo(look.logo, _LOGO_SIDE, look.brand)
    known = (look.ground, look.ink, look.brand)
    counted = raster.main_colours(logo) if logo else [(1, look.brand)]
    return max((count * min(_distance(one, other) for other in known), one) for count, one in counted)[1]


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _distance(one: Sequence[int], other: Sequence[int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
