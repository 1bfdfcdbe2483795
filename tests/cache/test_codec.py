"""Values survive being plain JSON, and data that fits no type is refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache.codec import Unfit, Way, decoder, encoder


@dataclass(frozen=True)
class Leaf:
    name: str
    size: int = 0
    is_green: bool = True


@dataclass(frozen=True)
class Stone:
    weight: float


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    found: tuple[Leaf | Stone, ...]
    place: tuple[int, str]
    by_name: Mapping[str, Leaf]
    numbers: frozenset[int]
    within: "Tree | None"
    size: tuple[float, float] | None = None
    secret: Annotated[Any, Way(lambda value: value[::-1], lambda data: data[::-1])] = "abc"


LEAVES = st.builds(Leaf, st.text(), st.integers(), st.booleans())
STONES = st.builds(Stone, st.floats(allow_nan=False))
TREES = st.recursive(
    st.none(),
    lambda inner: st.builds(
        Tree,
        st.lists(LEAVES, max_size=3).map(tuple),
        st.lists(LEAVES | STONES, max_size=3).map(tuple),
        st.tuples(st.integers(), st.text()),
        st.dictionaries(st.text(), LEAVES, max_size=3),
        st.frozensets(st.integers(), max_size=3),
        inner,
        st.none() | st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)),
        st.text(),
    ),
    max_leaves=3,
).filter(lambda one: one is not None)


@given(TREES)
def test_a_value_comes_back_from_json_as_it_was(tree: Tree) -> None:
    assert decoder(Tree)(json.loads(json.dumps(encoder(Tree)(tree)))) == tree


@given(TREES)
def test_the_order_of_a_mapping_stays(tree: Tree) -> None:
    back = decoder(Tree)(json.loads(json.dumps(encoder(Tree)(tree))))
    assert list(back.by_name) == list(tree.by_name)


def test_equal_values_give_equal_data_whatever_the_order_of_a_set() -> None:
    step = encoder(frozenset[int])
    assert step(frozenset([3, 1, 2])) == step(frozenset([2, 3, 1])) == [1, 2, 3]


@pytest.mark.parametrize(
    "data",
    [
        None,
        "Leaf",
        {},
        [],
        ["a", 1],
        ["a", 1, True, "more"],
        [1, 1, True],
        ["a", True, True],
        ["a", 1, 0],
    ],
)
def test_data_that_is_no_such_value_is_refused(data: object) -> None:
    with pytest.raises(Unfit):
        decoder(Leaf)(data)


@pytest.mark.parametrize("at", range(7))
@pytest.mark.parametrize("bad", [None, 1.5, "ab", {"a": 1}, [[1]], [["a", 1]], [[["a"], 1, 2, 3]], [7, None]])
def test_a_tree_of_which_any_part_fits_no_type_is_refused(at: int, bad: object) -> None:
    data = json.loads(json.dumps(encoder(Tree)(Tree((), (), (1, "a"), {}, frozenset(), None))))
    assert decoder(Tree)(data).place == (1, "a")
    data[at] = bad
    with pytest.raises(Unfit):
        decoder(Tree)(data)


@pytest.mark.parametrize("data", [[2, ["a", 1, True]], [-1, [1.0]], ["0", [1.0]], [0], [0, [1.0]], [None, None]])
def test_data_of_none_of_several_types_is_refused(data: object) -> None:
    with pytest.raises(Unfit):
        decoder(Leaf | Stone)(data)


def test_a_value_that_is_of_another_type_than_its_field_is_never_kept() -> None:
    with pytest.raises(Unfit):
        encoder(Leaf)(Leaf(name=3))  # type: ignore[arg-type]
    with pytest.raises(Unfit):
        encoder(Leaf | Stone)("a")
    with pytest.raises(TypeError):
        encoder(set[int])


def test_a_type_that_does_more_than_hold_its_fields_is_never_kept() -> None:
    @dataclass(frozen=True)
    class Strict:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError("it would not be asked when it is read back")

    for way in (encoder, decoder):
        with pytest.raises(TypeError):
            way(Strict)
