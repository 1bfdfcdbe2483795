"""The stored pictures: an icon for each use, and a card of the right size for each section of the site."""

import struct

import pytest

from generator.config import read_config
from generator.sources.files import read_file
from tests.sitekit import REPOSITORY

IMAGES = REPOSITORY / "static" / "img"
CONFIG = read_config(read_file(REPOSITORY, "site.yaml"))[0]
assert CONFIG is not None
CARDS = ["site", *(section.folder for section in CONFIG.sections)]


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, as its header gives them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("name", CARDS)
def test_each_section_has_a_card(name: str) -> None:
    """One is missing: run `python -m tests.outside.draw_pictures`."""
    data = (IMAGES / "cards" / f"{name}.png").read_bytes()
    assert size(data) == (1200, 630)
    assert len(data) < 100_000


@pytest.mark.parametrize(("name", "side"), [("icon-192", 192), ("icon-512", 512), ("apple-touch-icon", 180)])
def test_each_icon_has_its_size(name: str, side: int) -> None:
    assert size((IMAGES / f"{name}.png").read_bytes()) == (side, side)


def test_the_icon_file_holds_one_picture() -> None:
    data = (IMAGES / "favicon.ico").read_bytes()
    assert struct.unpack("<HHH", data[:6]) == (0, 1, 1)
    assert size(data[22:]) == (48, 48)
