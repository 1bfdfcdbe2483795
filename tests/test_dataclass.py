"""The program's own dataclasses are those of the standard library, but for when their methods are made."""

import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dataclass import dataclass

_T = TypeVar("_T")


@dataclass(frozen=True)
class Place:
    path: str
    line: int = 1


@dataclass(frozen=True)
class Found(Place):
    """A subclass with more fields."""

    said: tuple[str, ...] = field(default_factory=tuple)
    aside: object = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Box(Generic[_T]):
    held: _T

    @cached_property
    def shown(self) -> str:
        return str(self.held)


@dataclass(frozen=True)
class Nothing:
    pass


@dataclass(frozen=True, eq=False)
class Itself:
    name: str


@dataclass(frozen=True)
class ByName:
    """What compares in its own way has no hash of the fields that it passes over."""

    name: str
    size: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByName) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass
class Counter:
    count: int = 0


KINDS = (Place, Found, Box, Nothing, Itself, ByName)


def standard(kind: type[Any]) -> type[Any]:
    """The same class as the standard library makes it."""
    bases = tuple(standard(one) if is_dataclass(one) else one for one in kind.__bases__ if one is not Generic)
    own = {
        name: value for name, value in vars(kind).items() if name in ("__module__", "__qualname__", "__annotations__")
    }
    own |= {name: one for name, one in vars(kind).items() if kind is ByName and name in ("__eq__", "__hash__")}
    own |= {one.name: one for one in fields(kind) if one.name in own.get("__annotations__", {})}
    return dataclasses.dataclass(frozen=True, eq=kind is not Itself)(type(kind.__name__, bases, own))


CALLS: list[tuple[type[Any], tuple[Any, ...], dict[str, Any]]] = [
    (Place, ("a",), {}),
    (Place, ("a", 2), {}),
    (Place, (), {"line": 3, "path": "b"}),
    (Place, (), {}),
    (Place, ("a", 2, 3), {}),
    (Place, ("a",), {"lime": 3}),
    (Place, ("a",), {"path": "a"}),
    (Found, ("a",), {}),
    (Found, ("a", 1, ("b",)), {"aside": []}),
    (Found, ("a",), {"said": ("b", "c")}),
    (Box, ([1],), {}),
    (Nothing, (), {}),
    (Nothing, (1,), {}),
    (Itself, ("a",), {}),
    (ByName, ("a", 1), {}),
]


def outcome(make: Callable[[], object]) -> str:
    try:
        return repr(make())
    except TypeError as fault:
        return str(fault)


@pytest.mark.parametrize(("kind", "values", "named"), CALLS)
def test_what_a_call_gives_or_refuses_is_as_ever(
    kind: type[Any], values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    assert outcome(lambda: kind(*values, **named)) == outcome(lambda: standard(kind)(*values, **named))


@given(*(st.tuples(st.text(max_size=1), st.integers(1, 2)) for _ in range(2)))
def test_values_are_equal_where_their_fields_are(one: tuple[str, int], other: tuple[str, int]) -> None:
    for kind in (Place, Found):
        assert (kind(*one) == kind(*other)) == (one == other)
        assert kind(*one) != standard(kind)(*one), "another class, whatever it holds"
    assert (hash(Place(*one)) == hash(Place(*other))) == (one == other)
    assert Place(*one) != Found(*one)


def test_what_is_not_compared_does_not_count() -> None:
    assert Found("a", aside=1) == Found("a", aside=2)
    assert hash(Found("a", aside=[])) == hash(Found("a"))
    assert ByName("a", 1) == ByName("a", 2)
    assert Itself("a") != Itself("a")
    with pytest.raises(TypeError):
        hash(Box([]))


@pytest.mark.parametrize("name", ["path", "other"])
@pytest.mark.parametrize("kind", [Place, Found])
def test_nothing_can_be_changed(kind: type[Any], name: str) -> None:
    for made in (kind("a"), standard(kind)("a")):
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(made, name, "b")
        with pytest.raises(FrozenInstanceError, match=f"cannot delete field '{name}'"):
            delattr(made, name)
    assert Box(1).shown == "1", "what is worked out once can be kept"


def test_values_are_replaced_and_travel_as_ever() -> None:
    found = Found("a", 2, ("b",))
    assert replace(found, line=3) == Found("a", 3, ("b",))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert [one.name for one in fields(Found)] == ["path", "line", "said", "aside"]
    assert Box[int](1) == Box(1)
    match found:
        case Place(path, line):
            assert (path, line) == ("a", 2)


def test_a_default_that_is_made_is_made_for_each() -> None:
    @dataclass(frozen=True)
    class Held:
        items: list[int] = field(default_factory=list)

    Held().items.append(1)
    assert Held().items == []


def test_what_can_be_changed_is_the_library_s_own() -> None:
    counter = Counter()
    counter.count += 1
    assert counter == Counter(1)


def test_a_method_is_written_when_a_value_is_made() -> None:
    @dataclass(frozen=True)
    class Seldom:
        name: str

    before = vars(Seldom)["__init__"]
    assert Seldom("a") == Seldom("a")
    assert vars(Seldom)["__init__"] is not before


def test_what_does_more_than_hold_its_fields_is_refused() -> None:
    @dataclass(frozen=True)
    class Strict:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError("it would not be asked")

    with pytest.raises(TypeError, match="does more than hold its fields"):
        Strict("a")


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _, _ in CALLS} == set(KINDS)
