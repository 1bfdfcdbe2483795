"""The text of a file: a clear word on every byte that is wrong, at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.decoding import decode
from generator.sources.files import source_file
from tests.helpers import codes, file, misplaced, moderate


@pytest.mark.parametrize(
    ("data", "text", "found"),
    [
        (b"a\nb\n", "a\nb\n", []),
        (b"\xef\xbb\xbfa", "a", ["byte-order-mark"]),
        (b"a\r\nb\r\n", "a\nb\n", ["carriage-return"]),
        (b"a\rb", "a\nb", ["carriage-return"]),
        (b"", None, ["empty-file"]),
        (b" \n\t\n", None, ["empty-file"]),
        (b"\xef\xbb\xbf", None, ["byte-order-mark", "empty-file"]),
        (b"a\xff", None, ["not-utf8"]),
        ("a\u00e9\U0001f600".encode(), "a\u00e9\U0001f600", []),
    ],
)
def test_the_text_of_a_file_has_plain_line_ends_and_no_mark(data: bytes, text: str | None, found: list[str]) -> None:
    result, wrong = decode(file(data))
    assert (result, codes(wrong)) == (text, found)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\ue000", "\uf8ff", "\uffff"])
def test_an_invisible_character_is_refused_at_its_place(character: str) -> None:
    _, (problem,) = decode(file(f"one\ntwo {character} three\n"))
    assert problem.code == "reserved-character"
    assert (problem.span.line, problem.span.column) == (2, 5)


def test_a_byte_that_is_no_text_is_found_at_its_place() -> None:
    _, (problem,) = decode(file("é\nab".encode() + b"\xff"))
    assert (problem.code, problem.span.line, problem.span.column) == ("not-utf8", 2, 3)


@moderate
@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused_at_a_place_in_the_file(data: bytes) -> None:
    text, wrong = decode(source_file("f", data))
    assert text is not None or wrong
    assert misplaced(wrong, data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")) == []
    assert text is None or not ({"\r", "\x00", "\ue000", "\ue001"} & set(text))


@pytest.mark.parametrize(
    ("data", "said", "line", "column"),
    [
        (b"ab\r\nc\n", "CR and LF", 1, 3),
        (b"a\rb", "CR alone", 1, 2),
        (b"\na\rb", "CR alone", 2, 2),
        (b"\n\x01a\n", "U+0001", 2, 1),
        (b"\x01a\n", "U+0001", 1, 1),
        (b"\n\xffa\n", "0xff", 2, 1),
    ],
)
def test_what_is_wrong_is_said_at_the_line_and_column_where_it_is(
    data: bytes, said: str, line: int, column: int
) -> None:
    _, (problem,) = decode(file(data))
    assert said in problem.message
    assert (problem.span.line, problem.span.column) == (line, column)
