"""Every text on every ground of the stylesheet has a contrast of at least 7 to 1, in each palette."""

import re

import pytest

from tests.sitekit import REPOSITORY

CSS = (REPOSITORY / "static" / "css" / "site.css").read_text(encoding="utf-8")

TEXTS = ("text", "soft", "link", "visited")
LEVELS = ("emergency", "today", "soon", "note", "tip")
GROUNDS = ("page", "surface", "sunk", *(f"{level}-tint" for level in LEVELS))
TEXT_PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((level, f"{level}-tint") for level in LEVELS),
    ("on-urgent", "urgent"),
]
MARK_PAIRS = [("line", "page"), ("line", "surface"), ("line", "sunk"), ("focus", "page"), ("focus", "sunk")]


def tokens(start: str) -> dict[str, str]:
    """The colours that the first block after `start` gives."""
    begin = CSS.index(start)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", CSS[begin : CSS.index("}", begin)]))


LIGHT = tokens(":root")
PALETTES = {"light": LIGHT, "dark": {**LIGHT, **tokens("@media (prefers-color-scheme: dark)")}}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, from 0 to 1."""
    digits = colour.lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def weak(pairs: list[tuple[str, str]], palette: dict[str, str], least: float) -> list[str]:
    return [f"{a} on {b}: {contrast(palette[a], palette[b]):.1f}" for a, b in pairs
            if contrast(palette[a], palette[b]) < least]  # fmt: skip


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_has_a_contrast_of_seven_to_one(name: str) -> None:
    assert weak(TEXT_PAIRS, PALETTES[name], 7) == []


@pytest.mark.parametrize("name", PALETTES)
def test_lines_and_focus_rings_have_a_contrast_of_three_to_one(name: str) -> None:
    assert weak(MARK_PAIRS, PALETTES[name], 3) == []


def test_the_palettes_differ() -> None:
    assert PALETTES["light"]["page"] != PALETTES["dark"]["page"]


def test_a_weak_pair_is_noticed() -> None:
    assert weak([("text", "page")], {"text": "#777777", "page": "#ffffff"}, 7) == ["text on page: 4.5"]
