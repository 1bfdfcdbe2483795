"""Characters that nobody sees are found, but for where a script or an emoji cannot be written without them."""

import pytest

from generator.sources.characters import entities, holds_refused, refused, without_refused

ALEF, MEEM, KHAH, THAI = "\u05d0", "\u0645", "\u062e", "\u0e01"
MAN, WOMAN, HAND, HEART = "\U0001f468", "\U0001f469", "\U0001f44b\U0001f3fd", "\u2764"
RESERVED, BIDI, INVISIBLE = "reserved-character", "bidi-control", "invisible-character"


def flag(place: str) -> str:
    """The flag of a part of a country, as Unicode writes it: a black flag, and tags behind it."""
    return "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in place) + "\U000e007f"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain\ttext\n", []),
        ("a\x07b", [(1, 1, RESERVED)]),
        ("a\ue000\ue001", [(1, 1, RESERVED), (2, 1, RESERVED)]),
        ("a\u202eb", [(1, 1, BIDI)]),
        ("a\u2066\u2069b", [(1, 2, BIDI)]),
        ("a\u200b\u202eb", [(1, 1, INVISIBLE), (2, 1, BIDI)]),
        (f"{ALEF}\u200e", []),
        ("a\u200e", [(1, 1, BIDI)]),
        (f"{ALEF}\na\u200e\n{ALEF}", [(3, 1, BIDI)]),
        (f"{MEEM}\u200c{KHAH}", []),
        ("a\u200cb", [(1, 1, INVISIBLE)]),
        (f"{MEEM}\u200c", [(1, 1, INVISIBLE)]),
        (f"{MAN}\u200d{WOMAN} {HAND}\u200d{WOMAN} {HEART}\ufe0f\u200d{MAN}", []),
        (f"a\u200d{WOMAN}", [(1, 1, INVISIBLE)]),
        (f"{MAN}\u200c{WOMAN}", [(1, 1, INVISIBLE)]),
        (f"{THAI}\u200b{THAI}", []),
        (f"{THAI}\u200ba", [(1, 1, INVISIBLE)]),
        ("a\u00adb", []),
        ("a\u00ad b", [(1, 1, INVISIBLE)]),
        (f"1\ufe0f\u20e3 {HEART}\ufe0f", []),
        ("1\ufe0fa", [(1, 1, INVISIBLE)]),
        (" \ufe0f", [(1, 1, INVISIBLE)]),
        (flag("gbsct"), []),
        (flag("ustx"), [(1, 5, INVISIBLE)]),
    ],
)
def test_a_character_is_refused_where_nothing_needs_it(text: str, found: list[tuple[int, int, str]]) -> None:
    made = refused(text)
    assert [(one.start, one.length, one.code) for one in made] == found
    assert holds_refused(text) == bool(found)
    clean = without_refused(text, made)
    assert len(clean) == len(text)
    assert refused(clean) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("&amp;&#65;&eacute;", []),
        ("a&#x202e;b", [(1, 9, BIDI)]),
        ("a&rlm;b", [(1, 6, BIDI)]),
        (f"{ALEF}&rlm;", []),
        ("a&ZeroWidthSpace;b", [(1, 17, INVISIBLE)]),
        ("a&#1;b", [(1, 5, RESERVED)]),
        (f"{MEEM}&zwnj;{KHAH}", []),
        (f"{MAN}&#x200d;{WOMAN}", []),
        ("a&shy;b", []),
        ("a&shy; b", [(1, 6, INVISIBLE)]),
    ],
)
def test_so_is_what_a_reference_stands_for_in_its_place(text: str, found: list[tuple[int, int, str]]) -> None:
    assert [(start, end, one.code) for start, end, one in entities(text)] == found
