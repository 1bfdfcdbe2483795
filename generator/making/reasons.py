"""Why a page was made anew: which of the things that it is made from are not what they were when it was made last."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json
from generator.problems.visible import several

_NAMED = 3
"""How many inputs are named that are not what they were."""


@dataclass(frozen=True)
class Basis:
    """All that a page is made from, each with its digest. `inputs` are what the template is given, by name."""

    program: str
    templates: Mapping[str, str]
    inputs: Mapping[str, str]


@dataclass(frozen=True)
class Why:
    """Whether a page was made anew, and why it was when it was made last; no reason where it had never been made."""

    is_anew: bool
    because: tuple[str, ...]


def made_anew(url: str, before: Basis | None, now: Basis, cache: Cache) -> Why:
    """Note what a page is made from, and say what of it has changed since it was made before."""
    because = tuple(_changes(before, now)) if before else ()
    cache.put({_key(url): as_json(encoder(_NOTED)((now, because)))})
    return Why(is_anew=True, because=because)


def made_before(url: str, cache: Cache) -> Basis | None:
    """Give what a page was made from when it was made last; nothing where it had never been made."""
    before = _last(url, cache)
    return before[0] if before else None


def reused(url: str, cache: Cache) -> Why:
    """Say why a page that is not made now was made when it was made last."""
    before = _last(url, cache)
    return Why(is_anew=False, because=before[1] if before else ())


_NOTED = tuple[Basis, tuple[str, ...]]


def _last(url: str, cache: Cache) -> tuple[Basis, tuple[str, ...]] | None:
    data = cache.get([_key(url)]).get(_key(url))
    try:
        found: tuple[Basis, tuple[str, ...]] | None = decoder(_NOTED)(from_json(data)) if data else None
    except Unfit:
        return None
    return found


def _key(url: str) -> bytes:
    return key_of(b"what a page was made from", url.encode("utf-8", "surrogatepass"))


def _changes(before: Basis, now: Basis) -> Iterator[str]:
    if before.program != now.program:
        yield "the program changed"
    for name in _unlike(before.templates, now.templates):
        yield f"{name} {_how(name, before.templates, now.templates)}"
    names = list(_unlike(before.inputs, now.inputs))
    for name in names[:_NAMED]:
        yield f'what the template is given as "{name}" {_how(name, before.inputs, now.inputs)}'
    if len(names) > _NAMED:
        yield f"{several(len(names) - _NAMED, 'other input')} too"


def _unlike(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    return (name for name in dict.fromkeys((*before, *now)) if before.get(name) != now.get(name))


def _how(name: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    if name not in before:
        return "is new"
    return "changed" if name in now else "is gone"
