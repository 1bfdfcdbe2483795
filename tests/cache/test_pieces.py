"""What is kept in pieces is found by what tells it and by nothing else, and a change costs what changed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache.cache import Cache
from generator.cache.pieces import Pieces
from tests.helpers import moderate

NAMES = [f"content/part/page-{number}.md" for number in range(400)]


class Watched(Cache):
    """A store that counts the rows that are asked for, and those that are put."""

    def __init__(self, path: Path | None, may_write: bool = True) -> None:
        super().__init__(path, 1, may_write=may_write)
        self.asked = self.written = 0

    def get(self, keys):  # type: ignore[no-untyped-def]
        wanted = list(keys)
        self.asked += len(wanted)
        return super().get(wanted)

    def put(self, made):  # type: ignore[no-untyped-def]
        self.written += len(made)
        return super().put(made)


def value_of(name: str, told: str) -> bytes:
    return f"{name} {told}\n".encode() * (len(told) + 1)


def run(path: Path | None, site: dict[str, str], base: bytes = b"base", may_write: bool = True) -> tuple[int, Watched]:
    """Ask for the values of a site, make those that are not there, and give how many had to be made."""
    cache = Watched(path, may_write)
    pieces = Pieces(cache, base, list(site), list(site.values()))
    found = list(pieces)
    wanted = {number: which for number, which in enumerate(site.items()) if found[number] is None}
    for number, which in wanted.items():
        pieces.put(number, value_of(*which))
        found[number] = value_of(*which)
    assert found == [value_of(*which) for which in site.items()]
    cache.close()
    return len(wanted), cache


@pytest.fixture
def site() -> dict[str, str]:
    return dict.fromkeys(NAMES, "as it was")


@pytest.fixture
def path(tmp_path: Path, site: dict[str, str]) -> Path:
    made, _ = run(tmp_path / "made", site)
    assert made == len(site)
    return tmp_path / "made"


def test_what_was_kept_is_found_with_a_row_for_many(path: Path, site: dict[str, str]) -> None:
    made, cache = run(path, site)
    assert (made, cache.written) == (0, 0)
    assert cache.asked < len(site) / 20


def test_one_value_that_is_told_otherwise_is_one_that_is_made(path: Path, site: dict[str, str]) -> None:
    made, cache = run(path, {**site, NAMES[200]: "edited"})
    assert made == 1
    assert cache.written == 2  # its piece, and what the piece gave up
    assert cache.asked < len(site) / 20
    made, cache = run(path, {**site, NAMES[200]: "edited"})
    assert (made, cache.written) == (0, 0)


def test_a_value_that_was_given_up_is_found_again(path: Path, site: dict[str, str]) -> None:
    run(path, {**site, NAMES[200]: "edited"})
    assert run(path, site)[0] == 0
    assert run(path, {**site, NAMES[200]: "edited"})[0] == 0


@pytest.mark.parametrize("number", [0, 200, len(NAMES) - 1])
def test_a_name_that_is_new_or_gone_changes_no_other_piece(path: Path, site: dict[str, str], number: int) -> None:
    fewer = {name: told for name, told in site.items() if name != NAMES[number]}
    made, cache = run(path, fewer)
    assert made == 0
    assert cache.written <= 3
    made, cache = run(path, site)
    assert made == 0
    assert cache.written <= 3


def test_names_where_pieces_begin_come_and_go_and_no_value_is_lost(path: Path, site: dict[str, str]) -> None:
    begins = [NAMES[start] for start in Pieces(Cache(None, 1), b"", NAMES, NAMES)._bounds[1:-1]]
    assert len(begins) > 3
    fewer = {name: told for name, told in site.items() if name not in begins}
    assert run(path, fewer)[0] == 0
    assert run(path, site)[0] == 0
    half = {name: told for name, told in site.items() if name not in begins[::2]}
    assert run(path, half)[0] == 0
    assert run(path, {**half, **site})[0] == 0


def test_another_base_is_another_value(path: Path, site: dict[str, str]) -> None:
    assert run(path, site, b"another")[0] == len(site)
    assert run(path, site)[0] == 0


def test_an_empty_site_and_a_store_that_is_not_there_are_no_exception(site: dict[str, str]) -> None:
    assert run(None, {})[0] == 0
    assert run(None, site)[0] == len(site)


def test_a_store_that_may_not_be_written_gives_what_there_is(path: Path, site: dict[str, str]) -> None:
    edited = {**site, NAMES[7]: "edited"}
    assert run(path, edited, may_write=False)[0] == 1
    assert run(path, edited, may_write=False)[0] == 1


def test_a_name_that_is_left_out_keeps_no_other_from_being_kept(tmp_path: Path) -> None:
    for left_out in ([5, 6], [5], []):
        cache = Cache(tmp_path / "made", 1)
        pieces = Pieces(cache, b"base", NAMES, NAMES)
        for number, value in enumerate(list(pieces)):
            assert value in (None, b"v")
            if number in left_out:
                assert value is None
                pieces.leave_out(number)
            elif value is None:
                pieces.put(number, b"v")
        cache.close()
    cache = Cache(tmp_path / "made", 1)
    assert None not in list(Pieces(cache, b"base", NAMES, NAMES))
    cache.close()


def test_a_value_that_is_no_good_is_made_again(path: Path, site: dict[str, str]) -> None:
    cache = Cache(path, 1)
    pieces = Pieces(cache, b"base", NAMES, list(site.values()))
    assert None not in list(pieces)
    for number in (3, 4, 399):
        pieces.put(number, b"better")
    cache.close()
    again = Cache(path, 1)
    found = list(Pieces(again, b"base", NAMES, list(site.values())))
    assert [number for number, value in enumerate(found) if value == b"better"] == [3, 4, 399]
    again.close()


@given(bodies=st.lists(st.binary(max_size=200), min_size=1, max_size=3))
@moderate
def test_what_is_no_piece_is_made_again(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    """Even where its digest is right, as only somebody could bring about who means it."""
    site = dict.fromkeys(NAMES[:50], "as it was")
    path = tmp_path_factory.mktemp("pieces") / "made"
    run(path, site)
    cache = Cache(path, 1)
    pieces = Pieces(cache, b"base", NAMES[:50], list(site.values()))
    starts = ["", *(NAMES[start] for start in pieces._bounds[1:-1])]
    cache.put({pieces._piece(first): body for first, body in zip(starts, bodies, strict=False)})
    cache.close()
    assert run(path, site)[0] > 0
    assert run(path, site)[0] == 0


@pytest.mark.parametrize(
    "head", [b'[["a"],["b"],[-1],""]', b'[["a"],["b"],[9],""]', b'[["a"],[],[1],""]', b"[[],[],[],7]"]
)
def test_a_piece_that_contradicts_itself_is_none(tmp_path: Path, head: bytes) -> None:
    cache = Cache(tmp_path / "made", 1)
    pieces = Pieces(cache, b"base", ["a"], ["b"])
    cache.put({pieces._piece(""): head + b"\nx"})
    assert list(pieces) == [None]
    cache.close()


_sites = st.dictionaries(st.sampled_from(NAMES[:150]), st.sampled_from(["one", "two"]), max_size=150)


@given(st.lists(_sites, min_size=1, max_size=5))
@moderate
def test_whatever_comes_and_goes_no_value_is_another_ones_and_none_that_was_there_last_is_made_again(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("pieces") / "made"
    before: dict[str, str] = {}
    for site in ({name: one[name] for name in sorted(one)} for one in sites):
        made, _ = run(path, site)
        assert made <= len(site.items() - before.items())
        before = site


def test_a_build_that_is_killed_leaves_what_was_there(path: Path, site: dict[str, str]) -> None:
    cut_off = Cache(path, 1)
    pieces = Pieces(cut_off, b"base", NAMES, ["edited"] * len(NAMES))
    list(pieces)
    for number in range(300):
        pieces.put(number, b"half")  # and the process is killed here
    assert run(path, site)[0] == 0
