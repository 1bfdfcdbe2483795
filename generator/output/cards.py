"""Social cards: the picture that goes with a link when somebody shares a page, drawn for each page from its title.

All words stand in the middle square, since some programs show no more than that of a picture. The colours are those of
the site's token file, with the steps between them that make the edges of letters smooth: 14 in all.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.output import raster
from generator.output.lettering import Fitted, fit
from generator.output.outputs import Output
from generator.output.raster import Colour, Picture
from generator.output.rules import ASSETS
from generator.site.identity import Card
from generator.site.pages import Known, Page
from generator.sources.files import STATIC, SourceFile, decode
from generator.sources.program import program_digest

SIZE = (1200, 630)
SQUARE = 630
"""The side of what is left of a card that is cut to a square, from its middle."""
BAND, FOOT = 148, 614
"""The rows between which the title stands: below the band with the site's name, and above the strip at the foot."""

_TOKENS, _LOGO = f"{STATIC}/css/tokens.css", f"{STATIC}/img/icon-512.png"
_COLOURS = ("page", "text", "brand", "urgent", "on-urgent")
_ROOT = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_TOKEN = re.compile(r"--([\w-]+):\s*#((?:[0-9a-fA-F]{3}){1,2})\s*;")

_MARGIN, _GAP = 28, 24
_LOGO_SIDE, _BESIDE_LOGO = 96, 26
_WIDTHS = (SQUARE - 30, SIZE[0] - 120)
"""How wide text may be: within the square, or where a word is too long for that, within the card."""
_TITLE, _LABEL, _NAME = range(44, 105, 4), range(28, 45, 4), range(24, 57, 4)
"""Sizes of type."""

_INK, _PAPER, _TINT = (0, 1, 2, 3), (4, 5, 6, 7, 8), (0, 9, 10, 11, 4)
"""Places in the palette from no ink to full ink: of the title on the ground, the name on the band, the label."""


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


class Cards:
    """The cards of a site, each drawn once. `url` is where the site is hosted; without a look there are none."""

    def __init__(self, look: Look | None, url: str, cache: Cache = NOTHING_KEPT) -> None:
        self.look = look
        self.url = url
        self.cache = cache
        self._paths: dict[Card, str] = {}
        self._drawn: dict[str, bytes] = {}

    def told(self, page: Page) -> Page:
        """Tell a page the address of its card."""
        if page.card is None or self.look is None:
            return page
        address = f"{self.url}{self._path(page.card, self.look)}"
        card = {"url": address, "width": SIZE[0], "height": SIZE[1], "alt": page.card.title}
        return replace(page, inputs={**page.inputs, "page": {**page.inputs["page"], "card": card}})

    def outputs(self, pages: Iterable[Known]) -> list[Output]:
        """Give the cards of all pages as files."""
        made: dict[str, Output] = {}
        for page in pages:
            if page.card and self.look:
                path = self._path(page.card, self.look)
                made.setdefault(path, Output(path, self._drawn[path], page.made_from))
        return list(made.values())

    def _path(self, card: Card, look: Look) -> str:
        """Where a card stands; one that was drawn before is not drawn again."""
        if card not in self._paths:
            key = key_of(b"card", program_digest(), repr(look).encode(), repr(card).encode())
            body = self.cache.get([key]).get(key)
            if body is None:
                body = draw(card, look)
                self.cache.put({key: body})
            self._paths[card] = f"{ASSETS}card.{hashlib.sha256(body).hexdigest()[:10]}.png"
            self._drawn[self._paths[card]] = body
        return self._paths[card]


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


def _colour(digits: str) -> Colour:
    red, green, blue = bytes.fromhex(digits if len(digits) == 6 else "".join(one * 2 for one in digits))
    return red, green, blue


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _distance(one: Sequence[int], other: Sequence[int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
