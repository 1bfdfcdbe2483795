"""What every page gets at the end is known by its digest, and made when somebody asks for the bytes."""

import hashlib
from functools import partial
from pathlib import Path

import pytest

from generator.cache.cache import Cache
from generator.output import altered as door
from generator.output.altered import altered
from generator.output.outputs import Kept, Output

PAGES = {"a.html": b"<p>a</p>", "b.html": b"<p>b</p>"}


def done(path: Path, name: bytes = b"line", mark: bytes = b"!") -> tuple[int, list[Output]]:
    """How often bytes were changed before anybody asked for them, and the outputs."""
    count = 0

    def change(body: bytes) -> bytes:
        nonlocal count
        count += 1
        return body + mark

    def fetched(body: bytes) -> bytes:
        return body

    kept = [
        Kept(path, "content/a.md", hashlib.sha256(body).hexdigest(), len(body), partial(fetched, body))
        for path, body in PAGES.items()
    ]
    cache = Cache(path, 1)
    made = altered(kept, change, name, cache)
    cache.close()
    return count, made


def test_what_comes_of_a_file_is_known_without_making_it_again(tmp_path: Path) -> None:
    first, made = done(tmp_path / "made")
    again, known = done(tmp_path / "made")
    assert (first, again) == (2, 0)
    assert known == made == [Output(path, body + b"!", "content/a.md") for path, body in PAGES.items()]
    assert [(one.size, one.body) for one in known] == [(len(body) + 1, body + b"!") for body in PAGES.values()]


def test_another_change_is_another_name(tmp_path: Path) -> None:
    done(tmp_path / "made")
    count, made = done(tmp_path / "made", b"other line", b"?")
    assert (count, made[0].body) == (2, b"<p>a</p>?")


def test_another_program_may_do_another_thing_under_the_same_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(tmp_path / "made")
    monkeypatch.setattr(door, "program_digest", lambda: b"another program")
    count, made = done(tmp_path / "made", mark=b"?")
    assert (count, made[0].digest) == (2, hashlib.sha256(b"<p>a</p>?").hexdigest())
