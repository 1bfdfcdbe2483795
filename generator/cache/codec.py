"""Values as plain JSON and back: what is kept between builds, and what goes from one process to another.

A value of a dataclass becomes the list of its fields, in their order; a tuple or a set a list; a mapping a list of
pairs. Of a field that may be one of several types, the list begins with that type's number among them. So nothing but
plain data is ever read back, and only as the types that the program itself names.

There are tens of thousands of values in a large site. So the texts and numbers of a value, or of a list, are looked at
all at once, and a value that is read back gets its fields without being made anew: it was one before.
"""

import json
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

Plain = Any
"""What JSON can hold; it writes a tuple as a list."""
_Step = Callable[[Any], Any]
_T = TypeVar("_T")
_READER = json.JSONDecoder()
_SINGLE = (str, int, float, bool, types.NoneType)


SEAM = b"\n"
"""What may stand between two values as bytes: none holds it."""


class Unfit(ValueError):
    """A value, or data, that is not of the type that was named."""


@dataclass(frozen=True)
class Way:
    """How a field is kept whose type alone does not tell: `Annotated[type, Way(encode, decode)]`."""

    encode: _Step
    decode: _Step


@cache
def encoder(kind: Any) -> _Step:
    """Give the function that turns a value of a type into plain data; of another one it makes an `Unfit`.

    Raises:
        TypeError: If values of the type cannot be kept.
    """
    made = _of(kind, encoder)
    if made is not None:
        return made
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _encode_one_of(tuple(parts))
    if origin in (tuple, frozenset):
        if _is_fixed(origin, parts):
            return _row(parts, encoder)
        every = _every(parts[0], encoder)
        return (lambda value: sorted(every(value))) if origin is frozenset else every
    if origin in (dict, Mapping):
        pairs = _every(tuple[parts], encoder)  # type: ignore[valid-type]
        return lambda value: pairs(value.items())
    raise TypeError(f"{kind} cannot be kept")


@cache
def decoder(kind: Any) -> _Step:
    """Give the function that turns plain data into a value of a type; of other data it makes an `Unfit`.

    Raises:
        TypeError: If values of the type cannot be kept.
    """
    made = _of(kind, decoder)
    if made is not None:
        return made
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _decode_one_of(tuple(parts))
    if origin in (tuple, frozenset):
        if _is_fixed(origin, parts):
            row = _row(parts, decoder)
            return lambda data: tuple(row(_list(data)))
        every = _every(parts[0], decoder)
        return lambda data: origin(every(_list(data)))
    if origin in (dict, Mapping):
        pairs = _every(tuple[parts], decoder)  # type: ignore[valid-type]
        return lambda data: dict(pairs(_list(data)))
    raise TypeError(f"{kind} cannot be kept")


def as_json(data: Plain) -> bytes:
    """Write plain data as bytes."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_json(data: bytes) -> Plain:
    """Read plain data from bytes.

    Raises:
        Unfit: If they are no JSON, or more than one value.
    """
    try:
        text = data.decode("utf-8", "surrogatepass")
        found, end = _READER.raw_decode(text)  # `loads` looks for spaces around, which `as_json` never writes
    except (ValueError, RecursionError) as fault:
        raise Unfit(str(fault)) from fault
    if end != len(text):
        raise Unfit(f"{text[end:]!r} stands behind the value")
    return found


def made_of(kind: type[_T], base: Any, **more: Any) -> _T:
    """Give a value of a dataclass that has all fields of `base`, as they are, and some more."""
    made = object.__new__(kind)
    vars(made).update(vars(base), **more)
    return made


def _of(kind: Any, way: Callable[[Any], _Step]) -> _Step | None:
    """The step of a single value, of a dataclass, or of what says itself how it is kept."""
    if get_origin(kind) is Annotated:
        own = next((one for one in get_args(kind)[1:] if isinstance(one, Way)), None)
        if own is not None:
            return own.encode if way is encoder else own.decode
        return way(get_args(kind)[0])
    if kind in _SINGLE:
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


def _every(kind: Any, way: Callable[[Any], _Step]) -> Callable[[Iterable[Any]], list[Any]]:
    """The step of all values of a list, which are of one type."""
    if kind in _SINGLE:
        wanted = {kind}

        def single(values: Iterable[Any]) -> list[Any]:
            found = list(values)
            if not wanted.issuperset(map(type, found)):
                raise Unfit(f"{found!r} are not all of {kind}")
            return found

        return single
    step = way(kind)
    return lambda values: [step(one) for one in values]


def _row(kinds: Sequence[Any], way: Callable[[Any], _Step]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """The step of as many values as there are types, each of its own."""
    single = tuple(kind for kind in kinds if kind in _SINGLE)
    if len(single) == len(kinds):

        def plain(values: Sequence[Any]) -> Sequence[Any]:
            if tuple(map(type, values)) != single:
                raise Unfit(f"{values!r} are not of {single}")
            return values

        return plain
    picked = _getter(itemgetter, [at for at, kind in enumerate(kinds) if kind in _SINGLE])
    steps = [(at, way(kind)) for at, kind in enumerate(kinds) if kind not in _SINGLE]

    def mixed(values: Sequence[Any]) -> Sequence[Any]:
        if len(values) != len(kinds) or tuple(map(type, picked(values))) != single:
            raise Unfit(f"{values!r} are not of {kinds}")
        found = list(values)
        for at, step in steps:
            found[at] = step(found[at])
        return found

    return mixed


def _encode_fields(kind: type) -> _Step:
    names, kinds = _fields(kind)
    values = _getter(attrgetter, names)
    row: _Step | None = None

    def step(value: Any) -> Plain:
        nonlocal row
        if row is None:  # when first used, so that a type may hold its like
            row = _row(kinds(), encoder)
        return row(values(value))

    return step


def _decode_fields(kind: type) -> _Step:
    names, kinds = _fields(kind)
    written: _Step | None = None

    def step(data: Plain) -> Any:
        nonlocal written
        if written is None:
            written = _written(kind, names, kinds())
        return written(data)

    return step


def _written(kind: type, names: list[str], kinds: list[Any]) -> _Step:
    """Write the function that reads a value, as `dataclass` writes those that make one.

    There is nothing of which more is read: closures over the same checks take half as long again for what is inside an
    article, and twice as long for an entry, of which every build reads all.
    """
    places = range(len(names))
    single = {one: [at for at in places if kinds[at] is one] for one in _SINGLE}
    steps = {f"step{at}": decoder(kinds[at]) for at in places if kinds[at] not in _SINGLE}
    checks = [f"{''.join(f'v{at}.__class__ is ' for at in some)}{one.__name__}" for one, some in single.items() if some]
    given = [f"{name}={_reading(kinds[at], f'v{at}', f'step{at}')}" for at, name in enumerate(names)]
    text = f"""
def read(data):
    if data.__class__ is not list or len(data) != {len(names)}:
        raise Unfit(f"{{data!r}} is no such list")
    {"".join(f"v{at}, " for at in places)} = data
    if not ({" and ".join(checks) or True}):
        raise Unfit(f"{{data!r}} is no {{kind}}")
    made = new(kind)
    made.__dict__.update({", ".join(given)})
    return made
"""
    known: dict[str, Any] = {"Unfit": Unfit, "NoneType": types.NoneType, "kind": kind, "new": object.__new__, **steps}
    # It is written from the names of the program's own fields, and from nothing else: what is read is handed to it.
    exec(text, known)  # noqa: S102  # nosec B102
    read: _Step = known["read"]
    return read


def _reading(kind: Any, value: str, step: str) -> str:
    """How the value of a field is read. Most lists are empty, and those need no step."""
    empty = {tuple: "()", dict: "{}", Mapping: "{}"}.get(get_origin(kind))
    if kind in _SINGLE:
        return value
    is_long = empty and not _is_fixed(get_origin(kind), get_args(kind))
    return f"{empty} if {value} == [] else {step}({value})" if is_long else f"{step}({value})"


def _fields(kind: type) -> tuple[list[str], Callable[[], list[Any]]]:
    """The names of a dataclass's fields, and what gives their types."""
    if hasattr(kind, "__post_init__") or "__slots__" in vars(kind):
        raise TypeError(f"{kind} does more than hold its fields, and cannot be kept")
    names = [one.name for one in fields(kind)]

    def kinds() -> list[Any]:
        hints = get_type_hints(kind, include_extras=True)
        return [hints[name] for name in names]

    return names, kinds


def _getter(way: Callable[..., Callable[[Any], Any]], keys: Sequence[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of several keys; operator's own give no tuple of one, and none of nothing."""
    if not keys:
        return lambda _value: ()
    get = way(*keys)
    return get if len(keys) > 1 else lambda value: (get(value),)


def _encode_one_of(kinds: tuple[Any, ...]) -> _Step:
    known: dict[type, tuple[int, _Step]] = {}

    def step(value: Any) -> Plain:
        if not known:
            known.update({get_origin(kind) or kind: (at, encoder(kind)) for at, kind in enumerate(kinds)})
        found = known.get(type(value))
        if found is None:
            raise Unfit(f"{value!r} is none of {kinds}")
        return (found[0], found[1](value))

    return step


def _decode_one_of(kinds: tuple[Any, ...]) -> _Step:
    def step(data: Plain) -> Any:
        number, inner = _list(data, 2)
        if type(number) is not int or not 0 <= number < len(kinds):
            raise Unfit(f"{number!r} is the number of no type")
        return decoder(kinds[number])(inner)

    return step


def _is_fixed(origin: Any, parts: tuple[Any, ...]) -> bool:
    return origin is tuple and not (len(parts) == 2 and parts[1] is Ellipsis)


def _list(data: Plain, length: int | None = None) -> list[Any]:
    if type(data) is not list or (length is not None and len(data) != length):
        raise Unfit(f"{data!r} is no such list")
    return data
