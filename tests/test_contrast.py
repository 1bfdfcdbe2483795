"""Every text on every ground has a contrast of at least 7 to 1, and every line that tells something 3 to 1.

Each palette is computed as a browser joins it from the blocks of the token file.
"""

import re

import pytest

from tests.colours import contrast
from tests.sitekit import REPOSITORY

TOKENS = (REPOSITORY / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
SHEET = (REPOSITORY / "static" / "css" / "site.css").read_text(encoding="utf-8")

TEXTS = ("text", "soft", "link", "visited")
LEVELS = ("emergency", "today", "soon", "note", "tip")
GROUNDS = ("page", "surface", "sunk", "mark", *(f"{level}-tint" for level in LEVELS))
TEXT_PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((level, f"{level}-tint") for level in LEVELS),
    *((level, "page") for level in LEVELS),
    ("on-urgent", "urgent"),
]
MARK_PAIRS = [
    *((mark, ground) for mark in ("line", "brand") for ground in ("page", "surface", "sunk")),
    *(("focus", ground) for ground in GROUNDS),
    ("urgent", "surface"),
]
"""Lines, icons and rings that tell something; `hair` is decoration: no meaning hangs on it."""

_BLOCK = re.compile(r"^(?:@media ([^{]+) \{\n  )?:root \{\n(.*?)\}", re.DOTALL | re.MULTILINE)
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b")


def blocks(css: str) -> dict[str, dict[str, str]]:
    """The colours of each block of tokens by its condition, in the order in which a browser takes them."""
    found = {match[1] or "": dict(_COLOUR.findall(match[2])) for match in _BLOCK.finditer(css)}
    return {condition: colours for condition, colours in found.items() if colours}


DARK, MORE = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
CONDITIONS = {
    "light": ("",),
    "dark": ("", DARK),
    "more contrast, light": ("", MORE),
    "more contrast, dark": ("", DARK, MORE, f"{MORE} and {DARK}"),
    "print": ("", "print"),
    "print, from a dark screen": ("", DARK, "print"),
    "print, from a dark screen with more contrast": ("", DARK, MORE, f"{MORE} and {DARK}", "print"),
}


def joined(conditions: tuple[str, ...]) -> dict[str, str]:
    return {name: colour for one, colours in blocks(TOKENS).items() if one in conditions
            for name, colour in colours.items()}  # fmt: skip


PALETTES = {name: joined(conditions) for name, conditions in CONDITIONS.items()}


def weak(pairs: list[tuple[str, str]], palette: dict[str, str], least: float) -> list[str]:
    return [f"{a} on {b}: {contrast(palette[a], palette[b]):.1f}" for a, b in pairs
            if contrast(palette[a], palette[b]) < least]  # fmt: skip


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_has_a_contrast_of_seven_to_one(name: str) -> None:
    assert weak(TEXT_PAIRS, PALETTES[name], 7) == []


@pytest.mark.parametrize("name", PALETTES)
def test_lines_and_focus_rings_have_a_contrast_of_three_to_one(name: str) -> None:
    assert weak(MARK_PAIRS, PALETTES[name], 3) == []


def test_every_block_of_colours_belongs_to_a_palette_that_is_computed() -> None:
    assert set(blocks(TOKENS)) == {one for conditions in CONDITIONS.values() for one in conditions}


def test_the_palettes_differ() -> None:
    grounds = [PALETTES[name]["page"] for name in ("light", "dark", "more contrast, light", "more contrast, dark")]
    assert len(set(grounds)) == len(grounds)


def test_paper_looks_the_same_whatever_the_screen_did() -> None:
    assert PALETTES["print"] == PALETTES["print, from a dark screen"]
    assert PALETTES["print"] == PALETTES["print, from a dark screen with more contrast"]


def test_colours_stand_in_the_token_file_alone() -> None:
    plain = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
    assert re.findall(r"[:\s](#[0-9a-fA-F]{3,8})\b|\b(?:rgb|hsl|oklch|color-mix)a?\(", plain) == []


def test_every_token_that_is_used_is_there() -> None:
    set_here = set(re.findall(r"(--[\w-]+):", TOKENS + SHEET))
    assert set(re.findall(r"var\((--[\w-]+)", TOKENS + SHEET)) <= set_here


def test_a_weak_pair_is_noticed() -> None:
    assert weak([("text", "page")], {"text": "#777777", "page": "#ffffff"}, 7) == ["text on page: 4.5"]
