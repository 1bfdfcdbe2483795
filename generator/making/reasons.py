"""Why a page was made anew: what of all that it is made from is not what it was when it was made last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json


@dataclass(frozen=True)
class Basis:
    """All that a page is made from, each with its digest. `inputs` are what the template is given, by name."""

    program: str
    templates: Mapping[str, str]
    inputs: Mapping[str, str]


PROGRAM, TEMPLATE, INPUT = "program", "template", "input"
"""What a page is made from."""
NEW, CHANGED, GONE = "new", "changed", "gone"
"""How it differs from what it was."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not what it was. `name` is the path of a template, or the name by which it knows an input."""

    of: str
    name: str
    how: str


@dataclass(frozen=True)
class Why:
    """Whether a page was made anew, and why it was when it was made last; no reason where it had never been made."""

    is_anew: bool
    because: tuple[Difference, ...]


def made_anew(url: str, before: Basis | None, now: Basis, cache: Cache) -> Why:
    """Note what a page is made from, and say what of it has changed since it was made before."""
    because = tuple(_differences(before, now)) if before else ()
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


_NOTED = tuple[Basis, tuple[Difference, ...]]


def _last(url: str, cache: Cache) -> tuple[Basis, tuple[Difference, ...]] | None:
    data = cache.get([_key(url)]).get(_key(url))
    try:
        found: tuple[Basis, tuple[Difference, ...]] | None = decoder(_NOTED)(from_json(data)) if data else None
    except Unfit:
        return None
    return found


def _key(url: str) -> bytes:
    return key_of(b"what a page was made from", url.encode("utf-8", "surrogatepass"))


def _differences(before: Basis, now: Basis) -> Iterator[Difference]:
    if before.program != now.program:
        yield Difference(PROGRAM, "", CHANGED)
    yield from _between(TEMPLATE, before.templates, now.templates)
    yield from _between(INPUT, before.inputs, now.inputs)


def _between(of: str, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *now)):
        if name not in before:
            yield Difference(of, name, NEW)
        elif name not in now:
            yield Difference(of, name, GONE)
        elif before[name] != now[name]:
            yield Difference(of, name, CHANGED)
