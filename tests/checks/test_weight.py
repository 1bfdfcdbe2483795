"""A page that is too heavy is told of; a file that was weighed before is not weighed again."""

import hashlib
from pathlib import Path

import pytest

from generator.cache.cache import Cache
from generator.checks import weight
from generator.checks.weight import check_weight
from generator.output.outputs import Kept, Output

NOISE = [hashlib.shake_256(bytes([n])).digest(3000) for n in range(4)]
"""Bytes that cannot be packed."""
FILES = [
    Output("a.html", NOISE[0] + b'<link href="assets/a.css">', "content/a.md"),
    Output("b.html", b"b" * 9000, "content/b.md"),
    Output("c.html", b"small", "content/c.md"),
    Output("assets/a.css", NOISE[1], "static/a.css"),
]


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The level of each compression from now on."""
    levels: list[int] = []
    packed = weight.packed

    def noted(body: bytes, level: int) -> int:
        levels.append(level)
        return packed(body, level)

    monkeypatch.setattr(weight, "packed", noted)
    return levels


def told(files: list[Output], most: int, store: Path | None = None) -> list[str]:
    cache = Cache(store, 1)
    found = [one.span.path for one in check_weight(files, most, cache)]
    cache.close()
    return found


def test_a_page_is_weighed_with_what_it_loads() -> None:
    assert told(FILES, 5000) == ["content/a.md"]
    assert told(FILES, 7000) == []
    assert told(FILES, 0) == []


def test_a_heavy_page_is_not_even_fetched_again(tmp_path: Path) -> None:
    def fetched() -> bytes:
        count.append(1)
        return FILES[0].body

    count: list[int] = []
    files: list[Output] = [Kept("a.html", "content/a.md", FILES[0].digest, FILES[0].size, fetched), *FILES[1:]]
    assert told(files, 5000, tmp_path / "made") == ["content/a.md"]
    assert count
    count.clear()
    assert told(files, 5000, tmp_path / "made") == ["content/a.md"]
    assert not count
    other = [*files[:-1], Output("assets/a.css", NOISE[2] + b"more", "static/a.css")]
    assert told(other, 6000, tmp_path / "made") == ["content/a.md"], "with another stylesheet it is weighed again"


def test_only_pages_that_may_be_too_heavy_are_weighed_and_each_once(tmp_path: Path, weighed: list[int]) -> None:
    first = told(FILES, 5000, tmp_path / "made")
    assert sorted(weighed) == [1, 1, 9, 9], "both large pages quickly, the stylesheet and the heavy page exactly"
    weighed.clear()
    assert told(FILES, 5000, tmp_path / "made") == first
    assert weighed == []
    heavier = [Output("b.html", NOISE[2] + NOISE[3], "content/b.md"), *FILES]
    assert told(heavier, 5000, tmp_path / "made") == ["content/b.md", *first]
    assert sorted(weighed) == [1, 9]
