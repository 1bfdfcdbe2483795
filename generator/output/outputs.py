"""One file of the finished site, whose bytes are at hand or are got when somebody asks for them."""

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


class LazyOutput(Output):
    """A file of which digest and size are known, and whose bytes are got each time that somebody asks for them.

    Each of its `ways` to them is tried when those before have not given bytes of that digest: first what takes them
    from the cache, say, then what makes them anew. `body` raises `Gone` when none is left.
    """

    def __init__(self, path: str, made_from: str, digest: str, size: int, *ways: Callable[[], bytes | None]) -> None:
        vars(self).update(path=path, made_from=made_from, digest=digest, _size=size, _ways=ways)

    @property
    def body(self) -> bytes:
        """Its bytes."""
        ways: tuple[Callable[[], bytes | None], ...] = vars(self)["_ways"]
        for way in ways:
            found = way()
            if found is not None and is_of(found, self.digest):
                return found
        raise Gone(f"what was kept of {self.path} is gone, and what would be made of it now is something else")

    @property
    def size(self) -> int:
        """How many bytes it has."""
        size: int = vars(self)["_size"]
        return size


class Gone(Exception):
    """The bytes of a file can no more be had as they were: a build that knew them has to be made again."""


def is_of(body: bytes, digest: str) -> bool:
    """Whether these are the bytes with that SHA-256, in hexadecimal."""
    return hashlib.sha256(body).hexdigest() == digest


def fetched(output: Output) -> Output:
    """Give an output whose bytes are at hand."""
    return Output(output.path, output.body, output.made_from) if isinstance(output, LazyOutput) else output
