"""Text in pictures: in the largest type that fits, with no word cut, and only in letters that the font has."""

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.disk.own import own_file
from generator.output.cards.lettering import Fitted, can_write, fit, simple, width
from generator.output.cards.raster import FONT, blank, has_letter, write
from tests.helpers import moderate

SIZES = range(40, 101, 4)
LETTERS = "".join(chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x180)) if has_letter(chr(code)))
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=14).map(" ".join)


def fitted(text: str, widths: Sequence[int] = (600, 1080), height: int = 320) -> Fitted:
    found = fit(text, widths, height, SIZES)
    assert found is not None
    return found


@moderate
@given(TEXTS)
def test_no_word_is_cut_and_nothing_is_lost(text: str) -> None:
    assert " ".join(fitted(text, height=10**4).lines) == simple(text)


@moderate
@given(TEXTS, st.integers(300, 1200), st.integers(60, 400))
def test_what_fits_is_within_its_room(text: str, room: int, height: int) -> None:
    found = fit(text, [room], height, SIZES)
    assert found is None or (found.width <= room and found.height <= height)


@moderate
@given(TEXTS)
def test_nothing_larger_would_fit(text: str) -> None:
    found = fit(text, [600], 320, SIZES)
    larger = [size for size in SIZES if found is None or size > found.size]
    assert fit(text, [600], 320, larger) is None


def test_a_long_title_has_smaller_type_than_a_short_one() -> None:
    assert fitted("Rest").size == max(SIZES) > fitted("Rest " * 20).size


def test_lines_are_about_equally_long() -> None:
    lines = fitted("What is it that you see when you see it", widths=(600,)).lines
    lengths = [width(line, 100) for line in lines]
    assert min(lengths) > 0.6 * max(lengths)


def test_a_word_that_is_too_long_for_the_first_width_has_the_next_one() -> None:
    word = "Pseudohypoparathyroidism-" * 2
    found = fitted(word, widths=(600, 1300))
    assert (found.lines, found.width > 600) == ((word,), True)


def test_a_word_that_is_too_long_for_every_width_does_not_fit() -> None:
    assert fit("m" * 60, (600, 1080), 320, SIZES) is None


def test_words_that_belong_together_stay_on_one_line() -> None:
    assert any("50\u00a0%" in line for line in fitted("Many words before the number 50\u202f% and some after it").lines)


@pytest.mark.parametrize(
    "text", ["Łódź", "Zażółć gęślą jaźń", "Élan, façon, Straße", "“It’s 50 % – or 2 × 3…”", "A\u0301"]
)
def test_latin_letters_and_the_signs_of_texts_can_be_written(text: str) -> None:
    assert can_write(text)


@pytest.mark.parametrize("text", ["背中", "Спина", "ظهر", "😀", "a\x07b", "x\u0306", "\u200d", "", " ", "\u00ad"])
def test_what_the_font_lacks_cannot_be_written(text: str) -> None:
    assert not can_write(text)


def test_no_accent_and_no_tail_is_cut_off() -> None:
    written = []
    text = Fitted((LETTERS, LETTERS), 104)
    for rows in (text.rows(100), (0, 500)):
        picture = blank((round(text.width), 500), [(0, 0, 0), (9, 9, 9)])
        write(picture, text.placed(100, text.width / 2), text.size, rows, (0, 1))
        written.append(picture.tobytes())
    assert written[0] == written[1]


def test_a_letter_is_the_same_however_it_was_typed() -> None:
    assert simple("Cafe\u0301  au\u00ad lait") == unicodedata.normalize("NFC", "Café au lait")


def test_the_font_is_small_and_its_licence_stands_beside_it() -> None:
    assert len(own_file(FONT)) < 100_000
    licence = own_file(FONT.rpartition("/")[0] + "/OFL.txt").decode()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "The Atkinson Hyperlegible Next Project Authors" in licence
    assert "Reserved Font Name" not in licence.partition("PREAMBLE")[0]
