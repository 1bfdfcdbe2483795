"""What was meant by a mistyped name is found among few names and among very many, without comparing it with each."""

import difflib
import posixpath
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import likeness
from generator.problems.likeness import CUTOFF, Names, nearest, suggest
from tests.helpers import article, joined, make_site, moderate

SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo zu ker lin mon sor tal".split()


def many(count: int = 10_000) -> list[str]:
    """Names as files of a large site may have them, the same each time."""
    pick = random.Random(1)  # noqa: S311
    return sorted({"-".join("".join(pick.choices(SYLLABLES, k=3)) for _ in range(2)) for _ in range(count)})


NAMES = many()
READY = Names(NAMES)
SLIPS = st.sampled_from(["none", "out", "in", "for"])


@moderate
@given(st.sampled_from(NAMES), st.integers(0, 30), st.sampled_from("aeiou-x"), SLIPS)
def test_among_very_many_names_a_slip_of_the_hand_finds_the_one_that_was_meant(
    meant: str, place: int, letter: str, slip: str
) -> None:
    at = place % len(meant)
    wrong = {
        "none": meant,
        "out": meant[:at] + meant[at + 1 :],
        "in": meant[:at] + letter + meant[at:],
        "for": meant[:at] + letter + meant[at + 1 :],
    }[slip]
    found = [name for name, _ in READY.alike(wrong, 3)]
    best = max(difflib.SequenceMatcher(None, one, wrong).ratio() for one in (meant, *found))
    assert difflib.SequenceMatcher(None, found[0], wrong).ratio() == best


def test_among_few_names_each_is_compared_as_difflib_does() -> None:
    few = NAMES[:200]
    for wrong in ("bad", "fimon-xolu", few[0][1:], "zzz"):
        wanted = difflib.get_close_matches(wrong, few, n=3, cutoff=CUTOFF)
        assert [name for name, _ in Names(few).alike(wrong, 3)] == wanted


def test_one_name_is_never_compared_with_each_of_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    real = difflib.SequenceMatcher.real_quick_ratio

    def counted(self: Any) -> float:
        nonlocal compared
        compared += 1
        return float(real(self))

    monkeypatch.setattr(difflib.SequenceMatcher, "real_quick_ratio", counted)
    wrong = NAMES[0][1:]
    assert suggest(wrong, NAMES)
    assert compared <= likeness._TRIED
    assert nearest(wrong, NAMES[:250])
    assert compared >= 250


def test_to_tell_many_broken_links_few_paths_are_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pages = {f"content/help/{name}.md": article("\nWords.\n") for name in NAMES[:500]}
    lines = "".join(f"See [this](help/{name}x.md).\n" for name in NAMES[:500])
    site = make_site(tmp_path, {**pages, "content/index.md": article(f"\n{lines}")})
    asked = 0
    real = posixpath.relpath

    def counted(path: str, start: str) -> str:
        nonlocal asked
        asked += 1
        return real(path, start)

    monkeypatch.setattr(posixpath, "relpath", counted)
    _, problems = joined(site)
    broken = [one for one in problems if one.code == "broken-link"]
    assert len(broken) == 500
    assert sum("did you mean" in one.hint for one in broken) == 500
    assert asked < 500 * 30


def test_a_mistyped_name_is_met_with_the_nearest_known_one() -> None:
    assert suggest("injectoin", ["injection", "surgery"]) == 'did you mean "injection"?'
    assert nearest("INJECTION", ["injection"]) == ["injection"]
    assert suggest("xyz", ["injection", "surgery"]) == ""


@moderate
@given(st.text(), st.lists(st.text(), max_size=8))
def test_only_known_names_are_ever_proposed(name: str, known: list[str]) -> None:
    assert set(nearest(name, known)) <= set(known)
    assert nearest(name, known) == nearest(name, reversed(known))
