"""Compressed copies hold the same bytes, are the same at every build, and stand only where they pay."""

import gzip
import hashlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output.compression import LEAST, TEXT, compressed
from generator.output.outputs import Output
from tests.helpers import moderate

LONG = b"<p>Many a word, and many a word again.</p>\n" * 100


def copies(body: bytes, path: str = "a/index.html") -> dict[str, bytes]:
    return {one.path: one.body for one in compressed([Output(path, body, "content/a.md")])}


@moderate
@given(st.binary(max_size=300).map(lambda body: body * 20))
def test_copies_hold_the_same_bytes(body: bytes) -> None:
    for path, copy in copies(body).items():
        undo = brotli.decompress if path.endswith(".br") else gzip.decompress
        assert undo(copy) == body
        assert len(copy) < len(body)


@pytest.mark.parametrize("ending", TEXT)
def test_every_text_has_both_copies_beside_it(ending: str) -> None:
    assert list(copies(LONG, f"a{ending}")) == [f"a{ending}.br", f"a{ending}.gz"]


@pytest.mark.parametrize("path", ["a.png", "a.webp", "a.woff2", "a.pdf", "a.epub", "CNAME", ".nojekyll"])
def test_what_is_packed_already_has_none(path: str) -> None:
    assert copies(LONG, path) == {}


def test_small_files_and_those_that_hardly_shrink_have_none() -> None:
    assert copies(LONG[: LEAST - 1]) == {}
    assert copies(hashlib.shake_256(b"x").digest(5000)) == {}


def test_no_time_name_or_system_is_in_a_copy() -> None:
    head = copies(LONG)["a/index.html.gz"][:10]
    assert head == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


def test_the_order_is_that_of_the_files() -> None:
    files = [Output(f"{number}.html", LONG * (50 - number), "x") for number in range(50)]
    assert [one.path for one in compressed(files)] == [f"{n}.html{end}" for n in range(50) for end in (".br", ".gz")]
    assert compressed(files) == compressed(files)
