"""`dataclass` of the standard library, without its price at the start of the program.

The library writes and compiles six methods for each frozen dataclass when the class is defined: for those of this
program, that is a third of the time that its modules take to load. Here the fields are the library's own. The methods
are ordinary functions over their names, but for `__init__`, which is written when the first value is made.
"""

import dataclasses
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_Method = Callable[..., Any]
_Fields = Mapping[str, dataclasses.Field[Any]]

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(kind=None, /, *, frozen=False, order=False, eq=True):
        """Make a class a dataclass. The few that can be changed or sorted are wholly the library's."""
        if not frozen or order:
            return dataclasses.dataclass(kind, frozen=frozen, order=order, eq=eq)
        return _frozen(kind, eq) if kind else lambda kind: _frozen(kind, eq)


def _frozen(kind: type[Any], eq: bool) -> type[Any]:
    own = dict(vars(kind))
    kind.__doc__ = kind.__doc__ or kind.__name__  # else the library writes one, from a signature
    fields = dataclasses.dataclass(init=False, repr=False, eq=False)(kind).__dataclass_fields__
    methods = {"__init__": _first_init(kind), "__repr__": _repr(fields), **_refusals(kind, fields)}
    if eq:
        methods |= _comparison(tuple(name for name, one in fields.items() if one.compare))
    for name, method in methods.items():
        if own.get(name) is None:  # and where a class compares in its own way, Python has made its hash None
            method.__qualname__ = f"{kind.__qualname__}.{name}"
            setattr(kind, name, method)
    return kind


def _first_init(kind: type[Any]) -> _Method:
    def __init__(self: object, /, *values: object, **named: object) -> None:
        init = _written(kind)
        init(self, *values, **named)
        setattr(kind, "__init__", init)  # noqa: B010

    return __init__


def _written(kind: type[Any]) -> _Method:
    """Write the `__init__` of a class, as the library does: then Python itself sees to what may be left out."""
    known: dict[str, Any] = {"put": object.__setattr__, "missing": dataclasses.MISSING}
    given, steps = ["self"], []
    for at, (name, one) in enumerate(kind.__dataclass_fields__.items()):
        if not one.init or one.kw_only or hasattr(kind, "__post_init__"):
            raise TypeError(f"{kind} does more than hold its fields in their order")
        value = name
        if one.default is not dataclasses.MISSING:
            known[f"default{at}"] = one.default
            given.append(f"{name}=default{at}")
        elif one.default_factory is not dataclasses.MISSING:
            known[f"make{at}"] = one.default_factory
            given.append(f"{name}=missing")
            value = f"make{at}() if {name} is missing else {name}"
        else:
            given.append(name)
        steps.append(f"put(self, {name!r}, {value})")
    text = f"def __init__({', '.join(given)}): {'; '.join(steps) or 'pass'}"
    # It is written from the names of the program's own fields, and from nothing else.
    exec(text, known)  # noqa: S102  # nosec B102
    init: _Method = known["__init__"]
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    return init


def _repr(fields: _Fields) -> _Method:
    names = tuple(name for name, one in fields.items() if one.repr)

    def __repr__(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _refusals(kind: type[Any], fields: _Fields) -> dict[str, _Method]:
    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is kind or name in fields:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(kind, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is kind or name in fields:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(kind, self).__delattr__(name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _comparison(names: tuple[str, ...]) -> dict[str, _Method]:
    get: _Method = attrgetter(*names) if names else lambda _value: ()

    def __eq__(self: object, other: object) -> bool:
        return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(get(self))

    return {"__eq__": __eq__, "__hash__": __hash__}
