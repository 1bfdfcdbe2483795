"""Values as plain JSON and back: what is kept between builds, and what goes from one process to another.

A value of a dataclass becomes the list of its fields, in their order; a tuple or a set a list; a mapping a list of
pairs. Of a field that may be one of several types, the list begins with that type's number among them. So nothing but
plain data is ever read back, and only as the types that the program itself names.
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

Plain = Any
"""What JSON can hold."""
_Step = Callable[[Any], Any]


class Unfit(ValueError):
    """A value, or data, that is not of the type that was named."""


@dataclass(frozen=True)
class Way:
    """How a field is kept whose type alone does not tell: `Annotated[type, Way(encode, decode)]`."""

    encode: _Step
    decode: _Step


@cache
def encoder(kind: Any) -> _Step:
    """Give the function that turns a value of a type into plain data."""
    made = _of(kind, encoder)
    if made is not None:
        return made
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _encode_one_of(tuple(parts))
    if origin in (tuple, frozenset):
        if _is_fixed(origin, parts):
            steps = tuple(encoder(one) for one in parts)
            return lambda value: [step(one) for step, one in zip(steps, value, strict=True)]
        step = encoder(parts[0])
        if origin is frozenset:
            return lambda value: sorted(step(one) for one in value)
        return lambda value: [step(one) for one in value]
    if origin in (dict, Mapping):
        key, step = encoder(parts[0]), encoder(parts[1])
        return lambda value: [[key(name), step(one)] for name, one in value.items()]
    raise TypeError(f"{kind} cannot be kept")


@cache
def decoder(kind: Any) -> _Step:
    """Give the function that turns plain data into a value of a type."""
    made = _of(kind, decoder)
    if made is not None:
        return made
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _decode_one_of(tuple(parts))
    if origin in (tuple, frozenset):
        if _is_fixed(origin, parts):
            steps = tuple(decoder(one) for one in parts)
            return lambda data: tuple(step(one) for step, one in zip(steps, _list(data, len(steps)), strict=True))
        step = decoder(parts[0])
        return lambda data: origin(step(one) for one in _list(data))
    if origin in (dict, Mapping):
        key, step = decoder(parts[0]), decoder(parts[1])
        return lambda data: {key(name): step(one) for name, one in (_list(pair, 2) for pair in _list(data))}
    raise TypeError(f"{kind} cannot be kept")


def as_json(data: Plain) -> bytes:
    """Write plain data as bytes."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_json(data: bytes) -> Plain:
    """Read plain data from bytes. What is no such thing is an `Unfit`."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as fault:
        raise Unfit(str(fault)) from fault


def _of(kind: Any, way: Callable[[Any], _Step]) -> _Step | None:
    """The step of a single value, of a dataclass, or of what says itself how it is kept."""
    if get_origin(kind) is Annotated:
        own = next((one for one in get_args(kind)[1:] if isinstance(one, Way)), None)
        if own is not None:
            return own.encode if way is encoder else own.decode
        return way(get_args(kind)[0])
    if kind in (str, int, float, bool, types.NoneType):
        return _exactly(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _encode_fields(kind) if way is encoder else _decode_fields(kind)
    return None


def _exactly(kind: type) -> _Step:
    def step(value: Any) -> Any:
        if type(value) is not kind:
            raise Unfit(f"{value!r} is no {kind.__name__}")
        return value

    return step


def _encode_fields(kind: type) -> _Step:
    names = [one.name for one in fields(kind)]
    hints = get_type_hints(kind, include_extras=True)
    steps: list[_Step] = []

    def step(value: Any) -> list[Plain]:
        if not steps:  # when first used, so that a type may hold its like
            steps.extend(encoder(hints[name]) for name in names)
        return [one(getattr(value, name)) for one, name in zip(steps, names, strict=True)]

    return step


def _decode_fields(kind: type) -> _Step:
    names = [one.name for one in fields(kind)]
    hints = get_type_hints(kind, include_extras=True)
    steps: list[_Step] = []

    def step(data: Plain) -> Any:
        if not steps:
            steps.extend(decoder(hints[name]) for name in names)
        return kind(*[one(given) for one, given in zip(steps, _list(data, len(steps)), strict=True)])

    return step


def _encode_one_of(kinds: tuple[Any, ...]) -> _Step:
    numbers = {kind: number for number, kind in enumerate(kinds)}

    def step(value: Any) -> Plain:
        number = numbers.get(type(value))
        if number is None:
            raise Unfit(f"{value!r} is none of {kinds}")
        return [number, encoder(kinds[number])(value)]

    return step


def _decode_one_of(kinds: tuple[Any, ...]) -> _Step:
    def step(data: Plain) -> Any:
        number, inner = _list(data, 2)
        if not isinstance(number, int) or not 0 <= number < len(kinds):
            raise Unfit(f"{number!r} is the number of no type")
        return decoder(kinds[number])(inner)

    return step


def _is_fixed(origin: Any, parts: tuple[Any, ...]) -> bool:
    return origin is tuple and not (len(parts) == 2 and parts[1] is Ellipsis)


def _list(data: Plain, length: int | None = None) -> list[Any]:
    if type(data) is not list or (length is not None and len(data) != length):
        raise Unfit(f"{data!r} is no such list")
    return data
