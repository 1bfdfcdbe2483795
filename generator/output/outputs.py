"""One file of the finished site."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """A file's path below the output folder, its bytes, and the source it was made from."""

    path: str
    body: bytes
    made_from: str
