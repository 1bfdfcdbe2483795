"""One file of the finished site."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Output:
    """A file's path below the output folder, its bytes, and the source it was made from."""

    path: str
    body: bytes
    made_from: str

    def __eq__(self, other: object) -> bool:
        """Whether it is the same file, wherever the bytes of either are."""
        return isinstance(other, Output) and self._name == other._name

    def __hash__(self) -> int:
        return hash(self._name)

    @property
    def _name(self) -> tuple[str, str, str]:
        return self.path, self.made_from, self.digest

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.body)


class Kept(Output):
    """A file of which digest and size are known, and whose bytes are fetched each time that they are asked for."""

    def __init__(self, path: str, made_from: str, digest: str, size: int, fetch: Callable[[], bytes]) -> None:
        vars(self).update(path=path, made_from=made_from, digest=digest, _size=size, _fetch=fetch)

    @property
    def body(self) -> bytes:
        """Its bytes."""
        found: bytes = vars(self)["_fetch"]()
        return found

    @property
    def size(self) -> int:
        """How many bytes it has."""
        size: int = vars(self)["_size"]
        return size


class Gone(Exception):
    """The bytes that were kept of a file are there no more, or are others, and cannot be made again as they were."""


def is_of(body: bytes, digest: str) -> bool:
    """Whether these are the bytes with that digest."""
    return hashlib.sha256(body).hexdigest() == digest


def fetched(output: Output) -> Output:
    """Give an output whose bytes need not be fetched any more."""
    return Output(output.path, output.body, output.made_from) if isinstance(output, Kept) else output
