"""What tells a page from any other: the digests of its inputs, and of its template with all that this uses."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from generator.cache.cache import key_of
from generator.sources.files import SourceFile


class Digests:
    """The digests of the inputs of pages. Of what is the same object for many pages, it is taken once."""

    def __init__(self) -> None:
        self._shared: dict[int, tuple[object, str]] = {}

    def of(self, inputs: Mapping[str, Any]) -> dict[str, str]:
        """The digest of each input, by its name; nothing where one of them is no plain data."""
        try:
            return {name: self._shared_digest(one) if name == "words" else _digest(one) for name, one in inputs.items()}
        except (TypeError, ValueError):
            return {}

    def _shared_digest(self, value: object) -> str:
        if id(value) not in self._shared:
            self._shared[id(value)] = (value, _digest(value))  # as long as it is held, its number is its own
        return self._shared[id(value)][1]


def digest_of_all(inputs: Mapping[str, str]) -> str:
    """The digest of all inputs, from the digest of each; empty where there are none."""
    return key_of(*(as_bytes(f"{name}\0{digest}") for name, digest in inputs.items())).hex() if inputs else ""


def _digest(value: object) -> str:
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return key_of(as_bytes(plain)).hex()


class Templates:
    """The templates, each with every template that it names, and those that these name: rather one too many."""

    def __init__(self, templates: Iterable[SourceFile]) -> None:
        self._files = {one.path.partition("/")[2]: one for one in templates}
        self._used: dict[str, dict[str, str]] = {}
        self._whole: dict[str, str] = {}

    def digests(self, name: str) -> Mapping[str, str]:
        """The digest of each file that a template uses, by its path."""
        if name not in self._used:
            reached = {name} & self._files.keys()
            waiting = [*reached]
            while waiting:
                one = self._files[waiting.pop()]
                fresh = [other for other in self._files if other not in reached and _quotes(one, other)]
                reached |= set(fresh)
                waiting += fresh
            self._used[name] = {self._files[one].path: self._files[one].digest for one in sorted(reached)}
        return self._used[name]

    def digest(self, name: str) -> str:
        """The digest of all of them."""
        if name not in self._whole:
            self._whole[name] = key_of(*map(as_bytes, self.digests(name).values())).hex()
        return self._whole[name]


def _quotes(template: SourceFile, name: str) -> bool:
    """Whether a template names another one, in quotes as Jinja asks for."""
    given = name.encode("utf-8", "surrogatepass")
    return any(mark + given + mark in template.data for mark in (b'"', b"'"))


def as_bytes(text: str) -> bytes:
    """A text as bytes, whatever it holds."""
    return text.encode("utf-8", "surrogatepass")
