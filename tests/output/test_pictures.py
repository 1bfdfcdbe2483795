"""The stored pictures: an icon for each use."""

import struct

import pytest

from tests.sitekit import REPOSITORY

IMAGES = REPOSITORY / "static" / "img"


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, as its header gives them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(("name", "side"), [("icon-192", 192), ("icon-512", 512), ("apple-touch-icon", 180)])
def test_each_icon_has_its_size(name: str, side: int) -> None:
    """One is missing: run `python -m tests.outside.draw_pictures`."""
    assert size((IMAGES / f"{name}.png").read_bytes()) == (side, side)


def test_the_icon_file_holds_one_picture() -> None:
    data = (IMAGES / "favicon.ico").read_bytes()
    assert struct.unpack("<HHH", data[:6]) == (0, 1, 1)
    assert size(data[22:]) == (48, 48)
